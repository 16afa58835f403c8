"""What candidates are asked, what they send, and what either side reads of it."""

import csv
import re
from collections.abc import Callable
from io import StringIO

import pytest
from django.test import Client

from accounts.models import User
from jobboard.applications.models import Application
from jobboard.postings.models import Posting
from jobboard.screening.models import Question, Screening
from tests.applications.conftest import NOON
from tests.applications.test_apply import address, filled_in
from tests.screening.conftest import make_question

pytestmark = pytest.mark.django_db
type As = Callable[[User], Client]


def answers(posting: Posting, **changes: object) -> dict[str, object]:
    keys = [f"screening-q{question.pk}" for question in posting.questions.all()]
    given = dict(zip(keys, ["yes", "2", "Epic", ""], strict=True))
    return filled_in(**given, **{"screening-codes": "20680-RT\nT84.84XA, J1885"}, **changes)


def test_answers_go_with_the_application(as_: As, nora: User, rex: User, asked: Posting) -> None:
    page = as_(nora).get(address(asked)).text
    assert "Do you hold a CPC?" in page
    assert "An invented case." in page
    as_(nora).post(address(asked), answers(asked))
    screening = Screening.objects.get()
    assert [(answer["answer"], answer["met"]) for answer in screening.answers] == [
        ("Yes", True),
        ("2", False),
        ("Epic", True),
    ]
    team = as_(rex).get(f"/hiring/applications/{screening.application_id}/").text
    assert "1 decisive answer not as needed" in team
    assert "Needed: at least 3" in team
    assert "2 of 3 expected codes, 1 not expected" in team


def test_the_board_and_the_list_mark_answers_that_are_not_as_needed_and_can_go_by_them(
    as_: As, nora: User, ben: User, rita: User, rex: User, asked: Posting
) -> None:
    first = asked.questions.first()
    number = asked.questions.get(kind="number")
    as_(nora).post(address(asked), answers(asked) | {f"screening-q{number.pk}": "4"})
    as_(ben).post(address(asked), answers(asked, name="Ben Ortiz") | {f"screening-q{first.pk}": "no"})
    as_(rita).post(address(asked), answers(asked, name="Rita Lopez"))
    board, listed = (f"/hiring/postings/{asked.pk}/applicants/{view}" for view in ("?", "?view=list&"))
    for page in (board, listed):
        latest, by_answers = (as_(rex).get(f"{page}sort={order}").text for order in ("", "answers"))
        assert "1 answer not as needed" in latest
        assert "2 answers not as needed" in latest
        assert latest.count("2 of 3 expected codes, 1 not expected") == 3
        assert names(latest) == ["Rita Lopez", "Ben Ortiz", "Nora Vance"]
        assert names(by_answers) == ["Nora Vance", "Rita Lopez", "Ben Ortiz"]
    Application.objects.get(candidate=ben).withdraw(NOON)
    for page in (board, listed):
        assert "2 answers not as needed" not in as_(rex).get(page).text


def names(page: str) -> list[str]:
    """Of those listed, in the order of the page."""
    return re.findall(r'<a href="/hiring/applications/\d+/">([^<]+)</a>', page)


def test_the_file_of_a_team_has_each_answer_and_marks_what_is_not_as_needed(
    as_: As, nora: User, rex: User, asked: Posting
) -> None:
    last = asked.questions.last()
    as_(nora).post(address(asked), answers(asked) | {f"screening-q{last.pk}": "=1+1"})
    asked.questions.filter(text="Do you hold a CPC?").delete()
    make_question(asked, "@Weekends?")
    response = as_(rex).post(f"/hiring/postings/{asked.pk}/applicants/export/")
    (row,) = csv.DictReader(StringIO(response.content.decode("utf-8-sig")))
    assert list(row)[-7:] == [
        "Years of spine coding?",
        "Which system?",
        "Anything else?",
        "'@Weekends?",
        "Do you hold a CPC?",
        "Not as needed",
        "Exercise",
    ]
    assert list(row.values())[-7:] == [
        "2 (needed: at least 3)",
        "Epic",
        "'=1+1",
        "",
        "Yes",
        "1",
        "2 of 3 expected codes, 1 not expected",
    ]
    Application.objects.get().withdraw(NOON)
    assert "Epic" not in as_(rex).post(f"/hiring/postings/{asked.pk}/applicants/export/").text


def test_what_is_needed_and_expected_is_in_no_byte_for_the_candidate(as_: As, nora: User, asked: Posting) -> None:
    for page in (as_(nora).get(address(asked)), as_(nora).post(address(asked), answers(asked), follow=True)):
        assert "99213<" not in page.text
        assert "at least 3" not in page.text
        assert "As needed" not in page.text
    assert "20680-RT, T84.84XA, J1885" in page.text  # their own codes


def test_a_refused_answer_sends_nothing_and_loses_nothing(as_: As, nora: User, asked: Posting) -> None:
    first = asked.questions.first()
    bad = answers(asked) | {f"screening-q{first.pk}": "", "screening-codes": "20680 hello"}
    response = as_(nora).post(address(asked), bad)
    assert response.status_code == 422
    assert "Look at the questions below" in response.text
    assert "This question must be answered." in response.text
    assert "“HELLO” is no CPT, HCPCS or ICD-10-CM code." in response.text
    assert "20680 hello" in response.text
    assert "I read spine notes daily." in response.text
    assert not Application.objects.exists()


@pytest.mark.parametrize("value", ["NaN", "1e99", "many", "\u0661"])
def test_a_number_that_is_none_is_refused(as_: As, nora: User, asked: Posting, value: str) -> None:
    number = asked.questions.get(kind="number")
    response = as_(nora).post(address(asked), answers(asked) | {f"screening-q{number.pk}": value})
    assert response.status_code in (302, 422)
    assert Application.objects.exists() == (response.status_code == 302)


def test_questions_that_changed_meanwhile_are_shown_again(as_: As, nora: User, asked: Posting) -> None:
    sent = answers(asked)
    Question.objects.filter(posting=asked).last().delete()
    response = as_(nora).post(address(asked), sent)
    assert response.status_code == 422
    assert "The questions were changed meanwhile" in response.text
    assert not Application.objects.exists()


def test_answers_stay_as_they_were_given(as_: As, nora: User, asked: Posting) -> None:
    as_(nora).post(address(asked), answers(asked))
    asked.questions.update(text="Something else?", wanted="no")
    asked.exercise.delete()
    screening = Screening.objects.get()
    assert screening.answers[0]["question"] == "Do you hold a CPC?"
    assert screening.case == "An invented case."


def test_a_withdrawn_application_shows_the_team_no_answers(as_: As, nora: User, rex: User, asked: Posting) -> None:
    as_(nora).post(address(asked), answers(asked))
    application = Application.objects.get()
    as_(nora).post(f"/me/applications/{application.pk}/withdraw/")
    assert "Do you hold a CPC?" not in as_(rex).get(f"/hiring/applications/{application.pk}/").text
    assert "Do you hold a CPC?" in as_(nora).get(f"/me/applications/{application.pk}/").text


def test_a_posting_that_asks_nothing_shows_nothing(as_: As, nora: User, posting: Posting) -> None:
    assert "Questions from the employer" not in as_(nora).get(address(posting)).text
    as_(nora).post(address(posting), filled_in())
    assert Application.objects.exists()
    assert not Screening.objects.exists()
