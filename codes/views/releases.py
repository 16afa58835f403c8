"""The releases page: what is loaded here, from which file, and what is out of date."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from codes.as_of import dated
from codes.loaders.catalog import DATASETS
from codes.models import Release
from codes.models.release import day_before
from codes.request import CodeRequest


@dataclass(frozen=True)
class Shelf:
    """The releases of one data set, the newest first; none where none is loaded."""

    dataset: Release.Dataset
    releases: list[Release]
    page: str  # where its owner publishes it; empty: it is written here
    every: int | None  # months from one release to the next, where they come regularly
    on: date  # the date of service asked for

    @property
    def newest(self) -> Release | None:
        """The one that readers see."""
        return self.releases[0] if self.releases else None

    @property
    def older(self) -> list[Release]:
        """Those before it, whose words are kept for earlier dates of service."""
        return self.releases[1:]

    @property
    def holding(self) -> str:
        """Which release holds on the date of service, or why none does, in words."""
        begun = [release for release in self.releases if release.effective <= self.on]
        if not begun:
            return "Nothing is loaded for it."
        release = max(begun, key=lambda release: release.effective)
        return release.caution(self.on) or f"{release.version} holds."

    @property
    def last_day(self) -> date | None:
        """The last day before a newer release is due."""
        if self.newest is None:
            return None
        rhythm = day_before(self.newest.effective, self.every) if self.every else None
        return self.newest.last_day or rhythm

    @property
    def due(self) -> date | None:
        """When a newer release is due."""
        return self.last_day and self.last_day + timedelta(days=1)

    @property
    def overdue(self) -> bool:
        """Whether a newer release should be there by now."""
        return self.due is not None and self.due <= timezone.localdate()


def shelves(on: date) -> list[Shelf]:
    """Every data set that can be shown here, in the order of their names' list, asked as of a date of service."""
    rows = Release.objects.order_by("dataset", "-effective", "partial", "-loaded_at", "-pk")
    loaded = {name: list(releases) for name, releases in groupby(rows, key=lambda release: release.dataset)}
    return [_shelf(dataset, loaded.get(dataset, []), on) for dataset in Release.Dataset]


def _shelf(dataset: Release.Dataset, releases: list[Release], on: date) -> Shelf:
    entry = DATASETS.get(dataset)
    return Shelf(dataset, releases, entry.page if entry else "", entry.every if entry else None, on)


@login_not_required
@require_safe
@dated
def index(request: CodeRequest) -> HttpResponse:
    """Show every data set with its releases. Who loaded one is shown to staff alone."""
    listed = shelves(request.as_of.day)
    context = {
        "loaded": [shelf for shelf in listed if shelf.releases],
        "missing": [shelf for shelf in listed if not shelf.releases],
        "overdue": [shelf for shelf in listed if shelf.overdue],
    }
    return render(request, "codes/releases.html", context)
