"""The coverage block: documents that name a code, by state, on a day."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from tests.loaders.conftest import load
from tests.loaders.test_coverage import ARTICLES, export

CODE = "/codes/cpt/99990/"

type BrowserOf = Callable[[User], Client]


@pytest.fixture
def articles(reference: None, tmp_path: Path) -> None:
    """An article on gulls for New York, from July one on terns for California, both naming the code."""
    files = export(
        tmp_path, ARTICLES, ["100,3,99990,1,1,x", "101,1,99990,1,1,x"], ["100,3,A00.0,1,1,x"], ["101,1,B20,1,1,x"]
    )
    load("coverage-article", *files, "--effective", "2026-07-15")


def block(browser: Client, address: str) -> str:
    text = " ".join(browser.get(address).text.split())
    start = text.index('id="coverage"')
    return text[start : text.index("</section>", start)]


def test_documents_by_state_and_day(articles: None, mia: User, browser_of: BrowserOf) -> None:
    browser = browser_of(mia)
    both = block(browser, CODE)
    assert "Counting gulls" in both
    assert "Counting terns" in both
    assert 'href="https://www.cms.gov/medicare-coverage-database/view/article.aspx?articleid=100&amp;ver=3"' in both
    assert "Counting terns" not in block(browser, f"{CODE}?on=2026-06-30")
    assert "Counting gulls" not in block(browser, f"{CODE}?state=ca")
    assert "Counting terns" in block(browser, f"{CODE}?state=ca")
    assert "No document is for ZZ alone; all are shown." in block(browser, f"{CODE}?state=zz")


def test_a_diagnosis_that_an_article_lists(articles: None, mia: User, browser_of: BrowserOf) -> None:
    text = block(browser_of(mia), "/codes/icd-10-cm/a00.0/")
    assert "Counting gulls" in text
    assert "Counting terns" not in text


def test_nothing_is_no_statement_of_coverage(articles: None, mia: User, browser_of: BrowserOf) -> None:
    text = block(browser_of(mia), "/codes/cpt/99991/")
    assert "Nothing on 99991 in Coverage articles and their codes" in text
    assert "That does not mean covered, or not covered." in text


def test_a_lock_names_no_document(articles: None, ann: User, browser_of: BrowserOf) -> None:
    text = browser_of(ann).get(CODE).text
    assert "Medicare coverage" in text
    assert "Counting gulls" not in text
