"""Code pages, rendered once for all readers who see the same, and kept by each process.

A code changes only when a release is loaded, so the moment of the newest load stands in the key of all that is kept.
What else decides how a page looks is in `Rendering._seen`, and for its frame in `Rendering._framed`. What is one
reader's own has a hole in the page (`codes/holes.py`) and is filled in for each request. Nothing of a reader can be in
what is kept, since pages are rendered for a stand-in: a request without cookies and a person without a name.
"""

import hashlib
from collections.abc import Callable, Hashable, Mapping
from functools import cached_property, partial
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from accounts.reader import Access
from codes.as_of import AsOf
from codes.blocks import BLOCKS
from codes.blocks.block import Chosen, DataBlock
from codes.holes import Cut, cut, filled, hole
from codes.licensed import official
from codes.models import Code
from codes.own import Found
from codes.page import CodePage
from codes.request import CodeRequest
from codes.structured import code_markup
from codes.surroundings import with_surroundings

PARTS = ("title", "description", "head", "crumbs", "top", "tools", "main", "nav")


def keep[T](shows: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, kept by this process for as long as `shows`, all that decides how it looks, is the same."""
    key = hashlib.blake2b(repr(shows).encode(), digest_size=16).hexdigest()
    kept: T | None = caches["pages"].get(key)
    if kept is None:
        kept = make()
        caches["pages"].set(key, kept)
    return kept


class Rendering:
    """The page of one code for one request. `part`: its body alone. `aside`: HTML of higher apps, made when needed."""

    def __init__(
        self,
        request: CodeRequest,
        code: Code,
        found: Found,
        access: Access,
        chosen: Chosen,
        aside: Callable[[], str],
        *,
        part: bool,
    ) -> None:
        self.request, self.code, self.found, self.access, self.chosen = request, code, found, access, chosen
        self.part = part
        self.official = official(code, access, request.as_of.day, found.license, accepted=found.accepted)
        self._holes: Mapping[str, Callable[[], str]] = {
            "aside": lambda: self._dated(aside()),
            "csrf": lambda: get_token(request),
            "main": lambda: filled(self._parts["main"], self._fill),
            "messages": lambda: self._own("messages.html") if get_messages(request) else "",
            "name": lambda: escape(request.user.get_short_name() if request.user.is_authenticated else ""),
            "note": lambda: escape(found.own.note if found.own else ""),
            "official": lambda: self._own("codes/_official.html"),
            "path": lambda: quote(request.get_full_path()),
            "since": lambda: found.own.since if found.own else "",
            "star": lambda: self._own("codes/_star.html"),
            **{f"block-{block.kind.slug}": partial(self._block, block) for block in BLOCKS if block.parameters},
        }

    def html(self) -> str:
        """The page as this reader gets it."""
        return filled(keep(self._framed, self._frame), self._fill)

    def _fill(self, name: str) -> str:
        return self._holes[name]()

    @property
    def _seen(self) -> tuple[Hashable, ...]:
        """All that decides how the reference parts of the page look, but for what is chosen for a block."""
        access = (self.access.granted, self.access.tier.value, self.access.opens_when_asked_again)
        return (self.code.pk, self.found.loaded_at, self.request.as_of, access)

    @property
    def _framed(self) -> tuple[Hashable, ...]:
        """All that decides how the rest looks, but for its holes."""
        user, own, licensed = self.request.user, self.found.own, self.official
        person = (user.is_authenticated, user.is_authenticated and user.is_staff)
        keeps = own and (own.starred, bool(own.note), own.remembers)
        wording = licensed and (licensed.accepted, str(licensed.license))
        return (*self._seen, self.access.remaining, self.access.meter, self.part, person, keeps, wording)

    def _frame(self) -> Cut:
        own = self.found.own and {
            "note": hole("note") if self.found.own.note else "",
            "since": hole("since"),
            "starred": self.found.own.starred,
            "remembers": self.found.own.remembers,
        }
        context = {
            **self._shared,
            "page": {**self._parts, "main": mark_safe(hole("main"))},
            "own": own,
            "part": self.part,
            "csrf_token": hole("csrf"),
            "holes": {name: mark_safe(hole(name)) for name in ("aside", "messages", "official", "star")},
        }
        user = _Anyone(is_staff=self.request.user.is_staff) if self.found.own else AnonymousUser()
        stand_in = _StandIn(self.request.path, self.request.as_of, user)
        return cut(self._dated(render_to_string("codes/code.html" + ("#body" if self.part else ""), context, stand_in)))

    @property
    def _shared(self) -> dict[str, Any]:
        here = self.request.as_of.at(self.code.get_absolute_url())
        return {"code": self.code, "access": self.access, "official": self.official, "here": here}

    def _own(self, template: str) -> str:
        """A template of what is this reader's own."""
        return self._dated(render_to_string(template, {**self._shared, "own": self.found.own}, self.request))

    def _dated(self, html: str) -> SafeString:
        """HTML whose links lead to pages as of the day; what is kept leads there once for all."""
        return mark_safe(self.request.as_of.carried(html))

    @cached_property
    def _parts(self) -> dict[str, Any]:
        return keep(self._seen, self._render_parts)

    def _render_parts(self) -> dict[str, Any]:
        context = {
            "page": self._page,
            "code": self._page.code,
            "markup": code_markup(self._page),
            "SITE_NAME": settings.SITE_NAME,
            "SITE_URL": settings.SITE_URL,
        }
        rendered = {part: render_to_string(f"codes/_page.html#{part}", context) for part in PARTS}
        parts: dict[str, Any] = {part: self._dated(html) for part, html in rendered.items()}
        return parts | {"main": cut(parts["main"])}

    def _block(self, kind: type[DataBlock]) -> str:
        """A block that depends on what is chosen for it."""
        slug = kind.kind.slug
        chosen = [(name, self.chosen[name]) for name in kind.parameters if name in self.chosen]

        def render() -> str:
            page = self._page
            context = {"page": page, "code": page.code, "block": page.block(slug)}
            return self._dated(render_to_string("codes/_block.html", context))

        return keep((*self._seen, slug, chosen), render)

    @cached_property
    def _page(self) -> CodePage:
        day = self.request.as_of.day
        code = with_surroundings(Code.objects.filter(pk=self.code.pk), day).get()
        return CodePage(code, self.access, self.request.as_of, self.chosen)


class _Anyone:
    """The signed-in person that a page is rendered for, to be kept for all of them."""

    is_authenticated = True

    def __init__(self, *, is_staff: bool) -> None:
        self.is_staff = is_staff

    def get_short_name(self) -> str:
        """The hole for the name of whoever asks."""
        return hole("name")


class _StandIn(HttpRequest):
    """The request that a page is rendered for: an address and a date, no cookies, no session."""

    def __init__(self, path: str, as_of: AsOf, user: _Anyone | AnonymousUser) -> None:
        super().__init__()
        self.path = self.path_info = path
        self.method = "GET"
        self.as_of = as_of
        self.user = user  # type: ignore[assignment]  # as far as templates ask

    def get_full_path(self, force_append_slash: bool = False) -> str:  # noqa: ARG002 - as overridden
        """The hole for the address with its query."""
        return hole("path")
