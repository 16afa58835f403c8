"""The mails about an application. Each verb of `Application` calls those of its change, in its transaction.

No mail holds the letter or the resume: they stay behind the sign-in of those who may read them. What the two
sides write to each other is carried whole, since it is written to be answered.
"""

from copy import copy
from typing import TYPE_CHECKING

from accounts.models import User
from jobboard.applications import replying
from jobboard.employers.mails import unsuspended
from jobboard.employers.models import Member
from jobboard.mail import Wording, send, wording
from jobboard.outbox.conditions import OnlyIf

if TYPE_CHECKING:
    from jobboard.applications.letters import Letter
    from jobboard.applications.models import Application, Message


def received(application: "Application") -> None:
    """Tell the candidate that it was sent, and where to see and withdraw it."""
    send("applications/mail/received", [application.candidate.email], application=application)


def arrived(application: "Application") -> None:
    """Tell those of the team who decide that somebody applied."""
    send("applications/mail/arrived", [each.email for each in deciding(application)], application=application)


def moved(application: "Application") -> None:
    """Tell the candidate what the team made of it."""
    send(
        "applications/mail/moved",
        [application.candidate.email],
        only_if=_in_good_standing(application),
        application=application,
    )


def withdrawn(application: "Application") -> None:
    """Confirm to the candidate that it was taken back, and what the team still sees."""
    send("applications/mail/withdrawn", [application.candidate.email], application=application)


def taken_back(application: "Application") -> None:
    """Tell those of the team who decide that the candidate withdrew."""
    send("applications/mail/taken_back", [each.email for each in deciding(application)], application=application)


def team_wrote(message: "Message", *, moved: bool = False) -> None:
    """Send the candidate what the team wrote, under an address that answers it; `moved`: it tells of a new state."""
    application = message.application
    context: dict[str, object] = {"application": application, "message": message, "moved": moved}
    _in_thread("team_wrote", application, application.candidate, context, _in_good_standing(application))


def as_sent(application: "Application", letter: "Letter | None", state: str = "") -> Wording:
    """What the candidate would read of a move to a state, of a letter, or of both; nothing is sent or changed."""
    told = copy(application)
    told.state = state or application.state
    if letter is None:
        return wording("applications/mail/moved", application=told)
    # Which address answers is in a header, and is the candidate's alone: only that there is one shows in the words.
    answers = replying.is_open()
    return wording("applications/mail/team_wrote", application=told, message=letter, moved=bool(state), answers=answers)


def candidate_wrote(message: "Message") -> None:
    """Send those of the team who decide what the candidate wrote, each under an address of their own."""
    for person in deciding(message.application):
        context: dict[str, object] = {"application": message.application, "message": message}
        _in_thread("candidate_wrote", message.application, person, context)


def not_taken_in(person: User, reason: str) -> None:
    """Tell the one whom an address for answers serves that a mail to it was not taken in, and why."""
    send("applications/mail/not_taken_in", [person.email], {"Auto-Submitted": "auto-replied"}, reason=reason)


def _in_good_standing(application: "Application") -> OnlyIf:
    """What a team has us mail to a candidate goes out while its employer is not suspended."""
    return unsuspended(application.posting.employer_id)


def _in_thread(
    mail: str, application: "Application", to: User, context: dict[str, object], only_if: OnlyIf | None = None
) -> None:
    answers = replying.address(replying.Purpose(application.pk, to.pk))
    headers = {"Auto-Submitted": "auto-generated"} | ({"Reply-To": answers} if answers else {})
    send(f"applications/mail/{mail}", [to.email], headers, only_if, answers=answers, **context)


def deciding(application: "Application") -> list[User]:
    """Those on the team who may set an application's state and can sign in."""
    writers = Member.objects.writers().filter(employer=application.posting.employer_id)
    return list(User.objects.filter(is_active=True, employer_roles__in=writers))
