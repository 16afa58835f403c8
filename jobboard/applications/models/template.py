"""The texts that an employer's team keeps for writing to candidates."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jobboard.applications.letters import STARTING, Letter, known_placeholders
from jobboard.applications.models.message import MOST_MESSAGE
from jobboard.applications.vocabulary import State
from jobboard.employers.models import Employer

STATES = [(state.value, state.label) for state in State if state in STARTING]


class MailTemplateQuerySet(models.QuerySet["MailTemplate"]):
    """Templates by the team that keeps them."""

    def letter_for(self, employer: int, state: str) -> Letter | None:
        """What a team starts from in telling of a step: its own text, or ours; None where the step needs none."""
        own = self.filter(employer=employer, state=state).first() if state in STARTING else None
        return own.letter if own else STARTING.get(state)


class MailTemplate(models.Model):
    """A subject and a text with placeholders, kept by one employer."""

    MOST = 50  # of one employer

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="mail_templates")
    name = models.CharField(max_length=60)
    state = models.CharField("begins the mail for", max_length=10, choices=STATES, blank=True)
    subject = models.CharField(max_length=120, validators=[known_placeholders])
    text = models.TextField(max_length=MOST_MESSAGE, validators=[known_placeholders])

    objects: ClassVar[MailTemplateQuerySet] = MailTemplateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "name"],
                name="one_template_of_a_name",
                violation_error_message="There is a template of this name. Give another.",
            ),
            models.UniqueConstraint(
                fields=["employer", "state"],
                condition=~Q(state=""),
                name="one_template_of_a_step",
                violation_error_message="Another template begins the mail for this step. Take that from it first.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def letter(self) -> Letter:
        """Its subject and text, with the placeholders as they are."""
        return Letter(self.subject, self.text)
