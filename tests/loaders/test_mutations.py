"""Every loader with files that were damaged at random, or that belong to another: loaded right, or refused in words."""

import random
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codes.loaders.catalog import DATASETS
from codes.loaders.outcome import FileRefused, Order
from codes.models import Code, Release
from tests.loaders.conftest import AT
from tests.loaders.small import CASES, Case

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 1)
every_case = pytest.mark.parametrize("case", CASES, ids=str)
damaging = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def outcome(case: Case, paths: list[Path], effective: date | None = None) -> int | None:
    """How many rows a load gave, which is then taken back; None where it was refused. Anything else fails."""
    with transaction.atomic():
        order = Order(AT, effective=effective, license=case.license)
        try:
            release = DATASETS[case.dataset].load(paths, order).release
        except FileRefused as refused:
            said = str(refused)
            assert len(said) > 20, f"{said!r} is no sentence"
            assert not any(unreadable in said for unreadable in ("\x00", "Traceback", "object at 0x")), said
            assert not Release.objects.exists()
            assert not any(table.objects.exists() for table in case.tables)
            return None
        stored = sum(table.objects.count() for table in case.tables)
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


def test_every_dataset_has_a_case() -> None:
    assert {case.dataset for case in CASES} == set(DATASETS)


@every_case
def test_the_good_files_are_loaded(case: Case, tmp_path: Path) -> None:
    assert outcome(case, case.write(tmp_path), None if case.dated else DAY) == case.rows


@every_case
@damaging
@given(seed=st.integers(0, 2**32), edits=st.integers(1, 6))
def test_a_damaged_file_is_loaded_right_or_refused(case: Case, tmp_path: Path, seed: int, edits: int) -> None:
    paths = case.write(tmp_path)
    hit = paths[seed % len(paths)]
    hit.write_bytes(damaged(hit.read_bytes(), seed, edits))
    outcome(case, paths, DAY if seed % 2 or not case.dated else None)


@every_case
def test_the_files_of_another_dataset_are_refused(case: Case, tmp_path: Path) -> None:
    for other in CASES:
        if other.dataset != case.dataset and not (other.family and other.family == case.family):
            folder = tmp_path / str(other)
            folder.mkdir()
            effective = None if other.dataset.startswith("icd-10-cm") else DAY
            assert outcome(case, other.write(folder), effective) is None, str(other)
    assert not Code.objects.exists()


@pytest.mark.parametrize("case", [case for case in CASES if case.ends], ids=str)
def test_a_file_cut_off_in_a_line_is_refused(case: Case, tmp_path: Path) -> None:
    paths = case.write(tmp_path)
    content = paths[0].read_bytes()
    paths[0].write_bytes(content.rstrip()[: -len(content) // 8])
    assert outcome(case, paths, None if case.dated else DAY) is None
