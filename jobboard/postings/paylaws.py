"""Which states' pay-transparency laws a posting may fall under, and what it still lacks by them.

A help while writing and not legal advice. The table holds states that have a law on postings, and no cities and
counties, some of which have rules of their own. Each row says when it was last checked and against what: the text of
the statute, or summaries by the state or by law firms where the text was not at hand. Where it is not certain whether
a law applies (size of the employer, remote work) the words say "may".
"""

from datetime import date, datetime
from typing import NamedTuple

from accounts.vocabulary import STATE_CHOICES
from jobboard.postings.models import Posting
from jobboard.postings.models.last_day import today
from jobboard.postings.vocabulary import Workplace

CHECKED = date(2026, 11, 25)  # when the rows were last compared with what they say they were compared with
STATUTE, SUMMARIES = "the statute", "public summaries of it"

RANGE, BENEFITS, OTHER, DEADLINE = "range", "benefits", "other", "deadline"
NEEDS = {
    RANGE: "the pay or its range, with both ends",
    BENEFITS: "a general description of the benefits",
    OTHER: "bonuses, commissions and other compensation, if there are any",
    DEADLINE: "the day on which applications are expected to close, or that they are taken at any time",
}


class PayLaw(NamedTuple):
    """A state's law. `covers` says which employers, `reach` which jobs, `needs` what the posting itself must say.

    `against` is what the row was compared with on the day `checked`.
    """

    state: str
    since: date
    covers: str
    reach: str
    needs: tuple[str, ...]
    source: str
    against: str
    checked: date = CHECKED

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
    PayLaw("CA", date(2023, 1, 1), "15 employees or more", _REMOTE, (RANGE,), "Cal. Labor Code § 432.3", SUMMARIES),
    PayLaw(
        "CO",
        date(2021, 1, 1),
        "any employer with an employee in the state",
        _REMOTE,
        (RANGE, BENEFITS, OTHER, DEADLINE),
        "C.R.S. § 8-5-201, 7 CCR 1103-18",
        STATUTE,
    ),
    PayLaw(
        "CT",
        date(2026, 10, 1),
        "any employer with an employee in the state",
        _IN_STATE,
        (RANGE, BENEFITS),
        "Conn. Gen. Stat. § 31-40z, Public Act 26-12",
        SUMMARIES,
    ),
    PayLaw(
        "DC",
        date(2024, 6, 30),
        "any employer with an employee in the District",
        _IN_STATE,
        (RANGE,),
        "D.C. Code § 32-1453.01",
        STATUTE,
    ),
    PayLaw(
        "DE",
        date(2027, 9, 26),
        "more than 25 employees",
        "jobs in the state, and remote jobs of employers based in it",
        (RANGE, BENEFITS, OTHER),
        "Delaware House Substitute 2 for House Bill 105 (2025)",
        SUMMARIES,
    ),
    PayLaw("HI", date(2024, 1, 1), "50 employees or more", _IN_STATE, (RANGE,), "HRS § 378-2.8", STATUTE),
    PayLaw(
        "IL",
        date(2025, 1, 1),
        "15 employees or more",
        _REPORTS,
        (RANGE, BENEFITS, OTHER),
        "820 ILCS 112/5 and 112/10",
        STATUTE,
    ),
    PayLaw(
        "MA",
        date(2025, 10, 29),
        "25 employees or more in the state",
        _IN_STATE,
        (RANGE,),
        "M.G.L. c. 149, § 105F",
        SUMMARIES,
    ),
    PayLaw(
        "MD",
        date(2024, 10, 1),
        "any employer",
        _PARTLY,
        (RANGE, BENEFITS, OTHER),
        "Md. Code, Lab. & Empl. § 3-304.2",
        STATUTE,
    ),
    PayLaw(
        "ME",
        date(2026, 7, 13),
        "10 employees or more",
        _IN_STATE,
        (RANGE,),
        "Maine House Paper 18, L.D. 54 (2026)",
        SUMMARIES,
    ),
    PayLaw(
        "MN",
        date(2025, 1, 1),
        "30 employees or more in the state",
        _IN_STATE,
        (RANGE, BENEFITS, OTHER),
        "Minn. Stat. § 181.173",
        SUMMARIES,
    ),
    PayLaw(
        "NJ",
        date(2025, 6, 1),
        "10 employees or more over 20 calendar weeks",
        "employers who do business, employ people or take applications in the state",
        (RANGE, BENEFITS, OTHER),
        "N.J.S.A. 34:6B-23",
        SUMMARIES,
    ),
    PayLaw("NY", date(2023, 9, 17), "4 employees or more", _REPORTS, (RANGE,), "N.Y. Labor Law § 194-b", STATUTE),
    PayLaw("VA", date(2026, 7, 1), "any employer", _IN_STATE, (RANGE,), "Va. Code § 40.1-28.7:12", SUMMARIES),
    PayLaw(
        "VT",
        date(2025, 7, 1),
        "5 employees or more, one of them in the state",
        "work in the state, or remote work mainly for an office in it",
        (RANGE,),
        "21 V.S.A. § 495p",
        STATUTE,
    ),
    PayLaw(
        "WA",
        date(2023, 1, 1),
        "15 employees or more",
        _REMOTE,
        (RANGE, BENEFITS, OTHER),
        "RCW 49.58.110",
        STATUTE,
    ),
]

# Laws that ask nothing of the posting itself, but of what an applicant is told later. Compared with the statutes.
TOLD_LATER = {
    "NV": "after an interview (NRS 613.133)",
    "RI": "on request, before pay is discussed (R.I. Gen. Laws § 28-6-22)",
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
    checked: date = CHECKED


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
