"""The front door: what the suite is, and the way into each part."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from jobboard.postings.withheld import live_for


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Show the suite, what is new on the board, and what each tier may read."""
    live = live_for(request.user, timezone.now())
    context = {
        "newest": live.select_related("employer").order_by("-published_at", "-id")[:4],
        "live_count": live.count(),
        "guest_views": settings.GUEST_CODE_VIEWS,
        "free_views": settings.FREE_CODE_VIEWS,
    }
    return render(request, "home.html", context)
