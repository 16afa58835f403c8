"""Template tags that every page uses."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django import template
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from jobboard import slots

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
