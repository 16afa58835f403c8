"""A team writes its questions and its exercise."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from jobboard.postings.models import Posting
from jobboard.screening.models import MOST_QUESTIONS, Exercise, Question
from tests.factories import make_posting, make_user
from tests.screening.conftest import make_question

pytestmark = pytest.mark.django_db
type As = Callable[[User], Client]


def path(posting: Posting, rest: str = "questions/") -> str:
    return f"/hiring/postings/{posting.pk}/{rest}"


YES = {"text": "Do you hold a CPC?", "kind": "yes-no", "decisive": "on", "wanted": "yes"}


def test_a_question_is_added_changed_moved_and_removed(as_: As, rex: User, posting: Posting) -> None:
    browser = as_(rex)
    browser.post(path(posting), YES)
    browser.post(path(posting), {"text": "Which?", "kind": "choice", "choices": "Epic\n\nMeditech\nEpic"})
    first, second = posting.questions.all()
    assert (first.decisive, first.required, second.choices) == (True, True, ["Epic", "Meditech"])
    page = browser.get(path(posting)).text
    assert "Decisive: Yes" in page
    assert "2 of at most 15" in page
    browser.post(path(posting, f"questions/{second.pk}/earlier/"))
    assert [question.text for question in posting.questions.all()] == ["Which?", "Do you hold a CPC?"]
    browser.post(path(posting, f"questions/{first.pk}/"), YES | {"text": "A CPC?"})
    browser.post(path(posting, f"questions/{second.pk}/remove/"))
    assert [question.text for question in posting.questions.all()] == ["A CPC?"]
    assert "1 question with each application" in browser.get(path(posting, "")).text


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text": ""}, "This field is required."),
        ({"wanted": ""}, "Say which answer you need."),
        ({"kind": "number"}, "Say the least number that you need."),
        ({"kind": "number", "least": "NaN"}, "Enter a number."),
        ({"kind": "text"}, "Text cannot decide by itself"),
        ({"kind": "choice", "choices": "Epic"}, "Write at least two choices"),
        ({"kind": "choice", "choices": "Epic\nOther", "accepted": "Cerner"}, "“Cerner” is none of the choices."),
        ({"kind": "choice", "choices": "Epic\nOther"}, "Say which choices you accept."),
        ({"kind": "choice", "choices": "\n".join(f"c{n}" for n in range(20))}, "at most 12 lines"),
        ({"kind": "moon"}, "Select a valid choice"),
    ],
)
def test_a_question_that_lacks_something_says_what(
    as_: As, rex: User, posting: Posting, changes: dict[str, str], says: str
) -> None:
    response = as_(rex).post(path(posting), YES | changes)
    assert response.status_code == 422
    assert says in response.text
    assert not posting.questions.exists()


def test_there_is_a_limit(as_: As, rex: User, posting: Posting) -> None:
    for number in range(MOST_QUESTIONS):
        make_question(posting, f"Question {number}?")
    response = as_(rex).post(path(posting), YES)
    assert response.status_code == 422
    assert "at most 15 questions" in response.text


def test_an_exercise_is_written_and_removed(as_: As, rex: User, posting: Posting) -> None:
    browser = as_(rex)
    sent = {"case": "An invented case.\r\nMore.", "expected": "20680-RT t84.84xa", "required": "on"}
    browser.post(path(posting, "exercise/"), sent)
    exercise = Exercise.objects.get(posting=posting)
    assert (exercise.case, exercise.expected) == ("An invented case.\nMore.", ["cpt:20680-RT", "icd-10-cm:T84.84XA"])
    assert "20680-RT\nT84.84XA" in browser.get(path(posting, "exercise/")).text
    for bad, says in ({"expected": "hello"}, "“HELLO” is no"), ({"case": "x" * 7_000}, "Shorten the case to 6,000"):
        response = browser.post(path(posting, "exercise/"), sent | bad)
        assert response.status_code == 422
        assert says in response.text
    browser.post(path(posting, "exercise/remove/"))
    assert not Exercise.objects.exists()


def test_questions_are_copied_from_a_posting_of_the_same_employer(as_: As, rex: User, asked: Posting) -> None:
    target = make_posting(employer=asked.employer)
    foreign = make_posting()
    make_question(foreign, "Theirs?")
    browser = as_(rex)
    browser.post(path(target, "questions/copy/"), {"source": foreign.pk})
    assert not target.questions.exists()
    browser.post(path(target, "questions/copy/"), {"source": asked.pk})
    assert [question.text for question in target.questions.all()] == [q.text for q in asked.questions.all()]
    assert target.exercise.expected == asked.exercise.expected
    assert asked.questions.count() == 4
    response = browser.post(path(target, "questions/copy/"), {"source": asked.pk}, follow=True)
    assert "asks something already" in response.text


def test_who_may_not(as_: As, rita: User, vic: User, nora: User, rex: User, asked: Posting) -> None:
    question = asked.questions.first()
    changes = ["questions/", "questions/copy/", f"questions/{question.pk}/", f"questions/{question.pk}/remove/"]
    changes += [f"questions/{question.pk}/earlier/", "exercise/", "exercise/remove/"]
    for each in changes:
        assert as_(rita).post(path(asked, each), YES).status_code == 404
        assert as_(nora).post(path(asked, each), YES).status_code == 404
        assert as_(vic).post(path(asked, each), YES).status_code == 403
        assert Client().post(path(asked, each), YES).status_code == 302
    assert as_(vic).get(path(asked)).status_code == 200
    assert "Add a question" not in as_(vic).get(path(asked)).text
    assert as_(rita).get(path(asked)).status_code == 404
    for each in changes[3:5] + changes[1:2] + changes[6:]:
        assert as_(rex).get(path(asked, each)).status_code == 405
    other = make_question(make_posting(), "Theirs?")
    assert as_(rex).post(path(asked, f"questions/{other.pk}/"), YES).status_code == 404
    assert Question.objects.count() == 5


def test_staff_read_what_is_asked_as_they_read_the_posting(as_: As, asked: Posting) -> None:
    page = as_(make_user(is_staff=True)).get(f"/desk/postings/{asked.pk}/").text
    assert "Do you hold a CPC?" in page
    assert "Epic, Meditech, Other" in page
    assert "An invented case." in page


def test_a_posting_that_asks_nothing_says_nothing_of_it_on_the_desk(as_: As, posting: Posting) -> None:
    assert "Asked of who applies" not in as_(make_user(is_staff=True)).get(f"/desk/postings/{posting.pk}/").text


def waits_for_staff(posting: Posting) -> bool:
    return Posting.objects.changed_since_approval(timezone.now()).filter(pk=posting.pk).exists()


CASE = {"case": "An invented case of a knee. " * 5, "expected": "20610"}


@pytest.mark.parametrize(
    ("rest", "data", "told"),
    [
        ("questions/", YES, "Question added: “{new}”"),
        ("questions/{first}/", YES | {"text": "Your bank account?"}, "Question changed (question"),
        ("questions/{first}/remove/", {}, "Question removed: “{old}”"),
        ("exercise/", CASE, "Coding exercise changed (case, expected, must be answered)"),
        ("exercise/remove/", {}, "Coding exercise removed"),
    ],
)
def test_staff_look_again_at_what_a_live_posting_asks_and_read_what_was_changed(
    as_: As, rex: User, asked: Posting, rest: str, data: dict[str, str], told: str
) -> None:
    assert not waits_for_staff(asked)
    first = asked.questions.first()
    response = as_(rex).post(path(asked, rest.format(first=first.pk)), data)
    assert response.status_code == 302
    assert waits_for_staff(asked)
    event = asked.events.filter(kind="edited").get()
    assert event.by == rex
    assert event.reason.startswith(told.format(new=YES["text"], old=first.text))


def test_a_question_saved_as_it_stood_is_no_change(as_: As, rex: User, asked: Posting) -> None:
    question = asked.questions.filter(kind="yes-no").first()
    same = {name: getattr(question, name) for name in ("text", "kind", "wanted")}
    boxes = {name: "on" for name in ("required", "decisive") if getattr(question, name)}
    assert as_(rex).post(path(asked, f"questions/{question.pk}/"), same | boxes).status_code == 302
    assert not waits_for_staff(asked)


def test_the_words_of_questions_and_cases_are_looked_over_as_the_text_is(as_: As, rex: User, asked: Posting) -> None:
    as_(rex).post(path(asked), YES | {"text": "What is the name of your bank?"})
    case = {"case": "Invented. Send codes to hrdesk@gmail.com on WhatsApp.", "expected": "99213"}
    assert as_(rex).post(path(asked, "exercise/"), case).status_code == 302
    noticed = dict(asked.signals.values_list("kind", "words"))
    assert noticed["identity"] == ["name of your bank"]
    assert noticed["chat"] == ["WhatsApp"]
    assert noticed["free-mail"] == ["hrdesk@gmail.com"]


def test_removing_again_what_is_gone_changes_nothing(as_: As, rex: User, posting: Posting) -> None:
    browser = as_(rex)
    browser.post(path(posting, "questions/7/remove/"))
    browser.post(path(posting, "exercise/remove/"))
    assert not waits_for_staff(posting)


def test_what_a_draft_asks_is_nobody_elses_concern(as_: As, rex: User, posting: Posting) -> None:
    draft = make_posting("draft", employer=posting.employer)
    as_(rex).post(path(draft), YES)
    assert draft.questions.count() == 1
    assert not draft.events.filter(kind="edited").exists()
