"""Codes read as coders write them, and compared one by one."""

import pytest
from django.core.exceptions import ValidationError

from jobboard.screening.coding import compare, parse


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("20680-rt, m54.50", ["cpt:20680-RT", "icd-10-cm:M54.50"]),
        ("J1885\n99213-25-59;99213-25-59", ["hcpcs:J1885", "cpt:99213-25-59"]),
        ("t8484xa", ["icd-10-cm:T84.84XA"]),
        ("  ", []),
    ],
)
def test_codes_are_read_in_any_form(typed: str, keys: list[str]) -> None:
    assert parse(typed) == keys


def test_each_mistake_is_named() -> None:
    with pytest.raises(ValidationError) as refused:
        parse("20680, hello, M54.50-RT")
    assert [message.split(" is ")[0] for message in refused.value.messages] == ["“HELLO”", "“M54.50-RT”"]
    with pytest.raises(ValidationError, match="at most 40"):
        parse(",".join(str(code) for code in range(10_000, 10_041)))


def test_codes_are_compared_one_by_one() -> None:
    expected = ["cpt:20680-RT", "icd-10-cm:T84.84XA", "cpt:99213", "hcpcs:J1885"]
    found = compare(["cpt:20680-LT", "cpt:99214", "hcpcs:J1885", "icd-10-cm:Z01.00"], expected)
    assert [(row.code, row.note) for row in found.right] == [("J1885", "")]
    assert [(row.code, row.note) for row in found.near] == [
        ("20680-LT", "other modifiers, expected 20680-RT"),
        ("99214", "same category, expected 99213"),
    ]
    assert [row.code for row in found.missing] == ["T84.84XA"]
    assert [row.code for row in found.extra] == ["Z01.00"]
    assert found.summary == "1 of 4 expected codes, 2 near, 1 not expected"


def test_one_code_given_answers_one_code_expected() -> None:
    found = compare(["cpt:99214"], ["cpt:99213", "cpt:99215"])
    assert (len(found.near), len(found.missing)) == (1, 1)
