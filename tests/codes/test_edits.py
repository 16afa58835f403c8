"""NCCI edits on a code's page and on the page of all its edits: to members alone, and worded as what they are."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from tests.loaders.conftest import edit, load, written  # noqa: F401 - a fixture of the loaders
from tests.loaders.test_mue_and_add_on import add_on, mue

CODE = "/codes/cpt/99990/"
ALL = f"{CODE}edits/"


@pytest.fixture
def ncci(reference: None, written: Callable[..., Path], tmp_path: Path) -> None:  # noqa: F811
    """Twelve codes beside 99990 in column 1, one with 99990 in column 2, units of 3, and an add-on code."""
    beside = [edit("99990", f"A10{number}") for number in range(10, 22)]
    load(
        "ptp-practitioner",
        written(*beside, edit("B1000", "99990", modifier="0"), edit("99990", "C1000", ends="20241231")),
    )
    load("mue-practitioner", mue(tmp_path, "99990,3,2 Date of Service Edit: Policy,Sentinel nature"))
    load("add-on", add_on(tmp_path, "1\t0999T\t\t99990\t\t2020001\t\t"))


def test_a_member_reads_partners_units_and_add_ons(ncci: None, mia: User, browser_of: Callable[[User], Client]) -> None:
    page = browser_of(mia).get(CODE).content.decode()
    assert "<strong>3 units</strong>" in page
    assert "99990 in column 1: 12 edits." in page
    assert "99990 in column 2: 1 edit." in page
    assert "A1010" in page
    assert "A1021" not in page  # beyond the first ten
    assert "0999T" in page
    assert "No edit does not mean payable" in page


def test_the_block_costs_the_same_however_many_edits_there_are(
    ncci: None,
    mia: User,
    browser_of: Callable[[User], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = browser_of(mia)
    with django_assert_max_num_queries(10):  # one of them for all data blocks, whether there are 5 partners or 5,000
        assert "99990 in column 2: 1 edit." in browser.get(CODE).text


@pytest.mark.parametrize("signed_in", [True, False])
def test_others_read_a_lock_and_no_edit(
    ncci: None, ann: User, client: Client, browser_of: Callable[[User], Client], signed_in: bool
) -> None:
    browser = browser_of(ann) if signed_in else client
    page = browser.get(CODE).content.decode()
    assert "Edits and units" in page
    assert "A1010" not in page
    assert "Sentinel nature" not in page
    response = browser.get(ALL)
    assert response.status_code == 302
    assert response.url == f"{CODE}#edits"


def test_nothing_is_promised_where_no_release_is_loaded(
    reference: None, mia: User, browser_of: Callable[[User], Client]
) -> None:
    assert "Edits and units" not in browser_of(mia).get(CODE).content.decode()


def test_an_empty_answer_names_release_and_day(ncci: None, mia: User, browser_of: Callable[[User], Client]) -> None:
    page = browser_of(mia).get(f"{ALL}?start=Z").content.decode()
    assert "No such edit in NCCI PTP edits, practitioner services, July 2026 as of" in page
    assert "No release of the edits for hospital" in browser_of(mia).get(f"{ALL}?setting=hospital").content.decode()


def test_what_is_not_loaded_is_named(ncci: None, mia: User, browser_of: Callable[[User], Client]) -> None:
    for address in (CODE, ALL):
        page = browser_of(mia).get(address).text
        named = page.split("Not loaded here, so nothing is known of: ")[1].split("</p>")[0]
        assert named.startswith("NCCI PTP edits, hospital outpatient services; NCCI MUE, hospital outpatient services;")
        assert "practitioner" not in named


def test_before_the_oldest_release_units_are_unknown_and_not_none(
    ncci: None, mia: User, browser_of: Callable[[User], Client]
) -> None:
    page = browser_of(mia).get(f"{CODE}?on=2022-03-01").text.split('id="edits"')[1].split("</section>")[0]
    assert "No units edit" not in page
    assert "Units of March 1, 2022 are not known here" in page
    assert page.index("Nothing older is loaded here.") < page.index("Units a day")


def test_zero_units_are_said_to_be_payable_in_no_number(
    reference: None, mia: User, browser_of: Callable[[User], Client], tmp_path: Path
) -> None:
    load("mue-practitioner", mue(tmp_path, "99990,0,3 Date of Service Edit: Clinical,Sentinel nature"))
    page = browser_of(mia).get(CODE).text
    assert "No unit is payable in this setting." in page
    assert "more needs a review" not in page


def test_edits_are_filtered_by_modifier_indicator(
    reference: None,
    mia: User,
    browser_of: Callable[[User], Client],
    written: Callable[..., Path],  # noqa: F811
) -> None:
    load("ptp-practitioner", written(edit("99990", "A1010"), edit("99990", "A1011", modifier="0")))
    page = " ".join(browser_of(mia).get(f"{ALL}?indicator=0").text.split())
    assert "1 edit with 99990 in column 1, modifier indicator 0." in page
    assert "A1011" in page
    assert "A1010" not in page
    assert "Any (2)" in page
    assert "1: a modifier may bypass it (1)" in page


@pytest.mark.parametrize("address", [CODE, ALL])
def test_answers_say_where_a_release_was_not_made_for_the_day(
    ncci: None, mia: User, browser_of: Callable[[User], Client], address: str
) -> None:
    browser = browser_of(mia)
    july = "NCCI PTP edits, practitioner services, July 2026"
    early, within, late = (
        browser.get(f"{address}?on={day}").text for day in ("2019-06-01", "2026-08-01", "2026-10-01")
    )
    assert f"{july}, takes effect on July 1, 2026. Nothing older is loaded here." in early
    assert f"{july}, takes effect" not in within
    assert f"{july}, holds through" not in within
    assert f"{july}, holds through September 30, 2026. A newer release is due, and not loaded here." in late


def test_all_edits_are_filtered_and_counted(
    ncci: None,
    mia: User,
    browser_of: Callable[[User], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = browser_of(mia)
    with django_assert_max_num_queries(10):
        page = browser.get(ALL).content.decode()
    assert "12 edits with 99990 in column 1" in page
    assert "C1000" not in page  # ended before today
    assert "1 edit with 99990 in column 1, the other code starting with A1021" in (
        browser.get(f"{ALL}?start=a1021").content.decode()
    )
    assert "Modifier indicator </span>0</span>" in browser.get(f"{ALL}?column=2").content.decode()


@pytest.mark.parametrize("query", ["start=%00", "setting=moon", "column=7", "indicator=9", "start=';--", "page=x"])
def test_nonsense_is_answered_in_words(ncci: None, mia: User, browser_of: Callable[[User], Client], query: str) -> None:
    response = browser_of(mia).get(f"{ALL}?{query}")
    assert response.status_code == (200 if query == "page=x" else 400)


def test_a_diagnosis_has_no_edits(ncci: None, mia: User, browser_of: Callable[[User], Client]) -> None:
    browser = browser_of(mia)
    assert browser.get("/codes/icd-10-cm/b20/edits/").status_code == 404
    assert browser.get("/codes/cpt/00000/edits/").status_code == 404


def test_edits_that_ended_are_named(ncci: None, mia: User, browser_of: Callable[[User], Client]) -> None:
    page = browser_of(mia).get(f"{CODE}changes/?before=2024-06-01&after=2026-07-01").text
    assert "removed: </span>99990 / C1000, modifier indicator 1" in page
    assert "Units a day" not in page  # the oldest release of units is of July 2026
    assert "practitioner services, July 2026 on both days, by the dates that it gives each edit" in page
    assert "A1010" not in page  # on both days
