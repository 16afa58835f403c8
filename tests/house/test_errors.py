"""What a visitor sees when something is wrong with what they asked for."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from tests.factories import make_employer, make_member, make_user

pytestmark = pytest.mark.django_db


def test_an_unknown_address_offers_the_search(client: Client) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "There is no such page" in response.text
    assert "Find a code" in response.text


@pytest.mark.parametrize("address", ["/jobs/?q=%00", "/case2code/?q=a%00b", "/codes/cpt/%00/", "/?x=%00"])
def test_a_nul_in_the_address_is_refused_in_words(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert "We could not read this request" in response.text


def test_a_form_without_its_token_says_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@example.com", "password": "x"})
    assert response.status_code == 403
    assert "This form was open too long" in response.text


LONG = "long story " * 900_000  # ten million characters


def test_ten_megabytes_of_text_come_back_with_a_clear_message(client: Client) -> None:
    owner = make_user()
    employer = make_employer()
    make_member(employer, user=owner)
    client.force_login(owner)
    address = f"/hiring/employers/{employer.pk}/postings/new/"
    response = client.post(address, {"title": "Spine coder", "description": LONG, "code_families": "CPT 27"})
    assert response.status_code == 422
    assert "characters" in response.text
    assert all(typed in response.text for typed in ("Spine coder", "CPT 27", LONG[:1000]))
    about = client.post("/hiring/employers/new/", {"name": "Harbor", "about": LONG})
    assert about.status_code == 422
    assert 'value="Harbor"' in about.text


def test_what_is_too_long_to_be_read_at_all_is_refused_in_words(client: Client) -> None:
    response = client.post("/accounts/login/", {"login": LONG + LONG, "password": "x"})
    assert response.status_code == 413
    assert "too much at once" in response.text


@pytest.mark.parametrize("template", ["413.html", "429.html", "403.html"])
def test_each_error_page_renders(template: str) -> None:
    request = RequestFactory().get("/")
    assert "<h1>" in render_to_string(template, request=request)


def test_the_page_for_our_own_errors_needs_nothing() -> None:
    assert "Something broke on our side" in render_to_string("500.html")


def test_a_form_that_is_no_utf8_is_refused_and_nothing_stored(client: Client) -> None:
    user = make_user(name="Rosa")
    client.force_login(user)
    form = "application/x-www-form-urlencoded"
    response = client.post("/me/edit/", b"name=%FF%FEabc&time_zone=America/Chicago", content_type=form)
    assert response.status_code == 400
    assert "cannot be read" in response.text
    user.refresh_from_db()
    assert user.name == "Rosa"


def test_a_cookie_with_nul_is_as_good_as_none(client: Client) -> None:
    client.cookies["sessionid"] = "\x00" + "a" * 20
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("length", ["1500000000", "many", "-1"])
def test_a_body_of_gigabytes_is_refused_unread(client: Client, length: str) -> None:
    response = client.post("/accounts/login/", b"", content_type="text/plain", CONTENT_LENGTH=length)
    assert response.status_code == 413
