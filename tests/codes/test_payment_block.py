"""The payment block: what a member reads of the fee schedule, what is chosen in the address, what stays locked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from codes.blocks.payment import in_letters
from tests.codes import anweb
from tests.loaders.conftest import load
from tests.loaders.fees import pprrvu
from tests.loaders.test_localities import GPCI_HEAD, write

CODE = "/codes/cpt/99990/"
GULL = {"code": "99990"}
_RVUS = ("work", "pe_nonfacility", "pe_facility", "malpractice", "total_nonfacility", "total_facility")
TIMED = {"status": "J", **dict.fromkeys(_RVUS, "0.00")}

type BrowserOf = Callable[[User], Client]


@pytest.fixture
def schedule(reference: None, tmp_path: Path) -> None:
    """The invented code in an invented fee schedule of 2026, with one locality."""
    load("mpfs", pprrvu(tmp_path, GULL, year=2026))
    load("gpci", write(tmp_path, "GPCI2026.csv", GPCI_HEAD, "02102,ZZ,00,GULL ISLAND,1.000,0.888,0.921"))


def block(browser: Client, address: str = CODE) -> str:
    """The payment block alone."""
    text = " ".join(browser.get(address).text.split())
    start = text.index('id="payment"')
    return text[start : text.index("</section>", start)]


def test_a_national_fee_is_said_to_be_one(schedule: None, mia: User, browser_of: BrowserOf) -> None:
    text = block(browser_of(mia))
    assert "national, before any locality (GPCI 1.000)" in text
    assert "<strong>$92.05</strong>" in text  # 2.66 x 34.6062
    assert "2.66 × $34.6062" in text
    assert "Physician fee schedule, relative values, January 2026" in text
    assert "Geographic practice cost indices" not in text


def test_indicators_are_in_words_and_fees_follow_from_them(schedule: None, mia: User, browser_of: BrowserOf) -> None:
    text = block(browser_of(mia))
    assert "Active: paid separately under the fee schedule when covered" in text
    assert "One day before, 90 days after" in text
    assert "10% before, 69% for the procedure, 21% after it" in text
    assert "$92.05 × 150%" in text
    assert "$138.08" in text
    assert "rank 2: $92.05 × 50%" in text
    assert "$92.05 × 109.25% (115% of 95%)" in text
    assert "Not applicable: supervision, imaging family." in text


def test_locality_and_setting_are_in_the_address_and_go_along(schedule: None, mia: User, browser_of: BrowserOf) -> None:
    browser = browser_of(mia)
    chosen = block(browser, f"{CODE}?locality=02102-00&setting=facility")
    assert "<strong>$65.08</strong>" in chosen
    assert "in Gull Island, ZZ, in a facility" in chosen
    assert "Geographic practice cost indices" in chosen
    assert "<strong>$65.08</strong>" in block(browser)
    assert "national, before any locality" in block(browser, f"{CODE}?locality=&setting=nonfacility")
    assert "national, before any locality" in block(browser)


@pytest.mark.parametrize("written", ["02102-99", "x' OR 1=1", "1" * 500])
def test_an_unknown_locality_says_what_to_do(schedule: None, mia: User, browser_of: BrowserOf, written: str) -> None:
    text = block(browser_of(mia), f"{CODE}?locality={written}")
    assert "There is no payment locality" in text
    assert "Choose one below." in text
    assert "<strong>$92.05</strong>" in text


def test_a_fee_of_a_release_that_is_over_is_marked(schedule: None, mia: User, browser_of: BrowserOf) -> None:
    browser = browser_of(mia)
    amount = block(browser, f"{CODE}?on=2026-11-25").split('class="fee-amount"')[1].split("</p>")[0]
    assert "Out of date: January 2026" in amount
    assert "Out of date" not in block(browser, f"{CODE}?on=2026-02-01")
    compared = "/codes/compare/?codes=cpt:99990&on="
    assert "out of date" in browser.get(f"{compared}2026-11-25").text
    assert "out of date" not in browser.get(f"{compared}2026-02-01").text


def test_components_have_rows_of_their_own(schedule: None, tmp_path: Path, mia: User, browser_of: BrowserOf) -> None:
    part = {"modifier": "26", "pe_nonfacility": "0.26", "pe_facility": "0.26"}
    part |= {"total_nonfacility": "1.66", "total_facility": "1.66", "pc_tc": "1"}
    load("mpfs", pprrvu(tmp_path, GULL | {"pc_tc": "1"}, GULL | part, year=2026, name="April.csv", month="April"))
    text = block(browser_of(mia))
    assert "Professional part" in text
    assert "$57.45" in text  # 1.66 x 34.6062
    assert "Diagnostic test: has professional (26) and technical (TC) components" in text


def test_a_code_without_relative_values_says_why(
    schedule: None, tmp_path: Path, mia: User, browser_of: BrowserOf
) -> None:
    load("mpfs", pprrvu(tmp_path, GULL | {"status": "C"}, year=2026, name="April.csv", month="April"))
    text = block(browser_of(mia))
    assert "No fee follows from relative values with status C" in text
    assert "How the fee comes about" not in text
    nothing = " ".join(browser_of(mia).get("/codes/hcpcs/j9998/").text.split())
    assert "Nothing on J9998 in Physician fee schedule, relative values, April 2026 as of" in nothing


def test_where_no_fee_can_follow_nothing_is_asked_and_the_status_says_why(
    schedule: None, tmp_path: Path, mia: User, browser_of: BrowserOf
) -> None:
    unpaid = [GULL | {"status": "X"} | dict.fromkeys(_RVUS, "0.00"), {"code": "J9998", "status": "N"}]
    load("mpfs", pprrvu(tmp_path, *unpaid, year=2026, name="April.csv", month="April"))
    text = block(browser_of(mia))
    assert "The law does not count it among the services that the physician fee schedule pays for." in text
    assert "Payment indicators" in text
    for absent in ("<form", "0.00", "No fee follows"):
        assert absent not in text
    informative = block(browser_of(mia), "/codes/hcpcs/j9998/")
    assert "Medicare does not cover it" in informative
    assert "<form" not in informative
    assert "relative values are for information" in informative
    assert "2.66" in informative


@pytest.mark.parametrize(
    ("pricing", "coverage", "named"),
    [
        ("21", "D", "the clinical laboratory fee schedule"),
        ("51", "C", "drugs"),
        ("36", "D", "DMEPOS"),
        ("2151", "D", ""),
        ("57", "C", ""),
        ("51", "M", ""),
    ],
)
def test_the_schedule_that_pays_is_named_only_where_the_indicator_does(
    schedule: None, tmp_path: Path, mia: User, browser_of: BrowserOf, pricing: str, coverage: str, named: str
) -> None:
    load("hcpcs", anweb.write(tmp_path, [anweb.record("J9998", "Seaweed", fields={120: pricing, 230: coverage})]))
    load("mpfs", pprrvu(tmp_path, {"code": "J9998", "status": "E"}, year=2026, name="April.csv", month="April"))
    text = block(browser_of(mia), "/codes/hcpcs/j9998/?on=2026-10-02")
    assert "The physician fee schedule pays nothing for it." in text
    assert ("pricing indicator names" in text) == bool(named)
    assert named in text


def test_anesthesia_pays_by_time(schedule: None, tmp_path: Path, mia: User, browser_of: BrowserOf) -> None:
    load("mpfs", pprrvu(tmp_path, GULL | TIMED, year=2026, name="April.csv", month="April"))
    load(
        "anesthesia",
        write(tmp_path, "anes_2026.csv", "mac,locality,anes_cf", "02102,00,20.5000"),
        "--effective",
        "2026-01-01",
    )
    browser = browser_of(mia)
    assert "Choose a locality" in block(browser)
    text = block(browser, f"{CODE}?locality=02102-00&base=4&minutes=75&anesthetist=QK")
    assert "75 minutes ÷ 15" in text
    assert "<strong>$92.25</strong>" in text  # (4 + 5) x 20.50 / 2
    assert "whole minutes" in block(browser, f"{CODE}?minutes=long&base=4")
    assert "No base units of 99990 are loaded here for this day" in block(browser, f"{CODE}?locality=02102-00")


def test_base_units_of_a_loaded_list_are_filled_in(
    schedule: None, tmp_path: Path, mia: User, browser_of: BrowserOf
) -> None:
    load("mpfs", pprrvu(tmp_path, GULL | TIMED, year=2026, name="April.csv", month="April"))
    load("anesthesia", write(tmp_path, "anes_2026.csv", "mac,locality,anes_cf", "02102,00,20.5000"))
    load("anesthesia-units", write(tmp_path, "units_2026.csv", "CODE,", ",BASE", ",UNIT", "99990,5", "100,4"))
    text = block(browser_of(mia), f"{CODE}?locality=02102-00&minutes=75")
    assert "5 + 5.0" in text
    assert "10.0 × $20.5000" in text
    assert "<strong>$205.00</strong>" in text
    assert "Anesthesia base units, January 2026" in text


def test_a_lock_keeps_figures_and_choices_back(schedule: None, ann: User, browser_of: BrowserOf) -> None:
    text = browser_of(ann).get(f"{CODE}?locality=02102-00").text
    assert "RVUs, global days and indicators in words" in text
    for kept in ("92.05", "34.6062", "Gull Island", "fee-locality", "One day before, 90 days after"):
        assert kept not in text


def test_htmx_swaps_the_block_that_a_fresh_load_has(schedule: None, mia: User, browser_of: BrowserOf) -> None:
    browser, address = browser_of(mia), f"{CODE}?locality=02102-00"
    part = " ".join(browser.get(address, headers={"HX-Request": "true"}).text.split())
    assert block(browser, address) in part


def test_the_blocks_of_a_page_ask_together(schedule: None, mia: User, browser_of: BrowserOf) -> None:
    browser = browser_of(mia)
    with CaptureQueriesContext(connection) as captured:
        block(browser)
    assert len([query for query in captured if "codes_relativevalue" in query["sql"]]) == 1
    assert len([query for query in captured if "codes_gpci" in query["sql"]]) == 1


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("DC + MD/VA SUBURBS", "DC + MD/VA Suburbs"),
        ("NYC SUBURBS/LONG ISLAND", "NYC Suburbs/Long Island"),
        ("NORTHERN NJ", "Northern NJ"),
        ("REST OF MAINE*", "Rest of Maine"),
        ("SEATTLE (KING CNTY)", "Seattle (King County)"),
    ],
)
def test_localities_are_named_as_people_write_them(published: str, shown: str) -> None:
    assert in_letters(published) == shown
