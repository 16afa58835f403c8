"""What this app keeps of a person, and what becomes of their teams when they leave, for `accounts.privacy`."""

from typing import Any

from accounts.models import User
from accounts.privacy import Refused
from jobboard.employers.models import Employer, EmployerQuerySet, Invitation, Member, Verification


def teams(user: User) -> list[dict[str, Any]]:
    """The teams a person is on."""
    places = Member.objects.filter(user=user).select_related("employer")
    return [
        {"employer": each.employer.name, "role": each.role, "joined": each.joined_at.isoformat()} for each in places
    ]


def invitations_sent(user: User) -> list[dict[str, Any]]:
    """The invitations a person sent, without the addresses of others."""
    sent = Invitation.objects.filter(invited_by=user).select_related("employer")
    return [{"employer": each.employer.name, "role": each.role, "sent": each.created_at.isoformat()} for each in sent]


def without_owner(user: User) -> EmployerQuerySet:
    """The employers that would have no owner any more if this person left."""
    others = Member.objects.filter(role=Member.Role.OWNER).exclude(user=user)
    owned = Member.objects.filter(role=Member.Role.OWNER, user=user)
    found = Employer.objects.filter(pk__in=owned.values("employer")).exclude(pk__in=others.values("employer"))
    return found.order_by("pk")


def left_alone(user: User) -> EmployerQuerySet:
    """Of these, those that have nobody else on the team: they end with this person."""
    others = Member.objects.exclude(user=user)
    return without_owner(user).exclude(pk__in=others.values("employer"))


def handing_over(user: User) -> list[str]:
    """What this person must do before they leave, in a sentence for each team."""
    alone = left_alone(user).values("pk")
    return [
        f"You are the only owner of {employer}, and others are on its team. Make one of them an owner first, or take "
        "them off the team: then its postings close with your account."
        for employer in without_owner(user).exclude(pk__in=alone)
    ]


def forget(user: User) -> None:
    """Delete what was sent to this person's address to make them a member or to prove a domain. Raises Refused."""
    keep_owners(user)
    Invitation.objects.to(user.email).delete()
    Verification.objects.to(user.email).delete()


def keep_owners(user: User) -> None:
    """Refuse to let the only owner of a team with others go.

    The lock is against an owner who steps down, or somebody who joins, while this one leaves.
    """
    owned = Member.objects.filter(role=Member.Role.OWNER, user=user).values("employer")
    list(Employer.objects.select_for_update().filter(pk__in=owned).order_by("pk"))
    if sentences := handing_over(user):
        raise Refused(" ".join(sentences))
