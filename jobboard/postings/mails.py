"""The mails about a posting. Each verb of `Posting` calls one, in its transaction."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse

from accounts.models import User
from jobboard.employers.models import Member
from jobboard.mail import send
from jobboard.outbox.conditions import OnlyIf

if TYPE_CHECKING:
    from jobboard.postings.models import Posting

NAMED = 25  # postings that one mail names; of more it says how many


def submitted(posting: "Posting") -> None:
    """Tell staff that a posting waits for review."""
    send("hiring/mail/submitted", staff(), posting=posting)


def submitted_many(postings: "Sequence[Posting]") -> None:
    """Tell staff in one mail of all that an employer submitted at once; of a single one as of any other."""
    if len(postings) == 1:
        submitted(postings[0])
    elif postings:
        many = {"postings": postings[:NAMED], "count": len(postings), "rest": len(postings[NAMED:])}
        send("hiring/mail/submitted_many", staff(), None, None, employer=postings[0].employer, **many)


def staff() -> list[str]:
    """The addresses of those who decide at the desk."""
    return list(User.objects.filter(is_staff=True, is_active=True).values_list("email", flat=True))


def published(posting: "Posting") -> None:
    """Tell those who wrote the posting that it is live, and until when."""
    send("hiring/mail/published", concerned(posting), posting=posting)


def sent_back(posting: "Posting") -> None:
    """Tell those who wrote the posting what staff ask them to change."""
    send("hiring/mail/sent_back", concerned(posting), posting=posting)


def held(posting: "Posting") -> None:
    """Tell those who wrote the posting that it is out of sight, and why."""
    send("hiring/mail/held", concerned(posting), posting=posting)


def released(posting: "Posting") -> None:
    """Tell those who wrote the posting that the hold has ended."""
    send("hiring/mail/released", concerned(posting), posting=posting)


def closed(posting: "Posting", by: User | None) -> None:
    """Tell those who wrote the posting, but not the one who closed it, that a colleague did."""
    send("hiring/mail/closed", concerned(posting) - ({by.email} if by else set()), posting=posting, by=by)


def still_hiring(posting: "Posting", token: str) -> None:
    """Ask everybody on the team who may answer whether the job is still open; the token is the key to the answer."""
    answer = reverse("still_hiring", args=[token])
    only_if, until = OnlyIf("postings.live", [posting.pk]), posting.answer_by
    send("hiring/mail/still_hiring", writers(posting), None, only_if, posting=posting, answer=answer, until=until)


def unanswered(posting: "Posting") -> None:
    """Tell the same people that the posting is closed since none of them answered."""
    send("hiring/mail/unanswered", writers(posting), posting=posting)


def writers(posting: "Posting") -> set[str]:
    """The addresses of all on the team who may change postings."""
    team = Member.objects.writers().filter(employer=posting.employer_id)
    return set(team.values_list("user__email", flat=True))


def concerned(posting: "Posting") -> set[str]:
    """The addresses of those on the team who wrote, edited or submitted it; the owners where none of them is left."""
    writers = Member.objects.writers().filter(employer=posting.employer_id)
    hands = writers.filter(user__in=posting.events.values("by"))
    addresses = set(hands.values_list("user__email", flat=True))
    return addresses or set(writers.filter(role=Member.Role.OWNER).values_list("user__email", flat=True))
