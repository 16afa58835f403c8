"""Who is on a team, as what, and how one leaves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from jobboard.employers.models import Employer, LastOwner, Member, StaleState
from tests.factories import make_employer, make_member, make_user


def at(employer: Employer, rest: str = "") -> str:
    return f"/hiring/employers/{employer.pk}/team/{rest}"


def member(user: User) -> Member:
    return Member.objects.get(user=user)


def test_the_team_is_shown_to_those_on_it(
    as_, olga: User, rita: User, victor: User, rosa: User, harbor: Employer
) -> None:
    assertContains(as_(victor).get(at(harbor)), "Rita Recruiter")
    assertNotContains(as_(victor).get(at(harbor)), "Send the invitation")
    assertContains(as_(olga).get(at(harbor)), "Send the invitation")
    assert as_(rosa).get(at(harbor)).status_code == 404
    assert Client().get(at(harbor)).status_code == 302
    assert as_(olga).post(at(harbor)).status_code == 405


def test_an_owner_changes_a_role(as_, olga: User, rita: User, harbor: Employer) -> None:
    response = as_(olga).post(at(harbor, f"{member(rita).pk}/role/"), {"role": "owner"}, follow=True)
    assertContains(response, "Rita Recruiter is now an owner.")
    assert member(rita).role == "owner"


@pytest.mark.parametrize("role", ["", "emperor", "\x00", "o" * 5000])
def test_a_role_that_does_not_exist(as_, olga: User, rita: User, harbor: Employer, role: str) -> None:
    assert as_(olga).post(at(harbor, f"{member(rita).pk}/role/"), {"role": role}).status_code == 422
    assert member(rita).role == "recruiter"


def test_an_owner_removes_somebody_who_is_told(
    as_, olga: User, rita: User, harbor: Employer, mailoutbox: list[EmailMessage]
) -> None:
    assertRedirects(as_(olga).post(at(harbor, f"{member(rita).pk}/remove/")), at(harbor))
    assert not Member.objects.filter(user=rita).exists()
    assert [mail.to for mail in mailoutbox] == [["rita@harbor.example"]]
    assert as_(rita).get(at(harbor)).status_code == 404


def test_anybody_leaves_but_the_last_owner(as_, olga: User, rita: User, victor: User, harbor: Employer) -> None:
    assertRedirects(as_(victor).post(at(harbor, "leave/")), "/hiring/")
    refused = as_(olga).post(at(harbor, "leave/"))
    assertContains(refused, "A team needs an owner.", status_code=409)
    assert as_(olga).post(at(harbor, f"{member(olga).pk}/role/"), {"role": "viewer"}).status_code == 409
    assert as_(olga).post(at(harbor, f"{member(olga).pk}/remove/")).status_code == 409
    assert member(olga).role == "owner"
    as_(olga).post(at(harbor, f"{member(rita).pk}/role/"), {"role": "owner"})
    assertRedirects(as_(olga).post(at(harbor, f"{member(olga).pk}/remove/")), "/hiring/")
    assert [each.user for each in harbor.members.all()] == [rita]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step_down", [lambda me: me.remove(me.user), lambda me: me.change_role("viewer", me.user)])
def test_two_owners_who_step_down_at_once_leave_one(step_down) -> None:
    harbor, start = make_employer(), Barrier(2)
    owners = [make_member(harbor), make_member(harbor)]
    refused = []

    def leave(person: User) -> None:
        me = Member.objects.select_related("user").get(user=person)
        start.wait()
        try:
            step_down(me)
        except LastOwner:
            refused.append(person)
        finally:
            connection.close()

    threads = [Thread(target=leave, args=(person,)) for person in owners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert harbor.members.filter(role="owner").count() == 1


@contextmanager
def just_before_the_change(happens: Callable[[], object]) -> Iterator[None]:
    """Let a colleague's request end after this one has looked, and before its transaction begins."""
    waiting = [happens]

    def run(execute: Any, sql: Any, *rest: Any) -> Any:
        if str(sql).startswith("SAVEPOINT") and waiting:  # so begins a transaction inside that of the test
            waiting.pop()()
        return execute(sql, *rest)

    with connection.execute_wrapper(run):
        yield
    assert not waiting


