"""What each part of the search finds and leaves out."""

import pytest
from django.http import QueryDict
from django.utils import timezone

from jobboard.postings import board
from jobboard.postings.found import Found
from jobboard.postings.models import Posting
from jobboard.postings.search import PostingFilter, matching
from tests.factories import make_employer, make_posting

pytestmark = pytest.mark.django_db


def found(query: str) -> list[str]:
    """The titles that a query string finds, in the order of the page; alerts, which ask SQL, find the same."""
    at = timezone.now()
    search = PostingFilter(QueryDict(query), Posting.objects.live(at))
    listed = list(Found(search, board.current(at), at))
    assert sorted(posting.pk for posting in listed) == sorted(search.qs.values_list("pk", flat=True))
    return [posting.title for posting in listed]


class TestWords:
    def test_found_in_title_text_employer_and_typed_fields(self) -> None:
        make_posting(
            title="Spine coder", description="Laminectomy notes.", employer=make_employer("Quiet Harbor Spine")
        )
        make_posting(title="Other", specialties=["urology"], software=["epic"], credentials_required=["CIRCC"])
        assert found("q=laminectomy") == found("q=spine") == found("q=quiet+harbor") == ["Spine coder"]
        assert found("q=urology") == found("q=epic") == found("q=circc") == found("q=interventional") == ["Other"]

    def test_words_of_several_fields_are_found_together(self) -> None:
        make_posting(title="Spine coder", employer=make_employer("Quiet Harbor"), remote_states=["TX"])
        assert found("q=spine+harbor+texas+remote") == ["Spine coder"]
        assert found("q=spine+ohio") == []

    def test_quotes_or_and_minus_work(self) -> None:
        make_posting(title="Spine surgery coder")
        make_posting(title="Surgery auditor for spine")
        assert found("q=%22spine+surgery%22") == ["Spine surgery coder"]
        assert found("q=spine+-auditor") == ["Spine surgery coder"]
        assert len(found("q=auditor+or+coder")) == 2

    @pytest.mark.parametrize("words", ["xqzzy", "the", "%27%22%28%29%26%7C%21%3A*", "-", "%F0%9F%A6%93", "%5C", "%01"])
    def test_nonsense_finds_nothing_and_breaks_nothing(self, words: str) -> None:
        make_posting()
        assert found(f"q={words}") == []

    def test_best_match_comes_first_unless_another_order_is_asked_for(self) -> None:
        make_posting(title="Auditor of urology charts", description="Urology. Urology.", pay_min=20, pay_max=20)
        make_posting(title="Coder", description="Sometimes urology.", pay_min=50, pay_max=50)
        assert found("q=urology") == ["Auditor of urology charts", "Coder"]
        assert found("q=urology&sort=newest") == ["Coder", "Auditor of urology charts"]
        assert found("q=urology&sort=pay") == ["Coder", "Auditor of urology charts"]


class TestPlace:
    @pytest.fixture(autouse=True)
    def postings(self) -> None:
        make_posting(title="Remote anywhere")
        make_posting(title="Remote TX", remote_states=["TX", "OK"])
        make_posting(title="Remote OH", remote_states=["OH"])
        make_posting(title="Hybrid TX", workplace="hybrid", city="Austin", state="TX")
        make_posting(title="On site OH", workplace="on-site", city="Dayton", state="OH")

    def test_a_state_finds_what_people_living_there_can_do(self) -> None:
        assert sorted(found("state=TX")) == ["Hybrid TX", "Remote TX", "Remote anywhere"]
        assert sorted(found("state=OH")) == ["On site OH", "Remote OH", "Remote anywhere"]

    def test_workplaces_are_any_of_those_chosen(self) -> None:
        assert sorted(found("workplace=hybrid&workplace=on-site")) == ["Hybrid TX", "On site OH"]
        assert sorted(found("workplace=remote&state=TX")) == ["Remote TX", "Remote anywhere"]


def test_a_credential_is_found_where_required_or_preferred() -> None:
    make_posting(title="Requires", credentials_required=["CPC", "COC"])
    make_posting(title="Prefers", credentials_preferred=["CPC"])
    make_posting(title="Neither", credentials_required=["CCS"])
    assert sorted(found("credential=CPC")) == ["Prefers", "Requires"]
    assert sorted(found("credential=CCS&credential=COC")) == ["Neither", "Requires"]


def test_apprentices() -> None:
    make_posting(title="Welcome", apprentice="welcome")
    make_posting(title="Considered", apprentice="with-experience")
    make_posting(title="No", apprentice="no")
    assert found("apprentice=welcome") == ["Welcome"]
    assert sorted(found("apprentice=welcome&apprentice=with-experience")) == ["Considered", "Welcome"]


