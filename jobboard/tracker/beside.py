"""What other pages show of a person's own list: buttons on cards and postings, and what their results leave out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Protocol

from django.db import connection
from django.db.models import CharField, Q, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.models import User
from jobboard.alerts.models import SavedSearch, SavedSearchQuerySet
from jobboard.applications.models import Application
from jobboard.employers.models import Employer
from jobboard.frames import Frame, gap
from jobboard.postings.models import Posting
from jobboard.postings.search import PostingFilter
from jobboard.tracker.models import HiddenEmployer, Tracked

MOST_KEPT = 4_000  # buttons, of about 1 kB each

# Asked on each list for a person; to have the ORM write them anew each time takes longer than to answer them.
_MARKS = """
    SELECT posting_id, 'saved' FROM tracker_tracked WHERE user_id = %(user)s AND posting_id = ANY(%(postings)s)
    UNION ALL
    SELECT posting_id, 'applied' FROM applications_application
    WHERE candidate_id = %(user)s AND posting_id = ANY(%(postings)s)
    UNION ALL
    SELECT posting_id, 'hidden' FROM tracker_hiddenposting WHERE user_id = %(user)s AND posting_id = ANY(%(postings)s)
"""
_HIDDEN = """
    SELECT posting_id, 'posting' FROM tracker_hiddenposting WHERE user_id = %(user)s
    UNION ALL
    SELECT employer_id, 'employer' FROM tracker_hiddenemployer WHERE user_id = %(user)s
"""

type Marks = Mapping[int, set[str]]


class Named(Protocol):
    """A posting, as far as its buttons name it."""

    @property
    def pk(self) -> int: ...
    @property
    def title(self) -> str: ...


def marks(user: User, pks: Iterable[int]) -> Marks:
    """What a person did with some postings, by their id: "saved", "applied" and "hidden". One query."""
    found: dict[int, set[str]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, {"user": user.pk, "postings": list(pks)})
        for pk, kind in cursor.fetchall():
            found[pk].add(kind)
    return found


def on_cards(request: HttpRequest, postings: Iterable[Named]) -> dict[int, str]:
    """The buttons on the cards of a list."""
    known: Marks = marks(request.user, [each.pk for each in postings]) if request.user.is_authenticated else {}
    return cards(request, postings, known)


def card(request: HttpRequest, posting: Posting, known: set[str]) -> str:
    """The buttons of one card."""
    return cards(request, [posting], {posting.pk: known})[posting.pk]


def cards(request: HttpRequest, postings: Iterable[Named], known: Marks) -> dict[int, str]:
    """The buttons of cards, by the id of the posting; a guest's lead to signing in, the others are forms."""
    if not request.user.is_authenticated:
        return {each.pk: _guest_buttons(each.pk, each.title) for each in postings}
    own = {"next": back(request), "csrf_token": get_token(request)}
    return {
        each.pk: _buttons(each.pk, each.title, frozenset(known.get(each.pk, ()))).filled(**own) for each in postings
    }


@lru_cache(maxsize=MOST_KEPT)
def _guest_buttons(pk: int, title: str) -> SafeString:
    return render_to_string("tracker/_card.html#guest", {"posting": {"pk": pk, "title": title}})


@lru_cache(maxsize=MOST_KEPT)
def _buttons(pk: int, title: str, known: frozenset[str]) -> Frame:
    """The buttons of a card by what somebody did with the posting; what is the reader's own is left open."""
    own = {"next": gap("next"), "csrf_token": gap("csrf_token")}
    return Frame(render_to_string("tracker/_card.html", own | {"posting": {"pk": pk, "title": title}, "known": known}))


def on_posting(request: HttpRequest, posting: Posting) -> str:
    """The buttons on a posting's page, and what the person did with it. One query, and one for each thing they did."""
    context: dict[str, object] = {"posting": posting, "next": back(request)}
    if request.user.is_authenticated:
        known = marks(request.user, [posting.pk])[posting.pk]
        mine = {"posting": posting.pk}
        if "saved" in known:
            context["tracked"] = Tracked.objects.filter(user=request.user, **mine).first()
        if "applied" in known:
            context["application"] = Application.objects.for_candidate(request.user).filter(**mine).first()
        context["known"] = known
    return render_to_string("tracker/_posting.html", context, request)


def on_employer(request: HttpRequest, employer: Employer) -> str:
    """The buttons on an employer's page, once it is public."""
    if not employer.is_public:
        return ""
    context: dict[str, object] = {"employer": employer, "next": back(request)}
    if request.user.is_authenticated:
        context["followed"] = following(request.user, employer).exists()
        context["hidden"] = HiddenEmployer.objects.filter(user=request.user, employer=employer).exists()
    return render_to_string("tracker/_employer.html", context, request)


def on_employer_of(request: HttpRequest, posting: Posting) -> str:
    """The button that follows the employer, beside one of its jobs."""
    context: dict[str, object] = {
        "employer": posting.employer,
        "page": posting.get_absolute_url(),
        "next": back(request),
    }
    if request.user.is_authenticated:
        context["followed"] = following(request.user, posting.employer).exists()
    return render_to_string("tracker/_follow.html", context, request)


def following(user: User, employer: Employer) -> SavedSearchQuerySet:
    """The saved searches by which a person follows an employer, under the address it has or had. One query."""
    former = employer.former_slugs.values(query=Concat(Value(follow_query("")), "slug", output_field=CharField()))
    return SavedSearch.objects.for_user(user).filter(Q(query=follow_query(employer.slug)) | Q(query__in=former))


def follow_query(slug: str) -> str:
    """The query string that finds the jobs of an employer; a slug needs no quoting."""
    return f"employer={slug}"


def left_out(request: HttpRequest) -> Q | None:
    """What this person's list of jobs leaves out. One query; None for guests, and for who hid nothing."""
    if not request.user.is_authenticated:
        return None
    # By id and not by subquery, so that the planner knows how few they are; asked once for a request.
    if not hasattr(request, "_hidden"):
        with connection.cursor() as cursor:
            cursor.execute(_HIDDEN, {"user": request.user.pk})
            request._hidden = cursor.fetchall()  # type: ignore[attr-defined]
    rows = request._hidden  # type: ignore[attr-defined]
    if not rows:
        return None
    by_kind = {wanted: [pk for pk, kind in rows if kind == wanted] for wanted in ("posting", "employer")}
    return Q(pk__in=by_kind["posting"]) | Q(employer__in=by_kind["employer"])


def note(request: HttpRequest, search: PostingFilter) -> str:
    """How many of the jobs that a search finds the person hid, and the way to them. One query, if they hid any."""
    hidden = left_out(request)
    if hidden is None:
        return ""
    found = PostingFilter(QueryDict(search.query), Posting.objects.live(timezone.now()).filter(hidden)).qs
    count = found.order_by().count()
    return render_to_string("tracker/_note.html", {"count": count}) if count else ""


def back(request: HttpRequest) -> str:
    """Where a button leads back to without JavaScript: the page it is on."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else request.POST.get("next", "")
