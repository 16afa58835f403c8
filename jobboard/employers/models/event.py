"""The record of what became of an employer."""

from django.conf import settings
from django.db import models


class EmployerEvent(models.Model):
    """What happened to an employer, by whom and why; never changed afterwards."""

    class Kind(models.TextChoices):
        FOUNDED = "founded", "Set up"
        RENAMED = "renamed", "Renamed"
        CHANGED = "changed", "Page changed"
        RECHECKED = "rechecked", "Changes looked at"
        VERIFIED = "verified", "Verified"
        UNVERIFIED = "unverified", "No longer verified"
        SUSPENDED = "suspended", "Suspended"
        READMITTED = "readmitted", "Readmitted"

    employer = models.ForeignKey("employers.Employer", on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.employer_id}"
