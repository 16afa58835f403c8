"""What is asked of candidates goes along with a copy, a renewal and a template of a posting."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting, Template
from jobboard.screening.models import Exercise, Question
from tests.factories import make_posting
from tests.screening.conftest import make_question

WAYS: dict[str, Callable[[Posting, User], Posting]] = {
    "copied": lambda posting, by: posting.duplicate(timezone.now(), by),
    "renewed": lambda posting, by: posting.renew(timezone.now(), by),
    "template": lambda posting, by: Template.keep(posting, "Spine", timezone.now(), by).start(timezone.now(), by),
}
ASKED = ("position", "kind", "text", "required", "choices", "decisive", "wanted", "least", "accepted")


def asks(posting: Posting) -> tuple[list[object], list[object]]:
    """All that it asks: its questions, and its exercise."""
    questions = Question.objects.filter(posting=posting).values_list(*ASKED)
    return list(questions), list(Exercise.objects.filter(posting=posting).values_list("case", "expected", "required"))


@pytest.fixture
def ended(asked: Posting, olga: User) -> Posting:
    """The posting that asks everything, closed, so that it can be renewed too."""
    asked.close(timezone.now(), olga, "cancelled")
    return asked


@pytest.mark.parametrize("way", WAYS)
def test_questions_and_exercise_go_along(way: str, ended: Posting, olga: User) -> None:
    new = WAYS[way](ended, olga)
    assert new.pk != ended.pk
    assert asks(new) == asks(ended)
    assert [len(each) for each in asks(new)] == [4, 1]


@pytest.mark.parametrize("way", WAYS)
def test_a_posting_that_asks_nothing_gives_nothing(way: str, olga: User, harbor: Employer) -> None:
    assert asks(WAYS[way](make_posting("closed", employer=harbor), olga)) == ([], [])


@pytest.mark.parametrize("way", WAYS)
def test_each_asks_its_own_from_then_on(way: str, ended: Posting, olga: User) -> None:
    new = WAYS[way](ended, olga)
    Question.objects.filter(posting=new).delete()
    make_question(new, "A new one?")
    assert len(asks(ended)[0]) == 4


def test_a_template_keeps_what_was_asked_when_it_was_made(ended: Posting, olga: User) -> None:
    template = Template.keep(ended, "Spine", timezone.now(), olga)
    before = asks(ended)
    Question.objects.filter(posting=ended).delete()
    assert asks(template.start(timezone.now(), olga)) == before


def test_a_template_starts_without_what_nobody_knows_any_more(ended: Posting, olga: User) -> None:
    template = Template.keep(ended, "Spine", timezone.now(), olga)
    template.along["fax"] = {"number": "555"}
    template.along["screening"]["questions"][0]["colour"] = "red"
    assert len(asks(template.start(timezone.now(), olga))[0]) == 4


def test_the_button_copies_them_too(as_, ended: Posting, olga: User) -> None:
    as_(olga).post(f"/hiring/postings/{ended.pk}/duplicate/")
    copy = Posting.objects.latest("pk")
    assert "Do you hold a CPC?" in as_(olga).get(f"/hiring/postings/{copy.pk}/questions/").text
