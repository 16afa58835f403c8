"""Which modifiers apply to a code and why; places of service as the official set names them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from tests.loaders.conftest import load
from tests.loaders.fees import pprrvu
from tests.loaders.test_localities import write

CODE = "/codes/cpt/99990/"

type BrowserOf = Callable[[User], Client]


def applied(browser: Client, folder: Path, **indicators: str) -> str:
    """The block under a fee schedule with these indicators."""
    load("mpfs", pprrvu(folder, {"code": "99990"} | indicators, year=2026))
    return block(browser)


EXACT = ["XE", "XP", "XS", "XU"]


def block(browser: Client) -> str:
    text = " ".join(browser.get(CODE).text.split())
    start = text.index('id="modifiers-that-apply"')
    return text[start : text.index("</section>", start)]


def codes(text: str) -> list[str]:
    return [part.split("<")[0] for part in text.split('<dt><span class="code">')[1:]]


@pytest.mark.parametrize(
    ("indicators", "expected"),
    [
        ({"bilateral": "1"}, {"50", "LT", "RT"}),
        ({"assistant": "2"}, {"80", "81", "82", "AS"}),
        ({"co_surgeon": "2"}, {"62"}),
        ({"team": "1"}, {"66"}),
        ({"pc_tc": "1"}, {"26", "TC"}),
        ({"multiple_procedure": "2"}, {"51"}),
        ({"global_days": "000"}, {"25"}),
        ({"global_days": "090"}, {"24", "54", "55", "57", "58", "78", "79"}),
        ({}, set()),
    ],
)
def test_indicators_bring_modifiers(
    reference: None, mia: User, browser_of: BrowserOf, tmp_path: Path, indicators: dict[str, str], expected: set[str]
) -> None:
    plain = {"bilateral": "0", "assistant": "1", "co_surgeon": "0", "team": "0", "pc_tc": "0"}
    plain |= {"multiple_procedure": "0", "global_days": "XXX"}
    found = codes(applied(browser_of(mia), tmp_path, **plain | indicators))
    assert set(found) == {"59", "LT", *EXACT} | expected  # the two that our own text names, and those beside 59
    assert len(found) == len(set(found))


def test_each_has_its_reason_and_its_source(reference: None, ann: User, browser_of: BrowserOf, tmp_path: Path) -> None:
    text = applied(browser_of(ann), tmp_path)
    assert "Bilateral indicator 1: both sides in one session pay 150% of one." in text
    assert "Says that the second count was made elsewhere, sentinelpier." in text
    assert "Named by our own texts: LT, 59." in text
    assert "Physician fee schedule, relative values, January 2026" in text


def test_our_own_stand_without_a_fee_schedule(reference: None, ann: User, browser_of: BrowserOf) -> None:
    text = block(browser_of(ann))
    assert codes(text) == ["59", "LT", *EXACT]
    assert "Source:" not in text


def test_the_lock_names_no_modifier(reference: None, client: Client, tmp_path: Path) -> None:
    load("mpfs", pprrvu(tmp_path, {"code": "99990"}, year=2026))
    text = client.get(CODE).text
    assert "Modifiers that apply, and why" in text
    assert "Bilateral indicator" not in text
    assert "sentinelpier" not in text


def test_places_are_those_of_the_official_set(
    reference: None, ann: User, browser_of: BrowserOf, tmp_path: Path
) -> None:
    rows = ["CODE,NAME,DESCRIPTION,TYPE", "11,Nest,A nest,Non-Facility", "22,Rookery,A cliff,Facility"]
    load("place-of-service", write(tmp_path, "pos.csv", *rows), "--effective", "2026-01-01")
    text = " ".join(browser_of(ann).get(CODE).text.split())
    assert '<span class="code">11</span> Nest <span class="muted small">non-facility rate</span>' in text
    assert '<span class="code">22</span> Rookery <span class="muted small">facility rate</span>' in text
    assert "Names and rates: Place-of-service codes" in text
