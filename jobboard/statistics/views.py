"""The pages on which a team reads how its postings do, and the same as files."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.request import PersonRequest
from jobboard.cells import csv_file
from jobboard.employers.models import Member
from jobboard.postings.hiring import chosen, readable
from jobboard.postings.models import Posting, PostingQuerySet
from jobboard.statistics.chart import Chart, draw
from jobboard.statistics.figures import PERIODS, Figures, Period, Tally, by_posting, figures

POSTINGS_A_PAGE = 25
HEAD = ("Views", "Readers", "Apply clicks", "Applications")


@never_cache
@require_safe
def posting(request: PersonRequest, pk: int) -> HttpResponse:
    """How one posting is read, by day and by source."""
    posting, me = readable(request.user, pk)
    period = Period.ending(timezone.now(), request.GET.get("days"))
    context = {"posting": posting, "employer": me.employer, **_shown(figures([posting.pk], period))}
    return render(request, "statistics/posting.html", context)


@never_cache
@require_safe
def posting_csv(request: PersonRequest, pk: int) -> HttpResponse:
    """The days of one posting as a file."""
    posting, _ = readable(request.user, pk)
    found = figures([posting.pk], Period.ending(timezone.now(), request.GET.get("days")))
    rows = [(day.isoformat(), *_cells(tally)) for day, tally in found.days.items()]
    return csv_file(f"posting-{posting.pk}-by-day", ("Day", *HEAD), rows)


@never_cache
@require_safe
def employer(request: PersonRequest) -> HttpResponse:
    """How all postings of an employer are read, together and one by one."""
    places = _places(request.user)
    if not places:
        return redirect("hiring")
    me = chosen(places, request.GET.get("employer"))
    period = Period.ending(timezone.now(), request.GET.get("days"))
    postings = _published(me)
    each = by_posting(postings, period)
    page = Paginator(_lean(postings), POSTINGS_A_PAGE).get_page(request.GET.get("page"))
    rows = [(posting, each.get(posting.pk, Tally())) for posting in page]
    context = {"me": me, "places": places, "page": page, "rows": rows, "at": timezone.now()}
    return render(request, "statistics/employer.html", context | _shown(figures(postings, period)))


@never_cache
@require_safe
def employer_csv(request: PersonRequest) -> HttpResponse:
    """The postings of an employer as a file, those without any reader included."""
    places = _places(request.user)
    if not places:
        raise Http404("You are on no team.")
    me = chosen(places, request.GET.get("employer"))
    postings = _published(me)
    each = by_posting(postings, Period.ending(timezone.now(), request.GET.get("days")))
    rows = [
        (posting.pk, posting.title, _day(posting), *_cells(each.get(posting.pk, Tally())))
        for posting in _lean(postings)
    ]
    return csv_file(f"{me.employer.slug}-postings", ("Posting", "Title", "Published", *HEAD), rows)


def _places(user: User) -> list[Member]:
    return list(Member.objects.filter(user=user).select_related("employer").order_by("employer__name"))


def _published(me: Member) -> PostingQuerySet:
    return Posting.objects.filter(employer=me.employer_id, published_at__isnull=False)


def _lean(postings: PostingQuerySet) -> PostingQuerySet:
    return postings.cards().order_by("-published_at", "-id")


def _day(posting: Posting) -> str:
    return timezone.localdate(posting.published_at).isoformat() if posting.published_at else ""


def _cells(tally: Tally) -> tuple[int, int, int, int]:
    return tally.views, tally.readers, tally.clicks, tally.applications


def _shown(found: Figures) -> dict[str, object]:
    """What both pages show of figures: charts, the days from the newest, the sources."""
    return {
        "figures": found,
        "period": found.period,
        "periods": PERIODS,
        "charts": _charts(found.days),
        "days": list(reversed(found.days.items())),
        "sources": list(found.sources.items()),
    }


def _charts(days: dict[date, Tally]) -> list[Chart]:
    return [
        draw(
            "Views and readers", ("views", "readers"), {day: (each.views, each.readers) for day, each in days.items()}
        ),
        draw(
            "Apply clicks and applications",
            ("apply clicks", "applications"),
            {day: (each.clicks, each.applications) for day, each in days.items()},
        ),
    ]
