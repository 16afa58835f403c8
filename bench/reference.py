"""Invented rows of every data set around three codes, so that every block of their pages has something to say.

The tests of the code page stand on the same rows as the bench.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, groupby
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from codes.models import (
    AddOnEdit,
    AnesthesiaFactor,
    Change,
    Code,
    CoverageCode,
    CoverageDocument,
    Distinction,
    Gpci,
    HcpcsIndicators,
    IndexEntry,
    IndexTable,
    License,
    LicensedDescriptor,
    LocalityAmount,
    Mue,
    PlaceOfService,
    PtpEdit,
    Rationale,
    RelativeValue,
    Release,
    Setting,
)
from codes.systems import System

DOCUMENTS = 12  # determinations and articles of each kind that name a code
JOINED = 30  # codes that each of them joins with it
ENTRIES = 80  # of the Index; a page shows 60
LOCALITIES = 110  # about as many as there are
FEW = 5  # partners

type Rows = Iterable[models.Model]


@transaction.atomic
def fill(cpt: Code, hcpcs: Code, icd: Code, few: Code, on: date, partners: int = 5_000) -> None:
    """Store releases of a day's year and rows of each, with so many partners in each setting and column, or `few`."""
    releases = {dataset: _release(dataset, on) for dataset in Release.Dataset if dataset not in _THERE}
    rationale = Rationale.objects.create(text="Invented: one is part of the other")
    for code in (cpt, hcpcs):
        PtpEdit.objects.bulk_create(_partners(code.code, partners, releases, rationale), batch_size=5_000)
        _store(_units(code.code, releases, rationale), _fees(code.code, releases))
    PtpEdit.objects.bulk_create(_partners(few.code, FEW, releases, rationale))
    _store(_places(releases), _localities(releases), _indicators(hcpcs.code, releases), _entries(icd.code, releases))
    for number, code in enumerate((cpt, hcpcs, icd)):
        _store(_coverage(code, 1_000 * number, releases), _changes(code, on))
    names = {"code": cpt.code, "system": cpt.system, "other_code": few.code, "other_system": few.system}
    Distinction.objects.create(text="Invented: the other one is smaller", author="Nobody", written=on, **names)
    License.objects.create(edition=on.year, holder="Invented", expires=date(on.year, 12, 31), loaded_at=_moment(on))
    LicensedDescriptor.objects.create(
        edition=on.year, code=cpt.code, kind="long", text="An invented wording", **_dated(releases[Release.Dataset.CPT])
    )


_THERE = (Release.Dataset.ICD10CM, Release.Dataset.OWN_TEXTS)  # loaded with the codes
_SETTINGS = {
    Setting.PRACTITIONER: (Release.Dataset.PTP_PRACTITIONER, Release.Dataset.MUE_PRACTITIONER),
    Setting.HOSPITAL: (Release.Dataset.PTP_HOSPITAL, Release.Dataset.MUE_HOSPITAL),
}
_DOCUMENTS = {
    CoverageDocument.Kind.NCD: Release.Dataset.COVERAGE_NCD,
    CoverageDocument.Kind.LCD: Release.Dataset.COVERAGE_LCD,
    CoverageDocument.Kind.ARTICLE: Release.Dataset.COVERAGE_ARTICLE,
}

type Releases = dict[Release.Dataset, Release]


def _moment(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time()))


def _release(dataset: Release.Dataset, on: date) -> Release:
    return Release.objects.create(
        dataset=dataset,
        version=f"{on.year}",
        title=f"{dataset.label}, invented",
        owner="Nobody",
        effective=date(on.year, 1, 1),
        file_name="invented.txt",
        checksum="invented",
        loaded_at=_moment(on),
    )


def _dated(release: Release) -> dict[str, Any]:
    return {"release": release, "valid_from": release.effective}


def _store(*rows: Rows) -> None:
    listed = sorted(chain.from_iterable(rows), key=lambda row: row._meta.label)
    for model, some in groupby(listed, key=type):
        model._default_manager.bulk_create(list(some))


def _partners(code: str, many: int, releases: Releases, rationale: Rationale) -> Iterator[PtpEdit]:
    for setting, (dataset, _) in _SETTINGS.items():
        for number in range(many):
            for pair in ({"column1": code, "column2": f"{number:05}"}, {"column1": f"{number:05}", "column2": code}):
                indicator = number % 2
                yield PtpEdit(
                    setting=setting, indicator=indicator, rationale=rationale, **pair, **_dated(releases[dataset])
                )


def _units(code: str, releases: Releases, rationale: Rationale) -> Iterator[models.Model]:
    for setting, (_, dataset) in _SETTINGS.items():
        yield Mue(setting=setting, code=code, units=2, adjudication=3, rationale=rationale, **_dated(releases[dataset]))
    dated = _dated(releases[Release.Dataset.ADD_ON])
    yield from (AddOnEdit(add_on=code, primary=f"0{number:04}", kind=1, **dated) for number in range(10))
    yield from (AddOnEdit(add_on=f"0{number:04}", primary=code, kind=1, **dated) for number in range(10))


