"""Showing that an employer's domain is its own: a mail there, confirmed by whoever reads it."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from jobboard.employers.domains import domain_of_mail, domain_of_site, within
from jobboard.employers.models import Employer, Verification
from tests.factories import make_employer, make_member, make_posting, make_user


@pytest.fixture
def harbor(db: None) -> Employer:
    return make_employer("Harbor Coding", slug="harbor-coding", website="https://www.harbor.example/jobs")


def page(employer: Employer) -> str:
    return f"/hiring/employers/{employer.pk}/verify/"


@pytest.fixture
def link(as_, olga: User, harbor: Employer, mailoutbox: list[EmailMessage]) -> str:
    """The address in the mail of an open question."""
    as_(olga).post(page(harbor), {"email": "hr@harbor.example"})
    return re.search(r"/hiring/verifications/\S+/", mailoutbox[0].body)[0]


def test_a_mail_is_confirmed_once_by_whoever_reads_it(
    as_, link: str, olga: User, harbor: Employer, mailoutbox: list[EmailMessage]
) -> None:
    assert mailoutbox[0].to == ["hr@harbor.example"]
    stranger = Client()
    assertContains(stranger.get(link), "Is “Harbor Coding” yours?")
    harbor.refresh_from_db()
    assert harbor.verified_at is None
    assertContains(stranger.post(link), "is verified at harbor.example")
    harbor.refresh_from_db()
    assert (harbor.verified_at is not None, harbor.verified_domain) == (True, "harbor.example")
    assert (mailoutbox[1].to, mailoutbox[1].subject) == (["olga@harbor.example"], "Harbor Coding is verified")
    assert stranger.post(link).status_code == 410
    make_posting(employer=harbor)
    assertContains(stranger.get("/employers/harbor-coding/"), "Verified at harbor.example")
    assertContains(as_(olga).get(page(harbor)), "Verified at")


def test_only_the_hash_of_the_token_is_stored(link: str) -> None:
    assert link.split("/")[3] not in str(Verification.objects.values().get())


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("harbor@gmail.com", "Anybody gets a mailbox at gmail.com"),
        ("hr@harbour.example", "is not at harbor.example"),
        ("hr@notharbor.example", "is not at harbor.example"),
        ("hr@example", "Enter a valid email address"),
        ("", "This field is required"),
    ],
)
def test_an_address_elsewhere_shows_nothing(
    as_, olga: User, harbor: Employer, mailoutbox: list[EmailMessage], email: str, words: str
) -> None:
    assertContains(as_(olga).post(page(harbor), {"email": email}), words, status_code=422)
    assert not mailoutbox


@pytest.mark.parametrize("website", ["", "https://gmail.com/harbor"])
def test_a_website_that_shows_nothing(as_, olga: User, harbor: Employer, website: str) -> None:
    Employer.objects.update(website=website)
    assertContains(as_(olga).get(page(harbor)), "Edit the page")
    assert as_(olga).post(page(harbor), {"email": "hr@gmail.com"}).status_code == 422
    assert not Verification.objects.exists()


def test_an_old_question_or_one_asked_anew_is_not_confirmed(as_, link: str, olga: User, harbor: Employer) -> None:
    as_(olga).post(page(harbor), {"email": "desk@mail.harbor.example"})
    assert Client().post(link).status_code == 410
    Verification.objects.update(withdrawn_at=None, expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().post(link).status_code == 410
    harbor.refresh_from_db()
    assert harbor.verified_at is None


def test_it_is_lost_with_the_domain_of_the_website(link: str, olga: User, harbor: Employer) -> None:
    Client().post(link)
    harbor.refresh_from_db()
    harbor.website = "https://harbor.example/careers"
    harbor.edit(timezone.now(), olga)
    assert Employer.objects.get().verified_at
    harbor.website = "https://harbor-jobs.example"
    harbor.edit(timezone.now(), olga)
    harbor.refresh_from_db()
    assert (harbor.verified_at, harbor.verified_domain) == (None, "")
    assert "from harbor.example to harbor-jobs.example" in harbor.events.get(kind="unverified").reason


def test_a_link_about_a_former_website_confirms_nothing(link: str, olga: User, harbor: Employer) -> None:
    harbor.website = "https://bank.example"
    harbor.edit(timezone.now(), olga)
    assert Client().get(link).status_code == 410
    assert Client().post(link).status_code == 410
    assert Employer.objects.get().verified_at is None


def test_a_suspended_employer_is_not_verified(as_, link: str, olga: User, harbor: Employer) -> None:
    harbor.suspend(timezone.now())
    assert Client().post(link).status_code == 404
    assert as_(olga).post(page(harbor), {"email": "hr@harbor.example"}).status_code == 403


def test_who_may_ask(as_, olga: User, rita: User, victor: User, rosa: User, harbor: Employer) -> None:
    for person, status in ((rita, 403), (victor, 403), (rosa, 404)):
        assert as_(person).get(page(harbor)).status_code == status
        assert as_(person).post(page(harbor), {"email": "hr@harbor.example"}).status_code == status
    assertRedirects(Client().get(page(harbor)), f"/accounts/login/?next={page(harbor)}", fetch_redirect_response=False)
    assert as_(olga).put(page(harbor)).status_code == 405


@pytest.mark.parametrize("token", ["x", "x" * 3000, "a%00b", "%F0%9F%92%A9"])
def test_a_link_that_was_never_sent(client: Client, db: None, token: str) -> None:
    assert client.get(f"/hiring/verifications/{token}/").status_code in (400, 404)


def test_one_asks_so_often_a_day(as_, olga: User, harbor: Employer, mailoutbox: list[EmailMessage]) -> None:
    client = as_(olga)
    for _ in range(Verification.PER_DAY):
        client.post(page(harbor), {"email": "hr@harbor.example"})
    response = client.post(page(harbor), {"email": "hr@harbor.example"})
    assertContains(response, "You can ask 5 times in 24 hours.", status_code=429)
    assertContains(response, "hr@harbor.example", status_code=429)
    assert len(mailoutbox) == Verification.PER_DAY


@pytest.mark.django_db(transaction=True)
def test_many_at_once_do_not_pass_the_limit_of_a_person() -> None:
    person, start = make_user(), Barrier(6)
    employers = [make_employer(website="https://harbor.example") for _ in range(6)]
    for employer in employers:
        make_member(employer, user=person)

    def ask(employer: Employer) -> None:
        start.wait()
        asked = Verification(employer=employer, email="hr@harbor.example", domain="harbor.example")
        try:
            asked.send(timezone.now(), person)
        except Verification.LimitReached:
            pass
        finally:
            connection.close()

    threads = [Thread(target=ask, args=[employer]) for employer in employers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Verification.objects.count() == Verification.PER_DAY


def test_domains() -> None:
    assert domain_of_site("https://WWW.Harbor.Example./x") == "harbor.example"
    assert domain_of_site("") == domain_of_site("https://[x/") == ""
    assert domain_of_mail('"a@b"@Mail.Harbor.Example') == "mail.harbor.example"
    assert within("mail.harbor.example", "harbor.example")
    assert not within("harbor.example", "mail.harbor.example")
    assert not within("notharbor.example", "harbor.example")
    assert not within("", "")
