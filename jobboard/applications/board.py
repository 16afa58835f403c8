"""The board: a posting's applications, or those of all postings of an employer, in a column for each state."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import F, OrderBy
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.request import PersonRequest
from jobboard.applications import standing_out
from jobboard.applications.models import Application, ApplicationQuerySet
from jobboard.applications.together import deeds
from jobboard.applications.vocabulary import WITHDRAWN, State
from jobboard.employers.models import Member
from jobboard.forms import SELECTED
from jobboard.postings.hiring import chosen, readable
from jobboard.postings.models import Posting

PER_PAGE = 50
PER_COLUMN, MOST_PER_COLUMN = 20, 200  # cards at first, and at most: the list goes on from there
EXPORTS_SHOWN = 3
MOST_WORDS = 100  # characters

ORDERS: dict[str, tuple[str, list[str | OrderBy]]] = {
    "": ("Latest first", ["-moved_at", "-id"]),
    "waiting": ("Longest waiting first", ["moved_at", "id"]),
    "stars": ("Best rated first", [F("stars").desc(nulls_last=True), "-moved_at", "-id"]),
}
GOES_BY = "goes_by"  # the annotation of an order that a higher app offers


@dataclass(frozen=True)
class Column:
    """One state: how many stand in it, and the cards that are shown."""

    state: State
    count: int
    cards: list[Application]
    ticked: bool = False  # all of its cards, as the address asks

    @cached_property
    def options(self) -> SafeString:
        """The states to choose from, written once for all its cards: Django's loop takes longer than the query."""
        rows = ((value, SELECTED[value == self.state], label) for value, label in State.choices)
        return format_html_join("", '<option value="{}"{}>{}</option>', rows)

    @property
    def left(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)

    @property
    def more(self) -> dict[str, int] | None:
        """What the address asks for with the next step; None: as many as a board shows are shown."""
        shown = len(self.cards) + PER_COLUMN
        return {self.state: shown} if shown <= MOST_PER_COLUMN else None


class Board:
    """What an address asks of the applications: words, an order, and how many of each column."""

    def __init__(self, sent: ApplicationQuerySet, asked: QueryDict) -> None:
        self.asked = asked
        self.words = asked.get("q", "")[:MOST_WORDS].strip()
        self.order = asked.get("sort", "") if asked.get("sort") in {*ORDERS, *standing_out.orders} else ""
        self.sent = sent.matching(self.words) if self.words else sent
        self.tally = self.sent.tally()
        self.all = sum(self.tally.values())

    @cached_property
    def columns(self) -> list[Column]:
        """The columns in the order of the states, each with its first cards; one query for all of them."""
        first, *rest = [
            self.ordered(self.sent.readable().filter(state=state).cards())[: self.limit(state)] for state in State
        ]
        cards: dict[str, list[Application]] = {state: [] for state in State}
        for card in first.union(*rest, all=True).order_by(*self.by):
            cards[card.state].append(card)
        ticked = self.asked.get("tick")
        return [Column(state, self.tally.get(state, 0), cards[state], ticked == state) for state in State]

    @cached_property
    def marks(self) -> dict[int, SafeString]:
        """What higher apps say of those on the cards."""
        return standing_out.marks_of([card for column in self.columns for card in column.cards])

    @property
    def by(self) -> list[str | OrderBy]:
        """What the order goes by."""
        offered: list[str | OrderBy] = [F(GOES_BY).asc(nulls_last=True), "-moved_at", "-id"]
        return ORDERS[self.order][1] if self.order in ORDERS else offered

    def ordered(self, sent: ApplicationQuerySet) -> ApplicationQuerySet:
        """These in the order that the address asks."""
        offered = standing_out.orders.get(self.order)
        return (sent.annotate(**{GOES_BY: offered.by}) if offered else sent).order_by(*self.by)

    def limit(self, state: str) -> int:
        """How many cards of a column the address asks for, within bounds."""
        asked = self.asked.get(state, "")
        number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else PER_COLUMN
        return min(max(number, PER_COLUMN), MOST_PER_COLUMN)

    def listed(self, state: str) -> ApplicationQuerySet:
        """Those of the list: in one state, withdrawn, or all."""
        if state == WITHDRAWN:
            return self.sent.withdrawn().cards()
        return (self.sent.readable().filter(state=state) if state else self.sent).cards()

    @property
    def orders(self) -> list[tuple[str, str]]:
        """The orders to choose from."""
        offered = [(value, order.label) for value, order in standing_out.orders.items()]
        return [(value, label) for value, (label, _) in ORDERS.items()] + offered

    @property
    def chips(self) -> list[tuple[str, str, int]]:
        """The states with their counts, the withdrawn last."""
        states = [*State.choices, (WITHDRAWN, "Withdrawn")]
        return [(value, label, self.tally.get(value, 0)) for value, label in states]


def _back(request: PersonRequest) -> str:
    """This page again, with nobody ticked: those who were are done with."""
    asked = request.GET.copy()
    asked.pop("tick", None)
    return f"{request.path}?{asked.urlencode()}" if asked else request.path


@never_cache
@require_safe
def applicants(request: PersonRequest, pk: int) -> HttpResponse:
    """Show those who applied to a posting, as a board or as a list."""
    posting, me = readable(request.user, pk)
    return _page(request, me, Application.objects.filter(posting=posting), posting)


@never_cache
@require_safe
def all_applicants(request: PersonRequest) -> HttpResponse:
    """Show those who applied to any posting of one of this person's employers, as a board or as a list."""
    places = list(Member.objects.filter(user=request.user).select_related("employer").order_by("employer__name"))
    if not places:
        return render(request, "hiring/start.html")
    me = chosen(places, request.GET.get("employer"))
    return _page(request, me, Application.objects.filter(posting__employer=me.employer_id), places=places)


def _page(
    request: PersonRequest,
    me: Member,
    sent: ApplicationQuerySet,
    posting: Posting | None = None,
    places: list[Member] | None = None,
) -> HttpResponse:
    """The board, or the list where the address names it or a state; for htmx the board alone."""
    board = Board(sent, request.GET)
    state = request.GET.get("state", "")
    state = state if state in (*State.values, WITHDRAWN) else ""
    here = reverse("hiring_applicants", args=[posting.pk]) if posting else reverse("hiring_all_applicants")
    context: dict[str, object] = {
        "me": me,
        "employer": me.employer,
        "posting": posting,
        "places": places,
        "board": board,
        "state": state,
        "here": here,
        "is_list": bool(state) or request.GET.get("view") == "list",
        "may_write": me.may_write and not me.employer.suspended_at,
        "back": _back(request),
        "at": timezone.now(),
    }
    if context["is_list"]:
        page = Paginator(board.ordered(board.listed(state)), PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "marks": standing_out.marks_of(list(page))}
    part = "#columns" if request.headers.get("HX-Target") == "board" else ""
    if posting and context["is_list"]:
        context["exports"] = posting.exports.select_related("by")[:EXPORTS_SHOWN]
    if context["may_write"] and not part:
        context["deeds"] = deeds(me.employer)
    return render(request, f"applications/board.html{part}", context)
