"""What other pages show of the counting: the beacon on a posting, and the way to its figures for the team."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from jobboard.statistics.figures import Period, figures


def beacon(request: HttpRequest, posting: Posting) -> str:
    """The script that tells that a posting was shown."""
    return render_to_string("statistics/_beacon.html", {"posting": posting}, request)


def of_posting(request: HttpRequest, posting: Posting) -> str:
    """The last month of a posting in one line, and the way to the rest; nothing for one that was never public."""
    if posting.published_at is None:
        return ""
    found = figures([posting.pk], Period.ending(timezone.now(), None))
    return render_to_string("statistics/_aside.html", {"posting": posting, "total": found.total}, request)


def link(request: HttpRequest, employer: Employer) -> str:
    """The way to an employer's figures."""
    return render_to_string("statistics/_link.html", {"employer": employer}, request)
