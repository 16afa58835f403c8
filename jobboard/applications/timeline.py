"""What happened with an application as one dated line, as its team reads it and as its candidate reads it."""

from datetime import datetime
from typing import NamedTuple

from accounts.models import User
from jobboard.applications.models import Application, Message, Note, Rating


class Entry(NamedTuple):
    """One thing that happened: when, what in words, and by whom where that is told."""

    at: datetime
    words: str
    by: str = ""
    aside: str = ""


def for_team(application: Application, thread: list[Message], notes: list[Note], ratings: list[Rating]) -> list[Entry]:
    """Everything, by the names of those who did it. Of a withdrawn one only the steps."""
    entries = [
        Entry(step.at, step.get_state_display(), _name(step.by, application), "" if step.mailed else "no mail was sent")
        for step in application.steps.select_related("by")
    ]
    if not application.withdrawn_at:
        entries += [
            Entry(each.at, "Message", _name(each.author, application)) for each in thread if not each.by_candidate
        ]
        entries += [Entry(each.at, "Answer of the candidate") for each in thread if each.by_candidate]
        entries += [Entry(note.at, "Note", _name(note.author, application)) for note in notes]
        entries += [Entry(each.at, f"Rated {each}", _name(each.by, application)) for each in ratings]
        taken = application.downloads.select_related("by")
        entries += [Entry(each.at, "Resume downloaded", _name(each.by, application)) for each in taken]
    return sorted(entries, key=lambda entry: entry.at)


def for_candidate(application: Application, thread: list[Message]) -> list[Entry]:
    """The steps, the messages, and that the resume was taken; by an employer, never by a member of its team."""
    entries = [Entry(step.at, step.told) for step in application.steps.all()]
    entries += [
        Entry(each.at, "You wrote" if each.by_candidate else f"{application.posting_employer} wrote") for each in thread
    ]
    taken = application.downloads.order_by("at").first()
    if taken:
        entries.append(Entry(taken.at, "Your resume was downloaded for the first time"))
    return sorted(entries, key=lambda entry: entry.at)


def _name(person: User | None, application: Application) -> str:
    """Who did it; nobody is named where the candidate did, or the account is gone."""
    return person.get_full_name() if person and person.pk != application.candidate_id else ""
