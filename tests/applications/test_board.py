"""The board: a column for each state with its count and cards, of one posting or of all of an employer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jobboard.applications.board import PER_COLUMN
from tests.factories import make_posting, make_user
from tests.html import attribute, elements, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(posting):
    return reverse("hiring_applicants", args=[posting.pk])


def columns(page):
    """The names on the cards of each column."""
    found = {}
    for column in elements(tree(page)):
        if state := attribute(column, "data-state"):
            found[state] = [name for each in elements(column) if (name := attribute(each, "data-name"))]
    return found


def test_each_stands_in_the_column_of_its_state(as_, olga, nora, ben, send, address):
    send(nora).move(timezone.now(), olga, "interview", "new")
    send(ben)
    found = columns(as_(olga).get(address).text)
    assert list(found) == ["new", "reviewed", "interview", "offer", "hired", "declined"]
    assert found["interview"] == ["Nora Vance"]
    assert found["new"] == ["Ben Ortiz"]


def test_a_card_tells_the_time_in_the_state_the_rating_and_an_unread_message(as_, olga, rex, application, address):
    at = timezone.now()
    application.move(at - timedelta(days=3, hours=2), olga, "reviewed", "new")
    application.rate(at, olga, 4)
    application.rate(at, rex, 5)
    application.answer(at, "Is there news?")
    page = as_(olga).get(address).text
    for words in ("3 days", "4.5", "(2)", "New message", "CPC · 6 years"):
        assert words in page


def test_the_latest_move_is_on_top_unless_another_order_is_asked(as_, olga, nora, ben, send, address):
    at = timezone.now()
    first, second = send(nora, at - timedelta(days=4)), send(ben, at - timedelta(days=2))
    second.rate(at, olga, 2)
    first.rate(at, olga, 5)
    client = as_(olga)
    assert columns(client.get(address).text)["new"] == ["Ben Ortiz", "Nora Vance"]
    assert columns(client.get(address, {"sort": "waiting"}).text)["new"] == ["Nora Vance", "Ben Ortiz"]
    assert columns(client.get(address, {"sort": "stars"}).text)["new"] == ["Nora Vance", "Ben Ortiz"]


def test_a_long_column_shows_the_first_and_more_when_asked(as_, olga, send, address):
    for _ in range(PER_COLUMN + 3):
        send(make_user())
    client = as_(olga)
    page = client.get(address).text
    assert len(columns(page)["new"]) == PER_COLUMN
    assert "3 left" in page
    assert f'href="?new={2 * PER_COLUMN}#column-new"' in page
    assert len(columns(client.get(address, {"new": 2 * PER_COLUMN}).text)["new"]) == PER_COLUMN + 3


@pytest.mark.parametrize(
    "query", ["new=x", "new=-4", "new=99999999999999999999", "new=²", "sort=king", "q=%25_'", "page=0"]
)
def test_a_nonsense_address_is_the_plain_board(as_, olga, application, address, query):
    for here in (address, reverse("hiring_all_applicants")):
        assert as_(olga).get(f"{here}?{query}").status_code == 200


def test_words_find_a_name_or_a_credential(as_, olga, nora, ben, send, address):
    send(nora)
    send(ben)
    client = as_(olga)
    assert columns(client.get(address, {"q": "cpc"}).text)["new"] == ["Nora Vance"]
    assert columns(client.get(address, {"q": "ortiz"}).text)["new"] == ["Ben Ortiz"]
    assert "Nobody has “zzz”" in client.get(address, {"q": "zzz"}).text


def test_one_board_for_all_postings_of_an_employer(as_, olga, rita, harbor, nora, ben, send):
    send(nora)
    send(ben, posting=make_posting(employer=harbor, title="Wound coder"))
    send(make_user(name="Else Where"), posting=make_posting(title="Elsewhere coder"))
    page = as_(olga).get(reverse("hiring_all_applicants")).text
    assert sorted(columns(page)["new"]) == ["Ben Ortiz", "Nora Vance"]
    assert "Wound coder" in page
    assert "Else Where" not in page
    assert as_(rita).get(reverse("hiring_all_applicants"), {"employer": "harbor-health"}).status_code == 404


def test_who_is_on_no_team_is_led_to_the_start(as_, ben):
    assert "Set up an employer" in as_(ben).get(reverse("hiring_all_applicants")).text


def test_a_viewer_sees_the_board_without_its_forms(as_, vic, application, address):
    page = as_(vic).get(address).text
    assert columns(page)["new"] == ["Nora Vance"]
    assert "board-move" not in page
    assert "data-movable" not in page


def test_htmx_gets_the_columns_alone(as_, olga, application, address):
    page = as_(olga).get(address, headers={"HX-Request": "true", "HX-Target": "board"}).text
    assert columns(page)["new"] == ["Nora Vance"]
    assert "<h1" not in page


def test_the_list_narrows_to_one_state(as_, olga, nora, ben, send, address):
    send(nora)
    send(ben).withdraw(timezone.now())
    for query, seen, unseen in [("new", "Nora Vance", "Ben Ortiz"), ("withdrawn", "Ben Ortiz", "Nora Vance")]:
        page = as_(olga).get(address, {"state": query}).text
        assert seen in page
        assert unseen not in page
    assert "Nobody is in this state" in as_(olga).get(address, {"state": "hired"}).text
    assert "Nora Vance" in as_(olga).get(address, {"state": "nonsense", "page": "x"}).text


def test_a_posting_without_applications_says_so(as_, olga, address):
    assert "No applications yet" in as_(olga).get(address).text
