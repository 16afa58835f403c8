"""Notes and ratings: the team reads them, writers write them, and no candidate gets a byte of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jobboard.applications.models import Note, Rating, StaleState, TooLate
from tests.applications.conftest import NOON

pytestmark = pytest.mark.django_db


def note_address(application):
    return reverse("hiring_note", args=[application.pk])


def rating_address(application):
    return reverse("hiring_rating", args=[application.pk])


@pytest.fixture
def note(rex, application):
    return application.note(timezone.now(), rex, "Knows the lumbar codes.")


def of_note(note, name="hiring_note_edit"):
    return reverse(name, args=[note.application_id, note.pk])


def test_a_note_is_read_by_the_team_with_its_author_and_time(as_, rex, vic, application):
    as_(rex).post(note_address(application), {"text": "Knows the lumbar codes.\r\nAsk about <b>Epic</b>."})
    page = as_(vic).get(application.get_hiring_url()).text
    assert "Knows the lumbar codes.\nAsk about &lt;b&gt;Epic&lt;/b&gt;." in page
    assert "Note, by Rex Hale" in page


def test_the_candidate_gets_no_byte_of_either(as_, nora, rex, application, note):
    application.rate(NOON, rex, 2)
    page = as_(nora).get(application.get_absolute_url())
    for words in ("lumbar", "Note", "Rated", "Rating", "Rex"):
        assert words not in page.text


@pytest.mark.parametrize("text", ["", "  ", "x" * 4001, "a\0b"])
def test_a_note_that_is_none_is_refused_in_place(as_, rex, application, text):
    response = as_(rex).post(note_address(application), {"text": text})
    assert response.status_code == 422
    assert not Note.objects.exists()


def test_its_author_changes_it_within_a_day(as_, rex, note):
    assert "Knows the lumbar codes." in as_(rex).get(of_note(note)).text
    as_(rex).post(of_note(note), {"text": "Knows them well."})
    note.refresh_from_db()
    assert note.text == "Knows them well."
    assert note.edited_at
    assert as_(rex).post(of_note(note), {"text": ""}).status_code == 422


def test_after_a_day_it_is_the_record(as_, rex, application):
    old = application.note(timezone.now() - timedelta(days=2), rex, "Old.")
    assert as_(rex).post(of_note(old), {"text": "New."}).status_code == 409
    assert "team&#x27;s record" in as_(rex).post(of_note(old, "hiring_note_discard"), follow=True).text
    with pytest.raises(TooLate):
        old.discard(timezone.now(), rex)
    assert Note.objects.get().text == "Old."
    assert of_note(old) not in as_(rex).get(application.get_hiring_url()).text


def test_its_author_deletes_it(as_, rex, note):
    as_(rex).post(of_note(note, "hiring_note_discard"))
    assert not Note.objects.exists()


def test_a_note_is_not_a_colleague_s_nor_a_stranger_s_to_change(as_, olga, rita, vic, note):
    for person, status in ((olga, 404), (rita, 404), (vic, 403)):
        assert as_(person).post(of_note(note), {"text": "Mine."}).status_code == status
        assert as_(person).post(of_note(note, "hiring_note_discard")).status_code == status
    assert Note.objects.get().text == "Knows the lumbar codes."


def test_a_note_is_found_under_its_own_application_only(as_, rex, ben, send, note):
    other = send(ben)
    assert as_(rex).get(reverse("hiring_note_edit", args=[other.pk, note.pk])).status_code == 404


def test_each_member_gives_one_rating_and_may_change_it(as_, olga, rex, application):
    for person, stars in ((rex, 2), (rex, 4), (olga, 5)):
        assert as_(person).post(rating_address(application), {"stars": stars}).status_code == 302
    assert sorted(Rating.objects.values_list("stars", flat=True)) == [4, 5]
    page = as_(olga).get(application.get_hiring_url()).text
    assert "4.5 of 5" in page
    assert "Rated 4 of 5, by Rex Hale" in page
    as_(rex).post(rating_address(application), {"stars": ""})
    assert [rating.by for rating in Rating.objects.all()] == [olga]


@pytest.mark.parametrize("stars", ["0", "6", "x", "4.5"])
def test_a_rating_of_another_kind_is_refused(as_, rex, application, stars):
    assert as_(rex).post(rating_address(application), {"stars": stars}).status_code == 422
    assert not Rating.objects.exists()


def test_viewers_and_strangers_write_neither(as_, vic, nora, rita, application):
    for address, data in ((note_address(application), {"text": "Hm."}), (rating_address(application), {"stars": 3})):
        assert as_(vic).post(address, data).status_code == 403
        for stranger in (nora, rita):
            assert as_(stranger).post(address, data).status_code == 404
        assert as_(vic).get(address).status_code == 405
    assert not Note.objects.exists()
    assert not Rating.objects.exists()


def test_nothing_more_is_said_of_what_was_withdrawn(as_, rex, application):
    application.withdraw(NOON)
    assert as_(rex).post(note_address(application), {"text": "Pity."}).status_code == 409
    assert as_(rex).post(rating_address(application), {"stars": 5}).status_code == 409
    with pytest.raises(StaleState):
        application.note(NOON, rex, "Pity.")
