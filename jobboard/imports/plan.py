"""What a file, or one request to the API, would do to an employer's postings; and doing it.

A plan is made by reading alone, so that a dry run and the real one are the same steps up to the last.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.imports.columns import Value, columns
from jobboard.imports.rows import RowForm
from jobboard.postings import mails
from jobboard.postings.models import DailyLimit, Incomplete, Posting, StaleState
from jobboard.postings.models.limit import allowed, room
from jobboard.postings.vocabulary import Outcome, State


class Verdict(models.TextChoices):
    """What becomes of a line."""

    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    CLOSED = "closed", "Closed"
    UNCHANGED = "unchanged", "Unchanged"
    REFUSED = "refused", "Refused"


ACTING = (Verdict.NEW, Verdict.CHANGED, Verdict.CLOSED)


@dataclass(frozen=True)
class Row:
    """A line of a file, by its number there: what it says for each column that the file has."""

    number: int
    values: Mapping[str, Value]


@dataclass
class Line:
    """What becomes of a row, in words. `reasons` are pairs of a column's name and what is wrong there."""

    number: int
    reference: str
    title: str
    verdict: str = Verdict.UNCHANGED
    note: str = ""
    changes: list[str] = field(default_factory=list)
    reasons: list[tuple[str, str]] = field(default_factory=list)
    pk: int | None = None

    def refuse(self, column: str, why: str) -> None:
        """Note that nothing is done for this line, and why."""
        self.verdict, self.note = Verdict.REFUSED, ""
        self.reasons.append((column, why))

    def stored(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)


@dataclass
class Step:
    """A line and the posting that it is about, as it would be stored."""

    line: Line
    posting: Posting
    seen: datetime | None
    submits: bool = False
    outcome: str = ""

    def carry_out(self, at: datetime, by: User) -> None:
        """Do what the line says. Raises what the verbs of `Posting` raise."""
        match self.line.verdict:
            case Verdict.NEW:
                self.posting.save_draft(at, by)
            case Verdict.CHANGED if self.line.changes:
                self.posting.edit(at, by, seen=self.seen)
            case Verdict.CLOSED:
                self.posting.close(at, by, self.outcome)
        if self.submits:
            self.posting.submit(at, by, tell_staff=False)  # carried_out() tells of all at once
        self.line.pk = self.posting.pk


class Overtaken(Exception):
    """A posting was changed while an import was carried out: nothing of it was done."""


def planned(employer: Employer, rows: Iterable[Row], at: datetime, *, review: bool, whole: bool = False) -> list[Step]:
    """A step for each row, in their order; with `whole`, and one for each open posting that the rows leave out.

    `review` sends new postings and drafts to review, as many as a day allows. Three queries, and one for each row.
    """
    rows = list(rows)
    references = [_text(row.values.get("reference", "")) for row in rows]
    kept = employer.postings.filter(reference__in=references).exclude(reference="").defer("search")
    known = {posting.reference: posting for posting in kept}
    steps, seen_at = [], dict[str, int]()
    for row, reference in zip(rows, references, strict=True):
        posting = known.get(reference) or Posting(employer=employer)
        posting.employer = employer  # known already: saves a query for each
        step = _step(row, posting, at, review=review)
        if (first := seen_at.setdefault(reference, row.number)) != row.number and reference:
            step.line.refuse("reference", f"Line {first} has this reference too: one line for each posting.")
        steps.append(step)
    if review:
        _keep_to_limit(employer, steps, at)
    return steps + (_left_out(employer, references, at) if whole else [])


def carried_out(steps: Iterable[Step], at: datetime, by: User) -> None:
    """Do all of it, in the caller's transaction. Raises Overtaken."""
    submitted: list[Posting] = []
    for step in steps:
        try:
            step.carry_out(at, by)
        except (StaleState, Incomplete, DailyLimit) as late:
            raise Overtaken(step.line.reference) from late
        if step.submits:
            submitted.append(step.posting)
    mails.submitted_many(submitted)


