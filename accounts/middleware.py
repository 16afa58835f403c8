"""Sends guests to sign in, gives every request its reader and time zone, refusals by django-allauth their status."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware, get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.functional import SimpleLazyObject, empty
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from accounts.reader import Reader, guest_cookie
from accounts.sessions import finding_the_person_of

type View = Callable[[HttpRequest], HttpResponse]

TOO_MANY_TRIES = {"too_many_login_attempts", "rate_limited"}  # codes of django-allauth's form errors


class Authentication(AuthenticationMiddleware):
    """Django's, which finds the person of a session by the query that read the session (`accounts.sessions`)."""

    def process_request(self, request: HttpRequest) -> None:
        """Set a lazy `request.user`."""
        super().process_request(request)

        def person() -> User | AnonymousUser:
            with finding_the_person_of(request.session):  # type: ignore[arg-type]  # of SESSION_ENGINE
                return get_user(request)

        request.user = SimpleLazyObject(person)  # type: ignore[assignment]  # as Django does


class SignIn(LoginRequiredMiddleware):
    """Sends guests to sign in, and from there back to the page they were on.

    That is the one they asked for; where they pressed a button, the page that it stood on, since its own address can
    only be posted to.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Answer a guest who asked for what needs a person."""
        asked = request.method in {"GET", "HEAD"} or "HX-Request" in request.headers
        back = request.get_full_path() if asked else _page_of(request)
        return redirect_to_login(back, self.get_login_url(view_func), self.redirect_field_name)


def _page_of(request: HttpRequest) -> str:
    """The page of ours that a form was sent from, as a path; the front door where the browser does not say."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return "/"
    return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl() or "/"


def reader(get_response: View) -> View:
    """Set a lazy `request.reader`; a guest whose reader was asked for is sent the cookie that counts their views.

    Such an answer is this reader's own, so no shared cache may keep it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        lazy = SimpleLazyObject(lambda: Reader.of(request))
        request.reader = lazy  # type: ignore[attr-defined]  # the documented seam of this middleware
        response = get_response(request)
        if lazy.__dict__["_wrapped"] is not empty:
            patch_cache_control(response, private=True)
            patch_vary_headers(response, ["Cookie"])
            if lazy.new_guest is not None and not request.user.is_authenticated:
                response.set_signed_cookie(**guest_cookie(lazy.new_guest))
        return response

    return middleware


def time_zone(get_response: View) -> View:
    """Show times in the zone a signed-in person chose."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with timezone.override(request.user.zone if request.user.is_authenticated else None):
            return get_response(request)

    return middleware


class Refusals:
    """Answers 422 where django-allauth shows a refused form again, 429 where it says "too many tries", and 404 where it
    says that a link is not valid. Its views answer 200 to all three.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the work is in the hook below."""
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        """Set the status of an answer that would otherwise claim success."""
        if response.status_code == HTTPStatus.OK:
            response.status_code = _status(request, response.context_data or {})
        return response


def _status(request: HttpRequest, context: dict[str, object]) -> HTTPStatus:
    if context.get("token_fail") or context.get("confirmation", True) is None:
        return HTTPStatus.NOT_FOUND
    if request.method != "POST":
        return HTTPStatus.OK
    refused = [form for form in context.values() if isinstance(form, BaseForm) and form.is_bound and form.errors]
    codes = {error.code for form in refused for errors in form.errors.as_data().values() for error in errors}
    if codes & TOO_MANY_TRIES:
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
