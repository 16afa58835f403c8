"""The page that stops the reminders without a sign-in."""

from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import Profile
from jobboard.reminders.mails import signer


@login_not_required
@csrf_exempt  # mail programs post here without a cookie; who has the token may stop the mails, and nothing else
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the reminders by the link in them (RFC 8058): GET asks, since scanners follow links; only POST acts."""
    profile = of_token(token)
    if request.method == "POST":
        profile.stop_reminders()
        profile.refresh_from_db()
    response = render(request, "reminders/stop.html", {"profile": profile})
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def of_token(token: str) -> Profile:
    """The profile whose mail holds this token. 404 for any other text."""
    try:
        pk = signer.unsign(token)
    except BadSignature as error:
        raise Http404("No such link.") from error
    return get_object_or_404(Profile, pk=pk)
