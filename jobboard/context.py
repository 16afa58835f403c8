"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest

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


def site(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 - the signature of a context processor
    """The site's name and address, its style sheets, and whether this is a demonstration."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "DEMO_MODE": settings.DEMO_MODE,
        "STYLESHEETS": STYLESHEETS,
    }
