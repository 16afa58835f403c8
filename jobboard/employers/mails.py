"""The mails about an employer and its team. Each verb of the models calls one, in its transaction."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from jobboard.mail import send
from jobboard.outbox.conditions import OnlyIf

if TYPE_CHECKING:
    from jobboard.employers.models import Employer, Invitation, Member, Verification


def invitation(invitation: "Invitation", token: str) -> None:
    """Ask somebody to join a team. The link is the only place where the token is."""
    link = settings.SITE_URL + reverse("invitation", args=[token])
    only_if = unsuspended(invitation.employer_id)
    send("employers/mail/invitation", [invitation.email], only_if=only_if, invitation=invitation, link=link)


def joined(invitation: "Invitation", member: "Member") -> None:
    """Tell the one who invited, as long as they are still on the team, that somebody joined."""
    inviter = invitation.employer.members.filter(user=invitation.invited_by_id)
    send("employers/mail/joined", inviter.values_list("user__email", flat=True), member=member, invitation=invitation)


def removed(member: "Member") -> None:
    """Tell a person that they are no longer on a team."""
    send("employers/mail/removed", [member.user.email], member=member)


def verification(verification: "Verification", token: str) -> None:
    """Ask whoever reads mail at a domain whether the employer is theirs. The link is the only place with the token."""
    link = settings.SITE_URL + reverse("verification", args=[token])
    send("employers/mail/verification", [verification.email], verification=verification, link=link)


def verified(verification: "Verification") -> None:
    """Tell the owners that the domain was confirmed."""
    employer = verification.employer
    send("employers/mail/verified", owners(employer), employer=employer, verification=verification)


def suspended(employer: "Employer", reason: str) -> None:
    """Tell the owners that nothing of theirs is shown any more, and why."""
    send("employers/mail/suspended", owners(employer), employer=employer, reason=reason)


def readmitted(employer: "Employer", reason: str) -> None:
    """Tell the owners that the suspension has ended."""
    send("employers/mail/readmitted", owners(employer), employer=employer, reason=reason)


def unsuspended(employer: int) -> OnlyIf:
    """The condition of what we mail in the name of an employer: nothing goes out while it is suspended."""
    return OnlyIf("employers.unsuspended", [employer])


def owners(employer: "Employer") -> list[str]:
    """The addresses of those who own an employer."""
    return list(employer.members.filter(role="owner").values_list("user__email", flat=True))
