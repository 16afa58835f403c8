"""The answers of all who applied, as columns of the file that a team takes."""

from typing import Any

from jobboard.applications.columns import Columns
from jobboard.postings.models import Posting
from jobboard.screening.models import Screening


def columns(posting: Posting) -> Columns:
    """A column for each question that was ever asked, in today's order and the former ones last; then what they tell.

    An answer that decides and is not as needed says so. Nothing of a withdrawn application.
    """
    sent = list(Screening.objects.filter(application__posting=posting, application__withdrawn_at=None))
    asked = [each.text for each in posting.questions.all()]
    asked += [answer["question"] for screening in sent for answer in screening.answers]
    questions = list(dict.fromkeys(asked))
    exercise = any(screening.case for screening in sent)
    head = [*questions, *(["Not as needed"] if questions else []), *(["Exercise"] if exercise else [])]
    return Columns(head, {each.application_id: _cells(each, questions, exercise=exercise) for each in sent})


def _cells(screening: Screening, questions: list[str], *, exercise: bool) -> list[object]:
    answers = {answer["question"]: _told(answer) for answer in screening.answers}
    cells: list[object] = [answers.get(question, "") for question in questions]
    cells += [screening.unmet] if questions else []
    return [*cells, screening.comparison.summary if screening.case else ""] if exercise else cells


def _told(answer: dict[str, Any]) -> str:
    return f"{answer['answer']} (needed: {answer['needed']})" if answer["met"] is False else answer["answer"]
