"""The parts of a code page that are the same for everyone who may see the same, rendered once and kept.

A code changes only when a release is loaded, so the moment of the newest load stands in the key of what is kept, and
so does all that decides what a reader may see. What changes in between is not kept: the meter, live postings, the
frame of the page.
"""

import hashlib
from collections.abc import Callable, Hashable
from datetime import datetime

from django.conf import settings
from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.reader import Access
from codes.as_of import AsOf
from codes.blocks.block import Chosen
from codes.models import Code
from codes.page import CodePage
from codes.structured import code_markup
from codes.surroundings import with_surroundings

PARTS = ("title", "description", "head", "crumbs", "top", "tools", "main", "nav")

type Rendered = dict[str, SafeString]


def rendered(code: Code, loaded_at: datetime, access: Access, as_of: AsOf, chosen: Chosen) -> Rendered:
    """The parts of its page for a reader with this access and these choices on this day, by the names in `PARTS`."""
    signature = (access.granted, access.tier.value, access.opens_when_asked_again)
    shows = (code.pk, loaded_at, signature, as_of.day, as_of.chosen, sorted(chosen.items()))
    return keep(shows, lambda: _render(code, access, as_of, chosen))


def keep[T](shows: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, kept by this process for as long as `shows`, all that decides how it looks, is the same."""
    key = hashlib.blake2b(repr(shows).encode(), digest_size=16).hexdigest()
    kept: T | None = caches["pages"].get(key)
    if kept is None:
        kept = make()
        caches["pages"].set(key, kept)
    return kept


def _render(code: Code, access: Access, as_of: AsOf, chosen: Chosen) -> Rendered:
    page = CodePage(with_surroundings(Code.objects.filter(pk=code.pk), as_of.day).get(), access, as_of, chosen)
    context = {
        "page": page,
        "code": page.code,
        "markup": code_markup(page),
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
    }
    return {part: render_to_string(f"codes/_page.html#{part}", context) for part in PARTS}
