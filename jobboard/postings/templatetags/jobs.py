"""A posting in words, for templates: `{% load jobs %}`."""

from datetime import datetime
from urllib.parse import urlencode

from django import template
from django.utils import timezone

from jobboard.postings import steps, transparency, words
from jobboard.postings.cards import Card
from jobboard.postings.found import Found
from jobboard.postings.models import Posting

register = template.Library()

register.filter("labels", words.labels)
register.filter("place", words.place)
register.filter("where", words.where)
register.filter("credentials", words.credentials)
register.filter("needed_codes", words.needed_codes)
register.filter("counted", words.counted)
register.filter("apply_host", words.apply_host)
register.filter("shared", words.shared)
register.filter("transparency", transparency.of_posting)


@register.filter
def pay_query(posting: Posting) -> str:
    """What to compare its pay with, as a query string: the first credential it names, or else its first specialty."""
    for key, named in (
        ("credential", [*posting.credentials_required, *posting.credentials_preferred]),
        ("specialty", posting.specialties),
    ):
        if named:
            return urlencode({key: named[0]})
    return ""


@register.simple_tag
def steps_of_writing(posting: Posting, current: str) -> list[steps.Place]:
    """The way through the steps of writing a posting that is still a draft; nothing once it was submitted.

    `{% steps_of_writing posting "questions" as places %}{% include "hiring/_steps.html" %}`
    """
    return steps.progress(posting, timezone.now(), current) if posting.submitted_at is None else []


@register.filter
def card(posting: Card, found: Found) -> str:
    """The card of a posting that was found, with how far it is from the place that was asked for."""
    return posting.html(found.distance(posting.pk))


@register.filter
def age(moment: datetime, at: datetime) -> str:
    """How long ago in the reader's days: "today", "yesterday", "3 days ago", "2 weeks ago"; then the date itself.

    `at` is now, as the view knows it: `{{ posting.published_at|age:at }}`.
    """
    day = timezone.localdate(moment)
    days = (timezone.localdate(at) - day).days
    if days < 2:
        return "yesterday" if days == 1 else "today"
    if days < 14:
        return f"{days} days ago"
    return f"{days // 7} weeks ago" if days < 56 else f"on {day:%b} {day.day}, {day.year}"


@register.filter
def closing(posting: Posting, at: datetime) -> str:
    """How soon its last day comes, within its last week: "closes today", "closes in 3 days"; earlier, nothing."""
    days = (posting.last_day - timezone.localdate(at)).days if posting.last_day else 8
    if days > 7:
        return ""
    return f"closes in {days} days" if days > 1 else "closes tomorrow" if days == 1 else "closes today"
