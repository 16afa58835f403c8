"""The search for people: by what the blind view shows, and by nothing that it keeps back."""

from datetime import date

import pytest

from accounts.models import Credential, Experience, Profile
from tests.factories import make_user
from tests.talent.conftest import SECRETS, list_of, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(as_, rita, nora, harbor_verified):
    client = as_(rita)

    def get(query=""):
        return client.get(f"{list_of(harbor_verified)}?{query}")

    return get


def test_a_card_shows_what_the_person_can_do(page, nora, harbor_verified):
    html = page().text

    for words in (
        "1 person",
        "Inpatient coder, nine years",
        "CCS",
        "9 years of coding",
        "Ohio",
        "3 years",
        "Cardiology",
    ):
        assert words in html
    assert page_of(harbor_verified, nora) in html


def test_nothing_that_is_kept_back_is_in_any_byte(page):
    html = page().text
    for secret in SECRETS:
        assert secret not in html


@pytest.mark.parametrize(
    "query",
    [
        "q=inpatient", "q=senior+coder", "q=Epic", "q=spine", "q=ccs", "q=certified+specialist", "credential=CCS",
        "credential=CPC&credential=CCS", "specialty=spine", "software=epic", "state=OH", "years=9", "q=",
        "q=nine&credential=CCS&specialty=cardiology&software=epic&state=OH&years=3",
    ],
)  # fmt: skip
def test_what_finds_her(page, query):
    assert "Inpatient coder, nine years" in page(query).text


@pytest.mark.parametrize(
    "query",
    [
        "q=inpatient+urology", "credential=CPC", "specialty=urology", "software=meditech", "state=TX", "years=10",
        "q=nora", "q=vance", "q=toledo", "q=maumee", "q=sepsis", "q=0148392", "q=nora%40coders.example", "q=22+of+36",
    ],
)  # fmt: skip
def test_what_does_not(page, query):
    answer = page(query)
    assert answer.status_code == 200
    assert "Nobody fits all of that" in answer.text


@pytest.mark.parametrize(
    "query",
    ["years=many", "years=-1", "years=" + "9" * 400, "state=ZZ", "credential=XYZ", "specialty=astrology",
     "software=%F0%9F%98%80", "q=" + "a" * 300],
)  # fmt: skip
def test_nonsense_finds_nobody_and_says_so(page, query):
    answer = page(query)

    assert answer.status_code == 400
    assert "This search cannot be read" in answer.text
    assert "Inpatient coder, nine years" not in answer.text


@pytest.mark.parametrize("query", ["page=99", "page=x", "q=%00", "q=%25", "q=_", "unknown=1"])
def test_odd_addresses_break_nothing(page, query):
    assert page(query).status_code in (200, 400)


def test_a_full_list_asks_as_few_questions_as_a_short_one(page, nora, django_assert_max_num_queries):
    for number in range(15):
        profile = Profile.objects.create(user=make_user(), headline=f"Coder {number}", visibility="verified")
        Credential.objects.create(profile=profile, abbreviation="CPC")
        Experience.objects.create(profile=profile, title="Coder", employer="Some", started=date(2020, 1, 1))
    page()

    with django_assert_max_num_queries(8):
        assert page().text.count("person-card") == 16


def test_the_list_has_pages(page, nora):
    Profile.objects.bulk_create(Profile(user=make_user(), headline="Coder", visibility="verified") for _ in range(25))

    assert page().text.count("person-card") == 20
    assert page("page=2").text.count("person-card") == 6
