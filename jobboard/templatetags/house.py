"""Template tags that every page uses."""

from functools import cache

from django import template
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

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
            "mail",
            "applications",
            "alerts",
            "codes",
        )
    ),
]

_TONES = {"success": "good", "warning": "warn", "error": "bad"}


@register.simple_tag
@cache
def stylesheets() -> SafeString:
    """The links of all style sheets; their addresses do not change while a process lives."""
    return format_html_join("\n    ", '<link rel="stylesheet" href="{}">', ((static(sheet),) for sheet in STYLESHEETS))


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
