"""What the words, the addresses and the habits of a posting are looked over for."""

import pytest
from django.utils import timezone

from jobboard.employers.models import Employer
from jobboard.moderation.looks import contact, fees, habits, wording
from jobboard.moderation.models import Signal
from jobboard.postings import readers
from jobboard.postings.models import Posting
from tests.factories import make_employer, make_posting

NOW = timezone.now()
HONEST = [
    "You check your work against the guidelines. A background check and a skills check come before the first day.",
    "We pay by direct deposit every second Friday. There is no fee and we never ask for a deposit.",
    "Equipment is provided: laptop, two monitors, encoder. Signal the lead when a note is unclear.",
    "There is no application fee, and training is paid.",
    "You will check charts for medical necessity and send queries to the physician.",
    "We pay for your CPC course, and the client pays for the background check.",
    "We supply a laptop and cover your training. The exam voucher and the $399 course are on us.",
    "Tuition reimbursement $1,500. We reimburse AAPC membership ($222) and CEU courses ($300).",
    "A $2,000 bonus after the certificate. Training course: two weeks, $20/hour.",
    "Taxes and insurance premiums are deducted from your first paycheck.",
    "You pay nothing: not for training, not for a kit.",
    "A paid trial of two weeks. The trial is paid at $28 an hour; we do not ask for unpaid trial work.",
    "The skills test is not paid and takes 30 minutes. Half of the 90 days of probation is training.",
    "Charts are never sent by e-mail and stay in our remote desktop. Audit results come by e-mail.",
    "You report errors in charts to the lead by e-mail.",
]
LOOKS = (
    *(wording.chat, wording.check, wording.equipment, wording.identity, wording.charts),
    *(fees.fee, fees.trial),
)


def written(text: str) -> Posting:
    return Posting(title="Coder", description_text=text)


@pytest.mark.parametrize("text", HONEST)
def test_honest_words_are_not_noticed(text: str) -> None:
    assert [noticed for look in LOOKS if (noticed := look(readers.words(written(text))))] == []


@pytest.mark.parametrize(
    ("look", "text", "word"),
    [
        (wording.chat, "Interview by text in a Telegram chat.", "Telegram"),
        (wording.chat, "Message us on WhatsApp today.", "WhatsApp"),
        (wording.chat, "Write to https://t.me/hrdesk now.", "t.me/hrdesk"),
        (wording.check, "We mail you a cheque for your home office.", "mail you a cheque"),
        (wording.check, "You get a cashier's check.", "cashier's check"),
        (wording.check, "Send the rest by Zelle.", "Zelle"),
        (wording.equipment, "Pass the rest on to our certified equipment vendor.", "certified equipment vendor"),
        (wording.equipment, "You purchase your own laptop first.", "purchase your own laptop"),
        (fees.fee, "A refundable deposit of $50 holds your seat.", "refundable deposit"),
        (fees.fee, "Pay for your training before you start.", "Pay for your training"),
        (fees.fee, "An online course from our partner, $149, to begin with.", "course from our partner, $149"),
        (
            fees.fee,
            "The client's course is taken out of your first two payments.",
            "taken out of your first two payments",
        ),
        (fees.fee, "The course is paid by you at the start if you prefer.", "paid by you at the start"),
        (
            fees.fee,
            "The certificate costs $75, deducted from your first paycheck.",
            "deducted from your first paycheck",
        ),
        (fees.fee, "A starter kit ($89) is needed before your first chart.", "kit ($89"),
        (fees.fee, "A payment of 60 dollars for registration.", "60 dollars for registration"),
        (fees.fee, "We ask that you pay for the onboarding course.", "pay for the onboarding course"),
        (fees.fee, "The company takes a registration fee of $50.", "registration fee"),
        (fees.trial, "Trial of 200 charts not paid.", "Trial of 200 charts not paid"),
        (fees.trial, "The first 50 charts are unpaid.", "first 50 charts are unpaid"),
        (fees.trial, "You work a trial period of two weeks without pay.", "trial period of two weeks without pay"),
        (wording.charts, "Charts come to your own mail.", "Charts come to your own mail"),
        (wording.charts, "You receive patient encounters by e-mail.", "receive patient encounters by e-mail"),
        (wording.charts, "Medical records are shared in Google Drive.", "Medical records are shared in Google Drive"),
        (wording.identity, "Send your Social Security number by e-mail.", "Social Security number"),
        (wording.identity, "Tell us the name of your bank.", "name of your bank"),
    ],
)
def test_words_of_frauds_are_quoted(look, text: str, word: str) -> None:
    noticed = look(readers.words(written(text)))
    assert noticed is not None
    assert word in noticed.words


def test_where_to_apply_is_read_too() -> None:
    posting = Posting(title="Coder", apply_by="url", apply_url="https://t.me/hrdesk")
    assert wording.chat(readers.words(posting)).words == ["t.me/hrdesk"]


def test_free_mail_to_apply_to_or_in_the_text() -> None:
    posting = Posting(apply_by="email", apply_email="harbor.jobs@GMAIL.com", description_text="Or boss@yahoo.com.")
    noticed = contact.free_mail(readers.words(posting))
    assert noticed.words == ["harbor.jobs@GMAIL.com", "boss@yahoo.com"]
    assert contact.free_mail(readers.words(Posting(apply_by="site", apply_email="old@gmail.com"))) is None
    assert contact.free_mail(readers.words(written("Write to hr@harbor.example."))) is None


@pytest.mark.parametrize(
    ("website", "applied", "sentence"),
    [
        ("https://www.harbor.example", "https://jobs.harbor.example/7", None),
        ("https://jobs.harbor.example", "https://harbor.example/7", None),
        ("https://harbor.example", "https://harbor.wd5.myworkdayjobs.com/7", None),
        ("https://harbor.example", "https://harbor-jobs.example/7", "Coders apply at harbor-jobs.example, and the"),
        ("https://harbor.example", "https://myworkdayjobs.com.evil.example/7", "myworkdayjobs.com.evil.example"),
        ("", "https://harbor.example/7", "names no website"),
    ],
)
def test_applications_that_leave_the_employers_domain(website: str, applied: str, sentence: str | None) -> None:
    posting = Posting(employer=Employer(website=website), apply_by="url", apply_url=applied)
    noticed = contact.domain(posting, NOW)
    assert (noticed is None) if sentence is None else (sentence in noticed.sentence)


def test_a_burst(harbor: Employer) -> None:
    postings = [make_posting("submitted", at=NOW, employer=harbor, submitted_at=NOW) for _ in range(habits.MANY)]
    assert f"{habits.MANY} postings within 24 hours" in habits.burst(postings[-1], NOW).sentence
    Posting.objects.filter(pk=postings[0].pk).update(submitted_at=NOW - 2 * habits.WITHIN)
    assert habits.burst(postings[-1], NOW) is None


def test_the_first_posting_of_an_employer(harbor: Employer) -> None:
    posting = make_posting("submitted", employer=harbor)
    make_posting(employer=make_employer())
    assert habits.first(posting, NOW).kind == Signal.Kind.FIRST
    make_posting("expired", employer=harbor)
    assert habits.first(posting, NOW) is None
