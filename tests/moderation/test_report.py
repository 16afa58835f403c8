"""Reporting a posting, with an account or as a guest."""

from threading import Barrier, Thread

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts import privacy
from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.moderation.models import Report
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import State
from tests.factories import make_posting, make_user


@pytest.fixture
def posting(harbor: Employer, stella: User, olga: User) -> Posting:
    return make_posting(employer=harbor)


def page(posting: Posting, part: str = "report/") -> str:
    return f"{posting.get_absolute_url()}{part}"


def test_a_guest_reports_and_staff_are_told_once(
    as_, client: Client, posting: Posting, carl: User, mailoutbox: list[EmailMessage]
) -> None:
    assertContains(client.get(posting.get_absolute_url()), page(posting))
    sent = client.post(page(posting), {"kind": "scam", "words": "They sent me a check."})
    assertRedirects(sent, page(posting, "report/thanks/"))
    assertContains(client.get(page(posting, "report/thanks/")), "is not told who reported it")
    assert [mail.to for mail in mailoutbox] == [["stella@example.org"]]
    assert "They sent me a check." in mailoutbox[0].body
    as_(carl).post(page(posting), {"kind": "gone"})
    assert len(mailoutbox) == 1
    assert [(report.by, bool(report.network)) for report in Report.objects.all()] == [(None, True), (carl, False)]


def test_the_employer_learns_nothing(as_, posting: Posting, carl: User, olga: User) -> None:
    as_(carl).post(page(posting), {"kind": "scam", "words": "Telegram"})
    for address in (f"/hiring/postings/{posting.pk}/", f"/hiring/postings/{posting.pk}/edit/", "/hiring/"):
        text = as_(olga).get(address).text
        assert "Carl" not in text
        assert "Telegram" not in text
    assert as_(olga).get(f"/desk/postings/{posting.pk}/").status_code == 404
    assert as_(olga).get("/desk/reports/").status_code == 404


def test_one_person_reports_a_posting_once(as_, posting: Posting, carl: User) -> None:
    browser = as_(carl)
    browser.post(page(posting), {"kind": "scam"})
    response = browser.post(page(posting), {"kind": "other", "words": "Once more"})
    assertContains(response, "You have reported this posting already.", status_code=409)
    assertContains(response, "Once more", status_code=409)
    assert Report.objects.count() == 1


def test_one_network_of_guests_reports_a_posting_once(client: Client, posting: Posting) -> None:
    client.post(page(posting), {"kind": "scam"}, REMOTE_ADDR="192.0.2.7")
    again = Client().post(page(posting), {"kind": "scam"}, REMOTE_ADDR="192.0.2.7")
    assertContains(again, "Sign in to report it yourself", status_code=409)
    assert Client().post(page(posting), {"kind": "scam"}, REMOTE_ADDR="192.0.2.8").status_code == 302
    assert "192.0.2" not in str(list(Report.objects.values()))


def test_so_many_a_day(as_, client: Client, settings, harbor: Employer, carl: User) -> None:
    settings.REPORTS_PER_NETWORK_AND_DAY, settings.REPORTS_PER_PERSON_AND_DAY = 1, 2
    postings = [make_posting(employer=harbor) for _ in range(3)]
    client.post(page(postings[0]), {"kind": "scam"})
    assertContains(client.post(page(postings[1]), {"kind": "gone"}), "Sign in to report this one", status_code=429)
    browser = as_(carl)
    statuses = [browser.post(page(posting), {"kind": "scam"}).status_code for posting in postings]
    assert statuses == [302, 302, 429]
    assert browser.post(page(postings[0]), {"kind": "scam"}).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_many_at_once_do_not_pass_the_limit(settings) -> None:
    settings.REPORTS_PER_PERSON_AND_DAY = 2
    person, postings, start = make_user(), [make_posting() for _ in range(5)], Barrier(5)

    def send(posting: Posting) -> None:
        start.wait()
        try:
            Report(posting=posting, by=person, kind="scam").send(timezone.now())
        except Report.LimitReached:
            pass
        finally:
            connection.close()

    threads = [Thread(target=send, args=[posting]) for posting in postings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Report.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "This field is required."),
        ({"kind": "boredom", "words": "Kept"}, "is not one of the available choices"),
        ({"kind": "other"}, "Say what is wrong."),
        ({"kind": "other", "words": "   "}, "Say what is wrong."),
        ({"kind": "scam", "words": "x" * 2001}, "at most 2000 characters"),
        ({"kind": "scam", "words": "a\x00b"}, "Null characters are not allowed"),
    ],
)
def test_nonsense_is_named(client: Client, posting: Posting, sent: dict[str, str], words: str) -> None:
    assertContains(client.post(page(posting), sent), words, status_code=422)
    assert not Report.objects.exists()


