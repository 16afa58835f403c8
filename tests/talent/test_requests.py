"""A request to be in touch: sent by a team, answered by the coder, once, and no more is told than that."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from accounts.privacy import exported
from jobboard.employers.models import Member
from jobboard.talent.models import AskedBefore, Block, ContactRequest, LimitReached, StaleState
from tests.factories import make_user
from tests.talent.conftest import SECRETS, list_of, page_of

pytestmark = pytest.mark.django_db

MESSAGE = {"message": "We need an inpatient coder.\r\nRemote, $38."}


@pytest.fixture
def ask(as_, rita, nora, harbor_verified):
    return lambda **changes: as_(rita).post(f"{page_of(harbor_verified, nora)}ask/", MESSAGE | changes)


def test_asking_tells_the_coder_by_mail_and_on_the_site(ask, as_, nora):
    assert ask().status_code == 302

    request = ContactRequest.objects.get()
    assert request.message == "We need an inpatient coder.\nRemote, $38."
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["nora@coders.example"], "Harbor Coding asks to be in touch")
    ]
    assert "Remote, $38." in mail.outbox[0].body
    assert "(verified)" in mail.outbox[0].body
    html = as_(nora).get("/me/requests/").text
    assert "Remote, $38." in html
    assert "1 employer asks to be in touch" in as_(nora).get("/me/").text


def test_the_team_sees_where_it_stands_and_not_who_it_is(ask, as_, rita, nora, harbor_verified):
    ask()

    for address in (
        list_of(harbor_verified),
        page_of(harbor_verified, nora),
        f"{list_of(harbor_verified)[:-7]}requests/",
    ):
        html = as_(rita).get(address).text
        assert "Waiting for an answer" in html
        for secret in SECRETS:
            assert secret not in html


@pytest.mark.parametrize(
    ("message", "words"), [("", "required"), ("   ", "required"), ("m" * 2001, "at most 2000"), ("a\x00b", "Null")]
)
def test_a_refused_message_comes_back(ask, message, words):
    answer = ask(message=message)

    assert answer.status_code == 422
    assert words in answer.text
    assert not ContactRequest.objects.exists()
    assert not mail.outbox


def test_nobody_asks_twice(ask):
    ask()
    answer = ask(message="Once more")

    assert answer.status_code == 409
    assert "asked before" in answer.text
    assert len(mail.outbox) == 1


def test_an_employer_has_a_limit_a_day(ask, monkeypatch, harbor_verified, rita):
    monkeypatch.setattr(ContactRequest, "PER_DAY", 2)
    for _ in range(2):
        ContactRequest(employer=harbor_verified, person=make_user(), sent_by=rita, message="Hi").send(timezone.now())

    answer = ask(message="A long letter")
    assert answer.status_code == 429
    assert "A long letter" in answer.text
    ContactRequest.objects.update(sent_at=timezone.now() - timedelta(hours=25))
    assert ask().status_code == 302


@pytest.mark.django_db(transaction=True)
def test_parallel_requests_stay_within_the_limit(harbor_verified, rita, monkeypatch):
    monkeypatch.setattr(ContactRequest, "PER_DAY", 2)
    people, start = [make_user() for _ in range(5)], Barrier(5)

    def send(person):
        start.wait(30)
        try:
            ContactRequest(employer=harbor_verified, person=person, sent_by=rita, message="Hi").send(timezone.now())
        except LimitReached:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(send, people)) == 2


def test_accepting_tells_the_team_without_the_name(as_, nora, asked, olga, rita, victor):
    mail.outbox.clear()
    html = as_(nora).post(f"/me/requests/{asked.pk}/accept/", follow=True).text

    assert "Harbor Coding now reads your name, address and profile." in html
    assert sorted(message.to[0] for message in mail.outbox) == ["olga@harbor.example", "rita@harbor.example"]
    for message in mail.outbox:
        for secret in SECRETS:
            assert secret not in message.subject + message.body + message.alternatives[0][0]


def test_declining_tells_the_one_who_asked_only_that(as_, nora, asked, olga, rita, harbor_verified):
    mail.outbox.clear()
    as_(nora).post(f"/me/requests/{asked.pk}/decline/")

    assert [message.to for message in mail.outbox] == [["rita@harbor.example"]]
    for secret in SECRETS:
        assert secret not in mail.outbox[0].subject + mail.outbox[0].body
    assert "Declined" in as_(rita).get(page_of(harbor_verified, nora)).text


def test_who_has_left_the_team_is_told_nothing(nora, asked, rita):
    mail.outbox.clear()
    Member.objects.filter(user=rita).delete()
    asked.decline(timezone.now())

    assert not mail.outbox


@pytest.mark.parametrize("first", ["accept", "decline"])
@pytest.mark.parametrize("second", ["accept", "decline"])
def test_it_is_answered_once(as_, nora, asked, first, second):
    as_(nora).post(f"/me/requests/{asked.pk}/{first}/")

    assert "Nothing was changed" in as_(nora).post(f"/me/requests/{asked.pk}/{second}/", follow=True).text
    asked.refresh_from_db()
    assert asked.is_accepted == (first == "accept")


def test_taking_back(as_, nora, asked):
    assert "Nothing was changed" in as_(nora).post(f"/me/requests/{asked.pk}/take-back/", follow=True).text
    as_(nora).post(f"/me/requests/{asked.pk}/accept/")
    assert "Take it back" in as_(nora).get("/me/privacy/").text

    as_(nora).post(f"/me/requests/{asked.pk}/take-back/")
    asked.refresh_from_db()
    assert asked.told == "Taken back"


@pytest.mark.parametrize("answer", ["decline", "take_back"])
def test_after_a_refusal_an_employer_waits(nora, asked, harbor_verified, rita, answer):
    at = asked.sent_at
    if answer == "take_back":
        asked.accept(at)
    getattr(asked, answer)(at)

    again = ContactRequest(employer=harbor_verified, person=nora, sent_by=rita, message="Please")
    with pytest.raises(AskedBefore):
        again.send(at + timedelta(days=89))
    again.send(at + timedelta(days=91))


def test_a_suspended_employer_asks_nobody_and_gets_no_answer(nora, as_, asked, harbor_verified, rita):
    harbor_verified.suspend(timezone.now())

    with pytest.raises(StaleState):
        asked.accept(timezone.now())
    with pytest.raises(StaleState):
        ContactRequest(employer=harbor_verified, person=make_user(), sent_by=rita, message="Hi").send(timezone.now())
    assert "Nobody has asked" in as_(nora).get("/me/requests/").text


def test_blocking_declines_takes_back_and_hides(as_, nora, asked, rita, harbor_verified):
    html = as_(nora).post(f"/me/requests/{asked.pk}/block/", follow=True).text

    assert "nobody on the team of Harbor Coding finds you" in html
    asked.refresh_from_db()
    assert asked.declined_at
    assert as_(rita).get(page_of(harbor_verified, nora)).status_code == 404
    html = as_(rita).get(f"{list_of(harbor_verified)[:-7]}requests/").text
    assert "No longer open to you" in html
    assert "locked" not in html


def test_an_accepted_one_is_taken_back_by_a_block(as_, nora, asked):
    asked.accept(timezone.now())
    as_(nora).post(f"/me/requests/{asked.pk}/block/")
    as_(nora).post(f"/me/requests/{asked.pk}/block/")

    asked.refresh_from_db()
    assert asked.told == "Taken back"
    assert Block.objects.count() == 1


def test_blocking_by_name_and_unblocking(as_, nora, rival):
    page = "/me/privacy/blocked/"
    assert as_(nora).post(page, {"name": "Nowhere"}).status_code == 422
    assert "Rival Billing" in as_(nora).post(page, {"name": " rival  BILLING"}, follow=True).text

    block = Block.objects.get()
    as_(nora).post(f"{page}{block.pk}/delete/")
    assert not Block.objects.exists()


def test_nobody_answers_for_another(as_, carl, rita, asked, nora, rival):
    Block.objects.add(timezone.now(), nora, rival)
    for stranger in (carl, rita):
        for verb in ("accept", "decline", "take-back", "block"):
            assert as_(stranger).post(f"/me/requests/{asked.pk}/{verb}/").status_code == 404
        assert as_(stranger).post(f"/me/privacy/blocked/{Block.objects.get().pk}/delete/").status_code == 404
        assert "Remote, $38." not in as_(stranger).get("/me/requests/").text


@pytest.mark.parametrize("verb", ["accept", "decline", "take-back", "block"])
def test_only_posts_answer(as_, nora, asked, verb):
    assert as_(nora).get(f"/me/requests/{asked.pk}/{verb}/").status_code == 405


def test_viewers_and_strangers_ask_nobody(as_, victor, rosa, nora, harbor_verified):
    address = f"{page_of(harbor_verified, nora)}ask/"
    assert as_(victor).post(address, MESSAGE).status_code == 403
    assert as_(rosa).post(address, MESSAGE).status_code == 404
    assert not ContactRequest.objects.exists()


def test_the_export_holds_requests_looks_and_blocks(nora, asked, rival):
    Block.objects.add(timezone.now(), nora, rival)

    html = json.dumps(exported(nora))
    for words in ("We need an inpatient coder.", "Rival Billing", "looks_at_my_profile"):
        assert words in html


def test_with_the_person_goes_all_of_it(nora, asked):
    nora.delete()
    assert not ContactRequest.objects.exists()


@pytest.mark.parametrize("address", ["/me/requests/", "/me/privacy/blocked/"])
def test_guests_are_asked_to_sign_in(client, address):
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"
