"""The arithmetic of the physician fee schedule: worked examples by hand, and a second calculation beside it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes import payment
from codes.payment import Line, Payment, Step, Units


def dollars(written: str) -> Decimal:
    return Decimal(written)


def paid(amount: str) -> Payment:
    return Payment((Step("Fee", "as stated", dollars(amount)),))


def rounded(exact: Fraction) -> Decimal:
    """Half a cent up, in whole numbers alone."""
    return Decimal((exact * 200 + 1) // 2) / 100


VISIT = Units(dollars("1.30"), dollars("1.26"), dollars("0.10"))
ALABAMA_2022 = Units(dollars("1.000"), dollars("0.888"), dollars("0.921"))


def test_an_office_visit_in_alabama_in_2022() -> None:
    """1.30 × 1 + 1.26 × 0.888 + 0.10 × 0.921 = 2.51098; × 34.6062 = 86.8954...: $86.90."""
    found = payment.fee(VISIT, ALABAMA_2022, dollars("34.6062"))
    assert found.amount == dollars("86.90")
    assert [(step.label, step.value) for step in found.steps] == [
        ("Work", dollars("1.30000")),
        ("Practice expense", dollars("1.11888")),
        ("Malpractice", dollars("0.09210")),
        ("Adjusted RVUs", dollars("2.51098")),
        ("Fee", dollars("86.90")),
    ]
    assert found.steps[1].formula == "1.26 RVU × 0.888 GPCI"
    assert found.steps[4].formula == "2.51098 × $34.6062"


def test_the_hospital_rate_limits_imaging_only_where_it_is_lower() -> None:
    factor, place = dollars("10.0000"), Units(*[dollars("1.000")] * 3)
    units = Units(dollars("0.00"), dollars("3.00"), dollars("0.10"))
    low, high = units._replace(practice=dollars("2.00")), units._replace(practice=dollars("4.00"))
    assert payment.fee(units, place, factor, low).amount == dollars("21.00")
    assert payment.fee(units, place, factor, high).amount == dollars("31.00")


@pytest.mark.parametrize(
    ("indicator", "amount"), [(0, "125.00"), (1, "187.50"), (2, "125.00"), (3, "250.00"), (9, "125.00")]
)
def test_both_sides(indicator: int, amount: str) -> None:
    assert payment.bilateral(paid("125.00"), indicator).amount == dollars(amount)


def test_assistants_co_surgeons_and_teams() -> None:
    surgeon = paid("1000.00")
    assert payment.assistant(surgeon, 2).amount == dollars("160.00")
    assert payment.assistant(surgeon, 2, physician=False).amount == dollars("136.00")
    assert payment.assistant(surgeon, 1).amount == 0
    assert payment.assistant(surgeon, 0).steps[-1].formula == "$1,000.00 × 16%, with documentation of medical necessity"
    assert payment.co_surgeon(surgeon, 2).amount == dollars("625.00")
    assert payment.co_surgeon(surgeon, 0).amount == 0
    assert payment.team(surgeon, 2) is None
    refused = payment.team(surgeon, 0)
    assert refused is not None
    assert refused.amount == 0


def test_what_a_nonparticipating_physician_may_charge() -> None:
    """$86.90 × 0.95 = 82.555: $82.56; $86.90 × 1.0925 = 94.93825: $94.94."""
    assert payment.nonparticipating(paid("86.90")).amount == dollars("82.56")
    assert payment.limiting_charge(paid("86.90")).amount == dollars("94.94")


def test_anesthesia() -> None:
    """5 base units, 52 minutes = 3.4666... units, 3.5; 8.5 × $20.50 = 174.25, half under medical direction."""
    found = payment.anesthesia(5, 52, dollars("20.50"))
    assert (found.steps[1].value, found.steps[2].value, found.amount) == (
        dollars("3.5"),
        dollars("8.5"),
        dollars("174.25"),
    )
    assert payment.anesthesia(5, 52, dollars("20.50"), "QK").amount == dollars("87.13")
    with pytest.raises(KeyError):
        payment.anesthesia(5, 52, dollars("20.50"), "AD")


def test_standard_surgery_by_rank_whatever_the_order() -> None:
    lines = [Line("A1", paid("100.00"), 2), Line("A2", paid("300.01"), 2), Line("A3", paid("50.00"), 0)]
    assert [found.amount for found in payment.multiple(lines)] == [
        dollars("50.00"),
        dollars("300.01"),
        dollars("50.00"),
    ]


def test_the_sixth_procedure_is_by_report() -> None:
    found = payment.multiple([Line(f"A{number}", paid("100.00"), 2) for number in range(7)])
    assert [result.amount for result in found] == [dollars("100.00"), *[dollars("50.00")] * 6]
    assert ["by report" in result.steps[-1].formula for result in found] == [False] * 5 + [True] * 2


def endoscopy(code: str, amount: str, base_fee: str = "255.40") -> Line:
    return Line(code, paid(amount), 3, base="45378", base_fee=dollars(base_fee))


def test_endoscopies_of_a_family_are_paid_by_their_difference_from_the_base() -> None:
    """374.56 in full, 285.98 - 255.40 = 30.58, the base not at all."""
    lines = [endoscopy("45380", "285.98"), Line("45378", paid("255.40"), 2), endoscopy("45385", "374.56")]
    assert [found.amount for found in payment.multiple(lines)] == [dollars("30.58"), dollars("0.00"), dollars("374.56")]


def test_a_family_is_ranked_as_one_beside_other_surgery() -> None:
    """The family is worth 405.14 and stands before 400.00, which is halved; before 500.00 the family is halved."""
    family = [endoscopy("45380", "285.98"), endoscopy("45385", "374.56")]
    first = payment.multiple([*family, Line("A1", paid("400.00"), 2)])
    assert [found.amount for found in first] == [dollars("30.58"), dollars("374.56"), dollars("200.00")]
    second = payment.multiple([*family, Line("A1", paid("500.00"), 2)])
    assert [found.amount for found in second] == [dollars("15.29"), dollars("187.28"), dollars("500.00")]


def test_one_endoscopy_alone_is_ranked_as_any_surgery() -> None:
    found = payment.multiple([endoscopy("45385", "374.56"), Line("A1", paid("400.00"), 2)])
    assert [result.amount for result in found] == [dollars("187.28"), dollars("400.00")]


def imaging(technical: str, professional: str, indicator: int = 4) -> Line:
    total = dollars(technical) + dollars(professional)
    return Line(
        "A1",
        paid(str(total)),
        indicator,
        "",
        family="88",
        technical=dollars(technical),
        professional=dollars(professional),
    )


def test_parts_of_imaging_are_ranked_apart() -> None:
    """The second image has the higher professional part: its technical part is halved, the first's professional -5%."""
    found = payment.multiple([imaging("100.00", "40.00"), imaging("80.00", "60.00")])
    assert [result.amount for result in found] == [dollars("138.00"), dollars("100.00")]


