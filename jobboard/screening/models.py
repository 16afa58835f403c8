"""Questions and a coding exercise on a posting, and what a candidate answered.

Answers are a snapshot: they stay as they were given, with the questions as they were asked, whatever becomes of either.
"""

from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Func, Max, Q, Value

from jobboard.applications.models import Application
from jobboard.postings.models import Posting
from jobboard.screening.coding import Comparison, compare

MOST_QUESTIONS = 15
MOST_CHOICES = 12


class TooMany(Exception):
    """A posting has as many questions as one may have."""


class Question(models.Model):
    """One question to every candidate of a posting. A decisive one says which answers the employer needs."""

    class Kind(models.TextChoices):
        YES_NO = "yes-no", "Yes or no"
        NUMBER = "number", "A number"
        CHOICE = "choice", "One of several"
        TEXT = "text", "Text"

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField("answer", max_length=6, choices=Kind)
    text = models.CharField("question", max_length=300)
    required = models.BooleanField("must be answered", default=True)
    choices = ArrayField(models.CharField(max_length=120), default=list, blank=True, help_text="One on each line.")
    decisive = models.BooleanField("decisive", default=False, help_text="Other answers are marked for your team.")
    wanted = models.CharField("needed answer", max_length=3, blank=True, choices=[("yes", "Yes"), ("no", "No")])
    least = models.DecimalField("needed at least", max_digits=8, decimal_places=2, null=True, blank=True)
    accepted = ArrayField(models.CharField(max_length=120), default=list, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="question_asks", violation_error_message="Write it."),
            models.CheckConstraint(
                condition=Q(kind__in=["yes-no", "number", "choice", "text"]), name="question_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(decisive=False) | Q(required=True) & ~Q(kind="text"),
                name="question_decisive_is_required",
                violation_error_message="A decisive question must be answered, and not in free text.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def add(self) -> None:
        """Store it as the last question of its posting. Raises TooMany."""
        with transaction.atomic():
            Posting.objects.select_for_update().get(pk=self.posting_id)  # against parallel additions past the limit
            others = Question.objects.filter(posting=self.posting_id)
            if others.count() >= MOST_QUESTIONS:
                raise TooMany
            self.position = (others.aggregate(last=Max("position"))["last"] or 0) + 1
            self.save()

    def earlier(self) -> None:
        """Swap it with the question before it; the first stays where it is."""
        with transaction.atomic():
            Posting.objects.select_for_update().get(pk=self.posting_id)
            own = Question.objects.filter(pk=self.pk).values("position")
            before = Question.objects.filter(posting=self.posting_id, position__lt=own).last()
            if before is not None:
                place = before.position
                Question.objects.filter(pk=before.pk).update(position=own)
                Question.objects.filter(pk=self.pk).update(position=place)

    def meets(self, answer: str) -> bool | None:
        """Whether an answer is one that the employer needs; None where the question decides nothing."""
        if not self.decisive:
            return None
        if self.kind == self.Kind.NUMBER:
            return self.least is None or Decimal(answer) >= self.least
        return answer == self.wanted if self.kind == self.Kind.YES_NO else answer in self.accepted

    def need(self) -> str:
        """The answer that the employer needs, in words; empty where any will do."""
        if not self.decisive:
            return ""
        if self.kind == self.Kind.NUMBER:
            return f"at least {self.least.normalize():f}" if self.least is not None else ""
        return self.get_wanted_display() if self.kind == self.Kind.YES_NO else " or ".join(self.accepted)


class Exercise(models.Model):
    """A short case to code. The expected codes never leave the employer's team."""

    posting = models.OneToOneField(Posting, on_delete=models.CASCADE, related_name="exercise")
    case = models.TextField(help_text="An invented case: no real patient, no names, no dates of birth.")
    expected = ArrayField(models.CharField(max_length=20), help_text="Such as cpt:20680-RT or icd-10-cm:T84.84XA.")
    required = models.BooleanField("must be answered", default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(case=""), name="exercise_has_a_case"),
            models.CheckConstraint(condition=~Q(expected=[]), name="exercise_expects_codes"),
        ]

    def __str__(self) -> str:
        return f"Exercise of {self.posting}"


class Screening(models.Model):
    """What one candidate answered, with what was asked, as it was sent."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="screening")
    answers = models.JSONField(default=list, help_text="Question, answer, the answer needed, and whether it is met.")
    case = models.TextField(blank=True)
    expected = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    given = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    unmet = models.GeneratedField(
        expression=Func(
            Func(F("answers"), Value("$[*] ? (@.met == false)"), function="jsonb_path_query_array"),
            function="jsonb_array_length",
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
        help_text="How many decisive answers are not those the employer needs.",
    )

    def __str__(self) -> str:
        return f"Answers of {self.application}"

    @property
    def comparison(self) -> Comparison:
        """The codes given against those expected."""
        return compare(self.given, self.expected)

    @property
    def told(self) -> list[dict[str, Any]]:
        """Questions and answers alone, as the candidate reads them."""
        return [{"question": answer["question"], "answer": answer["answer"]} for answer in self.answers]


_ASKED = ("kind", "text", "required", "choices", "decisive", "wanted", "least", "accepted")
_GIVEN = ("case", "expected", "required")


def taken(posting: Posting) -> dict[str, Any] | None:
    """What a posting asks of its candidates as JSON: `questions` in order, `exercise` or None. None for nothing."""
    questions = [{name: getattr(each, name) for name in _ASKED} for each in posting.questions.all()]
    for each in questions:
        each["least"] = None if each["least"] is None else str(each["least"])
    exercise = Exercise.objects.filter(posting=posting).first()
    given = {name: getattr(exercise, name) for name in _GIVEN} if exercise else None
    return {"questions": questions, "exercise": given} if questions or given else None


def words(posting: Posting) -> str:
    """What a posting asks of its candidates, as they read it."""
    asked = [line for each in posting.questions.all() for line in (each.text, *each.choices)]
    return "\n".join([*asked, *Exercise.objects.filter(posting=posting).values_list("case", flat=True)])


def give(posting: Posting, asked: dict[str, Any]) -> None:
    """Ask the same of the candidates of a posting that asks nothing yet."""
    Question.objects.bulk_create(
        Question(posting=posting, position=position, **{name: each[name] for name in _ASKED if name in each})
        for position, each in enumerate(asked["questions"], 1)
    )
    if asked["exercise"]:
        Exercise.objects.create(posting=posting, **asked["exercise"])


def copy_screening(source: Posting, target: Posting) -> int:
    """Copy questions and exercise to a posting that has none of its own; answers how many questions were copied."""
    with transaction.atomic():
        Posting.objects.select_for_update().get(pk=target.pk)
        if taken(target):
            raise TooMany
        asked = taken(source) or {"questions": [], "exercise": None}
        give(target, asked)
    return len(asked["questions"])
