"""The places at which an employer has people."""

from typing import ClassVar

from django.db import models, transaction

from accounts.line import Line
from accounts.vocabulary import STATE_CHOICES
from jobboard.employers.models.employer import Employer


class Site(models.Model):
    """One of an employer's locations, as its page names it."""

    MOST = 40  # an employer's sites

    class TooMany(Exception):
        """The employer names as many sites as its page can hold."""

    class Named(Exception):
        """The employer names this site already."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="sites")
    name = Line(max_length=80, blank=True, help_text="A hospital, clinic or office, as people call it.")
    city = models.CharField(max_length=80)
    state = models.CharField(max_length=2, choices=STATE_CHOICES)

    class Meta:
        ordering = ["state", "city", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["employer", "name", "city", "state"],
                name="site_named_once",
                violation_error_message="This site is on the page already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(city="") & ~models.Q(state=""),
                name="site_has_place",
                violation_error_message="A site needs a city and a state.",
            ),
        ]

    def __str__(self) -> str:
        place = f"{self.city}, {self.state}"
        return f"{self.name}, {place}" if self.name else place

    def add(self) -> None:
        """Store it. Raises TooMany, and Named where it is there already."""
        with transaction.atomic():
            Employer.objects.select_for_update().get(pk=self.employer_id)  # against parallel requests past the limit
            others = Site.objects.filter(employer=self.employer_id)
            if others.filter(name__iexact=self.name, city__iexact=self.city, state=self.state).exists():
                raise self.Named
            if others.count() >= self.MOST:
                raise self.TooMany
            self.save()
