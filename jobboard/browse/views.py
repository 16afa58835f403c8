"""The jobs of a topic in a place, and the index of all such pages."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.vocabulary import STATE_CHOICES
from jobboard.browse.counts import Counts, counts
from jobboard.browse.topics import ANYWHERE, APPRENTICES, BY_VALUE, PLACES, Place, Topic, heading, query
from jobboard.pay.charts import Scale
from jobboard.pay.figures import Figure, figures
from jobboard.pay.forms import PayForm
from jobboard.postings import narrowings
from jobboard.postings.board import board_for
from jobboard.postings.found import Found
from jobboard.postings.models import Posting
from jobboard.postings.search import PostingFilter
from jobboard.sitemaps import Page

SHOWN = 20  # jobs on a page; the rest is a search away
OTHERS = 12  # topics beside a topic


class Link(NamedTuple):
    """A way to a neighboring page: what it says, where it leads, and how many jobs wait there."""

    words: str
    path: str
    jobs: int


@login_not_required
@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """Every page that has jobs, by what it is about."""
    board = counts(timezone.now())
    context = {
        "credentials": board.topics(ANYWHERE, "credential"),
        "specialties": sorted(board.topics(ANYWHERE, "specialty"), key=lambda each: each[0].name),
        "apprentices": _link(APPRENTICES, ANYWHERE, board[APPRENTICES, ANYWHERE], "Jobs that welcome apprentices"),
        "apprentice_places": _places(board, APPRENTICES, ANYWHERE),
        "remote": board.remote,
        "states": [(state, name, count) for state, name in STATE_CHOICES if (count := board.in_state(state))],
    }
    return render(request, "browse/index.html", context)


@login_not_required
@require_safe
def topic(request: HttpRequest, topic: Topic, place: Place = ANYWHERE) -> HttpResponse:
    """The newest jobs of a topic in a place. Where there is none any more, the search says so and offers an alert."""
    at = timezone.now()
    board, asked = counts(at), query(topic, place)
    search = PostingFilter(QueryDict(asked), Posting.objects.live(at))
    shown = Found(search, board_for(request, at), at, narrowings.left_out(request))[:SHOWN]
    if not board[topic, place] or not shown:
        return redirect(f"{reverse('jobs')}?{asked}")
    context = {
        "topic": topic,
        "place": place,
        "heading": heading(topic, place),
        "count": board[topic, place],
        "says": topic.one if board[topic, place] == 1 else topic.many,
        "naming": board.naming(topic, place) if place.state else 0,
        "newest": shown[0].published_at,
        "pay": _pay(at, asked),
        "postings": shown,
        "query": asked,
        "places": _places(board, topic, place),
        "topics": _beside(board, topic, place),
        "at": at,
    }
    return render(request, "browse/topic.html", context)


def listed(at: datetime) -> Iterator[Page]:
    """The pages that have jobs, for the site map."""
    board = counts(at)
    yield Page(reverse("browse"))
    for topic in BY_VALUE.values():
        for place in (ANYWHERE, *PLACES.values()):
            if board[topic, place]:
                yield Page(_path(topic, place))


def _path(topic: Topic, place: Place) -> str:
    return reverse("browse_place", args=[topic, place]) if place.slug else reverse("browse_topic", args=[topic])


def _link(topic: Topic, place: Place, count: int, words: str) -> Link:
    return Link(words, _path(topic, place), count)


def _places(board: Counts, topic: Topic, here: Place) -> list[Link]:
    """The same topic in other places: one step up or down first, then beside, remote ones beside remote ones."""
    near = (each for each in board.places(topic) if each[0].remote == here.remote or each[0].state in ("", here.state))
    links = sorted(near, key=lambda each: each[0].state != here.state)
    return [_link(topic, each, count, each.label) for each, count in links if each != here]


def _beside(board: Counts, topic: Topic, place: Place) -> list[Link]:
    """The other topics that have most jobs in the same place."""
    others = [each for each in board.topics(place) if each[0] != topic]
    most = sorted(others, key=lambda each: -each[1])[:OTHERS]
    return [_link(each, place, count, heading(each, place)) for each, count in most]


def _pay(at: datetime, asked: str) -> tuple[str, Figure] | None:
    """What the one in the middle pays, where enough state it; the figure of the page about pay for the same search."""
    data = QueryDict(asked)
    if set(data) - set(PayForm.NARROWING):
        return None
    overall = figures(at, PayForm(data).where).overall
    return (Scale([overall], "hour").words(overall.median), overall) if overall else None
