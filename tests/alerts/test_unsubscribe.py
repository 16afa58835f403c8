"""One click stops the mails (RFC 8058): GET asks, POST acts, without a sign-in, cookie or form token."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.alerts.conftest import HOUR, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail_program():
    """No cookies, and form tokens are checked as in production."""
    return Client(enforce_csrf_checks=True)


def address(search):
    return reverse("unsubscribe", args=[search.token])


@pytest.mark.parametrize("verb", ["get", "head"])
def test_opening_the_link_asks_and_stops_nothing(mail_program, keep, verb):
    search = keep()
    for _ in range(3):
        assert getattr(mail_program, verb)(address(search)).status_code == 200
    search.refresh_from_db()
    assert search.paused_at is None
    assert "Stop these mails?" in mail_program.get(address(search)).text


def test_a_mail_program_stops_them_with_one_post(mail_program, keep, publish):
    search, other = keep(), keep("q=coder")
    response = mail_program.post(
        address(search), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 200
    assert "No more mails from this alert" in response.text
    assert not response.cookies
    publish(NOON + HOUR)
    assert search.run(NOON + 2 * HOUR) is False
    assert other.run(NOON + 2 * HOUR) is True


def test_again_is_no_error_and_changes_nothing(mail_program, keep):
    search = keep()
    mail_program.post(address(search))
    search.refresh_from_db()
    stopped_at = search.paused_at
    assert mail_program.post(address(search)).status_code == 200
    search.refresh_from_db()
    assert search.paused_at == stopped_at
    assert "No more mails" in mail_program.get(address(search)).text


@pytest.mark.parametrize("token", ["x", "A" * 32, "A" * 5000, "%F0%9F%92%A9", "..%2F..%2Fme"])
def test_a_wrong_token_is_not_found(mail_program, keep, token):
    keep()
    assert mail_program.get(f"/alerts/unsubscribe/{token}/").status_code == 404
    assert mail_program.post(f"/alerts/unsubscribe/{token}/").status_code == 404


def test_other_verbs_are_refused(mail_program, keep):
    search = keep()
    for verb in ("put", "delete", "patch"):
        assert getattr(mail_program, verb)(address(search)).status_code == 405


def test_the_page_is_for_nobody_to_index_or_keep(mail_program, keep):
    response = mail_program.get(address(keep()))
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]


def test_the_owner_can_resume(as_, ada, mail_program, keep):
    search = keep()
    mail_program.post(address(search))
    as_(ada).post(reverse("saved_search_resume", args=[search.pk]))
    search.refresh_from_db()
    assert search.paused_at is None
