"""Writing step by step: each is saved by itself, complete or not, and in the background until staff see it."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings import steps
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import State
from tests.factories import make_posting
from tests.hiring.forms import typed
from tests.html import attribute, by_id, tree

KEYS = ["job", "requirements", "place", "pay", "apply"]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(harbor: Employer, rita: User) -> Posting:
    posting = Posting(employer=harbor, title="Spine coder")
    posting.save_draft(timezone.now(), rita)
    return posting


def address(posting: Posting, key: str) -> str:
    return f"/hiring/postings/{posting.pk}/write/{key}/"


def part(posting: Posting, key: str, **changes: object) -> dict[str, object]:
    """What is typed into one step."""
    posting.refresh_from_db()
    step = steps.named(key)
    assert step is not None
    whole = typed(seen=posting.edited_at.isoformat())
    return {name: value for name, value in whole.items() if name in {*step.fields, "seen"}} | changes


def test_a_posting_is_written_from_the_first_step_to_the_last(as_, rita: User, draft: Posting) -> None:
    client, following = as_(rita), [address(draft, key) for key in KEYS[1:]]
    following.append(f"/hiring/postings/{draft.pk}/questions/")  # the step that screening adds
    for key, then in zip(KEYS, following, strict=True):
        assertRedirects(client.post(address(draft, key), part(draft, key)), then)
    assertContains(client.get(following[-1]), address(draft, "review"))
    assertContains(client.get(address(draft, "review")), "It is complete.")
    client.post(f"/hiring/postings/{draft.pk}/submit/")
    draft.refresh_from_db()
    assert draft.state_at(timezone.now()) == State.SUBMITTED
    assert (draft.roles, draft.years_min, draft.remote_states, draft.pay_unit) == (["coder"], 2, ["TX", "FL"], "chart")


def test_every_column_of_the_form_has_one_step() -> None:
    fields = [field for step in steps.written() for field in step.fields]
    assert sorted(fields) == sorted(set(Posting.CONTENT) - {"pay_currency"})


def test_an_incomplete_step_is_saved_too(as_, rita: User, draft: Posting) -> None:
    response = as_(rita).post(address(draft, "place"), part(draft, "place", workplace="hybrid", remote_states=[]))
    assertRedirects(response, address(draft, "pay"))
    draft.refresh_from_db()
    assert (draft.workplace, draft.city) == ("hybrid", "")
    page = as_(rita).get(address(draft, "pay"))
    assertContains(page, "2 needed")  # city and state
    assertContains(as_(rita).get(address(draft, "review")), f"{address(draft, 'place')}#id_city")


def test_a_step_leaves_the_others_alone(as_, rita: User, harbor: Employer) -> None:
    posting = make_posting(State.DRAFT, employer=harbor, pay_min=31, city="Kept")
    as_(rita).post(address(posting, "job"), part(posting, "job", pay_min="1", city="Forged"))
    posting.refresh_from_db()
    assert (posting.pay_min, posting.city, posting.specialties) == (31, "Kept", ["orthopedics", "spine"])


@pytest.mark.parametrize(
    ("wish", "leads_to"),
    [
        ("apply", "write/apply/"),
        ("review", "write/review/"),
        ("leave", ""),
        ("preview", "preview/"),
        ("nowhere", "write/pay/"),
    ],
)
def test_the_button_says_where_to_go_next(as_, rita: User, draft: Posting, wish: str, leads_to: str) -> None:
    response = as_(rita).post(address(draft, "place"), part(draft, "place", next=wish))
    assertRedirects(response, f"/hiring/postings/{draft.pk}/{leads_to}")
    draft.refresh_from_db()
    assert draft.workplace == "remote"


def test_nonsense_keeps_the_step_and_what_was_typed(as_, rita: User, draft: Posting) -> None:
    response = as_(rita).post(address(draft, "pay"), part(draft, "pay", pay_min="a lot", next="job"))
    assertContains(response, "Enter a number.", status_code=422)
    assertContains(response, 'value="a lot"', status_code=422)


def test_a_colleagues_version_is_not_overwritten_unseen(as_, rita: User, olga: User, draft: Posting) -> None:
    opened = part(draft, "job", title="Rita's title")
    as_(olga).post(address(draft, "job"), part(draft, "job", title="Olga's title"))
    response = as_(rita).post(address(draft, "job"), opened)
    assertContains(response, "A colleague saved another version", status_code=409)
    assertContains(response, "Yours differs from theirs in: Title.", status_code=409)
    draft.refresh_from_db()
    assert draft.title == "Olga's title"


def test_the_same_content_twice_is_no_quarrel(as_, rita: User, draft: Posting) -> None:
    sent = part(draft, "job")
    as_(rita).post(address(draft, "job"), sent)
    assertRedirects(as_(rita).post(address(draft, "job"), sent), address(draft, "requirements"))


# Saving in the background


def test_a_draft_is_saved_while_it_is_typed(as_, rita: User, draft: Posting) -> None:
    before = draft.edited_at
    response = as_(rita).post(address(draft, "pay"), part(draft, "pay"), headers=HTMX)
    draft.refresh_from_db()
    assert draft.edited_at > before
    assert draft.pay_unit == "chart"
    assertContains(response, "Saved")
    assertContains(response, "about $30 to $36 an hour")
    assert "<html" not in response.text
    fresh = attribute(by_id(tree(response.text), "id_seen"), "value")
    again = as_(rita).post(address(draft, "pay"), part(draft, "pay", pay_max="4") | {"seen": fresh}, headers=HTMX)
    assert again.status_code == 200
    draft.refresh_from_db()
    assert draft.pay_max == 4


def test_it_never_overwrites_a_colleagues_version(as_, rita: User, olga: User, draft: Posting) -> None:
    opened = part(draft, "job", title="Rita's title")
    as_(olga).post(address(draft, "job"), part(draft, "job", title="Olga's title"))
    response = as_(rita).post(address(draft, "job"), opened, headers=HTMX)
    assertContains(response, "A colleague saved another version", status_code=409)
    assertNotContains(response, 'name="seen"', status_code=409)  # the next save must still find out
    draft.refresh_from_db()
    assert draft.title == "Olga's title"


def test_what_cannot_be_read_is_not_saved_and_named(as_, rita: User, draft: Posting) -> None:
    response = as_(rita).post(address(draft, "pay"), part(draft, "pay", pay_min="a lot"), headers=HTMX)
    assertContains(response, "look at From, US dollars", status_code=422)
    draft.refresh_from_db()
    assert draft.pay_unit == ""


@pytest.mark.parametrize("stands", [State.SUBMITTED, State.SENT_BACK, State.LIVE, State.PAUSED, State.HELD])
def test_what_staff_have_seen_is_saved_only_by_its_button(as_, rita: User, harbor: Employer, stands: State) -> None:
    posting = make_posting(stands, employer=harbor)
    whole = typed(title="Another title", seen=posting.edited_at.isoformat())
    response = as_(rita).post(f"/hiring/postings/{posting.pk}/edit/", whole, headers=HTMX)
    assertContains(response, "of 12")  # what is lacking is still told
    assertNotContains(response, "Saved")
    posting.refresh_from_db()
    assert posting.title == "Orthopedic coder"


# Who may, and what is there


@pytest.mark.parametrize("key", [*KEYS, "review"])
def test_who_may_write_and_read_each_step(
    as_, rosa: User, carl: User, victor: User, stella: User, rita: User, draft: Posting, key: str
) -> None:
    for person, status in ((rosa, 404), (carl, 404), (stella, 404), (victor, 403), (rita, 200)):
        assert as_(person).get(address(draft, key)).status_code == status
    for person, status in ((rosa, 404), (victor, 403)):
        for headers in ({}, HTMX):
            sent = {"title": "Forged", "seen": draft.edited_at.isoformat()}
            assert as_(person).post(address(draft, key), sent, headers=headers).status_code == status
    assert Client().get(address(draft, key)).status_code == 302
    assert as_(rita).put(address(draft, key)).status_code == 405
    draft.refresh_from_db()
    assert draft.title == "Spine coder"


def test_there_are_no_other_steps_and_the_last_takes_nothing(as_, rita: User, draft: Posting) -> None:
    for key in ("nothing", "seen", "x" * 300):
        assert as_(rita).get(address(draft, key)).status_code == 404
    assert as_(rita).post(address(draft, "review"), {}).status_code == 405


@pytest.mark.parametrize("stands", [State.CLOSED, State.EXPIRED])
def test_what_has_ended_is_written_no_more(as_, rita: User, harbor: Employer, stands: State) -> None:
    posting = make_posting(stands, employer=harbor)
    for key in ("job", "review"):
        assertContains(as_(rita).get(address(posting, key)), "stays as its readers saw it", status_code=409)


def test_a_step_shows_the_way_and_what_may_be_missed(as_, rita: User, draft: Posting) -> None:
    page = as_(rita).get(address(draft, "requirements"))
    assertContains(page, 'aria-current="step"', count=1)
    assertContains(page, 'form="posting-form" name="next" value="pay"')
    assertContains(page, "What coders ask for")
    assertContains(page, "Pay-transparency laws")


def test_a_higher_app_adds_a_step(as_, rita: User, draft: Posting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "_added", [])
    extra = steps.Step(
        "questions", "Questions", "What you ask.", address="posting_preview", note=lambda _: "3 questions"
    )
    steps.register(extra)
    steps.register(extra)
    page = as_(rita).get(address(draft, "job"))
    assertContains(page, "3 questions", count=1)
    response = as_(rita).post(address(draft, "apply"), part(draft, "apply"))
    assertRedirects(response, f"/hiring/postings/{draft.pk}/preview/")
    assert as_(rita).get(address(draft, "questions")).status_code == 404  # it has a page of its own


def test_it_takes_few_queries(as_, rita: User, draft: Posting, django_assert_max_num_queries) -> None:
    client = as_(rita)
    for key in [*KEYS, "review"]:
        with django_assert_max_num_queries(7):
            client.get(address(draft, key))
