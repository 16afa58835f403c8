"""Changing a posting, alone and beside a colleague."""

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import State
from tests.factories import make_posting
from tests.hiring.forms import bare, typed


def address(posting: Posting) -> str:
    return f"/hiring/postings/{posting.pk}/edit/"


def seen(posting: Posting) -> dict[str, str]:
    return {"seen": posting.edited_at.isoformat()}


def test_a_recruiter_edits_a_draft(as_, rita: User, harbor: Employer) -> None:
    posting = make_posting(State.DRAFT, employer=harbor)
    response = as_(rita).post(address(posting), typed(title="Spine coder", next="edit", **seen(posting)))
    assertRedirects(response, address(posting))
    posting.refresh_from_db()
    assert (posting.title, posting.slug, posting.state_at(timezone.now())) == ("Spine coder", "spine-coder", "draft")


def test_the_form_shows_what_is_stored(as_, rita: User, harbor: Employer) -> None:
    posting = make_posting(
        State.DRAFT, employer=harbor, code_families=["cpt:27", "icd-10-cm:M545"], pay_unit="chart", units_per_hour=12
    )
    response = as_(rita).get(address(posting))
    assertContains(response, 'value="CPT 27, ICD-10-CM M54.5"')
    assertContains(response, "about $360 to $480 an hour ($30 to $40 per chart × 12 charts an hour)")


def test_editing_a_live_posting_keeps_it_live(as_, rita: User, harbor: Employer) -> None:
    posting = make_posting(State.LIVE, employer=harbor)
    response = as_(rita).post(address(posting), typed(title="Spine coder", **seen(posting)), follow=True)
    assertContains(response, "stays at its address")
    posting.refresh_from_db()
    assert list(Posting.objects.live(timezone.now())) == [posting]
    assert list(Posting.objects.changed_since_approval(timezone.now())) == [posting]
    event = posting.events.get()
    assert event.kind == "edited"
    assert event.reason.startswith("Changed: title, description, ")
    assert "roles" not in event.reason
    assertContains(response, "Changed: title, description, ")


def test_saving_it_unchanged_changes_nothing(as_, rita: User, harbor: Employer) -> None:
    client = as_(rita)
    posting = make_posting(State.DRAFT, employer=harbor)
    client.post(address(posting), typed(**seen(posting)))
    posting.refresh_from_db()
    client.post(address(posting), typed(**seen(posting)))
    assert Posting.objects.get().edited_at == posting.edited_at


def test_what_a_live_posting_would_lack_is_said_at_the_field(as_, rita: User, harbor: Employer) -> None:
    posting = make_posting(State.LIVE, employer=harbor)
    response = as_(rita).post(address(posting), bare(workplace="hybrid", pay_min="5", **seen(posting)))
    for says in ("Describe the work.", "Choose at least one role.", "needs a city.", "Say what the pay is for"):
        assertContains(response, says, status_code=422)
    posting.refresh_from_db()
    assert posting.title == "Orthopedic coder"


def test_a_colleagues_version_is_not_overwritten_unseen(as_, rita: User, olga: User, harbor: Employer) -> None:
    posting = make_posting(State.DRAFT, employer=harbor)
    opened = seen(posting)
    as_(olga).post(address(posting), typed(title="Olga's title", **opened))
    response = as_(rita).post(address(posting), typed(title="Rita's title", city="Kept", **opened))
    assertContains(response, "A colleague saved another version", status_code=409)
    assertContains(response, "Yours differs from theirs in: Title, City.", status_code=409)
    assertContains(response, "Rita&#x27;s title", status_code=409)
    posting.refresh_from_db()
    assert posting.title == "Olga's title"
    fresh = seen(posting)["seen"]
    assertContains(response, f'value="{fresh}"', status_code=409)
    as_(rita).post(address(posting), typed(title="Rita's title", seen=fresh))
    posting.refresh_from_db()
    assert posting.title == "Rita's title"


@pytest.mark.parametrize("moment", ["", "yesterday", "\x00", "2026-01-01T10:00:00"])
def test_a_form_that_does_not_say_which_version_it_shows_is_refused(
    as_, rita: User, harbor: Employer, moment: str
) -> None:
    posting = make_posting(State.DRAFT, employer=harbor)
    assert as_(rita).post(address(posting), typed(title="New", seen=moment)).status_code == 422


@pytest.mark.parametrize("stands", [State.CLOSED, State.EXPIRED])
def test_what_has_ended_is_not_edited(as_, rita: User, harbor: Employer, stands: State) -> None:
    posting = make_posting(stands, employer=harbor)
    assertContains(
        as_(rita).post(address(posting), typed(**seen(posting))), "stays as its readers saw it", status_code=409
    )


def test_closed_by_a_colleague_meanwhile(as_, rita: User, olga: User, harbor: Employer) -> None:
    posting = make_posting(State.LIVE, employer=harbor)
    client = as_(rita)
    assert client.get(address(posting)).status_code == 200
    posting.close(timezone.now(), olga, "cancelled")
    response = client.post(address(posting), typed(**seen(posting)))
    assertContains(response, "closed by Olga Owner", status_code=409)


def test_strangers_find_nothing_and_viewers_may_not(
    as_, rosa: User, carl: User, victor: User, harbor: Employer
) -> None:
    posting = make_posting(State.LIVE, employer=harbor)
    for person, status in ((rosa, 404), (carl, 404), (victor, 403)):
        assert as_(person).get(address(posting)).status_code == status
        assert as_(person).post(address(posting), typed(**seen(posting))).status_code == status
    posting.refresh_from_db()
    assert posting.title == "Orthopedic coder"


def test_it_cannot_be_moved_to_another_employer_or_state(as_, rita: User, harbor: Employer, rival: Employer) -> None:
    posting = make_posting(State.DRAFT, employer=harbor)
    forged = {"employer": rival.pk, "published_at": "2026-01-01", "slug": "x", "outcome": "cancelled", "created_by": 1}
    as_(rita).post(address(posting), typed(**forged, **seen(posting)))
    posting.refresh_from_db()
    assert (posting.employer, posting.published_at, posting.slug, posting.outcome) == (
        harbor,
        None,
        "orthopedic-coder",
        "",
    )


def test_the_reason_of_staff_stands_above_the_form(as_, rita: User, harbor: Employer) -> None:
    posting = make_posting(State.SENT_BACK, employer=harbor, sent_back_reason="Name the <pay>.")
    response = as_(rita).get(address(posting))
    assertContains(response, "Name the &lt;pay&gt;.")
    assertNotContains(response, "Save the draft")


def test_it_takes_few_queries(as_, rita: User, harbor: Employer, django_assert_max_num_queries) -> None:
    posting = make_posting(State.LIVE, employer=harbor)
    client = as_(rita)
    with django_assert_max_num_queries(5):
        client.get(address(posting))
