"""Templates: kept from a posting, started from, renamed, deleted, by those who write for the team."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting, Template
from jobboard.postings.vocabulary import State
from tests.factories import make_posting

STEPS = ["start", "rename", "delete"]


@pytest.fixture
def template(harbor: Employer, olga: User) -> Template:
    posting = make_posting(
        State.CLOSED, employer=harbor, units_per_hour="12.5", unpaid=["queries"], closes_on="2026-12-01"
    )
    return Template.keep(posting, "Orthopedics", timezone.now(), olga)


def test_a_posting_is_kept_as_a_template(as_, rita: User, harbor: Employer) -> None:
    posting = make_posting(employer=harbor)
    response = as_(rita).post(f"/hiring/postings/{posting.pk}/template/", {"name": "  Remote   orthopedics "})
    assertRedirects(response, f"/hiring/employers/{harbor.pk}/templates/")
    template = Template.objects.get()
    assert (template.name, template.created_by, template.title) == ("Remote orthopedics", rita, "Orthopedic coder")


def test_a_posting_starts_from_it(as_, rita: User, template: Template) -> None:
    response = as_(rita).post(f"/hiring/templates/{template.pk}/start/")
    posting = Posting.objects.latest("pk")
    assertRedirects(response, f"/hiring/postings/{posting.pk}/write/job/")
    assert (posting.state_at(timezone.now()), posting.closes_on, posting.created_by) == (State.DRAFT, None, rita)
    assert (str(posting.units_per_hour), posting.unpaid, posting.roles) == ("12.50", ["queries"], ["coder"])
    assert Template.objects.get().used_at is not None


def test_what_the_product_no_longer_knows_is_left_out(rita: User, template: Template) -> None:
    template.content |= {"fax": "555", "published_at": "2026-01-01T00:00:00Z"}
    posting = template.start(timezone.now(), rita)
    assert (posting.title, posting.published_at) == ("Orthopedic coder", None)


def test_the_first_step_of_a_new_posting_offers_them(as_, rita: User, harbor: Employer, template: Template) -> None:
    assertContains(as_(rita).get(f"/hiring/employers/{harbor.pk}/postings/new/"), "Orthopedics</button>")


def test_it_is_renamed_and_deleted(as_, rita: User, harbor: Employer, template: Template) -> None:
    as_(rita).post(f"/hiring/templates/{template.pk}/rename/", {"name": "Spine"})
    assertContains(as_(rita).get(f"/hiring/employers/{harbor.pk}/templates/"), "Spine")
    response = as_(rita).post(f"/hiring/templates/{template.pk}/delete/", follow=True)
    assertContains(response, "No template yet")
    assert Posting.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "This field is required."),
        ("x" * 81, "at most 80 characters"),
        ("A\x00B", "Null characters are not allowed."),
        ("Orthopedics", "Your team has a template of this name."),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    as_, rita: User, harbor: Employer, template: Template, name: str, says: str
) -> None:
    other = Template.keep(make_posting(employer=harbor), "Other", timezone.now(), rita)
    keeping = f"/hiring/postings/{make_posting(employer=harbor).pk}/template/"
    for address in (keeping, f"/hiring/templates/{other.pk}/rename/"):
        assertContains(as_(rita).post(address, {"name": name}), says, status_code=422)
    assert set(Template.objects.values_list("name", flat=True)) == {"Orthopedics", "Other"}


def test_a_team_keeps_only_so_many(as_, rita: User, harbor: Employer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Template, "MOST", 1)
    posting = make_posting(employer=harbor)
    as_(rita).post(f"/hiring/postings/{posting.pk}/template/", {"name": "One"})
    response = as_(rita).post(f"/hiring/postings/{posting.pk}/template/", {"name": "Two"})
    assertContains(response, "which is the most", status_code=422)


@pytest.mark.parametrize("step", STEPS)
def test_who_may(as_, rosa: User, carl: User, stella: User, victor: User, template: Template, step: str) -> None:
    address = f"/hiring/templates/{template.pk}/{step}/"
    for person, status in ((rosa, 404), (carl, 404), (stella, 404), (victor, 403)):
        assert as_(person).post(address, {"name": "Mine"}).status_code == status
    assert Client().post(address).status_code == 302
    assert as_(victor).get(address).status_code == 405
    template.refresh_from_db()
    assert template.name == "Orthopedics"
    assert Posting.objects.count() == 1


def test_viewers_read_the_list_and_strangers_do_not(
    as_, rosa: User, victor: User, harbor: Employer, template: Template
) -> None:
    address = f"/hiring/employers/{harbor.pk}/templates/"
    assertNotContains(as_(victor).get(address), "/start/")
    assert as_(rosa).get(address).status_code == 404
    assert as_(victor).post(address).status_code == 405


def test_nobody_starts_from_one_of_a_suspended_employer(as_, rita: User, harbor: Employer, template: Template) -> None:
    harbor.suspend(timezone.now())
    assert as_(rita).post(f"/hiring/templates/{template.pk}/start/").status_code == 403
    assertNotContains(as_(rita).get(f"/hiring/employers/{harbor.pk}/templates/"), "/start/")


def test_many_templates_take_few_queries(
    as_, rita: User, harbor: Employer, template: Template, django_assert_max_num_queries
) -> None:
    posting = make_posting(employer=harbor)
    for number in range(20):
        Template.keep(posting, f"Template {number}", timezone.now(), rita)
    client = as_(rita)
    with django_assert_max_num_queries(5):
        client.get(f"/hiring/employers/{harbor.pk}/templates/")
