"""The people are those of the applications tests: Harbor Health's team, Nora who applies, Rita elsewhere."""

import pytest

from jobboard.postings.models import Posting
from jobboard.screening.models import Exercise, Question
from tests.applications.conftest import (  # noqa: F401
    as_,
    ben,
    harbor,
    media,
    nora,
    olga,
    posting,
    rex,
    rita,
    vic,
)


def make_question(posting: Posting, text: str, kind: str = "yes-no", **columns: object) -> Question:  # noqa: F811
    """A question, added as a team adds it."""
    question = Question(posting=posting, text=text, kind=kind, **columns)
    question.add()
    return question


@pytest.fixture
def asked(posting: Posting) -> Posting:  # noqa: F811
    """A posting with a decisive question of each kind, a text question, and an exercise."""
    make_question(posting, "Do you hold a CPC?", decisive=True, wanted="yes")
    make_question(posting, "Years of spine coding?", "number", decisive=True, least=3)
    choices = ["Epic", "Meditech", "Other"]
    make_question(posting, "Which system?", "choice", choices=choices, decisive=True, accepted=["Epic"])
    make_question(posting, "Anything else?", "text", required=False)
    Exercise.objects.create(
        posting=posting, case="An invented case.", expected=["cpt:20680-RT", "icd-10-cm:T84.84XA", "cpt:99213"]
    )
    return posting
