"""The applicants of a posting as a file for spreadsheets: what its taker may see, and the record of who took it."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.request import PersonRequest
from jobboard.applications import columns
from jobboard.applications.models import Application, Export
from jobboard.cells import csv_file
from jobboard.employers.models import Member
from jobboard.postings.hiring import readable

HEAD = (
    "Name",
    "E-mail",
    "State",
    "Since",
    "Sent",
    "Came by",
    "Credentials",
    "Years",
    "Headline",
    "Place",
    "Specialties",
    "Software",
    "Rating",
    "Ratings",
)


@require_POST
def export(request: PersonRequest, pk: int) -> HttpResponse:
    """Hand out all who applied to a posting, and keep who took them. Of the withdrawn it says no more than that."""
    posting, me = readable(request.user, pk)
    sent = list(Application.objects.filter(posting=posting).cards().order_by("-sent_at", "-id"))
    head = (*HEAD, "Resume") if me.may_take_resumes else HEAD
    more = columns.of(posting)
    Export.objects.create(posting=posting, by=request.user, at=timezone.now(), applicants=len(sent))
    rows = [[*_row(each, me), *more.cells.get(each.pk, ())] for each in sent]
    return csv_file(f"posting-{posting.pk}-applicants", (*head, *more.head), rows)


def _row(application: Application, me: Member) -> list[object]:
    """One applicant, in the order of the head."""
    sent = timezone.localdate(application.sent_at).isoformat()
    if application.withdrawn_at:
        return [application.name, "", application.shown, timezone.localdate(application.withdrawn_at).isoformat(), sent]
    profile = application.profile
    row = [
        application.name,
        application.email,
        application.shown,
        timezone.localdate(application.moved_at).isoformat(),
        sent,
        application.came_by,
        ", ".join(each["abbreviation"] for each in profile.get("credentials", [])),
        "" if profile.get("years") is None else profile["years"],
        profile.get("headline", ""),
        profile.get("place", ""),
        ", ".join(profile.get("specialties", [])),
        ", ".join(profile.get("software", [])),
        "" if application.stars is None else round(application.stars, 1),  # type: ignore[attr-defined]  # of cards()
        application.raters or 0,  # type: ignore[attr-defined]
    ]
    return [*row, application.resume_name] if me.may_take_resumes else row
