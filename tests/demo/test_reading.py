"""Figures and a coder's own list in the demo data."""

from datetime import datetime

from jobboard.statistics.models import DayCount, today
from jobboard.tracker.models import Tracked


def test_published_postings_were_read_since_they_were_published(loaded: datetime) -> None:
    rows = DayCount.objects.select_related("posting")
    assert rows.filter(posting__employer__slug="larkmere-health").exists()
    for row in rows:
        assert row.posting.published_at is not None
        assert today(row.posting.published_at) <= row.day <= today(loaded)
        assert row.clicks <= row.views >= row.readers > 0


def test_a_coder_keeps_some_jobs(loaded: datetime) -> None:
    assert Tracked.objects.filter(user__email="coder@demo.example").count() == 3
    assert Tracked.objects.exclude(note="").count() == 1
