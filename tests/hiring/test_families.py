"""Code families as people write them."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from jobboard.postings.families import parse, written


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("CPT 27, HCPCS J, M54", ["cpt:27", "hcpcs:J", "icd-10-cm:M54"]),
        ("cpt: 99213; cpt 0042t", ["cpt:99213", "cpt:0042T"]),
        ("27xxx, 27*, 27", ["cpt:27"]),
        ("J1885", ["hcpcs:J1885"]),
        ("M54.5, E11.-, icd-10 Z47", ["icd-10-cm:M545", "icd-10-cm:E11", "icd-10-cm:Z47"]),
        ("ICD-10-CM T36.0X1", ["icd-10-cm:T360X1"]),
        ("HCPCS Level II g0\nICD10CM C", ["hcpcs:G0", "icd-10-cm:C"]),
        ("", []),
        (" , ;", []),
    ],
)
def test_what_is_typed_is_read(typed: str, stored: list[str]) -> None:
    assert parse(typed) == stored
    assert parse(written(stored)) == stored


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("J", "Which system is “J” in?"),
        ("99202-99215", "looks like a range"),
        ("CPT 27 28", "Put commas"),
        ("CPT M54", "not the start of a code in CPT"),
        ("HCPCS D0120", "not the start of a code in HCPCS"),
        ("CPT", "not the start of a code in CPT"),
        ("orthopedics", "Which system"),
        ("٢٧", "not the start of a code"),
        (", ".join(str(number) for number in range(100, 150)), "at most 40"),
    ],
)
def test_what_cannot_be_read_is_named(typed: str, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        parse(typed)


def test_every_mistake_is_named_at_once() -> None:
    with pytest.raises(ValidationError) as mistakes:
        parse("CPT 27, Q, CPT X")
    assert len(mistakes.value.messages) == 2


@given(st.text(max_size=60))
def test_no_text_breaks_it(typed: str) -> None:
    try:
        families = parse(typed)
    except ValidationError:
        return
    assert parse(written(families)) == families
    assert all(len(family) <= 20 for family in families)
