"""Staff grant memberships and keep people in the admin."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Membership, User
from accounts.reader import Tier
from tests.accounts.conftest import reader_of, signed_in

pytestmark = pytest.mark.django_db

GRANT = "/admin/accounts/membership/add/"


def span(starts, ends=None) -> dict[str, str]:
    """The form's fields for a membership from one moment to another, in the site's zone."""
    form = {"ends_at_0": "", "ends_at_1": ""}
    for name, moment in (("starts_at", starts), ("ends_at", ends)):
        if moment:
            local = timezone.localtime(moment)
            form |= {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M:%S}"}
    return form


def test_a_grant_makes_somebody_registered_and_keeps_who_granted_it(sue, ann):
    now = timezone.now()
    form = span(now - timedelta(minutes=5), now + timedelta(days=30)) | {"user": ann.pk, "note": "Pilot"}
    assert reader_of(user=ann).tier is Tier.FREE

    answer = signed_in(sue).post(GRANT, form | {"granted_by": ann.pk, "source": "bought"})

    assert answer.status_code == 302
    granted = Membership.objects.get()
    assert (granted.granted_by, granted.source, granted.note) == (sue, "granted", "Pilot")
    ann = User.objects.get(pk=ann.pk)
    assert reader_of(user=ann).tier is Tier.REGISTERED
    assert all(reader_of(user=ann).open(f"cpt:{n}").granted for n in range(10))


def test_whoever_changes_it_later_did_not_grant_it(sue, mia):
    other = User.objects.create_superuser("other@example.com", "x")
    membership = Membership.objects.get()
    Membership.objects.update(granted_by=other)
    now = timezone.now()

    page = f"/admin/accounts/membership/{membership.pk}/change/"
    signed_in(sue).post(page, span(now - timedelta(days=2), now - timedelta(days=1)) | {"user": mia.pk, "note": ""})

    membership.refresh_from_db()
    assert membership.granted_by == other
    assert reader_of(user=mia).tier is Tier.FREE, "it has ended"


def test_an_end_before_the_start_is_refused_in_words(sue, ann):
    now = timezone.now()

    answer = signed_in(sue).post(GRANT, span(now, now - timedelta(days=1)) | {"user": ann.pk, "note": ""})

    assert "A membership must end after it starts." in answer.text
    assert not Membership.objects.exists()


def test_the_form_starts_now(sue):
    today = timezone.localtime(timezone.now())

    assert f'value="{today:%Y-%m-%d}"' in signed_in(sue).get(GRANT).text


def test_of_several_memberships_the_one_that_lasts_longest_counts(ann):
    now = timezone.now()
    for days in (5, 50, 10):
        Membership.objects.create(user=ann, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=days))
    assert ann.membership(now).ends_at == now + timedelta(days=50)

    endless = Membership.objects.create(user=ann, starts_at=now)
    assert ann.membership(now) == endless
    assert ann.membership(now - timedelta(days=2)) is None


def test_people_are_made_and_changed_by_address(sue):
    client = signed_in(sue)

    client.post(
        "/admin/accounts/user/add/",
        {"email": "New@Example.com", "name": "New", "usable_password": "true", "password1": "broken-femur-9"}
        | {"password2": "broken-femur-9"},
    )

    new = User.objects.get(email="new@example.com")
    assert new.check_password("broken-femur-9")
    page = f"/admin/accounts/user/{new.pk}/change/"
    assert client.get(page).status_code == 200
    assert "already exists" in client.post(page, {"email": "SUE@example.com", "name": "New"}).text


@pytest.mark.parametrize("model", ["user", "membership", "profile"])
def test_lists_and_searches_work(sue, mia, model, django_assert_max_num_queries):
    client = signed_in(sue)

    with django_assert_max_num_queries(10):
        assert client.get(f"/admin/accounts/{model}/", {"q": "mia"}).status_code == 200


def test_those_who_are_no_staff_grant_nothing(ann):
    answer = signed_in(ann).post(GRANT, span(timezone.now()) | {"user": ann.pk, "note": ""})

    assert answer.status_code == 302
    assert not Membership.objects.exists()
