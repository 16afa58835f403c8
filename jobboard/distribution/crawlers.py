"""What crawlers ask for: robots.txt (RFC 9309) and the site map (sitemaps.org, protocol 0.9)."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from jobboard import sitemaps
from jobboard.sitemaps import MOST_PARTS, Page
from jobboard.xml import element, stream

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
XML = "application/xml; charset=utf-8"


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what is not for them, and where the site map is."""
    return render(request, "distribution/robots.txt", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """The index of the site map: each file with the date of the newest change in it. One query for each section."""
    at = timezone.now()
    lines = [DECLARATION, f'<sitemapindex xmlns="{NAMESPACE}">']
    for section in sitemaps.sections():
        for part in section.parts(at):
            address = reverse("sitemap_part", args=[section.name, part.number])
            lines.append(_entry("sitemap", Page(address, part.changed)))
    return HttpResponse("\n".join([*lines, "</sitemapindex>", ""]), content_type=XML)


@login_not_required
@require_safe
def sitemap_part(request: HttpRequest, name: str, number: int) -> StreamingHttpResponse:  # noqa: ARG001 - a view
    """A file of the site map, streamed. 404 where it would be empty."""
    section = sitemaps.section(name)
    pages = section.pages(timezone.now(), number) if section and number < MOST_PARTS else iter(())
    first = next(pages, None)
    if first is None:
        raise Http404("The site map has no such file.")
    return StreamingHttpResponse(stream(_urlset(chain([first], pages))), content_type=XML)


def _urlset(pages: Iterator[Page]) -> Iterator[str]:
    yield DECLARATION
    yield f'<urlset xmlns="{NAMESPACE}">'
    for page in pages:
        yield _entry("url", page)
    yield "</urlset>"


def _entry(name: str, page: Page) -> str:
    changed = element("lastmod", _moment(page.changed)) if page.changed else ""
    return f"<{name}>{element('loc', settings.SITE_URL + page.path)}{changed}</{name}>"


def _moment(at: datetime) -> str:
    """To the second, as W3C dates are written."""
    return at.isoformat(timespec="seconds")
