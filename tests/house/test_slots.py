"""Slots: a higher app shows something on a lower app's page, which never learns its name."""

import pytest
from django.http import HttpRequest
from django.test import Client
from django.utils.safestring import SafeString

from jobboard import slots
from jobboard.postings.models import Posting
from tests.factories import make_posting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    """No provider of the product, and none left behind."""
    monkeypatch.setattr(slots, "_providers", {name: [] for name in slots.SLOTS})
    monkeypatch.setattr(slots, "_cards", [])


def title(_request: HttpRequest, posting: Posting) -> str:
    return SafeString(f"<i>{posting.pk} by slot</i>")


@pytest.mark.parametrize("slot", ["posting-apply", "posting-body", "posting-aside", "posting-end"])
def test_a_posting_shows_what_was_registered(client: Client, slot: str) -> None:
    posting = make_posting()
    slots.register(slot, title)
    assert client.get(posting.get_absolute_url()).text.count(f"<i>{posting.pk} by slot</i>") == 1


def test_registered_twice_shows_once(client: Client) -> None:
    posting = make_posting()
    slots.register("posting-end", title)
    slots.register("posting-end", title)
    assert client.get(posting.get_absolute_url()).text.count("by slot") == 1


def test_cards_are_asked_for_all_at_once(client: Client) -> None:
    first, second = make_posting(), make_posting()
    asked = []

    def count(_request: HttpRequest, postings: list[Posting]) -> dict[int, str]:
        asked.append({each.pk for each in postings})
        return {first.pk: SafeString("<i>this one</i>")}

    slots.register_cards(count)
    assert client.get("/jobs/").text.count("<i>this one</i>") == 1
    assert asked == [{first.pk, second.pk}]


def test_there_is_no_slot_of_another_name() -> None:
    with pytest.raises(KeyError):
        slots.register("elsewhere", title)
