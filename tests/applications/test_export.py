"""The applicants of a posting as a file: harmless to spreadsheets, what its taker may see, and on the record."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from jobboard.applications.models import Export
from tests.applications.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(posting):
    return reverse("hiring_export", args=[posting.pk])


def rows(response):
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def test_each_applicant_is_a_row(as_, rex, olga, address, application):
    application.rate(NOON, olga, 4)
    (row,) = rows(as_(rex).post(address))
    assert row["Name"] == "Nora Vance"
    assert row["E-mail"] == "nora@coders.example"
    assert row["State"] == "New"
    assert row["Sent"] == "2026-03-02"
    assert (row["Credentials"], row["Years"], row["Rating"]) == ("CPC", "6", "4.0")
    assert row["Resume"] == "Nora Vance CV.pdf"


def test_nothing_in_it_is_run_by_a_spreadsheet(as_, rex, address, nora, send):
    nora.profile.headline = "+1 coder"
    nora.profile.save()
    send(nora, name="=HYPERLINK(1)")
    (row,) = rows(as_(rex).post(address))
    assert row["Name"] == "'=HYPERLINK(1)"
    assert row["Headline"] == "'+1 coder"


def test_of_the_withdrawn_it_says_no_more_than_the_page(as_, rex, address, application):
    application.withdraw(NOON)
    (row,) = rows(as_(rex).post(address))
    assert (row["Name"], row["State"], row["Since"]) == ("Nora Vance", "Withdrawn", "2026-03-02")
    assert {row[name] for name in ("E-mail", "Credentials", "Headline", "Resume", "Rating")} <= {"", None}


def test_a_viewer_takes_what_a_viewer_sees(as_, vic, address, application):
    (row,) = rows(as_(vic).post(address))
    assert row["Name"] == "Nora Vance"
    assert "Resume" not in row
    assert None not in row  # nor a cell without a heading


def test_who_took_it_is_kept_and_shown_to_the_team(as_, rex, vic, posting, address, application):
    as_(rex).post(address)
    (kept,) = Export.objects.all()
    assert (kept.by, kept.posting, kept.applicants) == (rex, posting, 1)
    assert "Rex Hale" in as_(vic).get(f"{reverse('hiring_applicants', args=[posting.pk])}?view=list").text


def test_looking_takes_nothing_and_strangers_get_nothing(client, as_, rex, rita, nora, address, application):
    assert as_(rex).get(address).status_code == 405
    for stranger in (rita, nora):
        assert as_(stranger).post(address).status_code == 404
    client.logout()
    assert client.post(address)["Location"].startswith(reverse("account_login"))
    assert not Export.objects.exists()


def test_it_asks_the_same_of_the_database_however_long(
    as_, rex, ben, address, application, send, django_assert_num_queries
):
    client = as_(rex)
    with django_assert_num_queries(8):
        client.post(address)
    send(ben)
    with django_assert_num_queries(8):
        assert len(rows(client.post(address))) == 2
