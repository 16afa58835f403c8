"""Answers by mail, sent to the listener by SMTP as a mail server does."""

import contextlib
import smtplib
import socket
from email.message import EmailMessage

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from jobboard.applications.inbox import listener
from jobboard.applications.models import Message
from jobboard.applications.quoting import ABOVE, own_words
from jobboard.applications.receiving import MOST_BYTES, Refused, Unanswered, take_in
from jobboard.applications.replying import Purpose, address
from jobboard.outbox.models import OutgoingMail
from tests.applications.conftest import NOON

DOMAIN = "answers.example"
QUOTED = """
On Mon, Mar 2, 2026 at 5:00 PM Codeharbor <no-reply@codeharbor.example>
wrote:

> ##- Write your answer above this line -##
>
> Tuesday at ten?
"""


@pytest.fixture
def inbox(settings):
    """A listener that is running: its port."""
    settings.INBOUND_DOMAIN = DOMAIN
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = listener("127.0.0.1", port)
    running.start()
    yield port
    running.stop()


def letter(person, to, text="Ten is fine.\n" + QUOTED, **headers):
    """A mail of a person."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = person.email, to, "Re: Interview"
    for name, value in {"Message_ID": "<one@mail.example>", **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def deliver(port, message, to, sender="nora@coders.example"):
    """The reply of the listener to a delivery: its code and words."""
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as server:
        try:
            refused = server.send_message(message, sender, [to])
        except smtplib.SMTPRecipientsRefused as error:
            return error.recipients[to]
        except smtplib.SMTPResponseException as error:
            return error.smtp_code, error.smtp_error
        return (250, b"") if not refused else refused[to]


@pytest.mark.django_db(transaction=True)
class TestByMail:
    @pytest.fixture
    def to(self, settings, application, nora):
        """Where Nora answers."""
        settings.INBOUND_DOMAIN = DOMAIN
        return address(Purpose(application.pk, nora.pk))

    def test_an_answer_stands_in_the_thread_without_what_it_quotes(self, inbox, rex, as_, nora, application, to):
        mail.outbox.clear()
        assert deliver(inbox, letter(nora, to), to)[0] == 250
        message = Message.objects.get()
        assert (message.text, message.author, message.by_candidate) == ("Ten is fine.", nora, True)
        page = as_(rex).get(application.get_hiring_url()).text
        assert "Ten is fine." in page
        assert "by mail" in page
        assert [each.to for each in mail.outbox] == [["rex@harbor.example"]]

    def test_the_address_that_a_mail_names_is_the_one_that_works(self, inbox, rex, as_, nora, application):
        as_(rex).post(f"{application.get_hiring_url()}messages/", {"text": "Tuesday?"})
        named = mail.outbox[-1].extra_headers["Reply-To"]
        assert deliver(inbox, letter(nora, named), named)[0] == 250
        assert Message.objects.count() == 2

    def test_a_mail_that_comes_twice_is_one_message(self, inbox, nora, to):
        assert deliver(inbox, letter(nora, to), to)[0] == 250
        assert deliver(inbox, letter(nora, to), to)[0] == 250
        assert Message.objects.count() == 1
        assert deliver(inbox, letter(nora, to, Message_ID="<two@mail.example>"), to)[0] == 250
        assert Message.objects.count() == 2

    def test_a_recruiter_answers_by_mail_too(self, inbox, rex, application):
        to = address(Purpose(application.pk, rex.pk))
        mail.outbox.clear()
        assert deliver(inbox, letter(rex, to), to, rex.email)[0] == 250
        assert Message.objects.get().author == rex
        assert mail.outbox[0].to == ["nora@coders.example"]

    def test_who_left_the_team_or_only_reads_writes_nothing(self, inbox, vic, rex, application):
        rex.employer_roles.all().delete()
        for person in (vic, rex):
            to = address(Purpose(application.pk, person.pk))
            assert deliver(inbox, letter(person, to), to)[0] == 550
        assert not Message.objects.exists()

    def test_a_suspended_employer_writes_nothing(self, inbox, rex, harbor, application):
        harbor.suspend(NOON)
        to = address(Purpose(application.pk, rex.pk))
        assert deliver(inbox, letter(rex, to), to)[0] == 550
        assert not Message.objects.exists()

    def test_a_made_up_address_is_no_address(self, inbox, nora, ben, application, to):
        other = address(Purpose(application.pk, ben.pk))
        code = other.rpartition("-")[2]
        for wrong in (
            to.replace("reply+", "reply"),
            f"{to.rpartition('-')[0]}-{code}",
            f"nora@{DOMAIN}",
            "x@y.example",
        ):
            assert deliver(inbox, letter(nora, wrong), wrong)[0] == 550
        assert not Message.objects.exists()

    def test_another_mailbox_is_refused(self, inbox, ben, to):
        code, words = deliver(inbox, letter(ben, to), to)
        assert code == 550
        assert b"from the mailbox that our mail came to" in words
        assert not Message.objects.exists()

    def test_nothing_is_written_to_what_was_withdrawn(self, inbox, nora, application, to):
        application.withdraw(NOON)
        code, words = deliver(inbox, letter(nora, to), to)
        assert (code, b"withdrawn" in words) == (550, True)

    @pytest.mark.parametrize(
        "headers",
        [
            {"Auto_Submitted": "auto-replied"},
            {"Precedence": "bulk"},
            {"List_Id": "<coders.example>"},
            {"X_Autoreply": "yes"},
        ],
    )
    def test_what_a_machine_wrote_is_dropped_without_a_word(self, inbox, nora, to, headers):
        assert deliver(inbox, letter(nora, to, **headers), to)[0] == 250
        assert not Message.objects.exists()

    def test_a_report_of_non_delivery_is_dropped(self, inbox, nora, to):
        assert deliver(inbox, letter(nora, to), to, sender="<>")[0] == 250
        assert not Message.objects.exists()

    def test_a_mail_too_large_is_refused(self, inbox, nora, to):
        assert deliver(inbox, letter(nora, to, "x" * 70 + "\n" + ("y" * 70 + "\n") * (MOST_BYTES // 70)), to)[0] == 552
        assert not Message.objects.exists()

    @pytest.mark.parametrize(
        ("text", "words"), [(QUOTED, b"nothing in this mail"), ("word " * 2_000, b"at most 5000 characters")]
    )
    def test_nothing_and_too_much_are_refused_with_what_to_do(self, inbox, nora, to, text, words):
        code, said = deliver(inbox, letter(nora, to, text), to)
        assert (code, words in said) == (550, True)
        assert not Message.objects.exists()

    def test_the_limit_of_a_thread_holds(self, inbox, nora, to, monkeypatch):
        monkeypatch.setattr(Message, "PER_DAY", 0)
        assert deliver(inbox, letter(nora, to), to)[0] == 550

    def test_html_alone_is_read_as_text_and_runs_nothing(self, inbox, as_, rex, nora, application, to):
        message = letter(nora, to)
        message.set_content("<div>Ten &amp; not <b>nine</b><script>alert(1)</script></div>", subtype="html")
        assert deliver(inbox, message, to)[0] == 250
        assert Message.objects.get().text == "Ten & not nine"
        assert "<script>alert" not in as_(rex).get(application.get_hiring_url()).text

    def test_an_attachment_is_left_out_and_that_is_said(self, inbox, nora, to):
        message = letter(nora, to)
        message.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="a.exe")
        assert deliver(inbox, message, to)[0] == 250
        assert Message.objects.get().text == "Ten is fine.\n\n(What was attached to this mail was not taken in.)"


@pytest.mark.django_db(transaction=True)
class TestOnADemonstration:
    """The mail desk stands in for a mailbox."""

    @pytest.fixture
    def page(self, inbox, settings, as_, rex, application):
        """The page of the mail that tells Nora of a message."""
        settings.DEMO_MODE, settings.PRODUCTION, settings.MAIL_TO_FILES = True, False, True
        settings.INBOUND_PORT = inbox
        as_(rex).post(f"{application.get_hiring_url()}messages/", {"text": "Tuesday?"})
        return reverse("mail_message", args=[OutgoingMail.objects.store(mail.outbox[-1], NOON).pk])

    def test_a_mail_is_answered_on_its_page(self, client, page, nora):
        assert f'action="{page}answer/"' in client.get(page).text
        assert "was taken in" in client.post(f"{page}answer/", {"text": "Ten is fine."}, follow=True).text
        message = Message.objects.get(by_candidate=True)
        assert (message.text, message.author) == ("Ten is fine.", nora)

    def test_a_refusal_is_told_and_the_words_are_kept(self, client, page, application):
        application.withdraw(NOON)
        response = client.post(f"{page}answer/", {"text": "Ten is fine."})
        assert response.status_code == 422
        assert "This application was withdrawn." in response.text
        assert "5.7.1" not in response.text
        assert "Ten is fine.</textarea>" in response.text

    def test_it_says_so_where_nobody_listens(self, client, page, settings):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            settings.INBOUND_PORT = probe.getsockname()[1]
            response = client.post(f"{page}answer/", {"text": "Ten is fine."})
        assert "Nobody takes in mail at the moment" in response.text

    def test_only_there(self, page, settings, as_, ben):
        settings.DEMO_MODE = False
        ben.is_staff = True
        ben.save()
        assert f"{page}answer/" not in as_(ben).get(page).text
        assert as_(ben).post(f"{page}answer/", {"text": "Ten is fine."}).status_code == 403
        assert not Message.objects.filter(by_candidate=True).exists()

    def test_a_mail_without_an_address_for_answers_has_no_answer(self, client, page):
        other = mail.EmailMessage("Hello", "Welcome.", to=["nora@coders.example"])
        page = reverse("mail_message", args=[OutgoingMail.objects.store(other, NOON).pk])
        assert f"{page}answer/" not in client.get(page).text
        assert client.post(f"{page}answer/", {"text": "Ten is fine."}).status_code == 404


@pytest.mark.django_db
def test_whatever_bytes_come_are_taken_or_refused(settings, nora, application):
    settings.INBOUND_DOMAIN = DOMAIN
    to = address(Purpose(application.pk, nora.pk))

    @given(
        st.binary(max_size=300),
        st.sampled_from([b"text/plain; charset=nope", b"multipart/mixed; boundary=x", b"text/html"]),
    )
    def tried(body, kind):
        content = b"From: nora@coders.example\r\nContent-Type: " + kind + b"\r\n\r\n" + body
        with contextlib.suppress(Refused, Unanswered):
            take_in(content, to, NOON)

    tried()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("senders", "words"),
    [
        (['"'], "cannot be read"),
        (["a@["], "cannot be read"),
        (["nora@coders.example", "eve@elsewhere.example"], "names its sender twice"),
        (["eve@elsewhere.example", "nora@coders.example"], "names its sender twice"),
        ([], "Answer from the mailbox"),
    ],
)
def test_a_sender_that_cannot_be_told_is_refused_for_good(settings, nora, application, senders, words):
    settings.INBOUND_DOMAIN = DOMAIN
    content = "".join(f"From: {each}\r\n" for each in senders) + "Subject: Re: Interview\r\n\r\nTen is fine.\r\n"
    with pytest.raises(Refused, match=words):
        take_in(content.encode(), address(Purpose(application.pk, nora.pk)), NOON)
    assert not Message.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "head",
    [
        f"Content-Type: text/plain{';\r\n a=b' * 1_500}\r\n\r\n",
        f"X: y\r\nFrom: {'=?utf-8?q?a?=\r\n ' * 700} <nora@coders.example>\r\n\r\n",
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
        + f"--x\r\nContent-Type: text/plain{';\r\n a=b' * 1_000}\r\n\r\nTen is fine.\r\n" * 20,
    ],
    ids=["one header", "the sender", "many parts"],
)
def test_headers_without_end_are_refused(settings, nora, application, head):
    settings.INBOUND_DOMAIN = DOMAIN
    sender = "" if "\nFrom:" in head else f"From: {nora.email}\r\n"
    with pytest.raises(Refused, match="headers of this mail are too long"):
        take_in(f"{sender}{head}Ten is fine.\r\n".encode(), address(Purpose(application.pk, nora.pk)), NOON)
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_html_without_end_is_refused_unless_it_is_quoted(settings, nora, application):
    settings.INBOUND_DOMAIN = DOMAIN
    to, head = (
        address(Purpose(application.pk, nora.pk)),
        b"From: nora@coders.example\r\nContent-Type: text/html\r\n\r\n",
    )
    with pytest.raises(Refused, match="too long to be read"):
        take_in(head + b"Ten is fine." + b"<p>" * 33_334, to, NOON)
    quoted = f"<p>##- {ABOVE} -##</p>".encode()
    assert take_in(head + b"<p>Ten is fine.</p>" + quoted + b"<p>" * 33_334, to, NOON)
    assert Message.objects.get().text == "Ten is fine."


def test_nothing_listens_without_a_domain(settings):
    settings.INBOUND_DOMAIN = ""
    with pytest.raises(CommandError, match="INBOUND_DOMAIN"):
        call_command("receive_mail")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Yes.", "Yes."),
        ("Yes.\n\n-- \nNora", "Yes."),
        ("Yes.\n" + QUOTED, "Yes."),
        ("Yes.\n\nOn Monday, Rex <a@b.example> wrote:\n> Well?", "Yes."),
        (
            "Yes.\n\nFrom: Us\nSent: Monday\nTo: Nora\nSubject: x\n\n##- Write your answer above this line -##\nHi",
            "Yes.",
        ),
        ("Yes.\n-----Original Message-----\nFrom: x", "Yes."),
        ("> Well?\nYes.", "Yes."),
        ("On call I wrote: a lot.\nYes.", "On call I wrote: a lot.\nYes."),
        (QUOTED, ""),
    ],
)
def test_own_words(text, words):
    assert own_words(text) == words
