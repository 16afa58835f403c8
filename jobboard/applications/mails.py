"""The mails about an application. Each verb of `Application` calls those of its change, in its transaction.

No mail holds the letter or the resume: they stay behind the sign-in of those who may read them.
"""

from typing import TYPE_CHECKING

from accounts.models import User
from jobboard.employers.models import Member
from jobboard.mail import send

if TYPE_CHECKING:
    from jobboard.applications.models import Application


def received(application: "Application") -> None:
    """Tell the candidate that it was sent, and where to see and withdraw it."""
    send("applications/mail/received", [application.candidate.email], application=application)


def arrived(application: "Application") -> None:
    """Tell those of the team who decide that somebody applied."""
    send("applications/mail/arrived", deciding(application), application=application)


def moved(application: "Application") -> None:
    """Tell the candidate what the team made of it."""
    send("applications/mail/moved", [application.candidate.email], application=application)


def withdrawn(application: "Application") -> None:
    """Confirm to the candidate that it was taken back, and what the team still sees."""
    send("applications/mail/withdrawn", [application.candidate.email], application=application)


def taken_back(application: "Application") -> None:
    """Tell those of the team who decide that the candidate withdrew."""
    send("applications/mail/taken_back", deciding(application), application=application)


def deciding(application: "Application") -> list[str]:
    """The addresses of those on the team who may set an application's state."""
    writers = Member.objects.writers().filter(employer=application.posting.employer_id)
    active = User.objects.filter(is_active=True, employer_roles__in=writers)
    return list(active.values_list("email", flat=True))
