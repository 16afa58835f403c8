"""The sign-ins that DESIGN promises, and what each of them may do."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.test import Client
from django.urls import reverse

from accounts.models import User
from jobboard.alerts.models import SavedSearch
from jobboard.applications.models import Application
from jobboard.demo.load import load, shut_out
from jobboard.employers.models import Member

PASSWORD = "open-chart-2026"
SIGN_INS = ["coder", "member", "employer", "recruiter", "rival", "staff"]


def test_everybody_signs_in_with_the_printed_password(loaded: datetime) -> None:
    for name in SIGN_INS:
        client = Client()
        email = f"{name}@demo.example"
        response = client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
        assert response.status_code == 302
        assert client.session["_auth_user_id"] == str(User.objects.get(email=email).pk)


def test_every_address_is_verified(loaded: datetime) -> None:
    verified = EmailAddress.objects.filter(verified=True, primary=True).values_list("email", flat=True)
    assert set(verified) == set(User.objects.values_list("email", flat=True))


def test_only_the_member_is_registered(loaded: datetime) -> None:
    assert [user.email for user in User.objects.all() if user.membership(loaded)] == ["member@demo.example"]


def test_only_staff_opens_the_admin(loaded: datetime) -> None:
    assert User.objects.get(is_staff=True).email == "staff@demo.example"
    assert User.objects.get(is_superuser=True).email == "staff@demo.example"


def test_two_teams_with_demo_sign_ins(loaded: datetime) -> None:
    seats = Member.objects.filter(user__email__endswith="@demo.example")
    assert {(seat.user.email, seat.employer.name, seat.role) for seat in seats.select_related("user", "employer")} == {
        ("employer@demo.example", "Larkmere Health", "owner"),
        ("recruiter@demo.example", "Larkmere Health", "recruiter"),
        ("rival@demo.example", "Quillstone Revenue Services", "owner"),
    }


def test_the_coder_has_something_to_look_at(loaded: datetime) -> None:
    coder = User.objects.get(email="coder@demo.example")
    assert Application.objects.for_candidate(coder).count() == 3
    assert SavedSearch.objects.for_user(coder).count() == 2


def test_another_password_is_set_for_all(loaded: datetime) -> None:
    assert not load(loaded, "closed-chart-2027")
    for name in SIGN_INS:
        assert authenticate(username=f"{name}@demo.example", password="closed-chart-2027")
        assert not authenticate(username=f"{name}@demo.example", password=PASSWORD)


def test_a_password_that_a_visitor_changed_is_the_printed_one_again(loaded: datetime) -> None:
    coder = User.objects.get(email="coder@demo.example")
    coder.set_password("mine-alone-77")
    coder.save()
    load(loaded, PASSWORD)
    assert authenticate(username="coder@demo.example", password=PASSWORD)


def test_people_are_valid(loaded: datetime) -> None:
    for user in User.objects.select_related("profile").prefetch_related("profile__credentials"):
        user.full_clean()
        if hasattr(user, "profile"):
            user.profile.full_clean()
            for held in user.profile.credentials.all():
                held.full_clean()


def test_outside_demo_mode_nobody_signs_in_with_the_public_password(loaded: datetime) -> None:
    real = User.objects.create_user("real@example.org", PASSWORD)
    assert shut_out() == User.objects.exclude(pk=real.pk).count()
    assert authenticate(email="staff@demo.example", password=PASSWORD) is None
    assert authenticate(email="real@example.org", password=PASSWORD) == real
    load(loaded, PASSWORD)
    assert authenticate(email="staff@demo.example", password=PASSWORD) is not None
