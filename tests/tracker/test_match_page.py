"""The match on a posting's page, and the way from what is unknown to where it is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Credential, Profile
from tests.factories import make_posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile(carl):
    return Profile.objects.create(user=carl, state="OH", specialties=["spine"])


def test_it_groups_what_is_met_what_is_not_and_what_is_unknown(as_, carl, profile):
    Credential.objects.create(profile=profile, abbreviation="CPC", expires=timezone.localdate() - timedelta(days=1))
    posting = make_posting(
        credentials_required=["CPC"], years_min=2, specialties=["spine"], remote_states=["OH"], software=["epic"]
    )
    page = as_(carl).get(posting.get_absolute_url()).text
    met, unmet, unknown = (page.index(f"match-group--{each}") for each in ("met", "unmet", "unknown"))
    assert met < page.index("Specialty: Spine and neurosurgery") < unmet
    assert unmet < page.index("Your CPC expired on") < unknown
    assert unknown < page.index("2 years of experience or more")
    assert 'href="/me/edit/#id_years"' in page
    assert 'href="/me/edit/#id_software"' in page
    assert 'href="/me/credentials/add/"' in page


def test_the_fields_it_leads_to_exist(as_, carl, profile):
    page = as_(carl).get("/me/edit/").text
    for field in ("years", "state", "city", "specialties", "software"):
        assert f'id="id_{field}' in page


def test_an_empty_profile_is_told_what_to_do(as_, carl):
    page = as_(carl).get(make_posting(years_min=2).get_absolute_url()).text
    assert "Your profile is empty" in page
    assert "match-group" not in page


def test_a_guest_has_none(client):
    assert "match-title" not in client.get(make_posting().get_absolute_url()).text


def test_it_costs_one_query(as_, carl, profile, django_assert_max_num_queries):
    Credential.objects.create(profile=profile, abbreviation="CPC")
    Credential.objects.create(profile=profile, abbreviation="CCS")
    posting = make_posting(credentials_required=["CPC"], specialties=["spine"])
    browser = as_(carl)
    browser.get(posting.get_absolute_url())
    with django_assert_max_num_queries(9):
        browser.get(posting.get_absolute_url())
