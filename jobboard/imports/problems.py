"""Errors of the API as problem details (RFC 9457): what went wrong, and for each field what to do about it."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

KIND = "application/problem+json"


class Problem(Exception):
    """A request that is answered with an error. `errors` are pairs of a field and what is wrong there."""

    def __init__(
        self, status: int, detail: str, errors: list[tuple[str, str]] | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.retry_after = status, detail, errors or [], retry_after

    def response(self) -> HttpResponse:
        """As it goes out."""
        body: dict[str, object] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = [{"field": field, "message": message} for field, message in self.errors]
        response = JsonResponse(body, status=self.status, content_type=KIND)
        if self.status == HTTPStatus.UNAUTHORIZED:
            response["WWW-Authenticate"] = 'Bearer realm="api"'
        if self.retry_after is not None:
            response["Retry-After"] = str(self.retry_after)
        return response


def register(api: NinjaAPI) -> None:
    """Have every error of the API answered as a problem."""
    handlers: dict[type[Exception], Any] = {
        Problem: _itself,
        Http404: _missing,
        ValidationError: _unreadable,
        AuthenticationError: _no_key,
        HttpError: _other,
        RequestDataTooBig: _too_big,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _itself(_request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem.response()


def _missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return Problem(404, "There is no such posting among yours.").response()


def _no_key(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return Problem(401, "Send a key that works: Authorization: Bearer chb_…").response()


def _other(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return Problem(error.status_code, error.message).response()


def _too_big(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return Problem(413, "This request is too long to be read.").response()


def _unreadable(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What has not the type that the schema states, by the name of its field."""
    errors = [(_field(each["loc"]), _words(each)) for each in error.errors]
    return Problem(422, "Some fields cannot be read.", errors).response()


def _field(place: tuple[str | int, ...]) -> str:
    """The field, and the place in its list: "roles.1"; empty where it is the body as a whole."""
    return ".".join(str(part) for part in place[2:]) or (str(place[-1]) if place[0] != "body" else "")


def _words(each: dict[str, str]) -> str:
    if each["type"] == "extra_forbidden":
        return "There is no such field."
    return f"{each['msg'].rstrip('.')}."
