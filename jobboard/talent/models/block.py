"""Employers that a coder never wants to be seen by."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models, transaction

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.talent.models.contact import ContactRequest


class BlockQuerySet(models.QuerySet["Block"]):
    """Blocks by who made them."""

    def of(self, user: User) -> Self:
        """Those this person made."""
        return self.filter(person=user)

    def add(self, at: datetime, person: User, employer: Employer) -> None:
        """Block an employer, decline what it asks and take back what it was granted. Twice is once."""
        with transaction.atomic():
            self.get_or_create(person=person, employer=employer, defaults={"at": at})
            asked = ContactRequest.objects.for_person(person).filter(employer=employer)
            asked.accepted().update(taken_back_at=at)
            for request in asked.open():
                request.decline(at)


class Block(models.Model):
    """Nobody on this employer's team sees this person, under whatever employer they look."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[BlockQuerySet] = BlockQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["person", "employer"], name="employer_blocked_once")]

    def __str__(self) -> str:
        return f"{self.employer_id} for {self.person_id}"