@pytest.mark.parametrize(("indicator", "second"), [(6, "100.00"), (7, "104.00")])
def test_technical_parts_of_heart_and_eye_tests(indicator: int, second: str) -> None:
    found = payment.multiple([imaging("100.00", "40.00", indicator), imaging("80.00", "40.00", indicator)])
    assert [result.amount for result in found] == [dollars("140.00"), dollars(second)]


def test_further_units_of_therapy_lose_half_of_their_practice_expense() -> None:
    place, factor = Units(*[dollars("1.000")] * 3), dollars("10.0000")
    units = Units(dollars("0.50"), dollars("0.40"), dollars("0.02"))
    line = Line(
        "A1",
        payment.fee(units, place, factor),
        5,
        reduced=payment.reduced_therapy(units, place, factor),
    )
    assert [found.amount for found in payment.multiple([line, line])] == [dollars("9.20"), dollars("7.20")]


rvu = st.decimals(0, 200, places=2)
index = st.decimals("0.300", "3.000", places=3)
factor = st.decimals("15.0000", "60.0000", places=4)
amounts = st.decimals("0.01", 20_000, places=2)


@given(st.builds(Units, rvu, rvu, rvu), st.builds(Units, index, index, index), factor)
def test_fees_equal_a_calculation_in_fractions(units: Units, indices: Units, factor: Decimal) -> None:
    exact = sum((Fraction(a) * Fraction(b) for a, b in zip(units, indices, strict=True)), Fraction(0)) * Fraction(
        factor
    )
    found = payment.fee(units, indices, factor)
    assert found.amount == rounded(exact)
    assert payment.limiting_charge(found).amount == rounded(Fraction(found.amount) * Fraction(10925, 10000))


@given(st.integers(1, 30), st.integers(1, 900), factor)
def test_anesthesia_equals_a_calculation_in_tenths(base: int, minutes: int, factor: Decimal) -> None:
    tenths = base * 10 + (minutes * 20 + 15) // 30  # tenths of a unit, half a tenth up
    assert payment.anesthesia(base, minutes, factor).amount == rounded(Fraction(tenths, 10) * Fraction(factor))


@given(st.lists(amounts, min_size=1, max_size=5, unique=True))
def test_standard_surgery_pays_the_highest_and_half_of_each_other(fees: list[Decimal]) -> None:
    found = [result.amount for result in payment.multiple([Line("A1", paid(str(each)), 2) for each in fees])]
    assert found == [each if each == max(fees) else rounded(Fraction(each) / 2) for each in fees]


lines = st.lists(
    st.builds(
        lambda amount, indicator, base: Line(
            "A1", paid(str(amount)), indicator, base="B1" if base and indicator == 3 else "", base_fee=Decimal("5.00")
        ),
        amounts,
        st.sampled_from([0, 2, 3, 9]),
        st.booleans(),
    ),
    max_size=6,
)


@given(lines)
def test_nothing_is_paid_above_its_fee_or_below_nothing(lines: list[Line]) -> None:
    found = payment.multiple(lines)
    assert all(0 <= result.amount <= line.payment.amount for result, line in zip(found, lines, strict=True))
    assert all(
        result.amount == line.payment.amount
        for result, line in zip(found, lines, strict=True)
        if line.indicator in (0, 9)
    )