def _fees(code: str, releases: Releases) -> Iterator[models.Model]:
    for qpp, dataset in enumerate((Release.Dataset.MPFS, Release.Dataset.MPFS_QPP)):
        for modifier in ("", "26", "TC"):
            yield RelativeValue(qpp=bool(qpp), code=code, modifier=modifier, **_VALUES, **_dated(releases[dataset]))
    for contractor in range(LOCALITIES):
        yield LocalityAmount(
            contractor=f"{contractor:05}",
            locality="00",
            code=code,
            nonfacility=Decimal("92.05"),
            facility=Decimal("65.08"),
            pc_tc=1,
            status="A",
            multiple_procedure=2,
            therapy_nonfacility=0,
            therapy_facility=0,
            capped=False,
            opps_nonfacility=0,
            opps_facility=0,
            **_dated(releases[Release.Dataset.PFALL]),
        )


_VALUES: dict[str, Any] = {
    "status": "A",
    "work": Decimal("1.30"),
    "pe_nonfacility": Decimal("1.26"),
    "pe_facility": Decimal("0.55"),
    "malpractice": Decimal("0.10"),
    "total_nonfacility": Decimal("2.66"),
    "total_facility": Decimal("1.95"),
    "na_nonfacility": False,
    "na_facility": False,
    "pc_tc": 1,
    "global_days": "090",
    "preoperative": Decimal("0.10"),
    "intraoperative": Decimal("0.69"),
    "postoperative": Decimal("0.21"),
    "multiple_procedure": 2,
    "bilateral": 1,
    "assistant": 2,
    "co_surgeon": 1,
    "team": 1,
    "conversion_factor": Decimal("34.6062"),
    "supervision": "01",
    "imaging_family": "88",
    "opps_pe_nonfacility": 0,
    "opps_pe_facility": 0,
    "opps_malpractice": 0,
}


def _places(releases: Releases) -> Iterator[PlaceOfService]:
    for code, facility in (("11", False), ("22", True), ("24", True)):
        yield PlaceOfService(
            code=code, facility=facility, name=f"Place {code}", **_dated(releases[Release.Dataset.PLACES])
        )


def _localities(releases: Releases) -> Iterator[models.Model]:
    for number in range(LOCALITIES):
        place = {"contractor": f"{number:05}", "locality": "00"}
        indices = {"work": Decimal("1.000"), "pe": Decimal("0.888"), "malpractice": Decimal("0.921")}
        name = f"GULL ISLAND {number}"
        yield Gpci(state="TX", name=name, **place, **indices, **_dated(releases[Release.Dataset.GPCI]))
        yield AnesthesiaFactor(factor=Decimal("20.1"), **place, **_dated(releases[Release.Dataset.ANESTHESIA]))


def _indicators(code: str, releases: Releases) -> Iterator[HcpcsIndicators]:
    yield HcpcsIndicators(
        code=code,
        coverage="C",
        pricing=["51"],
        multiple_pricing="A",
        coverage_manual=[],
        carriers_manual=["2049"],
        statute="",
        lab_certifications=[],
        asc_group="YY",
        processing_note="",
        betos="O1E",
        types_of_service=["1", "P"],
        action="N",
        **_dated(releases[Release.Dataset.HCPCS]),
    )


def _entries(code: str, releases: Releases) -> Iterator[IndexEntry]:
    for number in range(ENTRIES):
        yield IndexEntry(
            table=list(IndexTable)[number % 4],
            path=["Gulls", f"numerous {number}"],
            modifiers=["(loud)", ""],
            code=code,
            **_dated(releases[Release.Dataset.INDEX]),
        )


def _coverage(code: Code, first: int, releases: Releases) -> Iterator[models.Model]:
    diagnosis = code.system == System.ICD10CM
    role, other = ("supports", "procedure") if diagnosis else ("procedure", "supports")
    joined = [f"0{number:04}" if diagnosis else f"Z{number:02}.9" for number in range(JOINED)]
    for kind, dataset in _DOCUMENTS.items():
        for number in range(first, first + DOCUMENTS):
            named = {"kind": kind, "document": number, "version": 1, **_dated(releases[dataset])}
            yield CoverageDocument(
                number=f"{kind[0].upper()}{number}",
                title=f"Invented determination {number}",
                contractors="Nobody, Inc.",
                states=["TX", "OK"],
                url=f"https://www.cms.gov/{number}",
                **named,
            )
            yield CoverageCode(role=role, group=1, code=code.code, **named)
            yield from (CoverageCode(role=other, group=1, code=each, **named) for each in joined)


def _changes(code: Code, on: date) -> Iterator[Change]:
    for kind in (Change.Kind.ADDED, Change.Kind.NOTES, Change.Kind.TEXTS):
        yield Change(code=code, release=code.release, kind=kind, note="Invented", at=_moment(on))
