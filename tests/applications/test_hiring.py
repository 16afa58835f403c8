"""What an employer's team sees and decides: only that team, writers decide, and the state it was shown in counts."""

import pytest
from django.core import mail
from django.urls import reverse

from jobboard.applications.models import Application, StaleState
from tests.applications import files
from tests.applications.conftest import NOON
from tests.factories import make_user

pytestmark = pytest.mark.django_db

SECRETS = ["I read spine notes daily.", "Nora Vance CV.pdf", "CPC, 6 years in orthopedics", "nora@coders.example"]


def pages(application):
    return [
        reverse("hiring_applicants", args=[application.posting_id]),
        reverse("hiring_application", args=[application.pk]),
        reverse("hiring_resume", args=[application.pk]),
    ]


def state_address(application):
    return reverse("hiring_application_state", args=[application.pk])


def test_the_whole_team_reads_it(as_, olga, rex, vic, application):
    for member in (olga, rex, vic):
        listed, page, resume = (as_(member).get(address) for address in pages(application))
        assert "Nora Vance" in listed.text
        assert "CPC" in listed.text
        for words in SECRETS:
            assert words in page.text
        assert b"".join(resume) == files.pdf()
        assert resume["Content-Disposition"].startswith("attachment")


def test_nobody_else_does(client, as_, nora, ben, rita, application):
    for address in pages(application):
        assert client.get(address)["Location"].startswith(reverse("account_login"))
        for stranger in (nora, ben, rita):
            assert as_(stranger).get(address).status_code == 404
        client.logout()


def test_staff_are_no_members_either(as_, application):
    staff = make_user(is_staff=True, is_superuser=True)
    assert [as_(staff).get(address).status_code for address in pages(application)] == [404, 404, 404]


def test_a_member_who_left_reads_nothing_more(as_, rex, application):
    rex.employer_roles.all().delete()
    assert [as_(rex).get(address).status_code for address in pages(application)] == [404, 404, 404]


@pytest.mark.parametrize("verb", ["post", "put", "delete"])
def test_pages_to_read_are_only_read(as_, olga, application, verb):
    for address in pages(application):
        assert getattr(as_(olga), verb)(address).status_code == 405


def test_reading_changes_nothing(as_, olga, application):
    for address in pages(application):
        list(as_(olga).get(address))
    assert Application.objects.get().state == "new"
    assert application.steps.count() == 1


def test_a_recruiter_sets_the_state_and_the_candidate_is_told(as_, rex, application):
    mail.outbox.clear()
    response = as_(rex).post(state_address(application), {"state": "interview", "seen": "new"}, follow=True)
    assert "is now “Interview” and was told by mail" in response.text
    application.refresh_from_db()
    assert application.state == "interview"
    assert [(step.state, step.by) for step in application.steps.all()][-1] == ("interview", rex)
    assert [message.to for message in mail.outbox] == [["nora@coders.example"]]


def test_the_state_it_has_already_is_no_change_and_no_mail(as_, rex, application):
    mail.outbox.clear()
    assert as_(rex).post(state_address(application), {"state": "new", "seen": "new"}).status_code == 302
    assert mail.outbox == []
    assert application.steps.count() == 1


def test_a_viewer_reads_but_does_not_decide(as_, vic, application):
    assert "Set the state" not in as_(vic).get(pages(application)[1]).text
    assert as_(vic).post(state_address(application), {"state": "hired", "seen": "new"}).status_code == 403
    assert Application.objects.get().state == "new"


def test_others_do_not_even_learn_that_it_exists(client, as_, nora, ben, rita, application):
    data = {"state": "hired", "seen": "new"}
    assert client.post(state_address(application), data)["Location"].startswith(reverse("account_login"))
    for stranger in (nora, ben, rita):
        assert as_(stranger).post(state_address(application), data).status_code == 404
    assert Application.objects.get().state == "new"


def test_a_suspended_employer_decides_nothing(as_, olga, harbor, application):
    harbor.suspend(NOON)
    assert as_(olga).post(state_address(application), {"state": "hired", "seen": "new"}).status_code == 403
    assert "Set the state" not in as_(olga).get(pages(application)[1]).text


def test_only_a_post_decides(as_, olga, application):
    assert as_(olga).get(state_address(application), {"state": "hired", "seen": "new"}).status_code == 405


@pytest.mark.parametrize(
    "data", [{}, {"state": "king", "seen": "new"}, {"state": "hired"}, {"state": "hired\0", "seen": "new"}]
)
def test_nonsense_changes_nothing_and_says_so(as_, olga, application, data):
    response = as_(olga).post(state_address(application), data)
    assert response.status_code == 422
    assert "Nothing was changed" in response.text
    assert Application.objects.get().state == "new"


def test_who_comes_second_is_told_who_was_first(as_, olga, rex, application):
    as_(rex).post(state_address(application), {"state": "interview", "seen": "new"})
    mail.outbox.clear()
    response = as_(olga).post(state_address(application), {"state": "declined", "seen": "new"})
    assert response.status_code == 409
    assert "was set to “Interview” meanwhile by Rex Hale" in response.text
    assert mail.outbox == []
    assert as_(olga).post(state_address(application), {"state": "declined", "seen": "interview"}).status_code == 302
    assert Application.objects.get().state == "declined"


def test_what_was_withdrawn_meanwhile_is_not_decided_on(as_, rex, application):
    application.withdraw(NOON)
    response = as_(rex).post(state_address(application), {"state": "hired", "seen": "new"})
    assert response.status_code == 409
    assert "withdrew the application meanwhile" in response.text
    with pytest.raises(StaleState):
        application.move(NOON, rex, "hired", seen="new")


def test_of_a_withdrawn_application_the_team_reads_no_more_than_that(as_, olga, application):
    application.withdraw(NOON)
    listed, page, resume = (as_(olga).get(address) for address in pages(application))
    for response in (listed, page):
        assert "Nora Vance" in response.text
        assert "Withdrawn" in response.text
        for words in SECRETS:
            assert words not in response.text
    assert resume.status_code == 404
    assert "Set the state" not in page.text


def test_the_list_narrows_to_one_state(as_, olga, nora, ben, send):
    send(nora)
    send(ben).withdraw(NOON)
    address = reverse("hiring_applicants", args=[Application.objects.first().posting_id])
    for query, seen, unseen in [("new", "Nora Vance", "Ben Ortiz"), ("withdrawn", "Ben Ortiz", "Nora Vance")]:
        page = as_(olga).get(address, {"state": query}).text
        assert seen in page
        assert unseen not in page
    assert "Nobody is in this state" in as_(olga).get(address, {"state": "hired"}).text
    assert "Nora Vance" in as_(olga).get(address, {"state": "nonsense", "page": "x"}).text


def test_a_posting_without_applications_says_so(as_, olga, posting):
    assert "No applications yet" in as_(olga).get(reverse("hiring_applicants", args=[posting.pk])).text


def test_the_list_asks_the_same_of_the_database_however_long(as_, olga, send, django_assert_max_num_queries):
    for _ in range(55):
        application = send(make_user())
    client = as_(olga)
    for address in pages(application)[:2]:
        with django_assert_max_num_queries(8):
            page = client.get(address).text
    assert "What happened so far" in page
