"""What search engines are told of a code page (schema.org JSON-LD): true to the page, and without any text of it.

Locked or metered blocks carry the class `gated`; `isAccessibleForFree` and `hasPart` say so, as Google asks of metered
pages.
"""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from codes.page import CodePage

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def code_markup(page: CodePage) -> SafeString:
    """The JSON-LD of a code page, safe inside a script element."""
    code = page.code
    address = settings.SITE_URL + code.get_absolute_url()
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": page.name,
        "inLanguage": "en-US",
        "dateModified": code.changed_at.isoformat(),
        "isPartOf": {"@type": "WebSite", "name": settings.SITE_NAME, "url": settings.SITE_URL + "/"},
        "mainEntity": {"@type": "MedicalCode", "codeValue": code.code, "codingSystem": page.system.label},
        "breadcrumb": {"@type": "BreadcrumbList", "itemListElement": _crumbs(page)},
        "isAccessibleForFree": not page.blocks,
    }
    if page.blocks:
        data["hasPart"] = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".gated"}
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))


def _crumbs(page: CodePage) -> list[dict[str, Any]]:
    steps = [("Codes", reverse("codes:index")), (page.system.label, reverse("codes:system", args=[page.system]))]
    steps += [(heading.title, heading.url) for heading in page.headings]
    steps += [(link.code, link.url) for link in page.above]
    steps.append((page.code.code, page.code.get_absolute_url()))
    return [
        {"@type": "ListItem", "position": place, "name": name, "item": settings.SITE_URL + url}
        for place, (name, url) in enumerate(steps, start=1)
    ]
