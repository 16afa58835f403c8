"""What this app shows on other apps' pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import Profile, User
from jobboard.employers.models import Employer, Member
from jobboard.talent.models import Block, ContactRequest, Look
from jobboard.talent.visible import employers_seeing

NAMED = 12  # employers; of more, a page says how many
LOOKS = 20


def open_requests(request: HttpRequest) -> str:
    """On a person's profile: how many employers wait for an answer."""
    if not isinstance(request.user, User):
        return ""
    waiting = ContactRequest.objects.for_person(request.user).open().count()
    return render_to_string("talent/_waiting.html", {"waiting": waiting}) if waiting else ""


def seen(request: HttpRequest) -> str:
    """On a person's page on privacy: who sees them now, who looked, whom they blocked."""
    user = request.user
    if not isinstance(user, User):
        return ""
    seeing = employers_seeing(Profile.objects.of(user))
    context = {
        "seeing": seeing[:NAMED],
        "more": max(seeing.count() - NAMED, 0),
        "granted": ContactRequest.objects.for_person(user).accepted().select_related("employer"),
        "looks": Look.objects.at_person(user).select_related("employer")[:LOOKS],
        "blocks": Block.objects.of(user).count(),
    }
    return render_to_string("talent/_seen.html", context, request)


def hiring_link(request: HttpRequest, employer: Employer) -> str:
    """On a team's page: the way to the people, for those who may look for them."""
    me = Member.objects.writers().filter(user=request.user.pk, employer=employer)
    if employer.suspended_at or not me.exists():
        return ""
    return format_html('<li><a href="{}">Find people</a></li>', reverse("people", args=[employer.pk]))
