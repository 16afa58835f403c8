"""What always holds of the reference, whoever writes to it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from codes.models import Change, Code, Descriptor, Modifier, Release, Section
from codes.systems import System
from tests.codes.conftest import AT


def code(name: str = "99990") -> Code:
    return Code.objects.get(code=name)


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("official_title", "Their wording", "cpt_has_no_official_wording"),
        ("synonyms", "Their wording", "cpt_has_no_official_wording"),
        ("billable", False, "code_not_billable_is_a_header"),
        ("code", "99991", "code_once_per_system"),
    ],
)
def test_a_code_that_cannot_be(reference: None, column: str, value: object, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Code.objects.filter(code="99990").update(**{column: value})


def test_a_code_of_cpt_alone_may_have_no_title(reference: None) -> None:
    Code.objects.filter(code="99990").update(own_title="")
    with pytest.raises(IntegrityError, match="code_has_a_title"), transaction.atomic():
        Code.objects.exclude(system="cpt").filter(own_title="").update(official_title="")


def test_a_code_ends_after_it_starts(reference: None) -> None:
    with pytest.raises(IntegrityError, match="code_ends_after_it_starts"):
        Code.objects.filter(code="99990").update(valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 2))


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"author": ""}, "section_of_ours_is_signed"),
        ({"written": None}, "section_of_ours_is_signed"),
        ({"state": "reviewed"}, "section_review_is_signed"),
        ({"code": None}, "section_on_code_or_heading"),
    ],
)
def test_a_section_that_cannot_be(reference: None, values: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        Section.objects.filter(code__code="99990", kind="examples").update(**values)


def test_one_descriptor_of_a_kind(reference: None) -> None:
    release = Release.objects.current("icd-10-cm")
    Descriptor.objects.create(code=code(), kind="long", text="x", release=release)
    with pytest.raises(IntegrityError, match="descriptor_once_per_kind"):
        Descriptor.objects.create(code=code(), kind="long", text="y", release=release)


def test_a_cpt_modifier_has_no_official_wording(reference: None) -> None:
    with pytest.raises(IntegrityError, match="cpt_modifier_has_no_official_wording"):
        Modifier.objects.filter(code="59").update(descriptor="Their wording")


def test_current_on_a_date(reference: None) -> None:
    assert code("99980") not in Code.objects.current(date(2026, 1, 1))
    assert code("99980") in Code.objects.current(date(2024, 12, 31))
    assert code("99980") not in Code.objects.current(date(2019, 12, 31))
    assert code("99990") in Code.objects.current(date(1999, 1, 1))  # its dates are not stated
    assert code("99980").status(date(2019, 12, 31)) == "future"


@pytest.mark.parametrize(
    ("system", "written", "one_form"),
    [
        (System.ICD10CM, "m5450", "M54.50"),
        (System.ICD10CM, "M54.5", "M54.5"),
        (System.ICD10CM, "B20", "B20"),
        (System.ICD10CM, "qa0.0101", "QA0.0101"),
        (System.ICD10CM, "M5", None),
        (System.ICD10CM, "M54.50XXAB", None),
        (System.HCPCS, "j1885", "J1885"),
        (System.HCPCS, "D0120", None),  # dental codes are not ours
        (System.CPT, "20670", "20670"),
        (System.CPT, "0001u", "0001U"),
        (System.CPT, "2067", None),
        (System.CPT, "٢٠٦٧٠", None),
        (System.CPT, "", None),
    ],
)
def test_the_one_form_of_a_code(system: System, written: str, one_form: str | None) -> None:
    assert system.normalize(written) == one_form


def test_names(reference: None) -> None:
    assert str(code("A00.0")) == "ICD-10-CM A00.0"
    assert code("A00.0").key == "icd-10-cm:A00.0"
    assert str(Release.objects.current("icd-10-cm")) == "ICD-10-CM, FY2026 April"
    assert Release(dataset="icd-10-cm", effective=date(2026, 10, 1)).edition == 2027
    assert Release(dataset="hcpcs", effective=date(2026, 10, 1)).edition == 2026
    change = Change(code=code("A00.0"), release=Release.objects.current("icd-10-cm"), kind="added", at=AT)
    assert "added" in str(change)
