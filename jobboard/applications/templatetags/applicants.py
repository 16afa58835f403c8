"""An applicant in a few words, for cards and tables."""

from datetime import datetime
from typing import Any

from django import template

register = template.Library()

MOST_CREDENTIALS = 4  # named on a card; the page of the application names all


@register.filter
def in_short(profile: dict[str, Any]) -> str:
    """The credentials and years of a profile as it was sent, such as "CPC, COC · 6 years"; empty where untold."""
    held = [each["abbreviation"] for each in profile.get("credentials", [])]
    listed = ", ".join(held[:MOST_CREDENTIALS]) + (
        f" +{len(held) - MOST_CREDENTIALS}" if held[MOST_CREDENTIALS:] else ""
    )
    return " · ".join(part for part in (listed, years(profile.get("years"))) if part)


def years(number: int | None) -> str:
    """Years of experience in words; empty where untold."""
    if number is None:
        return ""
    return f"{number} year{'s' if number > 1 else ''}" if number else "under 1 year"


@register.filter
def age(since: datetime, at: datetime) -> str:
    """How long something has stood, in whole days: "today", "1 day", "12 days"."""
    days = (at - since).days
    return f"{days} day{'s' if days > 1 else ''}" if days > 0 else "today"
