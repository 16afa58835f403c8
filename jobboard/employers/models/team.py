"""The people who act for an employer, and invitations to join them."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import ClassVar

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from accounts.models import User
from jobboard.employers import mails
from jobboard.employers.models.employer import Employer, StaleState


class LastOwner(Exception):
    """A team would be left without an owner, and nobody could manage it any more."""


class MemberQuerySet(models.QuerySet["Member"]):
    """Team members by what they may do."""

    def writers(self) -> "MemberQuerySet":
        """Those who may change postings and applications."""
        return self.filter(role__in=[Member.Role.OWNER, Member.Role.RECRUITER])


class Member(models.Model):
    """A person's place on an employer's team."""

    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        RECRUITER = "recruiter", "Recruiter"
        VIEWER = "viewer", "Viewer"

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="employer_roles")
    role = models.CharField(max_length=10, choices=Role)
    joined_at = models.DateTimeField(auto_now_add=True)
    resumes = models.BooleanField(
        "may download resumes", null=True, blank=True, help_text="Unknown: recruiters may, viewers may not."
    )

    objects: ClassVar[MemberQuerySet] = MemberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "user"],
                name="member_once_per_team",
                violation_error_message="This person is on the team already.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["owner", "recruiter", "viewer"]),
                name="member_role_known",
                violation_error_message="Choose a role from the list.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.employer}"

    @property
    def may_write(self) -> bool:
        """Whether this member may change postings and applications."""
        return self.role in (self.Role.OWNER, self.Role.RECRUITER)

    @property
    def may_manage(self) -> bool:
        """Whether this member may change the team and the employer's page."""
        return self.role == self.Role.OWNER

    @property
    def may_take_resumes(self) -> bool:
        """Whether this member may download resumes: owners always, the others as an owner said, else as their role."""
        return self.may_manage or (self.may_write if self.resumes is None else self.resumes)

    def let_take_resumes(self, allowed: bool, by: User) -> None:
        """Allow or forbid downloading resumes. Raises StaleState. Of an owner it changes nothing: owners may."""
        with transaction.atomic():
            self._lock(owners_only=by)
            self.resumes = allowed
            self.save(update_fields=["resumes"])

    def change_role(self, role: str, by: User) -> None:
        """Give another role. Raises StaleState, and LastOwner where the only owner would stop being one."""
        with transaction.atomic():
            self._lock(owners_only=by)
            self._keep_an_owner(still=role == self.Role.OWNER)
            self.role = role
            self.save(update_fields=["role"])

    def remove(self, by: User) -> None:
        """Take the person off the team and tell them by mail, unless they left on their own.

        Raises StaleState, so that of two removals at once only one sends the mail, and LastOwner.
        """
        with transaction.atomic():
            self._lock(owners_only=None if by == self.user else by)
            self._keep_an_owner(still=False)
            self.delete()
            if by != self.user:
                mails.removed(self)

    def _lock(self, *, owners_only: User | None) -> None:
        """Hold the team as it is now, until the transaction ends. Raises StaleState where it is not as the page said.

        The lock on the employer is against two owners who step down at once, each seeing the other still there. The
        lock on this row is against a person who deletes their account meanwhile.
        """
        Employer.objects.select_for_update().filter(pk=self.employer_id).first()
        if not Member.objects.select_for_update().filter(pk=self.pk).first():
            raise StaleState
        if owners_only and not self._owners().filter(user=owners_only).exists():
            raise StaleState

    def _keep_an_owner(self, *, still: bool) -> None:
        """Refuse what would leave no owner."""
        if not still and not self._owners().exclude(pk=self.pk).exists():
            raise LastOwner

    def _owners(self) -> MemberQuerySet:
        return Member.objects.filter(employer=self.employer_id, role=self.Role.OWNER)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by whether they can still be accepted."""

    def open(self, at: datetime) -> "InvitationQuerySet":
        """Those that are neither used, withdrawn nor out of date."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)

    def to(self, address: str) -> "InvitationQuerySet":
        """Those to an address, in any case."""
        return self.filter(email__iexact=address)

    def forget(self, at: datetime) -> int:
        """Delete those that ran out long ago, used or not; returns how many."""
        return self.filter(expires_at__lte=at - Invitation.KEPT_FOR).delete()[0]

    def by_token(self, token: str) -> "InvitationQuerySet":
        """The one whose mail holds this token."""
        return self.filter(token_hash=hash_of(token))


class Invitation(models.Model):
    """An open offer, sent by mail, to join a team; only the hash of its token is kept."""

    VALID_FOR = timedelta(days=7)
    KEPT_FOR = timedelta(days=90)  # after that, for staff who look into a complaint
    PER_DAY = 20  # an employer's and a person's in 24 hours, so that nobody mails strangers through us

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("e-mail address")
    role = models.CharField(max_length=10, choices=Member.Role)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at"]

    class LimitReached(Exception):
        """The employer or the person has sent as many invitations in 24 hours as one may."""

    class NotOpen(Exception):
        """The invitation was used, withdrawn, or is out of date."""

    class Suspended(Exception):
        """The employer is suspended, and mails nobody through us until that ends."""

    class AlreadyMember(Exception):
        """The person is on the team already; the invitation stays open for somebody else."""

    def __str__(self) -> str:
        return f"{self.email} to {self.employer}"

    def is_open(self, at: datetime) -> bool:
        """Whether it can be accepted at a moment; the same answer as the QuerySet's `open`."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > at

    def send(self, at: datetime, by: User) -> None:
        """Store the invitation and mail its link, the only place where its token is.

        Raises Suspended or LimitReached. An earlier open invitation to the same address is withdrawn.
        """
        token = token_urlsafe(32)
        self.token_hash, self.invited_by = hash_of(token), by
        self.created_at, self.expires_at = at, at + self.VALID_FOR
        with transaction.atomic():
            # The locks are against parallel sends past the limit: of the employer, and of a person with several.
            User.objects.select_for_update().get(pk=by.pk)
            employer = Employer.objects.select_for_update().get(pk=self.employer_id)
            if employer.suspended_at:
                raise self.Suspended
            today = Invitation.objects.filter(created_at__gt=at - timedelta(days=1))
            if today.filter(Q(employer=self.employer_id) | Q(invited_by=by)).count() >= self.PER_DAY:
                raise self.LimitReached
            Invitation.objects.filter(employer=self.employer_id).open(at).to(self.email).update(withdrawn_at=at)
            self.save()
            mails.invitation(self, token)

    def accept(self, at: datetime, by: User) -> Member:
        """Make this person a member. Works once, within its time. Raises NotOpen or AlreadyMember."""
        with transaction.atomic():
            if Invitation.objects.open(at).filter(pk=self.pk).update(accepted_at=at) != 1:
                raise self.NotOpen
            try:
                with transaction.atomic():
                    member = Member.objects.create(employer=self.employer, user=by, role=self.role)
            except IntegrityError:
                raise self.AlreadyMember from None
            mails.joined(self, member)
        return member

    def withdraw(self, at: datetime) -> None:
        """Make the link useless. Raises NotOpen where it was used or withdrawn before."""
        if Invitation.objects.filter(pk=self.pk, accepted_at=None, withdrawn_at=None).update(withdrawn_at=at) != 1:
            raise self.NotOpen


def hash_of(token: str) -> str:
    """What is stored of a token. It is random and long, so a plain hash keeps it safe."""
    return sha256(token.encode()).hexdigest()
