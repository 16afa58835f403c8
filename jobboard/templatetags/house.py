"""Template tags that every page uses."""

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_TONES = {"success": "good", "warning": "warn", "error": "bad"}


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
