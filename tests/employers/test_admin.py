"""Staff suspend and readmit employers in the admin."""

from django.utils import timezone
from pytest_django.asserts import assertContains

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from tests.factories import make_posting

LIST = "/admin/employers/employer/"


def test_a_suspended_employers_postings_vanish_until_it_is_readmitted(as_, stella: User, harbor: Employer) -> None:
    stella.is_superuser = True
    stella.save()
    make_posting(employer=harbor)
    client = as_(stella)
    client.post(LIST, {"action": "suspend", "_selected_action": [harbor.pk]})
    assert not Posting.objects.live(timezone.now()).exists()
    assert client.get("/employers/harbor-coding/").status_code == 404
    client.post(LIST, {"action": "readmit", "_selected_action": [harbor.pk]})
    assert Posting.objects.live(timezone.now()).exists()


def test_an_employer_is_shown(as_, stella: User, olga: User, harbor: Employer) -> None:
    stella.is_superuser = True
    stella.save()
    assertContains(as_(stella).get(f"{LIST}{harbor.pk}/change/"), "olga@harbor.example")


def test_nobody_else_comes_in(as_, olga: User, harbor: Employer) -> None:
    assert as_(olga).post(LIST, {"action": "suspend", "_selected_action": [harbor.pk]}).status_code == 302
    harbor.refresh_from_db()
    assert harbor.suspended_at is None
