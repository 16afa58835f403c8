"""Asking somebody to join a team, by a link that works once."""

import re
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from jobboard.employers.models import Employer, Invitation, Member


def invite(client: Client, employer: Employer, email: str = "new@example.org", role: str = "recruiter"):
    return client.post(f"/hiring/employers/{employer.pk}/team/invite/", {"email": email, "role": role})


@pytest.fixture
def link(as_, olga: User, harbor: Employer, mailoutbox: list[EmailMessage]) -> str:
    """The address in the mail of an open invitation."""
    invite(as_(olga), harbor)
    return re.search(r"/hiring/invitations/\S+/", mailoutbox[0].body)[0]


def test_an_invitation_is_mailed_and_accepted_once(
    as_, link: str, carl: User, rosa: User, harbor: Employer, mailoutbox: list[EmailMessage]
) -> None:
    assert mailoutbox[0].to == ["new@example.org"]
    asked = as_(carl).get(link)
    assertContains(asked, "Join the team of Harbor Coding?")
    assertContains(asked, "Olga Owner")
    assert not Member.objects.filter(user=carl).exists()
    assertRedirects(as_(carl).post(link), "/hiring/?employer=harbor-coding")
    assert Member.objects.get(user=carl).role == "recruiter"
    assert (mailoutbox[1].to, mailoutbox[1].subject) == (["olga@harbor.example"], "Carl Coder joined Harbor Coding")
    assertContains(as_(rosa).get(link), "no longer open", status_code=410)
    assert as_(rosa).post(link).status_code == 410
    assert not Member.objects.filter(user=rosa, employer=harbor).exists()


def test_whatever_somebody_is_called_the_mail_begins_with_our_words(
    as_, olga: User, harbor: Employer, mailoutbox: list[EmailMessage]
) -> None:
    olga.name = "Security team:\r\n\r\nYour account is locked.\r\n\r\n--"
    olga.save()
    invite(as_(olga), harbor)
    first = mailoutbox[0].body.splitlines()[0]
    assert first.startswith("You are invited to a hiring team on Codeharbor: Security team: Your account is locked. --")
    assert first.endswith("asks you to join that of Harbor Coding as recruiter.")


def test_only_the_hash_of_the_token_is_stored(link: str) -> None:
    token = link.split("/")[3]
    assert len(token) >= 40
    assert token not in str(Invitation.objects.values().get())


def test_one_signs_in_first_and_comes_back(link: str) -> None:
    response = Client().get(link)
    assertRedirects(response, f"/accounts/login/?next={link}", fetch_redirect_response=False)
    assert Client().post(link).status_code == 302
    assert Invitation.objects.get().accepted_at is None


def test_an_old_invitation_is_not_accepted(as_, link: str, carl: User) -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert as_(carl).post(link).status_code == 410
    assert not Member.objects.filter(user=carl).exists()


def test_a_withdrawn_invitation_is_not_accepted(as_, link: str, olga: User, carl: User, harbor: Employer) -> None:
    withdraw = f"/hiring/employers/{harbor.pk}/team/invitations/{Invitation.objects.get().pk}/withdraw/"
    assertContains(as_(olga).post(withdraw, follow=True), "is withdrawn")
    assert as_(olga).post(withdraw).status_code == 409
    assert as_(carl).post(link).status_code == 410


def test_somebody_on_the_team_does_not_use_it_up(as_, link: str, rita: User, carl: User) -> None:
    assertContains(as_(rita).post(link), "You are on this team already", status_code=409)
    assert Member.objects.get(user=rita).role == "recruiter"
    assertRedirects(as_(carl).post(link), "/hiring/?employer=harbor-coding")


def test_a_second_invitation_replaces_the_first(
    as_, link: str, olga: User, carl: User, harbor: Employer, mailoutbox: list[EmailMessage]
) -> None:
    invite(as_(olga), harbor, "NEW@example.org", "viewer")
    assert as_(carl).get(link).status_code == 410
    assert Invitation.objects.open(timezone.now()).get().role == "viewer"


