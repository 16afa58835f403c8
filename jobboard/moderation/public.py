"""What the page of a posting shows of this app, and what a person's export holds."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from accounts.models import User
from jobboard.moderation.models import Fingerprint, Report
from jobboard.postings.models import Posting


def seen_before(request: HttpRequest, posting: Posting) -> str:  # noqa: ARG001 - the signature of a slot
    """Since when this employer publishes this very job, and how often: a plain fact."""
    known = Fingerprint.objects.filter(posting=posting.pk, reposts__gt=0).only("first_seen_at", "reposts").first()
    return render_to_string("jobs/_seen_before.html", {"known": known}) if known else ""


def report_link(request: HttpRequest, posting: Posting) -> str:  # noqa: ARG001 - the signature of a slot
    """The way to report a posting."""
    return render_to_string("jobs/_report_link.html", {"posting": posting})


def reports_of(user: User) -> list[dict[str, Any]]:
    """What this person reported."""
    reports = Report.objects.filter(by=user).select_related("posting")
    return [
        {"posting": each.posting.title, "what": each.get_kind_display(), "words": each.words, "at": each.at.isoformat()}
        for each in reports
    ]
