"""The places that an employer's page names."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from jobboard.employers.models import Employer, Site
from tests.factories import make_posting


def page(employer: Employer) -> str:
    return f"/hiring/employers/{employer.pk}/sites/"


TULSA = {"name": "North  Clinic", "city": " Tulsa ", "state": "OK"}


def test_sites_are_named_and_removed(as_, client: Client, olga: User, harbor: Employer) -> None:
    make_posting(employer=harbor)
    owner = as_(olga)
    assertRedirects(owner.post(page(harbor), TULSA), page(harbor))
    site = Site.objects.get()
    assert str(site) == "North Clinic, Tulsa, OK"
    assertContains(client.get(harbor.get_absolute_url()), "<strong>North Clinic</strong>, Tulsa, OK")
    assertRedirects(owner.post(f"{page(harbor)}{site.pk}/remove/"), page(harbor))
    assert owner.post(f"{page(harbor)}{site.pk}/remove/").status_code == 404
    assert not Site.objects.exists()


@pytest.mark.parametrize(
    "change", [{"city": ""}, {"state": ""}, {"state": "XX"}, {"city": "a\x00b"}, {"name": "x" * 81}]
)
def test_what_is_no_site(as_, olga: User, harbor: Employer, change: dict[str, str]) -> None:
    assert as_(olga).post(page(harbor), TULSA | change).status_code == 422
    assert not Site.objects.exists()


def test_twice_and_too_many(as_, olga: User, harbor: Employer, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = as_(olga)
    owner.post(page(harbor), TULSA)
    assertContains(owner.post(page(harbor), TULSA | {"city": "TULSA"}), "on the page already", status_code=409)
    monkeypatch.setattr(Site, "MOST", 1)
    assertContains(owner.post(page(harbor), TULSA | {"city": "Enid"}), "Remove one first", status_code=429)
    assert Site.objects.count() == 1


def test_who_may(as_, rita: User, rosa: User, olga: User, harbor: Employer, rival: Employer) -> None:
    for person, status in ((rita, 403), (rosa, 404)):
        assert as_(person).post(page(harbor), TULSA).status_code == status
        assert as_(person).get(page(harbor)).status_code == status
    as_(olga).post(page(harbor), TULSA)
    site = Site.objects.get()
    assert as_(rosa).post(f"{page(rival)}{site.pk}/remove/").status_code == 404
    harbor.suspend(timezone.now())
    assert as_(olga).post(page(harbor), TULSA).status_code == 403
