"""Where a release stands among those of its dataset: what it says holds until the next one that is loaded."""

from dataclasses import dataclass
from datetime import date

from codes.loaders.outcome import FileRefused
from codes.models import Release

SMALLEST_SHARE = 0.8  # a release with fewer rows than this share of the one before it is taken for a torn file
_YEAR = 365  # days
_OF_A_DAY = ("partial", "-loaded_at", "-pk")  # of releases of one day, the one that stands comes first


@dataclass(frozen=True)
class Window:
    """The days that a release speaks of, from `begins` until the release that follows it, if one does."""

    begins: date
    previous: Release | None = None
    following: Release | None = None
    corrected: Release | None = None  # one that is loaded of the very same day

    @classmethod
    def of(cls, dataset: str, begins: date, *, alone: bool = False) -> "Window":
        """The window of a release that takes effect on a day; `alone`: no other release says anything of its rows."""
        releases = Release.objects.filter(dataset=dataset).order_by("-effective", *_OF_A_DAY)
        corrected = releases.filter(effective=begins).first()
        if alone:
            return cls(begins, corrected=corrected)
        return cls(
            begins,
            previous=releases.filter(effective__lt=begins).first(),
            following=releases.filter(effective__gt=begins).order_by("effective", *_OF_A_DAY).first(),
            corrected=corrected,
        )

    @property
    def ends(self) -> date | None:
        """The first day that the release that follows speaks of."""
        return self.following.effective if self.following else None

    @property
    def since(self) -> date | None:
        """Since when its words hold; where nothing older is loaded, nobody here knows."""
        return self.begins if self.previous else None

    def refuse_torn(self, name: str, rows: int) -> None:
        """Refuse a file with far fewer rows than the release beside it. Raises FileRefused.

        A release that is older than all that are loaded may be smaller by that share for each year between.
        """
        beside, share = self.corrected or self.previous, SMALLEST_SHARE
        if beside is None and self.following:
            beside = self.following
            share **= max(1, (beside.effective - self.begins).days / _YEAR)
        if beside and rows < beside.rows * share:
            raise FileRefused(f"{name} holds {rows:,} rows where {beside} held {beside.rows:,}: it looks cut off.")
