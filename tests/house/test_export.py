"""What a person takes along: everything the privacy page says, and nothing that is somebody else's."""

import json

import pytest
from django.utils import timezone

from accounts.privacy import exported
from jobboard.alerts.models import SavedSearch
from jobboard.screening.models import Screening
from jobboard.tracker.models import HiddenEmployer, HiddenPosting, Seen, Tracked
from tests.factories import DAY, make_employer, make_posting, make_user
from tests.tracker.conftest import applied  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

NOTHING = {"saved": [], "hidden": [], "read": [], "hidden_employers": []}


def test_alerts_without_their_tokens() -> None:
    ada, at = make_user(), timezone.now()
    search = SavedSearch(user=ada, name="Spine work", query="q=spine", frequency="at-once")
    search.keep(at - DAY * 3)
    make_posting(title="Spine coder", published_at=at - DAY)
    SavedSearch.objects.update(next_run_at=at - DAY)
    assert search.run(at)
    (told,) = exported(ada)["alerts"]
    assert (told["name"], told["search"], told["told_of"][0]["posting"]) == ("Spine work", "q=spine", "Spine coder")
    assert search.token not in json.dumps(exported(ada))
    assert exported(make_user())["alerts"] == []


def test_the_list_of_jobs_with_its_notes() -> None:
    carl, other, at = make_user(), make_user(), timezone.now()
    row = Tracked.objects.save_for(carl, make_posting(title="Spine coder"), at)
    Tracked.objects.filter(pk=row.pk).update(note="Ask about Epic", applied_on=at.date())
    HiddenPosting.hide(carl, make_posting(title="Hip coder"), at)
    HiddenEmployer.hide(carl, make_employer("Rival Billing"), at)
    Seen.objects.note(carl, make_posting(title="Knee coder").pk, at)
    jobs = exported(carl)["jobs"]
    (saved,) = jobs["saved"]
    assert (saved["job"], saved["note"], saved["applied_on"]) == ("Spine coder", "Ask about Epic", f"{at:%Y-%m-%d}")
    assert [jobs["hidden"][0]["job"], jobs["read"][0]["job"]] == ["Hip coder", "Knee coder"]
    assert jobs["hidden_employers"][0]["employer"] == "Rival Billing"
    json.dumps(jobs)
    assert exported(other)["jobs"] == NOTHING


def test_answers_without_what_the_employer_expected(applied) -> None:  # noqa: F811
    nora = make_user()
    Screening.objects.create(
        application=applied(nora, make_posting(title="Spine coder")),
        answers=[{"question": "Do you hold a CPC?", "answer": "No", "need": "Yes", "met": False}],
        case="An invented case.",
        expected=["cpt:20680"],
        given=["cpt:99213"],
    )
    (told,) = exported(nora)["screening_answers"]
    assert told["answers"] == [{"question": "Do you hold a CPC?", "answer": "No"}]
    assert told["codes"] == ["cpt:99213"]
    assert "20680" not in json.dumps(exported(nora))
