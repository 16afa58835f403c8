"""The HTTP API of the whole product under /api/, and its page. Each app brings a router of its own."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.parser import Parser
from pydantic_core import from_json

from jobboard.imports import problems
from jobboard.imports.api import router
from jobboard.imports.schemas import content_columns


class Json(Parser):
    """Reads bodies, refusing what is no Unicode: half of a surrogate pair is in no text that could be stored."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The value of a body. Raises ValueError, which is answered 400."""
        return from_json(request.body)


api = NinjaAPI(
    parser=Json(),
    title="Codeharbor API",
    version="1",
    description="Postings of an employer, written, changed and closed by its own system.",
    docs_url=None,  # ours is below: the page that ninja brings needs inline code
    urls_namespace="api",
)
api.add_router("/v1/postings", router)
problems.register(api)


@login_not_required
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Say what the API does, off the schema that machines read."""
    schema = api.get_openapi_schema()
    calls = [
        {"method": method.upper(), "path": path, **operation}
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    return render(request, "imports/api.html", {"calls": calls, "columns": content_columns()})


def urls() -> tuple[list[URLPattern | URLResolver], str, str]:
    """Its addresses. A key opens them, not a signed-in person, so they stand outside of what asks for sign-in."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        _exempt(pattern)
    return patterns, app_name, namespace


def _exempt(pattern: Any) -> None:
    pattern.callback.login_required = False
