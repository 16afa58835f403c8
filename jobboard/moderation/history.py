"""Who decided what, the latest first."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import FETCH_RAISE, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.request import PersonRequest
from jobboard.employers.models import EmployerEvent
from jobboard.moderation.models import Report
from jobboard.postings.desk import staff_only
from jobboard.postings.models import Event

DECISIONS_A_PAGE = 50


@staff_only
@require_safe
def history(request: PersonRequest) -> HttpResponse:
    """List what staff decided of postings, of employers or of reports."""
    lists: dict[str, tuple[str, QuerySet[Any]]] = {
        "postings": ("Postings", Event.objects.by_staff().select_related("by", "posting__employer")),
        "employers": ("Employers", EmployerEvent.objects.select_related("by", "employer").order_by("-at", "-id")),
        "reports": ("Reports", Report.objects.settled().select_related("settled_by", "posting__employer")),
    }
    name = request.GET.get("list", "postings")
    if name not in lists:
        raise Http404("There is no such list.")
    page = Paginator(lists[name][1].fetch_mode(FETCH_RAISE), DECISIONS_A_PAGE).get_page(request.GET.get("page"))
    tabs = [(each, label) for each, (label, _) in lists.items()]
    return render(request, "desk/history.html", {"tabs": tabs, "list": name, "page": page})
