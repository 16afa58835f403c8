"""The texts that an employer's team keeps for writing to candidates."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from accounts.models import User
from jobboard.applications.letters import STARTING, Letter, known_placeholders
from jobboard.applications.models.message import MOST_MESSAGE
from jobboard.applications.vocabulary import State
from jobboard.employers.models import Employer

STATES = [(state.value, state.label) for state in State if state in STARTING]


class TooManyMailTemplates(Exception):
    """A team keeps as many templates as one may."""


class TemplateTaken(Exception):
    """A colleague kept a template of the same name, or for the same step, a moment before."""


class StaleTemplate(Exception):
    """A change came to a template that a colleague has changed or removed since it was shown."""


class MailTemplateQuerySet(models.QuerySet["MailTemplate"]):
    """Templates by the team that keeps them."""

    def for_team(self, user: User) -> "MailTemplateQuerySet":
        """Those of employers whose team this person is on."""
        return self.filter(employer__members__user=user)

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
    version = models.PositiveIntegerField(default=1, help_text="Counts the changes: none is overwritten unseen.")
    edited_at = models.DateTimeField(null=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

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

    def keep(self, at: datetime, by: User) -> None:
        """Store a new one. Raises TooManyMailTemplates, and TemplateTaken."""
        self.edited_at, self.edited_by = at, by
        with transaction.atomic():
            Employer.objects.select_for_update().get(pk=self.employer_id)  # against parallel requests past the limit
            if MailTemplate.objects.filter(employer=self.employer_id).count() >= self.MOST:
                raise TooManyMailTemplates
            try:
                with transaction.atomic():
                    self.save(force_insert=True)
            except IntegrityError as error:
                raise TemplateTaken from error

    def edit(self, at: datetime, by: User, seen: int) -> None:
        """Store changes to the version that was shown. Raises StaleTemplate, and TemplateTaken."""
        columns = {name: getattr(self, name) for name in ("name", "state", "subject", "text")}
        shown = MailTemplate.objects.filter(pk=self.pk, version=seen)
        try:
            with transaction.atomic():
                if shown.update(version=seen + 1, edited_at=at, edited_by=by, **columns) != 1:
                    raise StaleTemplate
        except IntegrityError as error:
            raise TemplateTaken from error
