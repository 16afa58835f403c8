"""What a team writes to candidates from templates: a subject and a text with placeholders, filled in for each."""

import re
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError

from jobboard.applications.vocabulary import State

if TYPE_CHECKING:
    from jobboard.applications.models import Application

PLACEHOLDERS = {
    "name": "the candidate's name, as they sent it",
    "posting": "the title of the posting",
    "employer": "your name, as the posting gave it",
}
WITHOUT_SUBJECT = "{employer} wrote to you: {posting}"  # what a letter without one is headed with
KNOWN = "{name}, {posting} and {employer}"
_BRACES = re.compile(r"\{([^{}]*)\}|\{")


class Letter(NamedTuple):
    """A subject and a plain text."""

    subject: str
    text: str

    def filled_for(self, application: "Application") -> "Letter":
        """As this candidate reads it. A name that looks like a placeholder stays a name: each is filled in once."""
        words = words_of(application)
        return Letter(*(_BRACES.sub(lambda found: words.get(found[1], found[0]), part) for part in self))


def words_of(application: "Application") -> dict[str, str]:
    """What stands for each placeholder in a letter to this candidate."""
    return {
        "name": application.name,
        "posting": application.posting_title,
        "employer": application.posting_employer,
    }


def known_placeholders(text: str) -> None:
    """Raise ValidationError for a brace that begins none of the placeholders."""
    for found in _BRACES.finditer(text):
        if found[1] not in PLACEHOLDERS:
            raise ValidationError(f"“{found[0]}” is no placeholder. Use {KNOWN}, or write it without the brace.")


# What a team starts from in telling of a step, until it keeps a template of its own.
STARTING: dict[str, Letter] = {
    State.INTERVIEW: Letter(
        "Interview: {posting}",
        "Hello {name},\n\nwe have read your application for {posting} and would like to talk with you. Which times "
        "suit you this week and next? Please name two or three, with your time zone.\n\nKind regards\n{employer}",
    ),
    State.OFFER: Letter(
        "Our offer: {posting}",
        "Hello {name},\n\nwe would like you to work with us as {posting}. We will send you the terms in writing; until "
        "then, ask us anything by answering this message.\n\nKind regards\n{employer}",
    ),
    State.HIRED: Letter(
        "Welcome to {employer}",
        "Hello {name},\n\nwelcome! We look forward to working with you as {posting}. We will write to you about your "
        "first day.\n\nKind regards\n{employer}",
    ),
    State.DECLINED: Letter(
        "Your application for {posting}",
        "Hello {name},\n\nthank you for your application for {posting} and for the time you took. We are going on with "
        "other candidates. We wish you well in your search.\n\nKind regards\n{employer}",
    ),
}
