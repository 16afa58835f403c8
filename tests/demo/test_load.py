"""What a load adds, when it adds nothing, and that it tells nobody by mail."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.hashers import identify_hasher

from accounts.models import User
from jobboard.demo.load import load
from jobboard.employers.models import Employer, Member
from jobboard.outbox.models import OutgoingMail
from jobboard.postings.models import Posting

PASSWORD = "open-chart-2026"


def rows() -> dict[str, list[dict[str, object]]]:
    """Every row of the tables that a load writes."""
    labels = ("accounts", "account", "employers", "postings", "applications", "alerts", "outbox", "moderation")
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


def test_an_empty_database_gets_all_of_it(loaded: datetime) -> None:
    counts = Counter(Posting.objects.standing(loaded).order_by().values_list("stands", flat=True))
    assert counts == {
        "live": 60,
        "draft": 4,
        "submitted": 4,
        "expired": 4,
        "closed": 5,
        "sent-back": 2,
        "held": 2,
        "paused": 1,
    }
    assert Employer.objects.count() == 12
    assert User.objects.filter(profile__isnull=False).count() == 12  # ten candidates, the coder and the member


def test_no_mail_is_written(loaded: datetime) -> None:
    assert not OutgoingMail.objects.exists()


def test_twice_changes_nothing(loaded: datetime) -> None:
    before = rows()
    assert not load(loaded + timedelta(days=1), PASSWORD)
    assert rows() == before


def test_what_somebody_did_in_the_demo_stays(loaded: datetime) -> None:
    employer = Employer.objects.get(slug="pelham-oduya-coding-audits")
    employer.name = "Oduya Audits"
    employer.edit(loaded, User.objects.get(email="staff@demo.example"))
    draft = Posting.objects.standing(loaded).get(stands="draft", employer=employer)
    draft.discard()
    retitled = Posting.objects.get(title="Team Lead, Surgical Coding")
    retitled.title = "Another title"
    retitled.save()
    assert not load(loaded + timedelta(days=1), PASSWORD)
    assert Posting.objects.count() == 81


def test_an_absent_employer_comes_back_with_its_postings(loaded: datetime) -> None:
    Posting.objects.filter(employer__slug="hollowreed-behavioral-health").delete()
    Employer.objects.get(slug="hollowreed-behavioral-health").delete()
    assert load(loaded, PASSWORD) == {"employers": 1, "postings": 5}


def test_an_absent_coder_comes_back_with_applications_and_searches(loaded: datetime) -> None:
    User.objects.get(email="coder@demo.example").delete()
    assert load(loaded, PASSWORD) == {"people": 1, "applications": 3, "searches": 2, "requests": 2}


def test_an_absent_recruiter_comes_back_to_the_team(loaded: datetime) -> None:
    User.objects.get(email="recruiter@demo.example").delete()
    assert load(loaded, PASSWORD) == {"people": 1}
    member = Member.objects.get(user__email="recruiter@demo.example")
    assert (member.employer.name, member.role) == ("Larkmere Health", "recruiter")


def test_a_load_with_nothing_to_do_is_cheap(
    loaded: datetime, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries
) -> None:
    checked = []
    monkeypatch.setattr(
        "jobboard.demo.people.identify_hasher", lambda encoded: checked.append(encoded) or identify_hasher(encoded)
    )
    with django_assert_max_num_queries(8):
        load(loaded, PASSWORD)
    assert len(checked) == 1
