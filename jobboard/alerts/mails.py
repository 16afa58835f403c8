"""The digest that a saved search sends."""

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from jobboard.mail import send
from jobboard.outbox.conditions import OnlyIf
from jobboard.postings.models import Posting

if TYPE_CHECKING:
    from jobboard.alerts.models import SavedSearch

NAMED = 25  # postings; of more a mail says how many, and where they are


class Found(NamedTuple):
    """A posting, and in words why the search found it."""

    posting: Posting
    reasons: list[str]


def digest(search: "SavedSearch", found: list[int]) -> None:
    """Tell a person of the postings with these ids, newest first, in one mail.

    The headers let mail programs unsubscribe with one click and without a sign-in (RFC 8058); the address is HTTPS
    where SITE_URL is.
    """
    postings = Posting.objects.cards().in_bulk(found[:NAMED])
    asked = search.search(Posting.objects.none())
    named = [Found(postings[pk], asked.reasons(postings[pk])) for pk in found[:NAMED]]
    headers = {
        "List-Unsubscribe": f"<{settings.SITE_URL}{search.unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    context = {"search": search, "named": named, "total": len(found), "rest": len(found) - len(named)}
    # A posting that is closed, held or suspended before the mail goes out takes the mail back: see apps.py.
    only_if = OnlyIf("alerts.digest", [search.pk, *found])
    send("alerts/mail/digest", [search.user.email], headers, only_if, **context)
