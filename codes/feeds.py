"""Atom feeds of changes, per code and per system: what a release changed and when. No descriptor, no text of ours."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from codes.models import Change, Code, Release
from codes.systems import System
from codes.views.page import system_or_404

NEWEST = 50  # entries in a feed


@dataclass(frozen=True)
class Entry:
    """One line of a feed."""

    guid: str
    title: str
    summary: str
    link: str
    at: datetime


class ChangeFeed(Feed):
    """What both feeds share."""

    feed_type = Atom1Feed
    author_name = settings.SITE_NAME

    def item_title(self, item: Entry) -> str:
        """What happened to what."""
        return item.title

    def item_description(self, item: Entry) -> str:
        """By which release, and effective when."""
        return item.summary

    def item_link(self, item: Entry) -> str:
        """The page of the code or system."""
        return item.link

    def item_guid(self, item: Entry) -> str:
        """A name of the entry that never changes."""
        return item.guid

    def item_pubdate(self, item: Entry) -> datetime:
        """When it was loaded here."""
        return item.at

    item_updateddate = item_pubdate


class SystemFeed(ChangeFeed):
    """All changes of a code system, newest first, and the releases that brought them."""

    def get_object(self, request: HttpRequest, system: str) -> System:  # noqa: ARG002 - Django's signature
        """The system of the address. Raises Http404."""
        return system_or_404(system)

    def title(self, system: System) -> str:
        """As a feed reader lists it."""
        return f"{system.label}: changes · {settings.SITE_NAME}"

    def link(self, system: System) -> str:
        """The page it belongs to."""
        return reverse("codes:system", args=[system])

    def feed_url(self, system: System) -> str:
        """Its own address."""
        return reverse("codes:system_feed", args=[system])

    def items(self, system: System) -> list[Entry]:
        """The newest changes and releases together."""
        changes = Change.objects.filter(code__system=system).select_related("code", "release")
        releases = Release.objects.filter(dataset__in=[system, Release.Dataset.OWN_TEXTS])
        entries = [_changed(change) for change in changes[:NEWEST]]
        entries += [_loaded(release, self.link(system)) for release in releases]
        return sorted(entries, key=lambda entry: entry.at, reverse=True)[:NEWEST]


class CodeFeed(ChangeFeed):
    """What changed on one code, newest first, and since when it is listed here."""

    def get_object(self, request: HttpRequest, system: str, written: str) -> Code:  # noqa: ARG002 - Django's signature
        """The code of the address. Raises Http404."""
        code = Code.objects.written(system_or_404(system), written).listed().select_related("release").first()
        if code is None:
            raise Http404("There is no such code.")
        return code

    def title(self, code: Code) -> str:
        """As a feed reader lists it."""
        return f"{code}: changes · {settings.SITE_NAME}"

    def link(self, code: Code) -> str:
        """The page it belongs to."""
        return code.get_absolute_url()

    def feed_url(self, code: Code) -> str:
        """Its own address."""
        return reverse("codes:code_feed", args=[code.system, code.code.lower()])

    def items(self, code: Code) -> list[Entry]:
        """Its changes, and at last the release that lists it."""
        changes = code.changes.select_related("code", "release")[:NEWEST]
        return [*(_changed(change) for change in changes), _listed(code)]


def _changed(change: Change) -> Entry:
    note = f": {change.note}" if change.note else ""
    return Entry(
        guid=f"{settings.SITE_URL}{change.code.get_absolute_url()}#change-{change.pk}",
        title=f"{change.code}: {change.get_kind_display()}",
        summary=f"{change.get_kind_display()}{note}. {_source(change.release)}",
        link=change.code.get_absolute_url(),
        at=change.at,
    )


def _loaded(release: Release, link: str) -> Entry:
    return Entry(
        guid=f"{settings.SITE_URL}{link}#release-{release.pk}",
        title=f"{release} loaded",
        summary=f"{release.rows:,} rows. {_source(release)}",
        link=link,
        at=release.loaded_at,
    )


def _listed(code: Code) -> Entry:
    release = code.release
    return Entry(
        guid=f"{settings.SITE_URL}{code.get_absolute_url()}#listed-{release.pk}",
        title=f"{code}: listed",
        summary=f"Listed in {release}. {_source(release)}",
        link=code.get_absolute_url(),
        at=release.loaded_at,
    )


def _source(release: Release) -> str:
    when = "written" if release.own else "effective"
    return f"Source: {release.owner}, {release}, {when} {release.effective:%B %-d, %Y}."


system_feed = login_not_required(require_safe(SystemFeed()))
code_feed = login_not_required(require_safe(CodeFeed()))
