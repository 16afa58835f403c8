"""Why a posting matched, in words that a mail can say."""

import pytest
from django.http import QueryDict

from jobboard.postings.models import Posting
from jobboard.postings.search import PostingFilter
from tests.factories import make_posting

pytestmark = pytest.mark.django_db


def reasons(query: str, posting: Posting) -> list[str]:
    return PostingFilter(QueryDict(query)).reasons(posting)


def test_a_search_for_everything_needs_no_reason() -> None:
    assert reasons("", make_posting()) == []


@pytest.mark.parametrize(
    ("query", "columns", "said"),
    [
        ("workplace=remote&state=TX", {"remote_states": ["TX", "OK"]}, "Remote, open to people in Texas"),
        ("state=TX", {"remote_states": []}, "Remote, open to people in Texas and every other state"),
        ("workplace=remote", {}, "Remote, open to people living anywhere in the United States"),
        ("state=TX", {"workplace": "hybrid", "city": "Austin", "state": "TX"}, "Hybrid in Austin, Texas"),
        ("credential=CPC", {"credentials_required": ["COC", "CPC"]}, "Accepts CPC"),
        ("credential=CPC&credential=CCS", {"credentials_preferred": ["CCS"]}, "Prefers CCS"),
        ("apprentice=welcome", {"apprentice": "welcome"}, "Apprentices welcome"),
        ("pay=30", {"pay_min": 32, "pay_max": 38}, "Pays $32 to $38 per hour, at least your $30 an hour"),
        ("pay=35", {"pay_min": 32, "pay_max": 38}, "Pays $32 to $38 per hour, reaching your $35 an hour"),
        (
            "pay=60000&pay_unit=year",
            {"pay_min": 4, "pay_max": 4, "pay_unit": "chart", "units_per_hour": 8},
            "Pays $4 per chart, about $32 an hour by our estimate, at least your $60,000 a year",
        ),
        ("specialty=em&specialty=urology", {"specialties": ["urology"]}, "Specialty: Urology"),
        ("role=auditor", {"roles": ["coder", "auditor"]}, "Role: Coding auditor"),
        ("setting=asc", {"setting": "asc"}, "Setting: Ambulatory surgery center"),
        ("type=contract", {"employment_type": "contract"}, "Contract (1099)"),
        ("code=20670", {"code_families": ["cpt:20"]}, "Needs CPT 20670"),
        ("q=operative", {}, "Has your words: operative"),
    ],
)
def test_each_criterion_gives_its_reason(query: str, columns: dict, said: str) -> None:
    assert reasons(query, make_posting(**columns)) == [said]


def test_reasons_come_in_the_order_of_the_form() -> None:
    posting = make_posting(remote_states=["TX"], credentials_required=["CPC"], specialties=["urology"])
    assert reasons("specialty=urology&credential=CPC&state=TX&q=coder", posting) == [
        "Has your words: coder",
        "Remote, open to people in Texas",
        "Accepts CPC",
        "Specialty: Urology",
    ]
