"""Stopping the reminders by the link in them: asked by GET, done by POST, by nobody who has no link."""

import pytest
from django.test import Client

from jobboard.reminders.mails import stop_url

pytestmark = pytest.mark.django_db


def test_the_link_asks_and_the_button_stops(client, profile):
    page = client.get(stop_url(profile))
    assert "Stop these mails?" in page.text
    assert page["Referrer-Policy"] == "no-referrer"
    profile.refresh_from_db()
    assert profile.reminders

    assert "No more reminders" in client.post(stop_url(profile)).text
    profile.refresh_from_db()
    assert not profile.reminders
    assert client.post(stop_url(profile)).status_code == 200


def test_a_mail_program_stops_them_without_a_cookie(profile):
    answer = Client(enforce_csrf_checks=True).post(stop_url(profile), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    profile.refresh_from_db()
    assert not profile.reminders


@pytest.mark.parametrize("token", ["1", "1:forged", "%F0%9F%98%80", "x" * 500])
def test_a_made_up_link_stops_nobody(client, profile, token):
    assert client.get(f"/reminders/stop/{token}/").status_code == 404
    assert client.post(f"/reminders/stop/{token}/").status_code == 404


def test_the_link_of_a_deleted_person_leads_nowhere(client, profile, ann):
    address = stop_url(profile)
    ann.delete()
    assert client.get(address).status_code == 404


def test_other_verbs_are_refused(client, profile):
    assert client.put(stop_url(profile)).status_code == 405
