"""What an employer's team sees of people: the search, one person, and the requests it sent."""

from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import FETCH_RAISE
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Profile
from accounts.request import PersonRequest
from jobboard.employers.access import writing
from jobboard.employers.models import Member
from jobboard.talent import card
from jobboard.talent.forms import AskForm
from jobboard.talent.models import AskedBefore, ContactRequest, LimitReached, Look, StaleState
from jobboard.talent.search import PeopleFilter
from jobboard.talent.visible import found_by, seen_by

PER_PAGE = 20


@require_safe
def start(request: PersonRequest) -> HttpResponse:
    """Lead to the people of the first employer for which this person may look for them."""
    places = Member.objects.writers().filter(user=request.user).order_by("employer__suspended_at", "employer__name")
    first = places.first()
    return redirect("people", first.employer_id) if first else redirect("hiring")


@never_cache
@require_safe
def people(request: PersonRequest, pk: int) -> HttpResponse:
    """Search the profiles that this team may see; none is shown with a name."""
    me, at = writing(request.user, pk), timezone.now()
    search = PeopleFilter(request.GET, found_by(me))
    told = search.people.select_related("user").prefetch_related("credentials", "experience").fetch_mode(FETCH_RAISE)
    page = Paginator(told, PER_PAGE).get_page(request.GET.get("page"))
    stands = _stands(me, [profile.user_id for profile in page])
    today = timezone.localdate(at)
    cards = [(card.of(profile, card.Level.BLIND, today), stands.get(profile.user_id)) for profile in page]
    context = {"me": me, "search": search, "page": page, "cards": cards, "at": at}
    status = HTTPStatus.OK if search.form.is_valid() else HTTPStatus.BAD_REQUEST
    return render(request, "talent/people.html", context, status=status)


def _stands(me: Member, people: list[int]) -> dict[int, ContactRequest]:
    """The newest request of this employer to each of these people."""
    sent = ContactRequest.objects.for_employer(me.employer_id).filter(person__in=people).order_by("sent_at", "pk")
    return {request.person_id: request for request in sent}


def found(request: PersonRequest, employer: int, pk: int) -> tuple[Member, Profile]:
    """This person's place on a team, and a profile it may see. 403 to viewers, 404 for every other profile."""
    me = writing(request.user, employer)
    seen = seen_by(me).select_related("user").prefetch_related("credentials", "experience")
    return me, get_object_or_404(seen, pk=pk)


@never_cache
@require_safe
def person(request: PersonRequest, employer: int, pk: int) -> HttpResponse:
    """Show one person, with as much as they agreed to and as was opened."""
    me, profile = found(request, employer, pk)
    return _page(request, me, profile, timezone.now())


def _page(
    request: PersonRequest,
    me: Member,
    profile: Profile,
    at: datetime,
    form: AskForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    last = _stands(me, [profile.user_id]).get(profile.user_id)
    allowed = _allowed(profile, last)
    is_open = allowed > card.Level.BLIND and Look.objects.current(at, me, profile).exists()
    level = allowed if is_open else card.Level.BLIND
    context = {
        "me": me,
        "card": card.of(profile, level, timezone.localdate(at)),
        "last": last,
        "may_ask": last is None or not (last.is_open or last.is_accepted),
        "may_open": allowed > level,
        "form": form or AskForm(),
    }
    return render(request, "talent/person.html", context, status=status)


def _allowed(profile: Profile, last: ContactRequest | None) -> card.Level:
    """The most that this employer may read of a profile that it sees."""
    if last and last.is_accepted:
        return card.Level.AGREED
    return card.Level.BLIND if profile.blind else card.Level.NAMED


@require_POST
def reveal(request: PersonRequest, employer: int, pk: int) -> HttpResponse:
    """Open a profile with its name: it is noted, and the person sees that. 404 where the name is not told."""
    me, profile = found(request, employer, pk)
    if _allowed(profile, _stands(me, [profile.user_id]).get(profile.user_id)) == card.Level.BLIND:
        raise Http404("This person keeps their name back.")
    Look.objects.add(timezone.now(), me, profile)
    return redirect("person", employer, pk)


@require_POST
def ask(request: PersonRequest, employer: int, pk: int) -> HttpResponse:
    """Send a request to be in touch."""
    me, profile = found(request, employer, pk)
    at = timezone.now()
    new = ContactRequest(employer=me.employer, person=profile.user, sent_by=request.user)
    form = AskForm(request.POST, instance=new)
    if not form.is_valid():
        return _page(request, me, profile, at, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        new.send(at)
    except (AskedBefore, StaleState):
        form.add_error(None, "Nothing was sent: this person was asked before, or your page is out of date.")
        return _page(request, me, profile, at, form, HTTPStatus.CONFLICT)
    except LimitReached:
        most = f"You can send {ContactRequest.PER_DAY} requests in 24 hours. Your message is kept below; try tomorrow."
        form.add_error("message", most)
        return _page(request, me, profile, at, form, HTTPStatus.TOO_MANY_REQUESTS)
    messages.success(request, "Your request was sent. You get a mail when it is answered.")
    return redirect("person", employer, pk)


@never_cache
@require_safe
def requests(request: PersonRequest, pk: int) -> HttpResponse:
    """List the requests this employer sent and where they stand."""
    me, today = writing(request.user, pk), timezone.localdate()
    sent = ContactRequest.objects.for_employer(pk).select_related("sent_by")
    page = Paginator(sent, PER_PAGE).get_page(request.GET.get("page"))
    seen = seen_by(me).filter(user__in=[each.person_id for each in page])
    told = seen.select_related("user").prefetch_related("credentials", "experience")
    cards = {profile.user_id: card.of(profile, card.Level.BLIND, today) for profile in told}
    rows = [(each, cards.get(each.person_id)) for each in page]
    return render(request, "talent/sent.html", {"me": me, "page": page, "rows": rows})