@pytest.mark.parametrize(
    ("query", "column", "mine", "other"),
    [
        ("specialty=urology", "specialties", ["em", "urology"], ["em"]),
        ("role=auditor", "roles", ["auditor", "educator"], ["coder"]),
        ("setting=asc", "setting", "asc", "lab"),
        ("type=contract", "employment_type", "contract", "full-time"),
        ("schedule=overnight", "schedule", "overnight", "fixed"),
        ("software=epic", "software", ["trucode", "epic"], ["trucode"]),
        ("benefit=ceu", "benefits", ["ceu"], ["pto"]),
        ("equipment=supplied", "equipment", "supplied", "own"),
        ("stays=us-only", "work_stays", "us-only", "offshore-too"),
        ("ai=none", "software_codes", "none", "checked"),
    ],
)
def test_each_vocabulary(query: str, column: str, mine: object, other: object) -> None:
    make_posting(title="Mine", **{column: mine})
    make_posting(title="Other", **{column: other})
    assert found(query) == ["Mine"]


class TestPay:
    @pytest.fixture(autouse=True)
    def postings(self) -> None:
        make_posting(title="28 to 36 an hour", pay_min=28, pay_max=36)
        make_posting(title="62,400 a year is 30 an hour", pay_min=62_400, pay_max=None, pay_unit="year")
        make_posting(title="4 a chart is 32 an hour", pay_min=4, pay_max=4, pay_unit="chart", units_per_hour=8)
        make_posting(title="4 a chart, who knows", pay_min=4, pay_max=4, pay_unit="chart")
        make_posting(title="400 a day is 50 an hour", pay_min=None, pay_max=400, pay_unit="day")
        make_posting(title="a project", pay_min=900, pay_max=900, pay_unit="project")
        make_posting(title="not stated", pay_min=None, pay_max=None, pay_unit="")

    def test_every_unit_is_compared_by_the_hour_at_its_highest(self) -> None:
        hour = ["28 to 36 an hour", "4 a chart is 32 an hour", "400 a day is 50 an hour", "62,400 a year is 30 an hour"]
        assert sorted(found("pay=30")) == hour
        assert sorted(found("pay=%2462%2C400&pay_unit=year")) == hour
        assert sorted(found("pay=36")) == ["28 to 36 an hour", "400 a day is 50 an hour"]

    def test_sorted_by_pay_the_unknown_come_last_and_newest_first(self) -> None:
        assert found("sort=pay") == [
            "400 a day is 50 an hour",
            "28 to 36 an hour",
            "4 a chart is 32 an hour",
            "62,400 a year is 30 an hour",
            "not stated",
            "a project",
            "4 a chart, who knows",
        ]


def test_a_code_finds_the_postings_that_name_it_or_its_family() -> None:
    make_posting(title="Musculoskeletal", code_families=["cpt:20", "icd-10-cm:M54"])
    make_posting(title="One code", code_families=["cpt:20670"])
    make_posting(title="Another", code_families=["cpt:99213", "hcpcs:J"])
    assert found("code=20670") == found("code=cpt:20670") == ["One code", "Musculoskeletal"]
    assert found("code=m54.50") == found("code=icd-10-cm:M54.50") == ["Musculoskeletal"]
    assert found("code=J1885,+20670") == ["Another", "One code", "Musculoskeletal"]


def test_criteria_narrow_one_another() -> None:
    make_posting(title="Both", credentials_required=["CPC"], specialties=["urology"])
    make_posting(title="One", credentials_required=["CPC"])
    assert found("credential=CPC&specialty=urology") == ["Both"]


def test_a_saved_query_string_finds_what_the_page_finds_and_can_be_narrowed() -> None:
    old = make_posting(title="Old", specialties=["urology"])
    new = make_posting(title="New", specialties=["urology"])
    make_posting(title="Other")
    live = Posting.objects.live(timezone.now())
    assert set(matching("specialty=urology", live)) == {old, new}
    assert list(matching("specialty=urology", live).filter(pk__gt=old.pk)) == [new]
    assert matching("", live).count() == 3


class TestEmployer:
    def test_only_its_own_by_the_address_it_has_or_had(self) -> None:
        harbor = make_employer("Harbor", slug="harbor")
        harbor.former_slugs.create(slug="old-harbor")
        make_posting(title="Mine", employer=harbor)
        make_posting(title="Other")
        assert found("employer=harbor") == found("employer=old-harbor") == ["Mine"]

    def test_the_search_names_it(self) -> None:
        make_employer("Harbor Coding", slug="harbor")
        search = PostingFilter(QueryDict("employer=harbor&workplace=remote"))
        assert search.summary == "Remote, Harbor Coding"
        assert search.criteria[1].without == "workplace=remote"
