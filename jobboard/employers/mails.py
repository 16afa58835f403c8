"""The mails about an employer's team. Each verb of the models calls one, in its transaction."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from jobboard.mail import send

if TYPE_CHECKING:
    from jobboard.employers.models import Invitation, Member


def invitation(invitation: "Invitation", token: str) -> None:
    """Ask somebody to join a team. The link is the only place where the token is."""
    link = settings.SITE_URL + reverse("invitation", args=[token])
    send("employers/mail/invitation", [invitation.email], invitation=invitation, link=link)


def joined(invitation: "Invitation", member: "Member") -> None:
    """Tell the one who invited, as long as they are still on the team, that somebody joined."""
    inviter = invitation.employer.members.filter(user=invitation.invited_by_id)
    send("employers/mail/joined", inviter.values_list("user__email", flat=True), member=member, invitation=invitation)


def removed(member: "Member") -> None:
    """Tell a person that they are no longer on a team."""
    send("employers/mail/removed", [member.user.email], member=member)
