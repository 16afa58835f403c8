"""Every live posting in the formats that Indeed and LinkedIn fetch, streamed: constant memory, whatever their number.

Both boards take the whole list each time and drop what is no longer in it. The end tag comes last, so a list that broke
off is no XML and is refused rather than believed. Neither format says by the chart or by the state more than the page.
"""

import re
from collections.abc import Callable, Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.vocabulary import STATE_CHOICES
from jobboard.chunks import by_id
from jobboard.distribution.openings import Opening, openings
from jobboard.distribution.titles import bare
from jobboard.postings.models import Posting
from jobboard.postings.sources import Source, marked
from jobboard.postings.vocabulary import EmploymentType, Workplace
from jobboard.postings.words import labels, posted
from jobboard.xml import cdata, stream

KEPT_FOR = 60  # seconds: what is closed has left every copy of a feed after them
STATES = dict(STATE_CHOICES)

# The words of each board. A kind of employment that it has no word for is left out.
INDEED_TYPES = {
    EmploymentType.FULL_TIME: "fulltime",
    EmploymentType.PART_TIME: "parttime",
    EmploymentType.CONTRACT: "contract",
    EmploymentType.TEMPORARY: "temporary",
    EmploymentType.TEMP_TO_HIRE: "temporary",
    EmploymentType.INTERNSHIP: "internship",
}
INDEED_REMOTE = {Workplace.REMOTE: "Fully remote", Workplace.HYBRID: "Hybrid remote"}
LINKEDIN_TYPES = {
    EmploymentType.FULL_TIME: "FULL_TIME",
    EmploymentType.PART_TIME: "PART_TIME",
    EmploymentType.CONTRACT: "CONTRACT",
    EmploymentType.TEMPORARY: "TEMPORARY",
    EmploymentType.TEMP_TO_HIRE: "TEMPORARY",
    EmploymentType.INTERNSHIP: "INTERNSHIP",
}
LINKEDIN_WORKPLACES = {Workplace.REMOTE: "Remote", Workplace.HYBRID: "Hybrid", Workplace.ON_SITE: "On-site"}


@login_not_required
@require_safe
@cache_control(public=True, max_age=KEPT_FOR)
def indeed(request: HttpRequest) -> StreamingHttpResponse:  # noqa: ARG001 - a view
    """The feed for Indeed (its XML job feed)."""
    return feed(indeed_job)


@login_not_required
@require_safe
@cache_control(public=True, max_age=KEPT_FOR)
def linkedin(request: HttpRequest) -> StreamingHttpResponse:  # noqa: ARG001 - a view
    """The feed for LinkedIn (Basic Jobs)."""
    return feed(linkedin_job)


def feed(job: Callable[[Opening], dict[str, str]]) -> StreamingHttpResponse:
    """Every opening of every live posting as `job` puts it: the elements by their names, empty ones left out."""
    return StreamingHttpResponse(stream(_lines(job)), content_type="application/xml; charset=utf-8")


def _lines(job: Callable[[Opening], dict[str, str]]) -> Iterator[str]:
    at = timezone.now()
    live = Posting.objects.live(at).select_related("employer").defer("search", "keywords", "description")
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<source>"
    yield cdata("publisher", settings.SITE_NAME) + cdata("publisherurl", settings.SITE_URL)
    yield cdata("lastBuildDate", http_date(at.timestamp()))
    for posting in by_id(live):
        for opening in openings(posting):
            yield f"<job>{''.join(cdata(name, text) for name, text in job(opening).items() if text)}</job>"
    yield "</source>"


def indeed_job(opening: Opening) -> dict[str, str]:
    """An opening in Indeed's elements."""
    posting = opening.posting
    since = posted(posting)
    return {
        "title": bare(posting),
        "date": since.isoformat(timespec="seconds") if since else "",
        "referencenumber": opening.reference,
        "requisitionid": posting.reference or str(posting.pk),
        "url": _address(posting, Source.INDEED),
        "company": posting.employer.name,
        "city": opening.city,
        "state": opening.state,
        "country": "US",
        "postalcode": posting.postal_code if opening.city else "",
        "description": literal(posting.description_html),
        "salary": posting.pay_text,
        "jobtype": INDEED_TYPES.get(EmploymentType(posting.employment_type), ""),
        "category": ", ".join(labels(posting, "roles")),
        "experience": _years(posting),
        "remotetype": INDEED_REMOTE.get(Workplace(posting.workplace), ""),
    }


def linkedin_job(opening: Opening) -> dict[str, str]:
    """An opening in LinkedIn's elements. Who works at the employer stays private: mail goes to the site."""
    posting = opening.posting
    place = [opening.city, STATES.get(opening.state, ""), "United States"]
    return {
        "partnerJobId": opening.reference,
        "company": posting.employer.name,
        "title": bare(posting),
        "description": literal(posting.description_html),
        "location": ", ".join(part for part in place if part),
        "applyUrl": _address(posting, Source.LINKEDIN),
        "posterEmail": settings.FEED_EMAIL,
        "jobtype": LINKEDIN_TYPES.get(EmploymentType(posting.employment_type), ""),
        "workplaceTypes": LINKEDIN_WORKPLACES[Workplace(posting.workplace)],
    }


def literal(html: str) -> str:
    """HTML whose characters stand for themselves: no entities but those that keep text from becoming a tag."""
    html = html.replace("&nbsp;", "\u00a0").replace("&quot;", '"')
    return re.sub(r"&amp;(?!#?\w+;)", "&", html)


def _address(posting: Posting, board: Source) -> str:
    return f"{settings.SITE_URL}{marked(posting.get_absolute_url(), board)}"


def _years(posting: Posting) -> str:
    years = posting.years_min
    return f"{years} year{'' if years == 1 else 's'}" if years else ""
