"""The thread: team and candidate write to each other on the site, and each gets the other's words by mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from jobboard.applications.letters import Letter
from jobboard.applications.models import LimitReached, Message, StaleState
from jobboard.applications.replying import Purpose, purpose_of
from tests.applications.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def inbound(settings):
    """The site names addresses for answers."""
    settings.INBOUND_DOMAIN = "reply.harbor.example"


def address(name, application):
    return reverse(name, args=[application.pk])


@pytest.fixture
def quiet(application):
    mail.outbox.clear()
    return application


def test_the_team_writes_and_the_candidate_reads_it_here_and_by_mail(as_, rex, nora, quiet):
    as_(rex).post(address("hiring_message", quiet), {"text": "Which systems\r\nhave you used?"})
    (message,) = mail.outbox
    assert message.to == ["nora@coders.example"]
    assert "Which systems\nhave you used?" in message.body
    assert purpose_of(message.extra_headers["Reply-To"]) == Purpose(quiet.pk, nora.pk)
    page = as_(nora).get(quiet.get_absolute_url()).text
    assert "Which systems\nhave you used?" in page
    assert "Harbor Health" in page
    for words in (page, message.body, message.subject):
        assert "Rex" not in words


def test_the_candidate_answers_and_each_who_decides_gets_an_address_of_their_own(as_, nora, olga, rex, vic, quiet):
    as_(nora).post(address("application_answer", quiet), {"text": "Epic, for six years."})
    assert {message.to[0] for message in mail.outbox} == {"olga@harbor.example", "rex@harbor.example"}
    purposes = {purpose_of(message.extra_headers["Reply-To"]) for message in mail.outbox}
    assert purposes == {Purpose(quiet.pk, olga.pk), Purpose(quiet.pk, rex.pk)}
    page = as_(vic).get(quiet.get_hiring_url()).text
    assert "Epic, for six years." in page
    assert "Send the message" not in page


def test_a_site_that_takes_no_mail_names_no_address(settings, rex, quiet):
    settings.INBOUND_DOMAIN = ""
    quiet.write(NOON, rex, Letter("", "Hello"))
    assert "Reply-To" not in mail.outbox[0].extra_headers
    assert "Answer on the site" in mail.outbox[0].body
    assert "above this line" not in mail.outbox[0].body


def test_what_was_written_is_text(as_, nora, rex, quiet):
    quiet.answer(NOON, "<script>alert(1)</script> https://epic.example/")
    page = as_(rex).get(quiet.get_hiring_url()).text
    assert "&lt;script&gt;alert(1)" in page
    assert 'rel="nofollow">https://epic.example/' in page
    assert "<script>alert" not in mail.outbox[0].alternatives[0][0]


def test_both_boxes_warn_of_health_details(as_, nora, rex, quiet):
    for person, page in ((nora, quiet.get_absolute_url()), (rex, quiet.get_hiring_url())):
        assert "Leave out health details" in as_(person).get(page).text


def test_what_is_new_is_marked_until_the_other_side_has_looked(as_, nora, rex, vic, quiet):
    quiet.write(NOON, rex, Letter("", "Hello"))
    quiet.answer(NOON, "Hello to you")
    quiet.write(NOON, rex, Letter("", "When?"))
    listed = reverse("applications")
    assert "1 new message" in as_(nora).get(listed).text
    assert "Mark as read" in as_(nora).get(quiet.get_absolute_url()).text
    as_(nora).post(address("application_seen", quiet))
    assert "new message" not in as_(nora).get(listed).text
    assert "Mark as read" not in as_(nora).get(quiet.get_absolute_url()).text
    assert not Message.objects.of_candidate().unread().exists()  # the team's answer says that it was read
    quiet.answer(NOON, "Monday")
    assert as_(vic).post(address("hiring_seen", quiet)).status_code == 403
    assert Message.objects.of_candidate().unread().exists()
    as_(rex).post(address("hiring_seen", quiet), headers={"HX-Request": "true"})
    assert not Message.objects.unread().exists()


@pytest.mark.parametrize("text", ["", " \n ", "x" * 5001, "a\0b"])
def test_what_is_no_message_is_refused_in_place(as_, nora, rex, quiet, text):
    for person, name in ((rex, "hiring_message"), (nora, "application_answer")):
        assert as_(person).post(address(name, quiet), {"text": text}).status_code == 422
    assert mail.outbox == []


def test_a_refused_message_is_not_lost(as_, nora, quiet):
    quiet.withdraw(NOON)
    for _ in range(2):
        response = as_(nora).post(address("application_answer", quiet), {"text": "Are you there?"})
        assert response.status_code == 409
        assert "this application is withdrawn" in response.text


def test_nobody_writes_more_than_a_person_would(as_, rex, quiet):
    for _ in range(Message.PER_DAY):
        quiet.write(timezone.now(), rex, Letter("", "Hello"))
    mail.outbox.clear()
    response = as_(rex).post(address("hiring_message", quiet), {"text": "And this"})
    assert response.status_code == 429
    assert "And this" in response.text
    assert mail.outbox == []
    with pytest.raises(LimitReached):
        quiet.write(timezone.now(), rex, Letter("", "Hello"))
    quiet.write(timezone.now() + timedelta(days=1, minutes=1), rex, Letter("", "A day later"))


def test_after_a_withdrawal_nobody_writes_and_the_candidate_still_reads(as_, nora, rex, quiet):
    quiet.write(NOON, rex, Letter("", "Which systems?"))
    quiet.withdraw(NOON)
    assert as_(rex).post(address("hiring_message", quiet), {"text": "Pity"}).status_code == 409
    with pytest.raises(StaleState):
        quiet.answer(NOON, "I changed my mind")
    page = as_(nora).get(quiet.get_absolute_url()).text
    assert "Which systems?" in page
    assert "Send the message" not in page


def test_viewers_strangers_and_reading_do_not_write(client, as_, vic, nora, ben, rita, quiet):
    text = {"text": "Hello"}
    assert as_(vic).post(address("hiring_message", quiet), text).status_code == 403
    for stranger in (nora, ben, rita):
        assert as_(stranger).post(address("hiring_message", quiet), text).status_code == 404
        assert as_(stranger).post(address("hiring_seen", quiet)).status_code == 404
    for stranger in (vic, ben, rita):
        assert as_(stranger).post(address("application_answer", quiet), text).status_code == 404
        assert as_(stranger).post(address("application_seen", quiet)).status_code == 404
    for name in ("hiring_message", "hiring_seen", "application_answer", "application_seen"):
        assert as_(vic).get(address(name, quiet)).status_code == 405
    assert not Message.objects.exists()
