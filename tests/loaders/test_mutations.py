"""Every loader with files that were damaged at random, or that belong to another: loaded right, or refused in words."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codes.loaders.catalog import DATASETS
from codes.loaders.outcome import FileRefused, Order
from codes.models import AddOnEdit, Code, HcpcsIndicators, IndexEntry, Mue, PcsCode, PtpEdit, Release
from tests.codes import anweb
from tests.loaders import index_files, order_files
from tests.loaders.conftest import AT, TITLES, edit

pytestmark = pytest.mark.django_db
MUE_HEAD = 'An invented file,,,\n"HCPCS/\nCPT Code",Units,Indicator,Rationale\n'
SEAWEED = index_files.term("Seaweed", index_files.cells("T51.3X1", "--"))


@dataclass(frozen=True)
class Case:
    """A small good file of a dataset: its name and content, the table it goes to, and how many rows that gives."""

    dataset: str
    name: str
    content: bytes
    model: type[models.Model]
    rows: int


def content(write: Callable[[Path], Path]) -> tuple[str, bytes]:
    """What a function that writes a file has written."""
    with TemporaryDirectory() as folder:
        path = write(Path(folder))
        return path.name, path.read_bytes()


def ptp(name: str) -> tuple[str, bytes]:
    return name, "\r\n".join([*TITLES, edit("A1001", "A1002"), edit("A1001", "A1003", ends="20231231"), ""]).encode()


def mue(name: str) -> tuple[str, bytes]:
    return name, f"{MUE_HEAD}A1001,1,2 Date of Service Edit: Policy,Nature\nA1002,4,1 Line Edit,Data\n".encode()


def index(kind: str, *terms: str) -> tuple[str, bytes]:
    return content(lambda folder: index_files.write(folder, *terms, kind=kind))


PCS = [order_files.line(1, "0DT", 0, "Gulls, Resection"), order_files.line(2, "0DTJ4ZZ", 1, "Resection of Gull")]
ADD_ON = (
    b"Invented\nAOC_Edit_Type\tAdd-On_Code\n1\tA1001\t\tA1002\t\t2020001\t\t\n2\tA1003\t\tCCCCC\t\t2020001\t\tA note\n"
)
CASES = [
    Case("hcpcs", *content(anweb.write), HcpcsIndicators, 4),
    Case("ptp-practitioner", *ptp("ccipra-v322r0-f1.TXT"), PtpEdit, 2),
    Case("ptp-hospital", *ptp("ccioph-v322r0-f1.TXT"), PtpEdit, 2),
    Case("mue-practitioner", *mue("MCR_MUE_PractitionerServices_Eff_07-01-2026.csv"), Mue, 2),
    Case("mue-hospital", *mue("MCR_MUE_OutpatientHospitalServices_Eff_07-01-2026.csv"), Mue, 2),
    Case("mue-dme", *mue("MCR_MUE_DMESupplierServices_Eff_07-01-2026.csv"), Mue, 2),
    Case("add-on", "AOC_V2026Q2-MCR.txt", ADD_ON, AddOnEdit, 2),
    Case("icd-10-cm-index", *index("index", index_files.GULL), IndexEntry, 5),
    Case("icd-10-cm-eindex", *index("eindex", index_files.term("Anchor", "<code>X58</code>")), IndexEntry, 1),
    Case("icd-10-cm-neoplasm", *index("neoplasm", index_files.term("Wing", index_files.cells("C50.-"))), IndexEntry, 1),
    Case("icd-10-cm-drug", *index("drug", SEAWEED), IndexEntry, 1),
    Case(
        "icd-10-pcs",
        *content(lambda folder: order_files.write(folder, *PCS, name="icd10pcs_order_2027.txt")),
        PcsCode,
        2,
    ),
]
NAMES = [case.dataset for case in CASES]


def outcome(dataset: str, path: Path, model: type[models.Model], effective: date | None = None) -> int | None:
    """How many rows a load gave, which is then taken back; None where it was refused. Anything else fails."""
    with transaction.atomic():
        try:
            release = DATASETS[dataset].load([path], Order(AT, effective=effective)).release
        except FileRefused as refused:
            if len(str(refused)) < 20:
                pytest.fail(f"{refused} is no sentence")
            assert not Release.objects.exists()
            assert not model.objects.exists()
            return None
        stored = model.objects.count()
        assert release.rows == stored > 0
        assert release.refused == 0
        transaction.set_rollback(True)
    return stored


def damaged(good: bytes, seed: int, edits: int) -> bytes:
    """A file after some edits: cut, changed, doubled, torn off."""
    chance = random.Random(seed)  # noqa: S311 - nothing to guard
    data = bytearray(good)
    for _ in range(edits):
        at, size = chance.randrange(len(data) + 1), chance.randrange(1, 60)
        match chance.choice(["cut", "byte", "insert", "double", "tear", "line"]):
            case "cut":
                del data[at : at + size]
            case "byte" if at < len(data):
                data[at] = chance.randrange(256)
            case "insert":
                data[at:at] = bytes(chance.choice(b"\r\n\t\"'<>&/\x00\xff\x81\xe2 09AZ,.-*") for _ in range(size))
            case "double":
                data[at:at] = data[at : at + 10 * size]
            case "tear":
                del data[max(at, 50) :]
            case "line":
                lines = data.split(b"\n")
                lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
                data = bytearray(b"\n".join(lines))
    return bytes(data)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_good_file_is_loaded(case: Case, tmp_path: Path) -> None:
    path = tmp_path / case.name
    path.write_bytes(case.content)
    assert outcome(case.dataset, path, case.model) == case.rows


@pytest.mark.parametrize("case", CASES, ids=NAMES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), edits=st.integers(1, 6))
def test_a_damaged_file_is_loaded_right_or_refused(case: Case, tmp_path: Path, seed: int, edits: int) -> None:
    path = tmp_path / case.name
    path.write_bytes(damaged(case.content, seed, edits))
    outcome(case.dataset, path, case.model, date(2026, 10, 1) if seed % 2 else None)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_file_of_another_dataset_is_refused(case: Case, tmp_path: Path) -> None:
    for other in CASES:
        path = tmp_path / other.name
        path.write_bytes(other.content)
        effective = None if other.dataset.startswith("icd-10-cm-") else date(2026, 10, 1)
        if other is not case:
            assert outcome(case.dataset, path, case.model, effective) is None, other.dataset
    assert not Code.objects.exists()


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_file_cut_off_in_a_line_is_refused(case: Case, tmp_path: Path) -> None:
    path = tmp_path / case.name
    path.write_bytes(case.content.rstrip()[: -len(case.content) // 8])
    assert outcome(case.dataset, path, case.model) is None
