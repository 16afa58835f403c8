"""Where a coder has worked."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from accounts.models.people import Profile, User

MOST_CODED = 1000  # characters


class ExperienceQuerySet(models.QuerySet["Experience"]):
    """Work by whose it was."""

    def of(self, user: User) -> Self:
        """What a person lists; nobody else may read or change it here."""
        return self.filter(profile__user=user)


class Experience(models.Model):
    """One position that a person held. Months are kept as their first day; without an end it goes on."""

    MOST = 30  # of one person

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="experience")
    title = models.CharField(max_length=120, help_text="Such as: Inpatient coder, level II.")
    employer = models.CharField(max_length=120)
    started = models.DateField("from")
    ended = models.DateField("to", null=True, blank=True)
    coded = models.TextField("what you coded", max_length=MOST_CODED, blank=True)
    remote = models.BooleanField("I worked remotely", default=False)

    objects: ClassVar[ExperienceQuerySet] = ExperienceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = [F("ended").desc(nulls_first=True), "-started", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended=None) | Q(ended__gte=F("started")),
                name="experience_ends_after_start",
                violation_error_message="The last month must not come before the first one.",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(employer=""),
                name="experience_with_title_and_employer",
                violation_error_message="Give the title and the employer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.employer}"

    def months(self, today: date) -> int:
        """How many months it lasted or has lasted, the first and the last one included."""
        end = self.ended or today
        return max((end.year - self.started.year) * 12 + end.month - self.started.month + 1, 1)


def lasting(months: int) -> str:
    """A number of months as people say it: "2 years 3 months", "8 months"."""
    years, rest = divmod(months, 12)
    parts = [(years, "year"), (rest, "month")]
    return " ".join(f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts if number)
