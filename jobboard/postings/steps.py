"""The steps in which a posting is written, each a page that is saved by itself.

A higher app adds a step of its own when it starts (`AppConfig.ready`): a page it serves at an address of a posting,
such as its screening questions. `{% include "hiring/_steps.html" %}` with `places=progress(posting, at, key)` shows the
way there.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse

from jobboard.postings.models import Posting


class Step(NamedTuple):
    """A part of writing a posting.

    `fields` are the form's, laid out by `template`. A step without fields is a page of its own at `address`, the name
    of a URL that takes the posting's id; `note` then says in a few words what stands there, such as "3 questions", or
    nothing.
    """

    key: str
    title: str
    lead: str
    fields: tuple[str, ...] = ()
    template: str = ""
    address: str = ""
    note: Callable[[Posting], str] | None = None

    def url(self, posting: Posting) -> str:
        """Its page for a posting."""
        return reverse(self.address, args=[posting.pk]) if self.address else _own(posting, self.key)


class Place(NamedTuple):
    """A step as the way through them shows it: where it leads, what is still needed there, what is filled in."""

    step: Step
    number: int
    url: str
    current: bool
    lacking: list[str]
    filled: bool
    note: str


REVIEW = Step("review", "Look over", "Everything as coders will read it, and what the law and they may miss.")

_STEPS = [
    Step(
        "job",
        "The job",
        "What it is called and what the work is.",
        ("title", "roles", "specialties", "setting", "description", "code_families", "software", "software_codes"),
        "hiring/fields/job.html",
    ),
    Step(
        "requirements",
        "Requirements",
        "Who can do it, and who may grow into it.",
        ("credentials_required", "credentials_preferred", "apprentice", "credential_within_months", "years_min"),
        "hiring/fields/requirements.html",
    ),
    Step(
        "place",
        "Place and terms",
        "Where, when and as what people work.",
        (
            *(
                "workplace",
                "city",
                "state",
                "postal_code",
                "remote_states",
                "employment_type",
                "paid_as",
                "schedule",
                "starts_on",
            ),
            *("equipment", "second_monitor", "work_stays"),
        ),
        "hiring/fields/place.html",
    ),
    Step(
        "pay",
        "Pay and standard",
        "What the work pays, and what is expected for it.",
        (
            *("pay_min", "pay_max", "pay_unit", "units_per_hour", "accuracy_percent", "audit_percent", "unpaid"),
            "benefits",
        ),
        "hiring/fields/pay.html",
    ),
    Step(
        "apply",
        "How to apply",
        "Where applications go, until when, and what happens then.",
        ("apply_by", "apply_url", "apply_email", "closes_on", "interview_steps"),
        "hiring/fields/apply.html",
    ),
]
_added: list[Step] = []


def register(step: Step) -> None:
    """Add a step of a higher app, between how to apply and the last look. Twice is once."""
    if step not in _added:
        _added.append(step)


def every() -> list[Step]:
    """All steps in their order."""
    return [*_STEPS, *_added, REVIEW]


def written() -> list[Step]:
    """The steps that are parts of the form."""
    return list(_STEPS)


def named(key: str) -> Step | None:
    """The step of a key; None where there is none."""
    return next((step for step in every() if step.key == key), None)


def after(step: Step) -> Step:
    """The next one; the last one where there is none."""
    steps = every()
    return steps[min(steps.index(step) + 1, len(steps) - 1)]


def of_field(field: str) -> Step:
    """The step in which a field is written; the last look for a field that no step has."""
    return next((step for step in _STEPS if field in step.fields), REVIEW)


def progress(posting: Posting, at: datetime, current: str) -> list[Place]:
    """The way through all steps. Of a posting that is not stored yet, only the first is open."""
    missing = posting.missing(at)
    return [
        Place(
            step,
            number,
            step.url(posting) if posting.pk else "",
            step.key == current,
            [what for field, what in missing.items() if field in step.fields],
            any(getattr(posting, field) not in _NOTHING for field in step.fields),
            step.note(posting) if step.note and posting.pk else "",
        )
        for number, step in enumerate(every(), 1)
    ]


_NOTHING: tuple[object, ...] = (None, "", [], "unstated", "site")  # what a posting says before anybody wrote it


def _own(posting: Posting, key: str) -> str:
    return reverse("posting_step", args=[posting.pk, key])
