"""The beacon that a posting's page sends when it is shown, and when somebody chooses to apply.

A GET never writes, and so a page that is fetched and not looked at is not counted. The beacon answers 204 to everybody
and says nothing of what was counted.
"""

import re

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.network import client_address
from accounts.reader import network_key
from jobboard.employers.models import Member
from jobboard.postings.models import Posting
from jobboard.postings.sources import origin
from jobboard.statistics.models import DayCount, DayKey
from jobboard.tracker.models import Seen

MOST_A_MINUTE = 60  # beacons of one network
_BOT = re.compile(
    r"bot\b|crawl|spider|slurp|preview|fetch|monitor|headless|lighthouse|python|curl|wget|java/|go-http|okhttp|axios",
    re.IGNORECASE,
)


class BeaconForm(forms.Form):
    """What the page says of itself."""

    posting = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    kind = forms.ChoiceField(choices=[("view", "shown"), ("apply", "chose to apply")])
    mark = forms.CharField(required=False, max_length=20)
    referrer = forms.CharField(required=False, max_length=4000)


@csrf_exempt  # it comes from pages that are kept for everybody and hold no token; who may send it is asked below
@login_not_required
@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """Count a posting that was shown, or an application that was begun, where that is worth counting."""
    if same_origin(request) and is_browser(request) and within_limit(request):
        form = BeaconForm(request.POST)
        if form.is_valid():
            _count(request, **form.cleaned_data)
    return HttpResponse(status=204)


def same_origin(request: HttpRequest) -> bool:
    """Whether one of our own pages sent it: by Fetch Metadata, or by Origin from browsers that have none."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def is_browser(request: HttpRequest) -> bool:
    """Whether it looks like somebody's browser, and not like a program that reads pages."""
    agent = request.headers.get("User-Agent", "")
    return bool(agent) and not _BOT.search(agent)


def within_limit(request: HttpRequest) -> bool:
    """Whether this network has sent few enough in this minute. About so many: two at once may count as one."""
    sent, key = caches["beacons"], f"{network_key(request)}:{minute()}"
    if sent.add(key, 1, timeout=60):
        return True
    try:
        return sent.incr(key) <= MOST_A_MINUTE
    except ValueError:  # it ran out in between
        return True


def minute() -> str:
    """The minute that beacons are limited in."""
    return f"{timezone.now():%H%M}"


def _count(request: HttpRequest, posting: int, kind: str, mark: str, referrer: str) -> None:
    at = timezone.now()
    employer = Posting.objects.live(at).filter(pk=posting).values_list("employer", flat=True).first()
    if employer is None or is_one_of_us(request, employer):
        return
    came = origin(mark, referrer, request.get_host())
    if kind == "apply":
        DayCount.objects.count_click(posting, came, DayKey.reader(f"apply {who(request)}", at), at)
        return
    DayCount.objects.count_view(posting, came, DayKey.reader(who(request), at), at)
    if isinstance(request.user, User):
        Seen.objects.note(request.user, posting, at)


def is_one_of_us(request: HttpRequest, employer: int) -> bool:
    """Whether staff or the employer's own team look, which says nothing of how coders do."""
    person = request.user
    if not isinstance(person, User):
        return False
    return person.is_staff or Member.objects.filter(user=person, employer=employer).exists()


def who(request: HttpRequest) -> str:
    """What tells today's readers apart: the account, or else address and browser. It is hashed and not kept."""
    if isinstance(request.user, User):
        return f"user {request.user.pk}"
    return f"guest {client_address(request)} {request.headers.get('User-Agent', '')}"
