"""Moving an application: writers move it, from the state it was shown in, and see what the candidate is told."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.html import escape

from jobboard.applications.models import Application, MailTemplate, Message, StaleState
from tests.applications.conftest import NOON

pytestmark = pytest.mark.django_db


def address(application):
    return reverse("hiring_application_state", args=[application.pk])


def board(application):
    return reverse("hiring_applicants", args=[application.posting_id])


def test_a_recruiter_moves_it_at_once_and_the_candidate_is_told(as_, rex, application):
    mail.outbox.clear()
    data = {"state": "reviewed", "seen": "new", "tell": "on"}
    response = as_(rex).post(address(application), data, follow=True)
    assert "is now “Reviewed” and was told by mail" in response.text
    application.refresh_from_db()
    assert application.state == "reviewed"
    assert application.moved_at > application.sent_at
    assert [(step.state, step.by) for step in application.steps.all()][-1] == ("reviewed", rex)
    assert [message.to for message in mail.outbox] == [["nora@coders.example"]]


def test_a_mail_without_a_subject_has_the_one_that_was_named(as_, rex, application):
    application.posting_employer = "Harbor & Sons"
    application.save()
    data = {"state": "declined", "seen": "new", "tell": "on"}
    asked = as_(rex).post(address(application), data).text
    mail.outbox.clear()
    as_(rex).post(address(application), data | {"sure": "on", "subject": "", "text": "We chose another."})
    assert f"Left empty, it is “{escape(mail.outbox[0].subject)}”." in asked
    assert mail.outbox[0].subject.startswith("Harbor & Sons wrote")
    assert asked.count("field-optional") == 1  # the subject: a message is needed where a mail is sent


def test_without_the_tick_no_mail_goes_out_and_the_team_reads_that(as_, rex, nora, application):
    mail.outbox.clear()
    response = as_(rex).post(address(application), {"state": "reviewed", "seen": "new"}, follow=True)
    assert "No mail was sent" in response.text
    assert "(no mail was sent)" in response.text
    assert mail.outbox == []
    assert "Looked at" in as_(nora).get(application.get_absolute_url()).text


@pytest.mark.parametrize("state", ["interview", "offer", "hired", "declined"])
def test_what_the_candidate_would_be_told_is_shown_first(as_, rex, application, state):
    mail.outbox.clear()
    page = as_(rex).post(address(application), {"state": state, "seen": "new", "tell": "on"})
    assert page.status_code == 200
    assert "Nothing is changed yet" in page.text
    assert "Nora Vance" in page.context["form"]["text"].value()
    assert "Spine surgery coder" in page.context["form"]["text"].value() + page.context["form"]["subject"].value()
    assert "{" not in page.context["form"]["text"].value()
    assert Application.objects.get().state == "new"
    assert mail.outbox == []


def test_the_words_that_were_looked_at_are_sent_and_stay_in_the_thread(as_, rex, nora, application):
    mail.outbox.clear()
    words = {"subject": "Next week?", "text": "Dear Nora,\r\nTuesday at ten?"}
    as_(rex).post(address(application), {"state": "interview", "seen": "new", "tell": "on", "sure": "on", **words})
    (message,) = mail.outbox
    assert message.subject == "Next week?"
    assert "Dear Nora,\nTuesday at ten?" in message.body
    assert 'is now "Interview"' in message.body
    page = as_(nora).get(application.get_absolute_url()).text
    assert "Tuesday at ten?" in page
    assert "Rex" not in page


def test_a_refusal_can_be_kept_without_a_mail(as_, rex, application):
    mail.outbox.clear()
    as_(rex).post(address(application), {"state": "declined", "seen": "new", "sure": "on", "text": "Sorry"})
    assert Application.objects.get().state == "declined"
    assert mail.outbox == []
    assert not Message.objects.exists()


def test_an_empty_text_is_asked_for_and_nothing_is_lost(as_, rex, application):
    data = {"state": "offer", "seen": "new", "tell": "on", "sure": "on", "subject": "Our offer", "text": " "}
    page = as_(rex).post(address(application), data)
    assert page.status_code == 422
    assert "Write what the candidate is told" in page.text
    assert "Our offer" in page.text
    assert Application.objects.get().state == "new"


def test_a_team_s_own_template_stands_ready(as_, rex, harbor, application):
    text = "{name}, {employer} likes you as {posting}."
    MailTemplate.objects.create(employer=harbor, name="Talk", state="interview", subject="Talk, {name}?", text=text)
    form = as_(rex).post(address(application), {"state": "interview", "seen": "new", "tell": "on"}).context["form"]
    assert form["subject"].value() == "Talk, Nora Vance?"
    assert form["text"].value() == "Nora Vance, Harbor Health likes you as Spine surgery coder."


def test_the_state_it_has_already_is_no_change_and_no_mail(as_, rex, application):
    mail.outbox.clear()
    assert as_(rex).post(address(application), {"state": "new", "seen": "new", "tell": "on"}).status_code == 302
    assert mail.outbox == []
    assert application.steps.count() == 1


def test_it_leads_back_to_the_board_it_came_from_and_nowhere_else(as_, rex, application):
    data = {"state": "reviewed", "seen": "new"}
    asked = f"{board(application)}?sort=waiting"
    assert as_(rex).post(address(application), data | {"back": asked})["Location"] == asked
    for elsewhere in ("https://evil.example/hiring/", "//evil.example", "/jobs/", "/hiring/\\evil"):
        data = {"state": "reviewed", "seen": "reviewed", "back": elsewhere}
        to = as_(rex).post(address(application), data)["Location"]
        assert to == application.get_hiring_url() or to.startswith("/hiring/")


def test_a_viewer_reads_but_does_not_decide(as_, vic, application):
    assert "Set the state" not in as_(vic).get(application.get_hiring_url()).text
    assert address(application) not in as_(vic).get(board(application)).text
    assert as_(vic).post(address(application), {"state": "hired", "seen": "new"}).status_code == 403
    assert Application.objects.get().state == "new"


def test_others_do_not_even_learn_that_it_exists(client, as_, nora, ben, rita, application):
    data = {"state": "hired", "seen": "new"}
    assert client.post(address(application), data)["Location"].startswith(reverse("account_login"))
    for stranger in (nora, ben, rita):
        assert as_(stranger).post(address(application), data).status_code == 404
    assert Application.objects.get().state == "new"


def test_a_suspended_employer_decides_nothing(as_, olga, harbor, application):
    harbor.suspend(NOON)
    assert as_(olga).post(address(application), {"state": "reviewed", "seen": "new"}).status_code == 403
    assert "Set the state" not in as_(olga).get(application.get_hiring_url()).text


def test_only_a_post_decides(as_, olga, application):
    assert as_(olga).get(address(application), {"state": "hired", "seen": "new"}).status_code == 405


@pytest.mark.parametrize(
    "data", [{}, {"state": "king", "seen": "new"}, {"state": "hired"}, {"state": "hired\0", "seen": "new"}]
)
def test_nonsense_changes_nothing_and_says_so(as_, olga, application, data):
    for headers in ({}, {"HX-Request": "true", "HX-Target": "board-said"}):
        response = as_(olga).post(address(application), data, headers=headers)
        assert response.status_code == 422
        assert "Nothing was changed" in response.text
    assert Application.objects.get().state == "new"


def test_who_comes_second_is_told_who_was_first(as_, olga, rex, application):
    as_(rex).post(address(application), {"state": "reviewed", "seen": "new", "tell": "on"})
    mail.outbox.clear()
    for sure in ({}, {"sure": "on"}):
        response = as_(olga).post(address(application), {"state": "declined", "seen": "new", **sure})
        assert response.status_code == 409
        assert "was set to “Reviewed” meanwhile by Rex Hale" in response.text
    assert mail.outbox == []
    data = {"state": "declined", "seen": "reviewed", "sure": "on"}
    assert as_(olga).post(address(application), data).status_code == 302
    assert Application.objects.get().state == "declined"


def test_what_was_withdrawn_meanwhile_is_not_decided_on(as_, rex, application):
    application.withdraw(NOON)
    response = as_(rex).post(address(application), {"state": "hired", "seen": "new"})
    assert response.status_code == 409
    assert "withdrew the application meanwhile" in response.text
    with pytest.raises(StaleState):
        application.move(NOON, rex, "hired", seen="new")


class TestOnTheBoard:
    """With htmx the answer comes into the page, which then asks for the board anew."""

    headers = {"HX-Request": "true", "HX-Target": "board-said"}

    def test_a_move_is_said_in_place(self, as_, rex, application):
        data = {"state": "reviewed", "seen": "new"}
        response = as_(rex).post(address(application), data, headers=self.headers)
        assert "is now “Reviewed”" in response.text
        assert "<html" not in response.text
        assert response["HX-Trigger"] == "board-changed" or "board-changed" in response["HX-Trigger"]

    def test_a_question_comes_as_a_dialog(self, as_, rex, application):
        data = {"state": "declined", "seen": "new", "tell": "on"}
        response = as_(rex).post(address(application), data, headers=self.headers)
        assert response["HX-Retarget"] == "#board-dialog"
        assert response.text.strip().startswith("<dialog")
        assert "HX-Trigger" not in response

    def test_who_comes_second_is_told_there(self, as_, olga, rex, application):
        application.move(NOON, rex, "offer", seen="new")
        response = as_(olga).post(address(application), {"state": "declined", "seen": "new"}, headers=self.headers)
        assert response.status_code == 409
        assert "set to “Offer” meanwhile by Rex Hale" in response.text
        assert "board-changed" in response["HX-Trigger"]