def _step(row: Row, posting: Posting, at: datetime, *, review: bool) -> Step:
    """What becomes of one row."""
    before = {name: getattr(posting, name) for name in Posting.CONTENT}
    line = Line(row.number, _text(row.values.get("reference", "")), _text(row.values.get("title", posting.title)))
    line.pk = posting.pk
    step = Step(line, posting, None if posting._state.adding else posting.edited_at)
    if outcome := _text(row.values.get("outcome", "")):
        _closing(step, outcome)
        return step
    editable = posting.editable_at(at)
    form = RowForm(instance=posting, at=at)
    if not form.read(row.values):
        for name, errors in form.errors.items():
            for error in errors:
                line.refuse(_column(name), str(error))
        return step
    line.changes = [name for name, value in before.items() if _plain(value) != _plain(getattr(posting, name))]
    if line.changes and not editable:
        line.refuse("reference", "This posting has ended, and stays as its readers saw it. Hire again under another.")
    else:
        _decide(step, at, review=review)
    return step


def _decide(step: Step, at: datetime, *, review: bool) -> None:
    """Say what becomes of a row that can be read: new, changed or as it was, and whether it goes to review."""
    line, posting = step.line, step.posting
    stands = posting.state_at(at)
    again = stands == State.SENT_BACK and bool(line.changes)  # what staff sent back and nobody changed stays there
    step.submits = review and (stands == State.DRAFT or again)
    if step.submits and (missing := posting.missing(at)):
        for name, what in missing.items():
            line.refuse(name, what)
        step.submits = False
        return
    if posting._state.adding:
        line.verdict, line.changes = Verdict.NEW, []
    elif line.changes or step.submits:
        line.verdict = Verdict.CHANGED
    line.note = _note(step, stands)


def _keep_to_limit(employer: Employer, steps: list[Step], at: datetime) -> None:
    """Leave as drafts what is beyond the postings that an employer may submit in a day: the next day's file sends them.

    That is said in the plan, so that an import never stops in the middle.
    """
    left = room(employer, at)
    for step in steps:
        if step.submits and left <= 0:
            step.submits = False
            if step.line.verdict == Verdict.CHANGED and not step.line.changes:
                step.line.verdict = Verdict.UNCHANGED
            step.line.note = f"not sent to review: {allowed(employer)} a day are the most"
        left -= step.submits


def _note(step: Step, stands: State) -> str:
    if step.submits:
        return "goes to review"
    if step.line.verdict == Verdict.NEW:
        return "a draft"
    if step.line.verdict == Verdict.CHANGED and step.posting.published_at:
        return "stays public; staff look at the change"
    return stands.label.lower()


def _closing(step: Step, outcome: str) -> None:
    """What becomes of a row that says what came of a posting."""
    line, posting = step.line, step.posting
    step.outcome = str(columns()["outcome"].value(outcome))
    if step.outcome not in dict(columns()["outcome"].choices):
        line.refuse("outcome", f"“{outcome}” is no outcome. Leave it empty, or use one of those listed.")
    elif posting._state.adding:
        line.refuse("reference", "There is no posting with this reference that could be closed.")
    elif posting.closed_at:
        _closed_before(step)
    elif not posting.submitted_at:
        line.refuse("outcome", "A draft was never public: delete it on its page instead.")
    else:
        line.verdict, line.note = Verdict.CLOSED, Outcome(step.outcome).label.lower()
    line.title = line.title or posting.title


def _closed_before(step: Step) -> None:
    if step.posting.outcome == step.outcome:
        step.line.note = "closed"
    else:
        closed = Outcome(step.posting.outcome).label.lower()
        step.line.refuse("outcome", f"It is closed already, as: {closed}.")


def _left_out(employer: Employer, references: list[str], at: datetime) -> list[Step]:
    """A step that closes each open posting with a reference that a whole list does not name."""
    open_ = employer.postings.exclude(reference="").exclude(reference__in=references)
    open_ = open_.filter(submitted_at__isnull=False, closed_at=None).exclude(expires_at__lte=at)
    steps = []
    for posting in open_.defer("search").order_by("pk"):
        posting.employer = employer
        line = Line(0, posting.reference, posting.title, Verdict.CLOSED, "not in this file: no longer hiring")
        line.pk = posting.pk
        steps.append(Step(line, posting, posting.edited_at, outcome=Outcome.CANCELLED))
    return steps


def _text(value: Value) -> str:
    return value.strip() if isinstance(value, str) else ""


def _plain(value: object) -> object:
    """A value for comparing: the order of several, and how lines end, make no difference."""
    if isinstance(value, list):
        return sorted(value)
    return "\n".join(value.split("\r\n")).strip() if isinstance(value, str) else value


def _column(name: str) -> str:
    return "" if name == "__all__" else name
