"""The mails about requests to be in touch. Each verb calls those of its change, in its transaction.

None tells an employer who somebody is: that stays behind the sign-in of those who may read it.
"""

from typing import TYPE_CHECKING

from accounts.models import User
from jobboard.employers.mails import unsuspended
from jobboard.employers.models import Member
from jobboard.mail import send

if TYPE_CHECKING:
    from jobboard.talent.models import ContactRequest


def asked(request: "ContactRequest") -> None:
    """Tell the person who asks, and where to answer."""
    send("talent/mail/asked", [request.person.email], only_if=unsuspended(request.employer_id), request=request)


def accepted(request: "ContactRequest") -> None:
    """Tell those of the team who may write that the person agreed."""
    writers = Member.objects.writers().filter(employer=request.employer_id)
    active = User.objects.filter(is_active=True, employer_roles__in=writers)
    send("talent/mail/accepted", active.values_list("email", flat=True), request=request)


def declined(request: "ContactRequest") -> None:
    """Tell the one who asked, while they are on the team, and nobody else."""
    team = User.objects.filter(is_active=True, employer_roles__employer=request.employer_id)
    asker = team.filter(pk__in=[request.sent_by_id] if request.sent_by_id else [])
    send("talent/mail/declined", asker.values_list("email", flat=True), request=request)
