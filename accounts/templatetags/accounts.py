"""Template tags of the account pages."""

import re
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.utils.safestring import SafeString

from accounts.slots import shown
from accounts.vocabulary import CREDENTIALS

register = template.Library()

# In this order: every browser claims to be those that came before it.
BROWSERS = [
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|Chromium/|CriOS/"),
    ("Safari", r"Safari/"),
]
SYSTEMS = [
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("ChromeOS", r"CrOS"),
    ("Mac", r"Mac OS X|Macintosh"),
    ("Linux", r"Linux|X11"),
]


@register.filter
def browser(user_agent: str) -> str:
    """A browser and its system as one would say them, from a User-Agent header, or "An unknown browser"."""
    names = [next((name for name, sign in signs if re.search(sign, user_agent)), "") for signs in (BROWSERS, SYSTEMS)]
    return " on ".join(name for name in names if name) or "An unknown browser"


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and the last word of a name: "Nora B. Vance" is NV."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


@register.inclusion_tag("accounts/_verification.html")
def verification(abbreviation: str) -> dict[str, Any]:
    """Where the body that issues a credential, such as "CPC", verifies it."""
    return {"kind": CREDENTIALS.get(abbreviation)}


@register.simple_tag(takes_context=True)
def sign_in_providers(context: RequestContext) -> list[Any]:
    """The services that somebody may sign in by: those whose keys are set (django-allauth's `Provider`)."""
    if not settings.SOCIALACCOUNT_PROVIDERS:
        return []
    return sorted(get_adapter().list_providers(context["request"]), key=lambda provider: str(provider.name))


@register.simple_tag(takes_context=True)
def provider_url(context: RequestContext, provider: Any, process: str = "login") -> str:
    """Where to send a form that signs in by a service, or connects it; one comes back to where one was going."""
    request = context["request"]
    return str(provider.get_login_url(request, process=process, next=get_next_redirect_url(request)))


@register.simple_tag(takes_context=True)
def own_slot(context: RequestContext, name: str) -> SafeString:
    """What higher apps show in a place of a person's own pages."""
    return shown(name, context["request"])
