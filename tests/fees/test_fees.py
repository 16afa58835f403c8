"""Fees of a code on a day, in a locality and a setting, from the releases that are loaded."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from codes import fees, payment
from codes.fees import CodeFees, Terms
from codes.models import Gpci
from tests.loaders.conftest import load
from tests.loaders.fees import pprrvu
from tests.loaders.test_localities import GPCI_HEAD, amount, write

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


@pytest.fixture
def place(tmp_path: Path) -> Gpci:
    load("gpci", write(tmp_path, "GPCI2026.csv", GPCI_HEAD, "02102,ZZ,00,GULL ISLAND,1.000,0.888,0.921"))
    return Gpci.objects.get()


def test_a_fee_follows_from_the_row_the_place_and_the_setting(tmp_path: Path, place: Gpci) -> None:
    load("mpfs", pprrvu(tmp_path, {}, year=2026))
    code = CodeFees("A1001", DAY)
    outside, inside = (code.fee(Terms(place, facility=facility)) for facility in (False, True))
    assert outside is not None
    assert inside is not None
    assert (outside.amount, inside.amount) == (Decimal("86.90"), Decimal("65.08"))
    assert CodeFees("A1001", date(2025, 12, 31)).fee(Terms(place, facility=False)) is None


def test_components_have_rows_of_their_own(tmp_path: Path, place: Gpci) -> None:
    half = {"work": "0.00", "pe_nonfacility": "1.00", "pe_facility": "1.00", "malpractice": "0.00"}
    technical = {**half, "modifier": "TC", "total_nonfacility": "1.00", "total_facility": "1.00", "pc_tc": "1"}
    load("mpfs", pprrvu(tmp_path, {"pc_tc": "1"}, technical, year=2026))
    code, terms = CodeFees("A1001", DAY), Terms(place, facility=False)
    part, whole, other = code.fee(terms, "TC"), code.fee(terms), code.fee(terms, "RT")
    assert part
    assert whole
    assert other
    assert part.amount == Decimal("30.73")  # 0.888 × 34.6062 = 30.7303
    assert other.amount == whole.amount == Decimal("86.90")
    assert code.fee(terms, "26") is None


def test_participants_in_alternative_models_have_a_factor_of_their_own(tmp_path: Path, place: Gpci) -> None:
    load("mpfs", pprrvu(tmp_path, {"conversion_factor": "33.4009"}, year=2026, name="PPRRVU2026_Jan_nonQPP.csv"))
    standard = CodeFees("A1001", DAY).fee(Terms(place, facility=False, qpp=True))
    load("mpfs-qpp", pprrvu(tmp_path, {"conversion_factor": "33.5675"}, year=2026, name="PPRRVU2026_Jan_QPP.csv"))
    own = CodeFees("A1001", DAY).fee(Terms(place, facility=False, qpp=True))
    assert standard
    assert own
    assert (standard.amount, own.amount) == (Decimal("83.87"), Decimal("84.29"))


def test_a_contractor_priced_code_has_only_a_published_amount(tmp_path: Path, place: Gpci) -> None:
    load("mpfs", pprrvu(tmp_path, {"status": "C"}, year=2026))
    load("pfall", write(tmp_path, "PFALL26A.txt", amount("A1001"), '"TRL"'))
    code = CodeFees("A1001", DAY)
    assert code.contractor_priced
    assert code.fee(Terms(place, facility=False)) is None
    published = code.published(place)
    assert published is not None
    assert published.nonfacility == Decimal("86.90")


def test_an_endoscopy_brings_the_fee_of_its_base(tmp_path: Path, place: Gpci) -> None:
    higher = {"work": "2.30", "total_nonfacility": "3.66", "total_facility": "2.95"}
    scope = {"code": "A1002", "endoscopic_base": "A1001", "multiple_procedure": "3", **higher}
    load("mpfs", pprrvu(tmp_path, {}, scope, year=2026))
    terms = Terms(place, facility=False)
    lines = [line for code in ("A1001", "A1002") if (line := CodeFees(code, DAY).line(terms))]
    assert lines[1].base_fee == Decimal("86.90")
    assert [found.amount for found in payment.multiple(lines)] == [0, Decimal("121.50")]  # 3.51098 × 34.6062


def test_counties_lead_to_localities(tmp_path: Path) -> None:
    rows = [
        '02102,01,GULLS,METROPOLIS,"TERN, SKUA AND AUK; FINCH IN SONGBIRDS"',
        "02102,99,GULLS,REST,ALL OTHER COUNTIES",
        '02103,00,SONGBIRDS,STATEWIDE,"ALL COUNTIES, EXCEPT FINCH"',
    ]
    load("localities", write(tmp_path, "26LOCCO.csv", "MAC,Locality Number,State,Fee Schedule Area,Counties", *rows))

    def found(county: str, state: str) -> tuple[str, str] | None:
        row = fees.locality_of(county, state, DAY)
        return (row.contractor, row.locality) if row else None

    assert found("Auk", "Gulls") == ("02102", "01")
    assert found("Puffin", "Gulls") == ("02102", "99")
    assert found("Finch", "Songbirds") == ("02102", "01")
    assert found("Wren", "Songbirds") == ("02103", "00")
    assert found("Wren", "Nowhere") is None


def test_the_anesthesia_factor_of_a_place(tmp_path: Path, place: Gpci) -> None:
    load("anesthesia", write(tmp_path, "ANES2026.csv", "Contractor,Locality,Conversion Factor", "02102,00,20.11"))
    factor = fees.anesthesia_factor(place, DAY, qpp=True)
    assert factor is not None
    assert payment.anesthesia(5, 60, factor.factor).amount == Decimal("180.99")
    assert [each.name for each in fees.places(DAY)] == ["GULL ISLAND"]
