"""The match: each thing a posting asks against what a profile says, and nothing beyond that."""

from datetime import date
from decimal import Decimal

import pytest

from jobboard.postings.match import Coder, Field, Held, Line, Verdict, Weight, match
from jobboard.postings.models import Posting

TODAY = date(2026, 3, 2)
MET, UNMET, UNKNOWN = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN


def lines(coder: Coder | None = None, **asks: object) -> list[Line]:
    return match(Posting(**asks), coder or Coder(), TODAY)


def line(coder: Coder | None = None, **asks: object) -> Line:
    (only,) = lines(coder, **asks)
    return only


def holder(*abbreviations: str, expires: date | None = None) -> Coder:
    return Coder(credentials=tuple(Held(each, expires) for each in abbreviations))


def test_a_posting_that_asks_nothing_has_no_lines() -> None:
    assert lines(holder("CPC")) == []


class TestCredentials:
    def test_any_one_of_those_required_is_enough(self) -> None:
        found = line(holder("RHIT", "CCS"), credentials_required=["CPC", "COC", "CCS"])
        assert found == Line("CPC, COC or CCS", "You hold CCS.", MET, Weight.REQUIRED, Field.CREDENTIALS)

    def test_others_are_not_enough_and_are_named(self) -> None:
        found = line(holder("RHIT", "CPB"), credentials_required=["CPC"])
        assert (found.verdict, found.says) == (UNMET, "Your profile lists RHIT and CPB.")

    def test_a_profile_without_any_leaves_it_unknown(self) -> None:
        assert line(Coder(years=3), credentials_required=["CPC"]).verdict == UNKNOWN

    @pytest.mark.parametrize(
        ("expires", "verdict"), [(date(2026, 3, 1), UNMET), (TODAY, MET), (date(2026, 3, 3), MET), (None, MET)]
    )
    def test_it_must_be_valid_today(self, expires: date | None, verdict: Verdict) -> None:
        assert line(holder("CPC", expires=expires), credentials_required=["CPC"]).verdict == verdict

    def test_an_expired_one_is_told_with_its_day(self) -> None:
        found = line(holder("CPC", expires=date(2025, 12, 31)), credentials_required=["CPC", "CCS"])
        assert found.says == "Your CPC expired on December 31, 2025."

    def test_a_valid_one_counts_beside_an_expired_one(self) -> None:
        coder = Coder(credentials=(Held("CPC", date(2020, 1, 1)), Held("CCS")))
        assert line(coder, credentials_required=["CPC", "CCS"]).says == "You hold CCS."

    def test_preferred_ones_are_a_line_of_their_own(self) -> None:
        required, preferred = lines(holder("CPC"), credentials_required=["CPC"], credentials_preferred=["COSC"])
        assert (required.verdict, required.weight) == (MET, Weight.REQUIRED)
        assert (preferred.verdict, preferred.weight) == (UNMET, Weight.PREFERRED)


class TestApprentices:
    @pytest.mark.parametrize(
        ("policy", "verdict"),
        [("welcome", MET), ("with-experience", UNKNOWN), ("no", UNMET), ("unstated", UNKNOWN)],
    )
    def test_the_postings_own_policy_decides(self, policy: str, verdict: Verdict) -> None:
        found = line(holder("CPC-A"), credentials_required=["CPC"], apprentice=policy)
        assert found.verdict == verdict
        assert "You hold CPC-A" in found.says

    def test_an_apprentice_of_another_credential_is_no_apprentice_of_this_one(self) -> None:
        assert line(holder("COC-A"), credentials_required=["CPC"], apprentice="welcome").verdict == UNMET

    def test_an_expired_apprentice_credential_is_none(self) -> None:
        coder = holder("CPC-A", expires=date(2025, 1, 1))
        assert line(coder, credentials_required=["CPC"], apprentice="welcome").verdict == UNMET

    def test_the_full_credential_is_more_than_the_apprentice_one(self) -> None:
        assert line(holder("CPC"), credentials_required=["CPC-A"]).verdict == MET
        assert line(holder("COC"), credentials_required=["CPC-A"]).verdict == UNMET

    def test_who_holds_both_holds_the_full_one(self) -> None:
        found = line(holder("CPC", "CPC-A"), credentials_required=["CPC"], apprentice="no")
        assert (found.verdict, found.says) == (MET, "You hold CPC.")

    @pytest.mark.parametrize(("held", "verdict"), [("CPC", MET), ("COC", MET), ("CPC-A", UNMET), ("RHIT", UNKNOWN)])
    def test_a_full_credential_asked_for_without_a_name(self, held: str, verdict: Verdict) -> None:
        found = line(holder(held), apprentice="no")
        assert (found.asks, found.verdict) == ("A full credential, not an apprentice one", verdict)

    @pytest.mark.parametrize("policy", ["welcome", "with-experience", "unstated"])
    def test_other_policies_ask_nothing_by_themselves(self, policy: str) -> None:
        assert lines(holder("CPC-A"), apprentice=policy) == []