@pytest.mark.parametrize("step", ["role", "remove"])
def test_a_colleague_was_first_to_remove_somebody(
    as_, olga: User, rita: User, harbor: Employer, mailoutbox: list[EmailMessage], step: str
) -> None:
    client, address = as_(olga), at(harbor, f"{member(rita).pk}/{step}/")
    with just_before_the_change(lambda: Member.objects.get(user=rita).remove(olga)):
        response = client.post(address, {"role": "viewer"})
    assertContains(response, "Rita Recruiter was taken off the team already", status_code=409)
    assert [mail.to for mail in mailoutbox] == [["rita@harbor.example"]]
    assert [each.user for each in harbor.members.all()] == [olga]


@pytest.mark.parametrize("step", ["role", "remove"])
@pytest.mark.parametrize(("role_now", "status"), [("recruiter", 403), (None, 404)])
def test_who_is_no_owner_any_more_changes_nothing(
    as_, olga: User, rita: User, harbor: Employer, mailoutbox: list[EmailMessage], step: str, role_now, status: int
) -> None:
    make_member(harbor, Member.Role.OWNER)
    client, address = as_(olga), at(harbor, f"{member(rita).pk}/{step}/")
    lost = Member.objects.filter(user=olga)
    with just_before_the_change(lambda: lost.update(role=role_now) if role_now else lost.delete()):
        assert client.post(address, {"role": "viewer"}).status_code == status
    assert member(rita).role == "recruiter"
    assert mailoutbox == []


def test_leaving_twice_at_once_is_leaving(as_, victor: User, harbor: Employer) -> None:
    client = as_(victor)
    with just_before_the_change(Member.objects.filter(user=victor).delete):
        response = client.post(at(harbor, "leave/"), follow=True)
    assertContains(response, "You had left the team of Harbor Coding already.")


@pytest.mark.django_db(transaction=True)
def test_two_who_remove_one_person_at_once_send_one_mail(mailoutbox: list[EmailMessage]) -> None:
    harbor, start = make_employer(), Barrier(2)
    owners = [make_member(harbor), make_member(harbor)]
    rita = make_member(harbor, Member.Role.RECRUITER)
    late = []

    def take_off(by: User) -> None:
        place = Member.objects.select_related("user", "employer").get(user=rita)
        start.wait()
        try:
            place.remove(by)
        except StaleState:
            late.append(by)
        finally:
            connection.close()

    threads = [Thread(target=take_off, args=(person,)) for person in owners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(late) == 1
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("step", ["role", "remove"])
def test_who_may_change_the_team(
    as_, olga: User, rita: User, victor: User, rosa: User, carl: User, harbor: Employer, rival: Employer, step: str
) -> None:
    address = at(harbor, f"{member(olga).pk}/{step}/")
    for person, status in ((rita, 403), (victor, 403), (rosa, 404), (carl, 404)):
        assert as_(person).post(address, {"role": "viewer"}).status_code == status
    assert as_(olga).get(address).status_code == 405
    assert as_(rosa).post(at(rival, f"{member(olga).pk}/{step}/"), {"role": "viewer"}).status_code == 404
    assert as_(olga).post(at(harbor, f"{10**25}/{step}/"), {"role": "viewer"}).status_code == 404
    assert member(olga).role == "owner"


def test_a_large_team_takes_few_queries(as_, olga: User, harbor: Employer, django_assert_max_num_queries) -> None:
    for _ in range(10):
        make_member(harbor, "viewer", make_user())
    client = as_(olga)
    with django_assert_max_num_queries(6):
        client.get(at(harbor))
