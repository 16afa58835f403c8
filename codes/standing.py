"""Whether a code may be reported on a date of service, as far as the loaded releases can tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from codes.models import Release
from codes.systems import System


@dataclass(frozen=True)
class Standing:
    """The status of a code on a day, as a badge says it, and what a coder must know of it."""

    slug: str  # active, named, future, deleted or unconfirmed
    label: str
    note: str = ""


def standing(code: Any, listed_in: Release, on: date) -> Standing:
    """The status of a code on a day. `listed_in` is the release that is asked for that day.

    A release is believed for the days it was made for: after its last day a newer one is due, and before the first day
    of the oldest that is loaded, codes may have been listed otherwise.
    """
    if code.valid_from and code.valid_from > on:
        return Standing(
            "future", "Future", f"It may be reported for dates of service from {_written(code.valid_from)}."
        )
    if code.valid_to and code.valid_to <= on:
        return Standing("deleted", "Deleted", _deleted(code.valid_to))
    if listed_in.own:
        return _ours(code, on)
    if listed_in.overdue(on):
        return Standing("unconfirmed", f"Listed in {listed_in.version}", _overdue(listed_in, on))
    if on < listed_in.effective:
        label = "Active" if code.valid_from else f"Listed in {listed_in.version}"
        return Standing("active" if code.valid_from else "unconfirmed", label, _too_early(listed_in, on))
    return Standing("active", "Active")


@dataclass(frozen=True)
class Named:
    """That a data set names a code of CPT from one day to another."""

    dataset: str
    valid_from: date
    valid_to: date | None

    def on(self, day: date) -> bool:
        """Whether it does for a date of service."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to > day)

    def words(self, releases: Mapping[str, Release], day: date) -> str:
        """The release that is asked for a day, and until or from when it names the code where that is another day."""
        release = f"{releases.get(self.dataset) or Release.Dataset(self.dataset).label}"
        if self.valid_from > day:
            return f"{release}, from {_written(self.valid_from)}"
        if self.valid_to and self.valid_to <= day:
            return f"{release}, through {_written(self.valid_to - timedelta(days=1))}"
        return release


def named(mentions: Sequence[Named], releases: Mapping[str, Release], on: date) -> Standing:
    """The status of a code that no text of ours describes: what the files that name it can tell, and no more."""
    holding = [releases[each.dataset] for each in mentions if each.on(on) and each.dataset in releases]
    if not holding:
        return _not_named(mentions, on)
    release = next((each for each in holding if not each.overdue(on)), holding[0])
    listed = release.dataset == Release.Dataset.CPT
    if release.overdue(on):
        label = f"{'Listed' if listed else 'Named'} in {release.version}"
        return Standing("unconfirmed", label, _overdue(release, on))
    if listed:
        return Standing("active", "Active")
    return Standing("named", "Named by Medicare", f"{release}, names it. {_NO_RELEASE_OF_CPT}")


_NO_RELEASE_OF_CPT = (
    "Since when it is valid, and whether it still is, a release of CPT itself would state. None is loaded here."
)


def _not_named(mentions: Sequence[Named], on: date) -> Standing:
    ended = max((each.valid_to for each in mentions if each.valid_to and each.valid_to <= on), default=None)
    if ended:
        return Standing(
            "unconfirmed",
            "No longer named",
            f"The last file loaded here that names it does so through {_written(ended - timedelta(days=1))}. "
            f"It may be deleted: check before you report it for {_written(on)}.",
        )
    return Standing(
        "unconfirmed",
        "Not named",
        f"No file loaded here names it for {_written(on)}. It may be newer, or only the files are.",
    )


def _ours(code: Any, on: date) -> Standing:
    """Our texts describe one year: the rules of another, such as those of office visits before 2021, may differ."""
    if code.introduced and on.year < code.introduced:
        return Standing("future", "Not yet introduced", f"By our own texts, it was introduced in {code.introduced}.")
    if on.year == code.edition:
        return Standing("active", "Active")
    return Standing("unconfirmed", f"Described for {code.edition}", _other_year(code.edition, on))


def _other_year(edition: int, on: date) -> str:
    return (
        f"Our own texts describe {edition}, and no release of {on.year} is loaded here. Code, title and rules may "
        f"differ from what follows: check before you report it for {_written(on)}."
    )


def _deleted(valid_to: date) -> str:
    last = valid_to - timedelta(days=1)
    return (
        f"Not valid for dates of service from {_written(valid_to)}. "
        f"What follows is how it stood on {_written(last)}, its last day."
    )


def _overdue(release: Release, on: date) -> str:
    return (
        f"{release} holds through {_written(release.last_day)}, and {_due(release, on)} is not loaded here. "
        f"It may keep, change or delete this code: check before you report it for {_written(on)}."
    )


def _too_early(release: Release, on: date) -> str:
    return (
        f"The oldest release loaded here, {release}, holds from {_written(release.effective)}. "
        f"What follows is from it; on {_written(on)} the code set may have said otherwise."
    )


def _due(release: Release, on: date) -> str:
    """The release that should hold on a day, as its owner would name it."""
    if release.dataset == System.ICD10CM:
        return f"FY{on.year + (on.month >= 10)}"
    return f"the release of {date(on.year, (on.month - 1) // 3 * 3 + 1, 1):%B %Y}"


def _written(day: date | None) -> str:
    return f"{day:%B %-d, %Y}" if day else "an unknown day"
