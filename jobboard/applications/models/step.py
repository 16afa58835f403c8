"""The dated changes of an application's state."""

from django.conf import settings
from django.db import models

from jobboard.applications.vocabulary import TOLD, WITHDRAWN, State


class Step(models.Model):
    """A change of an application's state, by whom and when; never changed afterwards."""

    WITHDRAWN = WITHDRAWN

    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=[*State.choices, (WITHDRAWN, "Withdrawn")])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    mailed = models.BooleanField(default=True, help_text="Whether the candidate was told by mail.")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.state} at {self.at:%Y-%m-%d}"

    @property
    def told(self) -> str:
        """The state as the candidate reads it."""
        return TOLD.get(self.state, "Withdrawn")
