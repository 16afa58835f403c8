"""What changed on a code, release by release, and what differs between two dates of service."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from codes.wording import Piece, lines, words
from tests.loaders.conftest import load
from tests.loaders.fees import pprrvu
from tests.loaders.test_mue_and_add_on import OCTOBER, mue

ICD = "/codes/icd-10-cm/a00.0/"
DATES = "before=2026-09-30&after=2026-10-01"

type BrowserOf = Callable[[User], Client]


def read(browser: Client, path: str, status: int = 200) -> str:
    response = browser.get(path)
    assert response.status_code == status
    return " ".join(response.text.split())


# On the page of the code.


def test_each_change_names_its_day_and_release(october: None, mia: User, browser_of: BrowserOf) -> None:
    page = read(browser_of(mia), f"{ICD}?on=2026-10-01")
    block = page.split('id="changes"')[1].split("</section>")[0]
    assert "October 1, 2026" in block
    assert "Title changed" in block
    assert "ICD-10-CM, FY2027 October" in block
    assert '<del><span class="visually-hidden">removed: </span>itching' not in block  # which both titles have
    assert '<ins><span class="visually-hidden">added: </span>terrible' in block
    assert "Notes changed: Inclusion terms" in block
    assert "Listed in FY2026 April, the oldest release loaded here" in block


def test_a_code_that_was_divided_and_one_that_is_new_say_so(
    october: None,
    mia: User,
    browser_of: BrowserOf,
) -> None:
    divided = read(browser_of(mia), "/codes/icd-10-cm/a00.9/")
    assert "No longer billable: it was divided and needs more characters" in divided
    new = read(browser_of(mia), "/codes/icd-10-cm/a00.91/").split('id="changes"')[1].split("</section>")[0]
    assert "Added" in new
    assert "oldest release" not in new


def test_without_a_change_the_release_is_named(reference: None, mia: User, browser_of: BrowserOf) -> None:
    page = read(browser_of(mia), f"{ICD}?on=2026-05-01")
    assert "No change of A00.0 in ICD-10-CM, FY2026 April as of May 1, 2026." in page


@pytest.mark.parametrize("signed_in", [True, False])
def test_others_read_a_lock(
    october: None,
    ann: User,
    client: Client,
    browser_of: BrowserOf,
    signed_in: bool,
) -> None:
    browser = browser_of(ann) if signed_in else client
    page = read(browser, ICD)
    assert "Changes by release" in page
    assert "Title changed" not in page
    response = browser.get(f"{ICD}changes/?{DATES}")
    assert (response.status_code, response.headers["Location"]) == (302, f"{ICD}#changes")


# Two dates.


def test_what_differs_is_marked_word_by_word(october: None, mia: User, browser_of: BrowserOf) -> None:
    page = read(browser_of(mia), f"{ICD}changes/?{DATES}")
    assert "added: </span>terrible" in page
    assert "removed: </span>Beach<" in page
    assert "added: </span>Sand<" in page
    assert "itch NOS" in page
    assert "Excludes 1" not in page  # the same on both days
    assert "September 30, 2026: ICD-10-CM, FY2026 April." in page
    assert "October 1, 2026: ICD-10-CM, FY2027 October." in page


def test_a_day_that_no_release_was_made_for_is_no_change(reference: None, mia: User, browser_of: BrowserOf) -> None:
    browser = browser_of(mia)
    later = read(browser, f"{ICD}changes/?before=2026-05-01&after=2026-10-01")
    assert "Nothing that was compared differs in A00.0 between May 1, 2026 and October 1, 2026." in later
    assert "October 1, 2026: ICD-10-CM, FY2026 April, which was not made for that day." in later
    ours = read(browser, "/codes/cpt/99990/changes/?before=2024-06-01&after=2026-06-01")
    assert "Nothing that was compared differs in 99990" in ours
    earlier = read(browser, "/codes/cpt/99990/changes/?before=2019-06-01&after=2026-06-01")
    assert "Not yet introduced" in earlier


def test_the_same_on_both_days_says_so(october: None, mia: User, browser_of: BrowserOf) -> None:
    page = read(browser_of(mia), f"{ICD}changes/?before=2026-05-01&after=2026-06-01")
    assert "Nothing that was compared differs in A00.0 between May 1, 2026 and June 1, 2026." in page


@pytest.mark.parametrize(
    "query",
    [
        "before=2026-01-01",
        "before=x&after=y",
        "before=2026-10-01&after=2026-09-30",
        "before=1800-01-01&after=9999-01-01",
    ],
)
def test_dates_that_cannot_be_compared_are_refused_in_words(
    reference: None, mia: User, browser_of: BrowserOf, query: str
) -> None:
    page = read(browser_of(mia), f"{ICD}changes/?{query}", 400)
    assert "errorlist" in page


def test_without_dates_the_form_offers_the_last_year(reference: None, mia: User, browser_of: BrowserOf) -> None:
    page = read(browser_of(mia), f"{ICD}changes/?on=2026-10-01")
    assert "errorlist" not in page
    assert 'name="before" value="2025-10-01"' in page
    assert 'name="after" value="2026-10-01"' in page
    assert "What was compared" not in page


# Edits, units and relative values.

POLICY = "2 Date of Service Edit: Policy,Nature"


@pytest.fixture
def figures(reference: None, tmp_path: Path) -> None:
    """Units of two quarters, the older one of July 2026, and relative values of 2026 and of April 2026."""
    load("mue-practitioner", mue(tmp_path, f"99990,3,{POLICY}"))
    load("mue-practitioner", mue(tmp_path, f"99990,4,{POLICY}", name=OCTOBER))
    april = {"code": "99990", "work": "1.40", "total_nonfacility": "2.76", "total_facility": "2.05"}
    load("mpfs", pprrvu(tmp_path, {"code": "99990"}, year=2026))
    load("mpfs", pprrvu(tmp_path, april, year=2026, month="April", name="April.csv"))


def test_figures_are_compared_where_a_release_holds_on_both_days(
    figures: None, mia: User, browser_of: BrowserOf
) -> None:
    page = read(browser_of(mia), "/codes/cpt/99990/changes/?before=2026-09-30&after=2026-10-01")
    units = page.split("Units a day</h2>")[1].split("</section>")[0]
    assert "removed: </span>3<" in units
    assert "added: </span>4" in units
    assert "NCCI MUE, practitioner services, October 2026" in page.split("What was compared")[1]
    values = read(browser_of(mia), "/codes/cpt/99990/changes/?before=2026-01-15&after=2026-04-15")
    values = values.split("Fee schedule</h2>")[1].split("</section>")[0]
    assert "added: </span>1.40" in values
    assert "added: </span>2.76" in values


def test_a_day_without_a_release_is_said_to_be_unknown_and_not_a_change(
    figures: None, mia: User, browser_of: BrowserOf
) -> None:
    page = read(browser_of(mia), "/codes/cpt/99990/changes/?before=2026-05-01&after=2026-06-15")
    assert "Units a day" not in page
    assert "takes effect on July 1, 2026. Nothing older is loaded here." in page.split("Not compared")[1]
    missing = page.split("Not loaded here: ")[1].split("</li>")[0]
    assert "NCCI MUE, DME suppliers" in missing
    assert "NCCI MUE, practitioner services" not in missing
    assert "Physician fee schedule, relative values, April 2026 on both days" in page.split("What was compared")[1]


def test_no_such_code(reference: None, mia: User, browser_of: BrowserOf) -> None:
    read(browser_of(mia), f"/codes/icd-10-cm/z99.9/changes/?{DATES}", 404)


def test_it_costs_few_queries(
    october: None,
    mia: User,
    browser_of: BrowserOf,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = browser_of(mia)
    with django_assert_max_num_queries(12):
        read(browser, f"{ICD}changes/?{DATES}")


# The marking.


def test_words_that_only_one_text_has_are_marked() -> None:
    assert words("low back pain", "back pain, chronic") == [
        Piece("removed", "low"),
        Piece("same", "back"),
        Piece("removed", "pain"),
        Piece("added", "pain, chronic"),
    ]
    assert words("", "new") == [Piece("added", "new")]


def test_a_reworded_line_is_marked_by_its_words_and_others_as_a_whole() -> None:
    assert lines(["one thing", "stays"], ["another thing", "stays", "is new"]) == [
        [Piece("removed", "one"), Piece("added", "another"), Piece("same", "thing")],
        [Piece("same", "stays")],
        [Piece("added", "is new")],
    ]
