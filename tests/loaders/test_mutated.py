"""Damaged files: whatever stands in them, a loader reads rows, names bad lines, or refuses the file in a sentence."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codes.loaders import amounts, localities, mpfs, places
from codes.loaders.layout import BadLine, Layout, Skipped, Staged
from codes.loaders.outcome import FileRefused
from codes.loaders.source import Source
from tests.loaders.fees import pprrvu, pprrvu_text
from tests.loaders.test_localities import GPCI_HEAD, amount, write

FILES: dict[str, tuple[Layout, Callable[[Path], Path]]] = {
    "pprrvu table": (mpfs.STANDARD, lambda folder: pprrvu(folder, {}, {"code": "A1002"}, year=2026)),
    "pprrvu text": (mpfs.STANDARD, lambda folder: pprrvu_text(folder, {}, {"code": "A1002"})),
    "gpci": (
        localities.INDICES,
        lambda folder: write(folder, "g.csv", GPCI_HEAD, "02102,ZZ,01,GULL ISLAND,1,1.065,0.5"),
    ),
    "pfall": (amounts.AMOUNTS, lambda folder: write(folder, "p.txt", amount("A1001"), amount("A1002"), '"TRL"')),
    "places": (places.PLACES, lambda folder: write(folder, "p.csv", "CODE,NAME,DESCRIPTION", "11,Nest,A nest")),
}
damage = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 40)), min_size=1, max_size=5)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damage=damage)
def test_a_damaged_file_is_read_or_refused_in_words(name: str, damage: list[tuple[float, bytes, int]]) -> None:
    layout, make = FILES[name]
    with TemporaryDirectory() as folder:
        path = make(Path(folder))
        content = path.read_bytes()
        for share, put, taken in damage:
            at = int(share * len(content))
            content = content[:at] + put + content[at + taken :]
        path.write_bytes(content)
        for row in _rows(layout, path):
            assert isinstance(row, Staged | BadLine | Skipped)
            if isinstance(row, Staged):
                assert len(row.values) == len(layout.columns)


def _rows(layout: Layout, path: Path) -> list[object]:
    """The rows of a file; none where it is refused."""
    try:
        layout.effective(Source(path))
        return list(layout.read(Source(path)))
    except FileRefused:
        return []
