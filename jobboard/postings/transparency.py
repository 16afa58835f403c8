"""How much of what coders ask for a posting states: twelve facts, counted, with what would raise the count.

Pay and terms count, not praise: each fact is a typed column, so none is counted for a sentence that merely mentions it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from jobboard.postings.vocabulary import Apprentice, Workplace

if TYPE_CHECKING:
    from jobboard.postings.models import Posting


class Fact(NamedTuple):
    """One thing coders ask for: its name, how a writer states it, the form's field for it, and whether it is stated."""

    name: str
    how: str
    field: str
    stated: Callable[["Posting"], bool]


class Transparency(NamedTuple):
    """The facts of a posting, those stated and those lacking."""

    stated: list[Fact]
    lacking: list[Fact]

    @property
    def of(self) -> int:
        """How many facts there are."""
        return len(self.stated) + len(self.lacking)

    @property
    def words(self) -> str:
        """Such as "9 of 12 facts"."""
        return f"{len(self.stated)} of {self.of} facts"


def _has_place(posting: "Posting") -> bool:
    return posting.workplace == Workplace.REMOTE or bool(posting.workplace and posting.state)


def _has_apprentice_policy(posting: "Posting") -> bool:
    return posting.apprentice != Apprentice.UNSTATED or posting.credential_within_months is not None


FACTS = [
    Fact("Pay", "State the lowest and the highest pay.", "pay_min", lambda each: bool(each.pay_text)),
    Fact(
        "Pay by the hour",
        "Say what the pay is for; by the chart, also how many are expected in an hour.",
        "pay_unit",
        lambda each: each.is_comparable,
    ),
    Fact(
        "Productivity and accuracy standard",
        "Give both: how many an hour, and the share of codes that must be right.",
        "units_per_hour",
        lambda each: each.units_per_hour is not None and each.accuracy_percent is not None,
    ),
    Fact(
        "What is unpaid",
        "Say which work is not paid, or that all working time is.",
        "unpaid",
        lambda each: bool(each.unpaid),
    ),
    Fact("W-2 or 1099", "Say how coders are paid for tax.", "paid_as", lambda each: bool(each.tax_form)),
    Fact("Schedule", "Say when the work is done.", "schedule", lambda each: bool(each.schedule)),
    Fact(
        "Where coders may live",
        "Say where the work is done, and for remote work from which states.",
        "workplace",
        _has_place,
    ),
    Fact("Software", "Name the record system and the encoder.", "software", lambda each: bool(each.software)),
    Fact("Equipment", "Say who brings the computer.", "equipment", lambda each: bool(each.equipment)),
    Fact(
        "CPC-A policy",
        "Say whether apprentices are welcome, or by when the credential must be earned.",
        "apprentice",
        _has_apprentice_policy,
    ),
    Fact(
        "Steps of hiring",
        "List the steps from application to offer.",
        "interview_steps",
        lambda each: bool(each.hiring_steps),
    ),
    Fact("Last day to apply", "Choose the last day.", "closes_on", lambda each: each.closes_on is not None),
]


def of_posting(posting: "Posting") -> Transparency:
    """What a posting states of what coders ask for. No query."""
    stated = [fact for fact in FACTS if fact.stated(posting)]
    return Transparency(stated, [fact for fact in FACTS if fact not in stated])
