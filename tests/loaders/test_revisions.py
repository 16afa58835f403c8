"""Revisions of the carrier files: loaded in their order, or the data set is started over."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from codes.models import LocalityAmount, Release
from tests.loaders.conftest import load
from tests.loaders.test_localities import amount, write

pytestmark = pytest.mark.django_db


def carrier(folder: Path, name: str, *codes: str) -> Path:
    return write(folder, name, *map(amount, codes), '"TRL"')


def test_a_year_goes_below_a_year_and_nothing_below_a_revision(tmp_path: Path) -> None:
    load("pfall", carrier(tmp_path, "PFALL26A.txt", "A1001", "A1002"))
    load("pfall", carrier(tmp_path, "PFALL25A.txt", "A1001", "A1003"))
    found = LocalityAmount.objects.order_by("code").values_list("code", "valid_from", "valid_to")
    new_year = date(2026, 1, 1)
    assert list(found) == [
        ("A1001", date(2025, 1, 1), None),
        ("A1002", new_year, None),
        ("A1003", date(2025, 1, 1), new_year),
    ]
    load("pfall", carrier(tmp_path, "PFREV26C.txt", "A1002"))
    with pytest.raises(CommandError, match=r"load its releases in their order: manage\.py unload pfall\."):
        load("pfall", carrier(tmp_path, "PFREV26B.txt", "A1001"))
    call_command("unload", "pfall")
    assert not LocalityAmount.objects.exists()
    assert not Release.objects.filter(dataset="pfall").exists()
    with pytest.raises(CommandError, match="Nothing of Physician fee schedule, amounts by locality is loaded"):
        call_command("unload", "pfall")
