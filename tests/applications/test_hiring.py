"""What an employer's team sees of an application, and that its resume is taken by those who decide, on the record."""

import pytest
from django.urls import reverse

from jobboard.applications.letters import Letter
from jobboard.applications.models import Application, Download
from tests.applications import files
from tests.applications.conftest import NOON
from tests.factories import make_user

pytestmark = pytest.mark.django_db

SECRETS = ["I read spine notes daily.", "Nora Vance CV.pdf", "CPC, 6 years in orthopedics", "nora@coders.example"]


def pages(application):
    return [
        reverse("hiring_applicants", args=[application.posting_id]),
        reverse("hiring_application", args=[application.pk]),
    ]


def resume_address(application):
    return reverse("hiring_resume", args=[application.pk])


def test_the_whole_team_reads_it(as_, olga, rex, vic, application):
    for member in (olga, rex, vic):
        board, page = (as_(member).get(address) for address in pages(application))
        assert "Nora Vance" in board.text
        assert "CPC · 6 years" in board.text
        for words in SECRETS:
            assert words in page.text
        assert "Verify it at AAPC" in page.text


def test_nobody_else_does(client, as_, nora, ben, rita, application):
    for address in pages(application):
        assert client.get(address)["Location"].startswith(reverse("account_login"))
        for stranger in (nora, ben, rita):
            assert as_(stranger).get(address).status_code == 404
        client.logout()


def test_staff_are_no_members_either(as_, application):
    staff = make_user(is_staff=True, is_superuser=True)
    assert [as_(staff).get(address).status_code for address in pages(application)] == [404, 404]
    assert as_(staff).post(resume_address(application)).status_code == 404


def test_a_member_who_left_reads_nothing_more(as_, rex, application):
    rex.employer_roles.all().delete()
    assert [as_(rex).get(address).status_code for address in pages(application)] == [404, 404]
    assert as_(rex).post(resume_address(application)).status_code == 404


@pytest.mark.parametrize("verb", ["post", "put", "delete"])
def test_pages_to_read_are_only_read(as_, olga, application, verb):
    for address in pages(application):
        assert getattr(as_(olga), verb)(address).status_code == 405


def test_reading_changes_nothing(as_, olga, application):
    for address in pages(application):
        as_(olga).get(address)
    assert Application.objects.get().state == "new"
    assert application.steps.count() == 1


def test_who_decides_takes_the_resume_and_that_is_kept(as_, rex, vic, application):
    response = as_(rex).post(resume_address(application))
    assert b"".join(response) == files.pdf()
    assert response["Content-Disposition"].startswith("attachment")
    assert [taken.by for taken in application.downloads.all()] == [rex]
    assert "Resume downloaded, by Rex Hale" in as_(vic).get(pages(application)[1]).text


def test_the_candidate_reads_that_it_was_taken_and_not_by_whom(as_, nora, rex, application):
    assert b"".join(as_(rex).post(resume_address(application)))
    page = as_(nora).get(application.get_absolute_url()).text
    assert "Your resume was downloaded for the first time" in page
    assert "Rex Hale" not in page


def test_a_viewer_takes_no_resume(as_, vic, application):
    assert resume_address(application) not in as_(vic).get(pages(application)[1]).text
    assert as_(vic).post(resume_address(application)).status_code == 403
    assert not Download.objects.exists()


def test_a_resume_is_not_taken_by_looking(as_, rex, application):
    assert as_(rex).get(resume_address(application)).status_code == 405


def test_of_a_withdrawn_application_the_team_reads_no_more_than_that(as_, olga, rex, application):
    application.note(NOON, rex, "Talks of a spine course.")
    application.write(NOON, rex, Letter("", "When can you start?"))
    application.rate(NOON, rex, 4)
    application.withdraw(NOON)
    page = as_(olga).get(pages(application)[1]).text
    listed = as_(olga).get(pages(application)[0], {"state": "withdrawn"}).text
    assert "1 withdrawn" in as_(olga).get(pages(application)[0]).text
    for response in (listed, page):
        assert "Nora Vance" in response
        assert "Withdrawn" in response
        for words in (*SECRETS, "spine course", "When can you start", "Rated", "6 years"):
            assert words not in response
    assert as_(olga).post(resume_address(application)).status_code == 404
    assert "Set the state" not in page


def test_the_pages_ask_the_same_of_the_database_however_long(as_, olga, send, django_assert_max_num_queries):
    for _ in range(55):
        application = send(make_user())
        application.note(NOON, olga, "Good.")
        application.rate(NOON, olga, 3)
        application.answer(NOON, "Hello?")
    client = as_(olga)
    board, page = pages(application)
    for address, most in ((board, 8), (f"{board}?view=list", 10)):
        with django_assert_max_num_queries(most):
            assert "New message" in client.get(address).text
    with django_assert_max_num_queries(10):
        assert "What happened so far" in client.get(page).text
