"""ICD-10-CM from the data of the installed package simple-icd-10-cm: the Tabular List in XML, and the list of codes.

The code list has one code a line, without its point, headers among them. The package's module is never imported (2 s,
180 MB); its files are found by its installation record.
"""

import hashlib
import re
from datetime import date, datetime
from importlib import metadata
from pathlib import Path

from codes.loaders.icd10cm_tabular import Tabular, compare
from codes.loaders.merge import merge
from codes.loaders.outcome import FileRefused, Outcome
from codes.loaders.source import Source
from codes.loaders.staged import StagedRelease
from codes.models import Release
from codes.systems import System

PACKAGE = "simple-icd-10-cm"
_TABULAR = re.compile(r"tabular-(?P<month>[A-Z][a-z]+)-(?P<day>\d+)-(?P<year>\d{4})\.xml$")


def package_files() -> tuple[Path, Path]:
    """Where the Tabular List and the code list of the installed package lie. Raises FileRefused if they do not."""
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        raise FileRefused(f"The package {PACKAGE}, which carries ICD-10-CM, is not installed.") from None
    paths = [Path(str(file.locate())) for file in files]
    tabular = next((path for path in paths if _TABULAR.search(path.name)), None)
    listing = next((path for path in paths if path.name.startswith("code-list") and path.suffix == ".txt"), None)
    if not tabular or not listing:
        raise FileRefused(f"The package {PACKAGE} holds no Tabular List or no code list; is it another version?")
    return tabular, listing


def load(at: datetime) -> Outcome:
    """Load what the installed package carries, unless an operator has loaded a release that is as new, or newer.

    The same package again changes nothing, and is not even read.
    """
    tabular, listing = package_files()
    current = Release.objects.current(Release.Dataset.ICD10CM)
    if current and (current.checksum == checksum(tabular, listing) or _stands(current, tabular)):
        return Outcome(current, fresh=False)
    return merge(read(tabular, listing), at)


def _stands(current: Release, tabular: Path) -> bool:
    effective = _effective(tabular)
    return current.effective > effective or (current.effective == effective and current.loaded_by != "")


def read(tabular: Path, listing: Path) -> StagedRelease:
    """The release in a Tabular List and its code list. Raises FileRefused where the two do not fit each other."""
    effective = _effective(tabular)
    fiscal_year = effective.year + (effective.month >= 10)
    staged = StagedRelease(
        system=System.ICD10CM,
        dataset=Release.Dataset.ICD10CM,
        version=f"FY{fiscal_year} {effective:%B}",
        title="ICD-10-CM",
        owner="CDC, National Center for Health Statistics",
        effective=effective,
        last_day=date(fiscal_year, 9, 30),
        file_name=tabular.name,
        checksum=checksum(tabular, listing),
    )
    listed = set(listing.read_text(encoding="utf-8").split())
    Tabular(staged, listed).read(Source(tabular))
    compare(staged, listed, listing.name)
    return staged


def checksum(*paths: Path) -> str:
    """SHA-256 over some files, one after the other."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _effective(tabular: Path) -> date:
    match = _TABULAR.search(tabular.name)
    try:
        written = "{month} {day} {year}".format(**match.groupdict()) if match else ""
        return datetime.strptime(written, "%B %d %Y").date()  # noqa: DTZ007 - a date of service has no time zone
    except ValueError:
        raise FileRefused(f"{tabular.name} does not name the date it holds from, as in tabular-April-1-2026.") from None
