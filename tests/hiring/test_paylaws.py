"""Which states' pay-transparency laws a posting may fall under, and what it still lacks."""

from datetime import UTC, datetime

import pytest

from accounts.vocabulary import STATE_CHOICES
from jobboard.employers.models import Employer
from jobboard.postings import paylaws
from jobboard.postings.models import Posting

AT = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)


def written(**columns: object) -> Posting:
    return Posting(employer=Employer(name="Harbor"), title="Coder", **columns)


def states(posting: Posting, at: datetime = AT) -> list[str]:
    return [law.state for law in paylaws.duty(posting, at).laws]


def lacks(posting: Posting) -> dict[str, list[str]]:
    return {lack.field: lack.states for lack in paylaws.duty(posting, AT).lacks}


def test_work_in_one_state_falls_under_its_law() -> None:
    posting = written(workplace="on-site", city="Denver", state="CO")
    assert states(posting) == ["CO"]
    assert lacks(posting) == {"pay_min": ["Colorado"], "benefits": ["Colorado"], "closes_on": ["Colorado"]}


def test_what_is_stated_is_not_lacking() -> None:
    whole = {"pay_min": 30, "pay_max": 40, "pay_unit": "hour", "benefits": ["health"], "closes_on": AT.date()}
    assert lacks(written(workplace="hybrid", city="Denver", state="CO", **whole)) == {}
    for open_end in ({"pay_max": None}, {"pay_min": None}):
        assert lacks(written(workplace="hybrid", city="Denver", state="CO", **whole | open_end)) == {
            "pay_min": ["Colorado"]
        }


def test_a_law_asks_only_what_it_asks() -> None:
    assert lacks(written(workplace="on-site", city="Albany", state="NY")) == {"pay_min": ["New York"]}
    texas = paylaws.duty(written(workplace="on-site", city="Austin", state="TX"), AT)
    assert (texas.laws, texas.lacks, texas.later) == ([], [], [])


def test_remote_work_falls_under_the_states_it_may_be_done_in() -> None:
    assert states(written(workplace="remote", remote_states=["TX", "WA", "IL"])) == ["IL", "WA"]
    anywhere = written(workplace="remote", state="CO")  # a state left over from another workplace counts for nothing
    assert states(anywhere) == [law.state for law in paylaws.LAWS if law.state != "DE"]  # in force since 2027
    assert "Colorado" in lacks(anywhere)["closes_on"]


def test_states_that_ask_nothing_of_the_posting_are_told_apart() -> None:
    nevada = paylaws.duty(written(workplace="on-site", city="Reno", state="NV"), AT)
    assert (nevada.laws, nevada.lacks) == ([], [])
    assert nevada.later == [("Nevada", "after an interview (NRS 613.133)")]


def test_a_draft_that_names_no_place_falls_under_nothing_yet() -> None:
    assert states(written()) == states(written(state="CO")) == []


def test_a_law_counts_from_its_first_day() -> None:
    boston = written(workplace="on-site", city="Boston", state="MA")
    assert states(boston, datetime(2025, 10, 28, 15, tzinfo=UTC)) == []
    assert states(boston, datetime(2025, 10, 30, 15, tzinfo=UTC)) == ["MA"]
    dover = written(workplace="on-site", city="Dover", state="DE")
    assert (states(dover), states(dover, datetime(2027, 9, 27, 15, tzinfo=UTC))) == ([], ["DE"])


def test_connecticut_asks_of_the_posting_what_it_asked_of_the_interview() -> None:
    hartford = written(workplace="on-site", city="Hartford", state="CT")
    assert states(hartford, datetime(2026, 9, 30, 15, tzinfo=UTC)) == []
    assert lacks(hartford) == {"pay_min": ["Connecticut"], "benefits": ["Connecticut"]}


@pytest.mark.parametrize("law", paylaws.LAWS, ids=lambda law: law.state)
def test_each_row_is_whole(law: paylaws.PayLaw) -> None:
    assert law.state in dict(STATE_CHOICES)
    assert law.state not in paylaws.TOLD_LATER
    assert law.against in {paylaws.STATUTE, paylaws.SUMMARIES}
    assert paylaws.RANGE in law.needs
    assert law.covers
    assert law.reach
    assert any(character.isdigit() for character in law.source)
    assert law.words
