"""Who opened a profile with its name."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models, transaction

from accounts.models import Profile, User
from jobboard.employers.models import Employer, Member


class LookQuerySet(models.QuerySet["Look"]):
    """Looks by whose profile it was and who looked."""

    def at_person(self, user: User) -> Self:
        """Those at this person's profile."""
        return self.filter(person=user)

    def current(self, at: datetime, me: Member, profile: Profile) -> Self:
        """Those of this member at this profile that still let them read the name."""
        recent = self.filter(at__gt=at - Look.OPEN_FOR, at__lte=at)
        return recent.filter(by=me.user_id, employer=me.employer_id, person=profile.user_id)

    def add(self, at: datetime, me: Member, profile: Profile) -> None:
        """Note that this member opens this profile; while they have it open, once."""
        with transaction.atomic():
            Member.objects.select_for_update().filter(pk=me.pk).first()  # against a second click
            if not self.current(at, me, profile).exists():
                self.create(by=me.user, employer=me.employer, person=profile.user, at=at)


class Look(models.Model):
    """A member of a team opened a profile with its name. The person reads when and at which employer."""

    OPEN_FOR = timedelta(hours=24)  # then it is to be opened again, and noted again

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[LookQuerySet] = LookQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person", "-at"], name="look_by_person")]

    def __str__(self) -> str:
        return f"{self.employer_id} at {self.person_id}"
