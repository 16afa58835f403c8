"""Codes side by side."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from codes.as_of import dated
from codes.compare import MOST, Asked, Comparison
from codes.request import CodeRequest


@login_not_required
@require_safe
@dated
@cache_control(private=True, no_cache=True)
def compare(request: CodeRequest) -> HttpResponse:
    """Show up to four codes side by side; `add` names one more. 400 where one of them cannot be shown.

    Nothing is opened here: texts are shown of codes that the reader opened on their own pages.
    """
    named = [each for part in request.GET.getlist("codes") for each in part.split(",")]
    added = request.GET.get("add", "")
    asked = Asked.of([*named[:20], added])
    if added and not asked.problems:
        return redirect(f"{reverse('codes:compare')}?{urlencode({'codes': asked.keys}, safe=':,')}")
    context = {
        "asked": asked,
        "added": added,
        "most": MOST,
        "comparison": Comparison(asked.codes, request.reader, request.as_of) if asked.codes else None,
    }
    return render(request, "codes/compare.html", context, status=400 if asked.problems else 200)
