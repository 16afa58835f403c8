"""A load into an empty database."""

from datetime import datetime

import pytest
from django.core.files.storage import default_storage

from accounts.models import User
from jobboard.demo.load import load
from jobboard.postings.models import Posting

PASSWORD = "open-chart-2026"


def test_it_reports_what_it_added(db: None, at: datetime) -> None:
    assert load(at, PASSWORD) == {
        "people": 26,
        "employers": 12,
        "postings": 82,
        "applications": 29,
        "searches": 7,
        "requests": 2,
    }


def test_a_load_that_fails_leaves_nothing(db: None, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(default_storage, "save", fail)
    with pytest.raises(OSError, match="disk full"):
        load(at, PASSWORD)
    assert not User.objects.exists()
    assert not Posting.objects.exists()


def test_a_load_later_in_the_year_has_the_same_states(db: None) -> None:
    """Ages are relative, so no state depends on the day of the month, the hour or daylight saving time."""
    at = datetime.fromisoformat("2027-03-14T06:59:00+00:00")
    load(at, PASSWORD)
    assert Posting.objects.live(at).count() == 60
    assert Posting.objects.ended(at).count() == 9