@pytest.mark.parametrize("stands", [each for each in State if each != State.LIVE])
def test_only_what_the_public_sees_is_reported(client: Client, harbor: Employer, stands: State) -> None:
    posting = make_posting(stands, employer=harbor)
    assert client.get(page(posting)).status_code == 404
    assert client.post(page(posting), {"kind": "scam"}).status_code == 404
    assert client.get(page(posting, "report/thanks/")).status_code == 404


def test_other_verbs_and_addresses(client: Client, posting: Posting) -> None:
    assert client.put(page(posting)).status_code == 405
    assert client.post(page(posting, "report/thanks/")).status_code == 405
    assert client.get(f"/jobs/{10**25}-x/report/").status_code == 404
    assertRedirects(client.get(f"/jobs/{posting.pk}-guess/report/"), page(posting))


def test_an_export_holds_what_a_person_reported(as_, posting: Posting, carl: User) -> None:
    as_(carl).post(page(posting), {"kind": "scam", "words": "Telegram"})
    assert privacy._parts["reports"].export(carl)[0]["words"] == "Telegram"


def test_staff_read_and_settle_what_they_read(as_, posting: Posting, carl: User, stella: User, rosa: User) -> None:
    as_(carl).post(page(posting), {"kind": "scam", "words": "They want a fee."})
    desk = as_(stella)
    assertContains(desk.get("/desk/reports/"), "1 report</span> It looks like a scam")
    shown = desk.get(f"/desk/postings/{posting.pk}/")
    assertContains(shown, "They want a fee.")
    assertContains(shown, "Carl Coder")
    seen = Report.objects.get().pk
    as_(rosa).post(page(posting), {"kind": "gone"})
    settle = f"/desk/postings/{posting.pk}/settle/"
    sent = {"finding-finding": "unfounded", "finding-note": "Called them.", "finding-seen": seen}
    assertRedirects(desk.post(settle, sent), "/desk/reports/")
    assert [bool(report.settled_at) for report in Report.objects.all()] == [True, False]
    assertContains(desk.get("/desk/history/?list=reports"), "Called them.")
    assertContains(desk.get(f"/desk/postings/{posting.pk}/"), "nothing wrong found by Stella Staff")
    assertContains(desk.post(settle, sent), "Nothing was decided", status_code=409)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"finding-finding": "acted"},
        {"finding-finding": "maybe", "finding-seen": 1},
        {"finding-finding": "acted", "finding-seen": 2**63},
        {"finding-finding": "acted", "finding-seen": "x"},
    ],
)
def test_a_finding_is_complete(as_, posting: Posting, carl: User, stella: User, sent: dict[str, object]) -> None:
    as_(carl).post(page(posting), {"kind": "scam"})
    assert as_(stella).post(f"/desk/postings/{posting.pk}/settle/", sent).status_code == 422
    assert Report.objects.open().exists()


def test_who_settles(as_, posting: Posting, carl: User, olga: User, stella: User) -> None:
    settle = f"/desk/postings/{posting.pk}/settle/"
    for person in (carl, olga):
        assert as_(person).post(settle).status_code == 404
    assert as_(stella).get(settle).status_code == 405
    assert as_(stella).post("/desk/reports/").status_code == 405


def test_a_long_queue_takes_few_queries(
    as_, stella: User, carl: User, harbor: Employer, django_assert_max_num_queries
) -> None:
    for _ in range(30):
        Report(posting=make_posting(employer=harbor), by=carl, kind="scam", at=timezone.now()).save()
    browser = as_(stella)
    with django_assert_max_num_queries(7):
        assertContains(browser.get("/desk/reports/"), "Page 1 of 2")
    assertNotContains(browser.get("/desk/reports/?page=2"), "No report is open")
