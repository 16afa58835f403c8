"""Many at once: looked at first, sent once, and who moved meanwhile is left out by name."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from jobboard.applications.models import Application, MailTemplate, Message
from tests.applications.conftest import NOON
from tests.factories import make_posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(harbor):
    return reverse("hiring_together", args=[harbor.pk])


@pytest.fixture
def two(application, ben, send):
    """What Nora and Ben sent."""
    sent = [application, send(ben)]
    mail.outbox.clear()
    return sent


def ticked(applications, deed, **more):
    return {"chosen": [f"{each.pk}:{each.state}" for each in applications], "deed": deed, "tell": "on", **more}


def confirmation(page):
    """What the button of a page that was looked at sends."""
    form = page.context["form"]
    fields = {name: form[name].value() or "" for name in ("deed", "back", "shown", "batch", "subject", "text")}
    chosen = [f"{each.application.pk}:{each.seen}" for each in page.context["chosen"]]
    return {**fields, "chosen": chosen, **({"tell": "on"} if form.tells else {})}


def states():
    return dict(Application.objects.values_list("name", "state"))


def test_the_board_and_the_list_offer_boxes_to_those_who_write(as_, rex, vic, application):
    board = reverse("hiring_applicants", args=[application.posting_id])
    for path in (board, f"{board}?view=list"):
        assert f'value="{application.pk}:new" form="together"' in as_(rex).get(path).text
        assert "together" not in as_(vic).get(path).text


def test_a_whole_column_is_ticked_by_the_address_and_only_once(as_, rex, vic, olga, two):
    board = f"/hiring/postings/{two[0].posting_id}/applicants/"
    two[1].move(NOON, olga, "reviewed", "new", tell=False)
    page = as_(rex).get(f"{board}?sort=stars&tick=new").text
    boxes = re.findall(r'<input type="checkbox" name="chosen" value="(\d+):\w+" form="together"( checked)?>', page)
    assert sorted(boxes) == sorted([(str(two[0].pk), " checked"), (str(two[1].pk), "")])
    assert f'name="back" value="{board}?sort=stars"' in page
    assert "board-tick" not in as_(vic).get(board).text


def test_each_mail_is_shown_first_and_nothing_is_done(as_, rex, address, two):
    page = as_(rex).post(address, ticked(two, "move:declined"))
    assert page.status_code == 200
    assert "optional" not in str(page.context["form"]["text"].as_field_group())
    assert "Hello Nora Vance," in page.text
    assert "Hello Ben Ortiz," in page.text
    assert "Nothing is changed or sent yet" in page.text
    assert states() == {"Nora Vance": "new", "Ben Ortiz": "new"}
    assert mail.outbox == []


@pytest.mark.parametrize("deed", ["move:declined", "move:reviewed"])
def test_what_was_shown_is_sent_to_each_once(as_, rex, address, two, deed):
    page = as_(rex).post(address, ticked(two, deed))
    shown = {each.application.candidate.email: each.mail for each in page.context["chosen"]}
    done = as_(rex).post(address, confirmation(page), follow=True)
    assert "2 applicants moved to" in done.text
    assert set(states().values()) == {deed.partition(":")[2]}
    assert {message.to[0]: (message.subject, message.body) for message in mail.outbox} == shown
    again = as_(rex).post(address, confirmation(page), follow=True)
    assert "Left as they were: Ben Ortiz (now" in again.text
    assert len(mail.outbox) == 2


def test_words_may_be_changed_and_are_looked_at_again_before_they_go(as_, rex, address, two):
    data = confirmation(as_(rex).post(address, ticked(two, "move:declined"))) | {"text": "Not this time, {name}."}
    page = as_(rex).post(address, data)
    assert "You changed the words" in page.text
    assert "Not this time, Ben Ortiz." in page.text
    assert mail.outbox == []
    assert set(states().values()) == {"new"}
    as_(rex).post(address, confirmation(page))
    assert len(mail.outbox) == 2
    for name in ("Ben Ortiz", "Nora Vance"):
        assert sum(f"\nNot this time, {name}." in message.body for message in mail.outbox) == 1


def test_without_the_tick_nobody_is_mailed(as_, rex, address, two):
    data = ticked(two, "move:declined")
    del data["tell"]
    page = as_(rex).post(address, data)
    assert "No mail is sent" in page.text
    as_(rex).post(address, confirmation(page))
    assert set(states().values()) == {"declined"}
    assert mail.outbox == []


def test_who_moved_between_board_and_look_is_left_out_by_name(as_, rex, olga, address, two):
    data = ticked(two, "move:declined")
    two[0].move(NOON, olga, "offer", "new", tell=False)
    page = as_(rex).post(address, data)
    assert "Nora Vance, now “Offer”" in page.text
    as_(rex).post(address, confirmation(page))
    assert states() == {"Nora Vance": "offer", "Ben Ortiz": "declined"}


def test_who_moved_between_look_and_yes_is_left_out_by_name(as_, rex, olga, address, two):
    data = confirmation(as_(rex).post(address, ticked(two, "move:declined")))
    two[0].move(NOON, olga, "offer", "new", tell=False)
    two[1].withdraw(NOON)
    mail.outbox.clear()
    page = as_(rex).post(address, data, follow=True)
    assert "Left as they were: Ben Ortiz (now “Withdrawn”), Nora Vance (now “Offer”)." in page.text
    assert mail.outbox == []


def test_a_message_from_a_template_goes_to_each_once_and_into_the_thread(as_, rex, nora, harbor, address, two):
    text = "{name}, we need a week more for {posting}."
    template = MailTemplate.objects.create(employer=harbor, name="A week more", subject="Patience", text=text)
    page = as_(rex).post(address, ticked(two, f"write:{template.pk}"))
    assert "Nora Vance, we need a week more for Spine surgery coder." in page.text
    data = confirmation(page)
    assert "Your message went to 2 applicants." in as_(rex).post(address, data, follow=True).text
    assert "Ben Ortiz (has this message)" in as_(rex).post(address, data, follow=True).text
    assert sorted(message.to[0] for message in mail.outbox) == ["ben@coders.example", "nora@coders.example"]
    assert "we need a week more" in as_(nora).get(two[0].get_absolute_url()).text
    assert set(states().values()) == {"new"}


def test_words_of_one_s_own_are_written_before_anything_can_be_sent(as_, rex, address, two):
    page = as_(rex).post(address, ticked(two, "write:"))
    assert "Write the message" in page.text
    assert "Send 2 mails" not in page.text
    refused = as_(rex).post(address, confirmation(page))
    assert refused.status_code == 422
    assert "Write what they are told" in refused.text
    looked = as_(rex).post(address, confirmation(page) | {"text": "See {postng}", "look": "1"})
    assert looked.status_code == 422
    assert "is no placeholder" in looked.text
    good = as_(rex).post(address, confirmation(page) | {"text": "  See you, {name}!\r\n", "look": "1"})
    as_(rex).post(address, confirmation(good))
    assert sorted(Message.objects.values_list("text", flat=True)) == ["See you, Ben Ortiz!", "See you, Nora Vance!"]


def test_a_confirmation_nobody_looked_at_only_shows(as_, rex, address, two):
    for shown in ("", "0" * 64):
        as_(rex).post(address, ticked(two, "move:declined", shown=shown, text="Bye"))
    assert set(states().values()) == {"new"}
    assert mail.outbox == []


def test_the_daily_limit_of_a_thread_holds_here_too(as_, rex, address, two, monkeypatch):
    monkeypatch.setattr(Message, "PER_DAY", 0)
    page = as_(rex).post(address, ticked(two, "write:"))
    page = as_(rex).post(address, confirmation(page) | {"text": "Hello", "look": "1"})
    assert "as many messages today as one may" in as_(rex).post(address, confirmation(page), follow=True).text
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"deed": "move:declined"}, "Tick the applicants first"),
        ({"chosen": "HERE"}, "Choose what to do with those you ticked"),
        ({"chosen": "HERE", "deed": "move:king"}, "Choose what to do with those you ticked"),
        ({"chosen": "HERE", "deed": "write:999999"}, "Choose what to do with those you ticked"),
    ],
)
def test_what_is_missing_is_said(as_, rex, address, application, data, words):
    data = {name: value.replace("HERE", f"{application.pk}:new") for name, value in data.items()}
    assert words in as_(rex).post(address, data, follow=True).text


def test_more_than_a_hundred_are_refused(as_, rex, address, application):
    chosen = [f"{number}:new" for number in range(1, 102)]
    assert "100 applicants at once" in as_(rex).post(address, {"chosen": chosen, "deed": "write:"}, follow=True).text


@pytest.mark.parametrize("value", ["", "x", "1", "1:king", "-1:new", "1²:new", "9" * 30 + ":new"])
def test_nonsense_is_nobody(as_, rex, address, value):
    assert as_(rex).post(address, {"chosen": value, "deed": "move:declined"}).status_code == 404


def test_another_employer_s_applicant_cannot_be_among_them(as_, rex, rita, address, application, nora, send):
    (rival,) = rita.employer_roles.all()
    theirs = send(nora, posting=make_posting(employer=rival.employer))
    assert as_(rex).post(address, ticked([application, theirs], "move:declined")).status_code == 404
    assert set(states().values()) == {"new"}


def test_viewers_and_strangers(client, as_, vic, rita, nora, address, two):
    data = ticked(two, "move:declined")
    assert client.post(address, data)["Location"].startswith(reverse("account_login"))
    assert as_(vic).post(address, data).status_code == 403
    for stranger in (rita, nora):
        assert as_(stranger).post(address, data).status_code == 404
    assert as_(rita).get(address).status_code == 405


def test_a_suspended_employer_does_nothing(as_, olga, harbor, address, two):
    harbor.suspend(NOON)
    assert as_(olga).post(address, ticked(two, "move:declined")).status_code == 403


def test_it_leads_back_to_the_board_and_nowhere_else(as_, rex, address, two):
    data = ticked(two, "move:reviewed", back="https://evil.example/hiring/")
    page = as_(rex).post(address, data)
    assert as_(rex).post(address, confirmation(page))["Location"].startswith("/hiring/applicants/?employer=")


def test_the_subject_that_stands_for_an_empty_one_is_named(as_, rex, address, two):
    page = as_(rex).post(address, ticked(two, "write:", shown="seen", look="1", subject="", text="Soon more."))
    assert "Left empty, it is “{employer} wrote to you: {posting}”." in page.text
    each = page.context["chosen"][0]
    sent = each.application
    assert each.mail.subject == f"{sent.posting_employer} wrote to you: {sent.posting_title}"
