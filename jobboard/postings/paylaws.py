"""Which states' pay-transparency laws a posting may fall under, and what it still lacks by them.

A help while writing and not legal advice. The table holds states that have a law on postings, and no cities and
counties, some of which have rules of their own. The rows of CO, MA, MN, NJ, IL, HI and CA were compared with public
summaries, the others were written from general knowledge; none was compared with its statute yet, and the page says so.
Where it is not certain whether a law applies (size of the employer, remote work) the words say "may".
"""

from datetime import date, datetime
from typing import NamedTuple

from accounts.vocabulary import STATE_CHOICES
from jobboard.postings.models import Posting
from jobboard.postings.models.last_day import today
from jobboard.postings.vocabulary import Workplace

WRITTEN = date(2026, 11, 25)  # when the table was last gone through, from general knowledge and summaries

RANGE, BENEFITS, OTHER, DEADLINE = "range", "benefits", "other", "deadline"
NEEDS = {
    RANGE: "the pay or its range, with both ends",
    BENEFITS: "a general description of the benefits",
    OTHER: "bonuses, commissions and other compensation, if there are any",
    DEADLINE: "the day on which applications are expected to close",
}


class PayLaw(NamedTuple):
    """A state's law. `covers` says which employers, `reach` which jobs, `needs` what the posting itself must say."""

    state: str
    since: date
    covers: str
    reach: str
    needs: tuple[str, ...]
    source: str

    @property
    def name(self) -> str:
        """The state's name."""
        return dict(STATE_CHOICES)[self.state]

    @property
    def words(self) -> str:
        """What must be in the posting, in words; where nothing must, when an applicant must be told."""
        return "; ".join(NEEDS[each] for each in self.needs)


_REMOTE = "remote work that could be done in the state may count"
_IN_STATE = "work in the state; remote work from there may count"
_PARTLY = "work done at least partly in the state; remote work from there may count"
_REPORTS = "work done at least partly in the state, or elsewhere when reporting to a supervisor or office in it"

LAWS = [
    PayLaw("CA", date(2023, 1, 1), "15 employees or more", _REMOTE, (RANGE,), "Cal. Labor Code § 432.3"),
    PayLaw(
        "CO",
        date(2021, 1, 1),
        "any employer with an employee in the state",
        _REMOTE,
        (RANGE, BENEFITS, OTHER, DEADLINE),
        "C.R.S. § 8-5-201",
    ),
    PayLaw(
        "DC",
        date(2024, 6, 30),
        "any employer with an employee in the District",
        _IN_STATE,
        (RANGE,),
        "D.C. Code § 32-1453.01",
    ),
    PayLaw("HI", date(2024, 1, 1), "50 employees or more", _IN_STATE, (RANGE,), "Hawaii Act 203 (2023)"),
    PayLaw("IL", date(2025, 1, 1), "15 employees or more", _REPORTS, (RANGE, BENEFITS, OTHER), "820 ILCS 112/10"),
    PayLaw("MA", date(2025, 10, 29), "25 employees or more in the state", _IN_STATE, (RANGE,), "M.G.L. c. 149, § 105F"),
    PayLaw(
        "MD",
        date(2024, 10, 1),
        "any employer",
        _PARTLY,
        (RANGE, BENEFITS, OTHER),
        "Md. Code, Lab. & Empl. § 3-304.2",
    ),
    PayLaw(
        "MN",
        date(2025, 1, 1),
        "30 employees or more in the state",
        _IN_STATE,
        (RANGE, BENEFITS, OTHER),
        "Minn. Stat. § 181.173",
    ),
    PayLaw(
        "NJ",
        date(2025, 6, 1),
        "10 employees or more over 20 calendar weeks",
        "employers who do business, employ people or take applications in the state",
        (RANGE, BENEFITS, OTHER),
        "N.J.S.A. 34:6B-23",
    ),
    PayLaw("NY", date(2023, 9, 17), "4 employees or more", _REPORTS, (RANGE,), "N.Y. Labor Law § 194-b"),
    PayLaw(
        "VT",
        date(2025, 7, 1),
        "5 employees or more, one of them in the state",
        "work in the state, or remote work mainly for an office in it",
        (RANGE,),
        "21 V.S.A. § 495t",
    ),
    PayLaw("WA", date(2023, 1, 1), "15 employees or more", _REMOTE, (RANGE, BENEFITS, OTHER), "RCW 49.58.110"),
]

# Laws that ask nothing of the posting itself, but of what an applicant is told later.
TOLD_LATER = {
    "CT": "on request, or before the offer at the latest (Conn. Gen. Stat. § 31-40z)",
    "NV": "after an interview (NRS 613.133)",
    "RI": "on request, and before pay is discussed (R.I. Gen. Laws § 28-6-22)",
}


class Lack(NamedTuple):
    """Something the posting does not say though a law may ask for it: what, the form's field, whose law."""

    what: str
    field: str
    states: list[str]


class Duty(NamedTuple):
    """What may be owed by a posting: the laws, what it lacks by them, and what applicants are told later where."""

    laws: list[PayLaw]
    lacks: list[Lack]
    later: list[tuple[str, str]]
    mentions_other: list[str]

    @property
    def written(self) -> date:
        """When the table was last gone through."""
        return WRITTEN


def duty(posting: Posting, at: datetime) -> Duty:
    """The laws a posting may fall under at a moment, by where its work may be done. No query."""
    states = _states(posting)
    laws = [law for law in LAWS if law.state in states and law.since <= today(at)]
    missing = {need: field for need, field in _missing(posting).items() if any(need in law.needs for law in laws)}
    lacks = [
        Lack(NEEDS[need], field, [law.name for law in laws if need in law.needs]) for need, field in missing.items()
    ]
    names = dict(STATE_CHOICES)
    later = [(names[state], when) for state, when in TOLD_LATER.items() if state in states]
    return Duty(laws, lacks, later, [law.name for law in laws if OTHER in law.needs])


def _states(posting: Posting) -> set[str]:
    """Where the work may be done: the state it is in, or those a remote coder may live in, which may be all."""
    if posting.workplace == Workplace.REMOTE:
        return set(posting.remote_states or dict(STATE_CHOICES))
    return {posting.state} if posting.workplace and posting.state else set()


def _missing(posting: Posting) -> dict[str, str]:
    """What a posting does not say, each with the form's field for it."""
    says = {
        RANGE: (posting.pay_min is not None and posting.pay_max is not None, "pay_min"),
        BENEFITS: (bool(posting.benefits), "benefits"),
        DEADLINE: (posting.closes_on is not None, "closes_on"),
    }
    return {need: field for need, (stated, field) in says.items() if not stated}
