"""The crosswalk of coverage articles: on a code's page and on its own, to members alone, on a day and in a state."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from codes.blocks import crosswalk
from tests.loaders.conftest import load
from tests.loaders.test_coverage import ARTICLES, export

CODE = "/codes/cpt/99990/"
ALL = f"{CODE}crosswalk/"

type BrowserOf = Callable[[User], Client]


@pytest.fixture
def articles(reference: None, tmp_path: Path) -> None:
    """An article on gulls for New York, from July one on terns for California, both naming 99990."""
    files = export(
        tmp_path,
        ARTICLES,
        ["100,3,99990,1,1,x", "100,3,99991,1,1,x", "101,1,99990,1,1,x"],
        [
            "100,3,A00.0,1,1,x",
            "100,3,A00.9,1,2,x",
            "100,3,A10,1,1,x",
            "100,3,Q99.8,1,1,x",
            "101,1,A00.0,1,1,x",
            "101,1,B20,1,1,x",
        ],
        ["101,1,A10.0XXA,1,1,x"],
    )
    load("coverage-article", *files, "--effective", "2026-07-15")


def block(browser: Client, address: str) -> str:
    text = " ".join(browser.get(address).text.split())
    start = text.index('id="crosswalk"')
    return text[start : text.index("</section>", start)]


def listed(browser: Client, query: str) -> str:
    return " ".join(browser.get(f"{ALL}?{query}").text.split())


def test_diagnoses_with_their_articles_and_standing(articles: None, mia: User, browser_of: BrowserOf) -> None:
    text = block(browser_of(mia), CODE)
    assert 'support it <span class="code-hint">5</span>' in text
    assert 'do not support it <span class="code-hint">1</span>' in text
    assert '<a href="/codes/icd-10-cm/a00.0/">A00.0</a>' in text
    assert "A100 (NY); A101 (CA)" in text
    assert "A100 (NY), group 2" in text
    assert '<a href="/codes/icd-10-cm/a10.0xxa/">A10.0XXA</a>' in text
    assert "Not billable" in text[text.index("/codes/icd-10-cm/a10/") : text.index("/codes/icd-10-cm/b20/")]
    assert "Q99.8" in text
    assert "Not loaded here" in text
    assert '<a href="/codes/cpt/99991/">99991</a>' in text
    assert "no public source pairs it with CPT" in text


def test_it_follows_day_and_state(articles: None, mia: User, browser_of: BrowserOf) -> None:
    browser = browser_of(mia)
    june = block(browser, f"{CODE}?on=2026-06-30")
    assert "B20" not in june
    assert "None in Coverage articles and their codes" in june  # nothing that does not support it
    california = block(browser, f"{CODE}?state=ca")
    assert "B20" in california
    assert "A00.9" not in california
    assert "Counting gulls" not in california
    assert "None in WY" in block(browser, f"{CODE}?state=wy")


def test_a_diagnosis_that_is_not_valid_on_the_day(
    articles: None, october: None, mia: User, browser_of: BrowserOf
) -> None:
    browser = browser_of(mia)
    assert "Deleted" not in block(browser, f"{CODE}?on=2026-09-30")
    assert "Not billable" not in listed(browser, "q=a00.9&on=2026-09-30")
    october_first = block(browser, f"{CODE}?on=2026-10-01")
    assert "Deleted" in october_first[october_first.index("A10.0XXA") :]
    assert "Not billable" in listed(browser, "q=a00.9&on=2026-10-01")


def test_the_way_back_from_a_diagnosis(articles: None, mia: User, browser_of: BrowserOf) -> None:
    text = block(browser_of(mia), "/codes/icd-10-cm/a00.9/")
    assert '<a href="/codes/cpt/99990/">99990</a>' in text
    assert '<a href="/codes/cpt/99991/">99991</a>' in text
    assert "Counting terns" not in text
    text = block(browser_of(mia), "/codes/icd-10-cm/a10.0xxa/")
    assert 'does not support them <span class="code-hint">1</span>' in text


def test_an_empty_block_names_release_and_day(articles: None, mia: User, browser_of: BrowserOf) -> None:
    text = block(browser_of(mia), "/codes/hcpcs/j9998/")
    assert "Nothing on J9998 in Coverage articles and their codes" in text
    assert "That does not mean supported, or not supported." in text


def test_however_many_there_are_the_first_stand_on_the_page(
    articles: None, mia: User, browser_of: BrowserOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crosswalk, "FIRST", 2)
    text = block(browser_of(mia), f"{CODE}?state=ny")
    assert "A00.9" in text
    assert "Q99.8" not in text
    assert f'<a href="{ALL}?listing=supports&amp;state=NY">All 4, to search and filter</a>' in text


def test_the_page_of_all_filters_by_code_words_state_and_article(
    articles: None, mia: User, browser_of: BrowserOf
) -> None:
    browser = browser_of(mia)
    assert "5 codes, by the articles" in listed(browser, "")
    assert "Q99.8" in listed(browser, "")
    assert "2 codes, by the articles" in listed(browser, "q=a00")
    assert "1 code, by the articles" in listed(browser, "q=q99")  # has no page here, and begins so
    itching = listed(browser, "q=itching")
    assert "1 code, by the articles" in itching
    assert "A00.9" not in itching
    assert "2 codes, by the articles" in listed(browser, "state=CA")
    assert "4 codes, by the articles" in listed(browser, "article=A100")
    assert "1 code, by the articles" in listed(browser, "listing=not-supported")
    assert "1 code, by the articles" in listed(browser, "listing=together")
    nothing = listed(browser, "q=zebra")
    assert "No such code in Coverage articles and their codes" in nothing
    assert "That does not mean supported, or not supported." in nothing


@pytest.mark.parametrize("query", ["listing=x", "article=A999", "state=Texas", f"q={'x' * 300}"])
def test_what_cannot_be_asked_is_said(articles: None, mia: User, browser_of: BrowserOf, query: str) -> None:
    response = browser_of(mia).get(f"{ALL}?{query}")
    assert response.status_code == 400
    assert 'class="errorlist"' in response.text


@pytest.mark.parametrize("odd", ["q=%00", "q=-x", "q='", "page=x", "page=99", "state=wy"])
def test_odd_questions_are_answered(articles: None, mia: User, browser_of: BrowserOf, odd: str) -> None:
    assert browser_of(mia).get(f"{ALL}?{odd}").status_code in (200, 400)


@pytest.mark.parametrize("signed_in", [True, False])
def test_others_read_a_lock_and_no_code(
    articles: None, ann: User, client: Client, browser_of: BrowserOf, signed_in: bool
) -> None:
    browser = browser_of(ann) if signed_in else client
    browser.get("/codes/icd-10-cm/b20/")  # the cookie of a guest
    text = browser.get(CODE).text
    assert "Crosswalk by coverage articles" in text
    assert not {"A10.0XXA", "Q99.8", "Counting gulls"} & set(text.replace("<", " ").replace(">", " ").split())
    assert "Q99.8" not in text
    assert "Counting gulls" not in text
    response = browser.get(ALL)
    assert response.status_code == 302
    assert response.url == f"{CODE}#crosswalk"


def test_a_code_that_is_not_there(articles: None, mia: User, browser_of: BrowserOf) -> None:
    assert browser_of(mia).get("/codes/cpt/00000/crosswalk/").status_code == 404
    assert browser_of(mia).post(ALL).status_code == 405