def test_a_suspended_employers_invitation_leads_nowhere(as_, link: str, carl: User, harbor: Employer) -> None:
    harbor.suspend(timezone.now())
    assert as_(carl).get(link).status_code == 404
    assert as_(carl).post(link).status_code == 404


@pytest.mark.parametrize("token", ["x", "x" * 3000, "a%00b", "%F0%9F%92%A9"])
def test_a_link_that_was_never_sent(as_, carl: User, token: str) -> None:
    assert as_(carl).get(f"/hiring/invitations/{token}/").status_code in {400, 404}


@pytest.mark.parametrize(
    ("email", "role", "says"),
    [
        ("", "viewer", "This field is required."),
        ("nonsense", "viewer", "Enter a valid email address."),
        ("a\x00b@example.org", "viewer", "Null characters are not allowed."),
        (f"{'x' * 300}@example.org", "viewer", "at most 254 characters"),
        ("new@example.org", "emperor", "emperor is not one of the available choices."),
        ("new@example.org", "", "This field is required."),
        ("RITA@harbor.example", "viewer", "This person is on the team already."),
    ],
)
def test_nonsense_is_named(
    as_, olga: User, rita: User, harbor: Employer, mailoutbox: list[EmailMessage], email: str, role: str, says: str
) -> None:
    assertContains(invite(as_(olga), harbor, email, role), says, status_code=422)
    assert mailoutbox == []


def test_there_is_a_limit_a_day(as_, olga: User, harbor: Employer, mailoutbox: list[EmailMessage]) -> None:
    client = as_(olga)
    for number in range(Invitation.PER_DAY):
        invite(client, harbor, f"person{number}@example.org")
    assertContains(invite(client, harbor, "one@more.example"), "Try again tomorrow", status_code=429)
    assert len(mailoutbox) == Invitation.PER_DAY
    Invitation.objects.update(created_at=timezone.now() - timedelta(days=1, seconds=1))
    assert invite(client, harbor, "one@more.example").status_code == 302


def test_who_may_invite(
    as_, olga: User, rita: User, victor: User, rosa: User, link: str, harbor: Employer, rival: Employer
) -> None:
    for person, status in ((rita, 403), (victor, 403), (rosa, 404)):
        assert invite(as_(person), harbor).status_code == status
    assert as_(olga).get(f"/hiring/employers/{harbor.pk}/team/invite/").status_code == 405
    pk = Invitation.objects.get().pk
    assert as_(rosa).post(f"/hiring/employers/{rival.pk}/team/invitations/{pk}/withdraw/").status_code == 404
    assert as_(rita).post(f"/hiring/employers/{harbor.pk}/team/invitations/{pk}/withdraw/").status_code == 403
    assert as_(olga).put(link).status_code == 405


def test_a_suspended_employer_asks_nobody(as_, olga: User, harbor: Employer, mailoutbox: list[EmailMessage]) -> None:
    harbor.suspend(timezone.now())
    assertContains(invite(as_(olga), harbor), "Harbor Coding is suspended", status_code=403)
    page = as_(olga).get(f"/hiring/employers/{harbor.pk}/team/")
    assertContains(page, "Nobody can be asked to join")
    assertNotContains(page, "Send the invitation")
    assert [mail.subject for mail in mailoutbox] == ["Harbor Coding is suspended"]


def test_an_employer_suspended_meanwhile_asks_nobody(
    olga: User, harbor: Employer, mailoutbox: list[EmailMessage]
) -> None:
    invitation = Invitation(employer=harbor, email="new@example.org", role="viewer")
    Employer.objects.get(pk=harbor.pk).suspend(timezone.now())
    with pytest.raises(Invitation.Suspended):
        invitation.send(timezone.now(), olga)
    assert [mail.subject for mail in mailoutbox] == ["Harbor Coding is suspended"]
    assert not Invitation.objects.exists()
