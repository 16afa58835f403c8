"""The postings that readers reported, the longest waiting first."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.request import PersonRequest
from jobboard.moderation.models import Report
from jobboard.postings.desk import staff_only

POSTINGS_A_PAGE = 25


@staff_only
@require_safe
def reports(request: PersonRequest) -> HttpResponse:
    """List postings with open reports, each with what was said."""
    page = Paginator(Report.objects.queue(), POSTINGS_A_PAGE).get_page(request.GET.get("page"))
    kinds: dict[int, list[str]] = {posting.pk: [] for posting in page}
    for report in Report.objects.open().filter(posting__in=kinds):
        kinds[report.posting_id].append(report.get_kind_display())
    rows = [(posting, list(dict.fromkeys(kinds[posting.pk]))) for posting in page]
    return render(request, "desk/reports.html", {"page": page, "rows": rows, "at": timezone.now()})