@pytest.mark.parametrize(
    ("asked", "has", "verdict", "words"),
    [
        (2, 2, MET, "2 years of experience or more"),
        (2, 1, UNMET, "2 years of experience or more"),
        (1, None, UNKNOWN, "1 year of experience or more"),
        (1, 0, UNMET, "1 year of experience or more"),
        (0, None, MET, "No experience needed"),
    ],
)
def test_years(asked: int, has: int | None, verdict: Verdict, words: str) -> None:
    found = line(Coder(years=has), years_min=asked)
    assert (found.verdict, found.asks, found.field) == (verdict, words, Field.YEARS)


class TestResidence:
    @pytest.mark.parametrize(("state", "verdict"), [("TX", MET), ("OH", UNMET), ("", UNKNOWN)])
    def test_remote_work_for_some_states(self, state: str, verdict: Verdict) -> None:
        found = line(Coder(state=state, years=1), workplace="remote", remote_states=["TX", "FL"])
        assert (found.verdict, found.field) == (verdict, Field.STATE)
        assert found.asks == "Remote, open to people living in Florida or Texas"

    @pytest.mark.parametrize(("state", "verdict"), [("OH", MET), ("", UNKNOWN)])
    def test_remote_work_anywhere(self, state: str, verdict: Verdict) -> None:
        assert line(Coder(state=state), workplace="remote").verdict == verdict

    @pytest.mark.parametrize("workplace", ["hybrid", "on-site"])
    @pytest.mark.parametrize(
        ("city", "state", "verdict"),
        [
            ("austin ", "TX", MET),
            ("Austin", "MN", UNKNOWN),
            ("Round Rock", "TX", UNKNOWN),
            ("", "TX", UNKNOWN),
            ("Columbus", "OH", UNKNOWN),
        ],
    )
    def test_a_place_of_work_claims_no_distance(self, workplace: str, city: str, state: str, verdict: Verdict) -> None:
        found = line(Coder(city=city, state=state), workplace=workplace, city="Austin", state="TX")
        assert (found.verdict, found.field) == (verdict, Field.CITY)


class TestLists:
    def test_what_is_shared_and_what_is_not_are_two_lines(self) -> None:
        coder = Coder(specialties=("orthopedics", "gi"), software=("epic",))
        found = lines(coder, specialties=["orthopedics", "spine", "pain"], software=["epic"])
        assert [(each.asks, each.verdict) for each in found] == [
            ("Specialty: Orthopedics", MET),
            ("Specialty: Spine and neurosurgery and Pain management", UNMET),
            ("Software: Epic", MET),
        ]

    def test_a_profile_that_lists_none_leaves_all_unknown(self) -> None:
        found = line(Coder(years=1), software=["epic", "meditech"])
        assert (found.asks, found.verdict) == ("Software: Epic and Meditech", UNKNOWN)


def test_what_no_profile_can_say_is_unknown_and_leads_nowhere() -> None:
    found = lines(
        holder("CPC"),
        employment_type="part-time",
        schedule="weekend",
        units_per_hour=Decimal("8.50"),
        accuracy_percent=95,
    )
    assert [each.asks for each in found] == ["Part time (W-2)", "Weekends", "8.5 charts an hour, 95% accuracy"]
    assert {(each.verdict, each.field) for each in found} == {(UNKNOWN, Field.NONE)}
