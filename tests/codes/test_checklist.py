"""The documentation of a code as a list to tick and as plain text."""

import pytest
from django.test import Client

from accounts.models import CodeView
from codes.checklist import as_text, items
from codes.models import Section

PAGE = "/codes/cpt/99990/"
TEXT = "/codes/cpt/99990/checklist/"


@pytest.fixture
def listed(reference: None) -> None:
    html = "<ul>\n<li>Number of gulls, <strong>sentineldocumentation</strong></li>\n<li>Pier &amp; tide</li>\n</ul>\n"
    Section.objects.filter(code__code="99990", kind="documentation").update(html=html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>In words.</p>",
        "<ul>\n<li>One</li>\n</ul>\n<p>And more.</p>",
        "<ul>\n<li>One<ul>\n<li>Two</li>\n</ul></li>\n</ul>",
        "",
    ],
)
def test_only_one_plain_list_is_a_checklist(html: str) -> None:
    assert items(html) == []


def test_a_free_reader_ticks_and_takes_it_as_text(browser_of, ann, listed: None) -> None:
    browser = browser_of(ann)
    page = browser.get(PAGE).text
    assert page.count('type="checkbox" name="item"') == 2
    assert "<strong>sentineldocumentation</strong></label>" in page
    answer = browser.get(TEXT, {"item": ["1", "7", "x", "9" * 5000]})
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        "Documentation for 99990 Gull counting",
        "",
        "In the record (1):",
        "[x] Pier & tide",
        "",
        "Missing (1):",
        "[ ] Number of gulls, sentineldocumentation",
        "",
        answer.text.splitlines()[-1],
    ]
    assert "by Reference desk, unreviewed" in answer.text
    assert CodeView.objects.count() == 1


def test_what_is_all_there_misses_nothing() -> None:
    assert "Missing" not in as_text("For 1", ["Dose"], {0}, "Ours")
    assert "In the record" not in as_text("For 1", ["Dose"], set(), "Ours")


def test_a_guest_gets_neither_boxes_nor_text(guest_browser: Client, listed: None) -> None:
    assert 'name="item"' not in guest_browser.get(PAGE).text
    answer = guest_browser.get(TEXT)
    assert answer.status_code == 302
    assert answer["Location"] == f"{PAGE}#documentation"


def test_it_spends_a_view_as_the_page_does(browser_of, ann, listed: None, settings) -> None:
    settings.FREE_CODE_VIEWS = 1
    browser = browser_of(ann)
    browser.get("/codes/cpt/99991/")
    assert browser.get(TEXT).status_code == 302
    settings.FREE_CODE_VIEWS = 2
    assert browser.get(TEXT).status_code == 200
    assert CodeView.objects.count() == 2


@pytest.mark.parametrize(
    "address", ["/codes/cpt/99991/checklist/", "/codes/cpt/99997/checklist/", "/codes/atc/1/checklist/"]
)
def test_no_list_no_text(browser_of, mia, reference: None, address: str) -> None:
    assert browser_of(mia).get(address).status_code == 404
