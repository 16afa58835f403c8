"""What a candidate sees of what they sent, and taking it back."""

import pytest
from django.core import mail
from django.urls import reverse

from jobboard.applications.models import Application, StaleState
from jobboard.postings.vocabulary import State
from tests.applications import files
from tests.applications.conftest import NOON
from tests.factories import make_posting

pytestmark = pytest.mark.django_db


def addresses(application):
    return [
        reverse("application", args=[application.pk]),
        reverse("application_resume", args=[application.pk]),
    ]


def test_the_list_shows_only_ones_own(as_, nora, ben, send):
    send(nora)
    assert "Spine surgery coder" in as_(nora).get(reverse("applications")).text
    assert "Nothing sent yet" in as_(ben).get(reverse("applications")).text


def test_the_list_asks_the_same_of_the_database_however_long(as_, nora, send, django_assert_max_num_queries):
    for number in range(25):
        send(nora, posting=make_posting(title=f"Job {number}"))
    client = as_(nora)
    with django_assert_max_num_queries(6):
        page = client.get(reverse("applications")).text
    assert "Page 1 of 2" in page


def test_the_page_shows_what_was_sent_and_each_step(as_, nora, rex, application):
    application.move(NOON, rex, "interview", seen="new")
    page = as_(nora).get(application.get_absolute_url()).text
    for words in ("I read spine notes daily.", "Nora Vance CV.pdf", "CPC, 6 years in orthopedics", "Interview", "Sent"):
        assert words in page
    assert "Rex Hale" not in page  # who decides is the team's own affair


def test_a_letter_is_shown_as_text(as_, nora, send):
    application = send(nora, letter="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in as_(nora).get(application.get_absolute_url()).text


def test_nobody_else_reaches_it_here(client, as_, ben, rex, rita, application):
    for address in addresses(application):
        assert client.get(address)["Location"].startswith(reverse("account_login"))
        for stranger in (ben, rita, rex):
            assert as_(stranger).get(address).status_code == 404
        client.logout()


def test_the_resume_comes_as_a_file_to_keep(as_, nora, application):
    response = as_(nora).get(reverse("application_resume", args=[application.pk]))
    assert b"".join(response) == files.pdf()
    assert response["Content-Disposition"] == 'attachment; filename="Nora Vance CV.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_a_resume_that_is_no_longer_stored_is_not_found(as_, nora, application, media):
    (media / application.resume.name).unlink()
    assert as_(nora).get(reverse("application_resume", args=[application.pk])).status_code == 404


def test_withdrawing_tells_both_sides_and_stays_readable_for_the_candidate(as_, nora, olga, vic, application):
    mail.outbox.clear()
    page = as_(nora).post(reverse("application_withdraw", args=[application.pk]), follow=True).text
    assert "Your application is withdrawn" in page
    assert "I read spine notes daily." in page
    assert {tuple(message.to) for message in mail.outbox} == {("nora@coders.example",), ("olga@harbor.example",)}
    assert [step.state for step in application.steps.all()] == ["new", "withdrawn"]


def test_withdrawing_twice_changes_nothing(as_, nora, application):
    address = reverse("application_withdraw", args=[application.pk])
    as_(nora).post(address)
    mail.outbox.clear()
    assert "Nothing was changed" in as_(nora).post(address, follow=True).text
    assert mail.outbox == []
    assert application.steps.count() == 2


def test_who_was_hired_does_not_withdraw_here(as_, nora, rex, application):
    application.move(NOON, rex, "hired", seen="new")
    page = as_(nora).post(reverse("application_withdraw", args=[application.pk]), follow=True).text
    assert "Nothing was changed: this application is hired" in page
    with pytest.raises(StaleState):
        application.withdraw(NOON)
    assert Application.objects.get().withdrawn_at is None


def test_only_a_post_by_the_candidate_withdraws(client, as_, nora, rex, ben, application):
    address = reverse("application_withdraw", args=[application.pk])
    assert client.post(address)["Location"].startswith(reverse("account_login"))
    assert as_(nora).get(address).status_code == 405
    assert as_(rex).post(address).status_code == 404
    assert as_(ben).post(address).status_code == 404
    assert Application.objects.get().withdrawn_at is None


@pytest.mark.parametrize("stands", [State.HELD, State.CLOSED])
def test_what_was_sent_stays_readable_when_the_job_has_ended(as_, nora, send, stands):
    application = send(nora, posting=make_posting(stands))
    page = as_(nora).get(application.get_absolute_url()).text
    assert "The job is no longer open" in page
    assert "I read spine notes daily." in page
