"""The product's addresses, and the bare view that they are measured against."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from codes.models import Code


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """The least a page can be: one indexed query through the same middleware, and a line of text."""
    code = Code.objects.only("title").get(system="icd-10-cm", code=request.GET.get("code", "M54.50"))
    return HttpResponse(code.title)


urlpatterns = [path("bench/bare/", bare), path("", include("jobboard.urls"))]
