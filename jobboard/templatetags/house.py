"""Template tags that every page uses."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from jobboard import slots
from jobboard.frames import Frame, gap

register = template.Library()

# In cascade order; a component has a file of its own.
STYLESHEETS = [
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    *(
        f"css/components/{name}.css"
        for name in (
            "header",
            "button",
            "form",
            "card",
            "badge",
            "table",
            "nav",
            "prose",
            "home",
            "account",
            "jobs",
            "hiring",
            "desk",
            "employer",
            "writing",
            "mail",
            "applications",
            "screening",
            "talent",
            "board",
            "alerts",
            "pay",
            "browse",
            "tracker",
            "statistics",
            "codes",
            "own",
            "compare",
            "imports",
        )
    ),
]

SECTIONS = ("/jobs/", "/codes/", "/case2code/", "/hiring/", "/desk/")  # that the header leads to

_TONES = {"success": "good", "warning": "warn", "error": "bad"}


@register.simple_tag
@cache
def stylesheets() -> SafeString:
    """The links of all style sheets; their addresses do not change while a process lives."""
    return format_html_join("\n    ", '<link rel="stylesheet" href="{}">', ((static(sheet),) for sheet in STYLESHEETS))


@register.simple_tag
@cache
def site_footer() -> SafeString:
    """What stands below every page; it is the same on all."""
    return render_to_string("footer.html")


@register.simple_tag(takes_context=True)
def site_header(context: RequestContext) -> SafeString:
    """What stands above every page: made once for each section and kind of person; what is a reader's own is put in."""
    request = context.get("request")
    user: Any = getattr(request, "user", AnonymousUser())  # which is absent where a request is refused early
    signed_in = user.is_authenticated
    path = request.path if request else ""
    section = next((each for each in SECTIONS if path.startswith(each)), "")
    dated = getattr(getattr(request, "as_of", None), "chosen", False)
    return _header(settings.SITE_NAME, section, signed_in, user.is_staff).filled(
        as_of=render_to_string("codes/_as_of_field.html", {"request": request}) if dated else "",
        csrf_token=str(context["csrf_token"]) if signed_in else "",
        name=user.get_short_name() if signed_in else "",
        next=quote(request.get_full_path()) if request and not signed_in else "",
    )


@cache
def _header(site_name: str, section: str, signed_in: bool, staff: bool) -> Frame:
    own = {name: gap(name) for name in ("as_of", "csrf_token", "name", "next")}
    shown = {"SITE_NAME": site_name, "section": section, "signed_in": signed_in, "staff": staff}
    return Frame(render_to_string("header.html", own | shown))


@register.simple_tag(takes_context=True)
def current(context: RequestContext, prefix: str) -> SafeString:
    """The attribute that marks a link of the navigation as where the reader is."""
    request = context.get("request")
    here = request is not None and request.path.startswith(prefix)
    return mark_safe('aria-current="page"' if here else "")


@register.filter
def message_tone(level: str) -> str:
    """The tone of a notice for a level of django.contrib.messages."""
    return _TONES.get(level, "info")


@register.simple_tag(takes_context=True)
def slot(context: RequestContext, name: str, subject: object) -> SafeString:
    """What higher apps show in a place of this page: `{% slot "posting-apply" posting %}`."""
    return slots.shown(name, context["request"], subject) if "request" in context else SafeString("")


@register.simple_tag(takes_context=True)
def on_cards(context: RequestContext, postings: Iterable[Any]) -> dict[int, str]:
    """What higher apps show on the cards of a list, to be written by `on_card`: `{% on_cards page as beside %}`."""
    return slots.shown_on_cards(context["request"], postings) if "request" in context else {}


@register.filter
def on_card(beside: Mapping[int, str] | None, pk: int) -> str:
    """The part of what `on_cards` answered for one posting; nothing where the list did not ask."""
    return beside.get(pk, "") if beside else ""
