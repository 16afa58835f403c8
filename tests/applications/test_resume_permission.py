"""Who on a team may download resumes: owners always, the others as their role has it until an owner says otherwise."""

import pytest
from django.urls import reverse

from jobboard.applications.models import Download
from jobboard.employers.models import Member
from tests.applications.conftest import NOON

pytestmark = pytest.mark.django_db


def allow(client, employer, person, allowed):
    member = Member.objects.get(user=person)
    return client.post(reverse("team_resumes", args=[employer.pk, member.pk]), {"allowed": allowed}, follow=True)


def take(client, application):
    response = client.post(reverse("hiring_resume", args=[application.pk]))
    assert b"".join(response)
    return response.status_code


@pytest.mark.parametrize(("role", "status"), [("olga", 200), ("rex", 200), ("vic", 403)])
def test_until_an_owner_says_so_it_goes_by_the_role(request, as_, application, role, status):
    person = request.getfixturevalue(role)
    assert take(as_(person), application) == status
    assert [each.by for each in Download.objects.all()] == ([person] if status == 200 else [])


def test_an_owner_allows_a_viewer_and_each_download_is_kept(as_, olga, vic, harbor, application):
    assert "Vic Lund may download resumes." in allow(as_(olga), harbor, vic, "yes").text
    page = as_(vic).get(application.get_hiring_url()).text
    assert reverse("hiring_resume", args=[application.pk]) in page
    assert "Set the state" not in page  # still a viewer in all else
    assert take(as_(vic), application) == 200
    assert Download.objects.get().by == vic


def test_an_owner_forbids_a_recruiter_who_still_decides(as_, olga, rex, harbor, application):
    assert "Rex Hale may no longer download resumes." in allow(as_(olga), harbor, rex, "no").text
    page = as_(rex).get(application.get_hiring_url()).text
    assert reverse("hiring_resume", args=[application.pk]) not in page
    assert "Set the state" in page
    assert take(as_(rex), application) == 403
    assert not Download.objects.exists()


def test_what_was_said_outlives_a_change_of_role(as_, olga, rex, harbor, application):
    allow(as_(olga), harbor, rex, "no")
    Member.objects.get(user=rex).change_role("viewer", olga)
    Member.objects.get(user=rex).change_role("recruiter", olga)
    assert take(as_(rex), application) == 403


def test_an_owner_always_may(as_, olga, harbor, application):
    allow(as_(olga), harbor, olga, "no")
    assert take(as_(olga), application) == 200


def test_only_owners_say_so(client, as_, rex, vic, rita, nora, harbor, application):
    for person in (rex, vic):
        assert allow(as_(person), harbor, vic, "yes").status_code == 403
    for stranger in (rita, nora):
        assert allow(as_(stranger), harbor, vic, "yes").status_code == 404
    assert take(as_(vic), application) == 403


def test_nonsense_is_refused_and_another_team_s_member_is_not_found(as_, olga, rita, vic, harbor, application):
    assert allow(as_(olga), harbor, vic, "maybe").status_code == 422
    assert allow(as_(olga), harbor, rita, "yes").status_code == 404


def test_nobody_takes_one_while_the_employer_is_suspended(as_, olga, harbor, application):
    harbor.suspend(NOON)
    assert take(as_(olga), application) == 403
