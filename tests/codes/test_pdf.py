"""A code page as a PDF document."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from accounts.models import CodeView
from codes.flow import flow
from tests.codes.test_code_page import ALL, FREE, GRANTED, seen

PDF = "/codes/cpt/99990/pdf/"


def text_of(browser: Client, address: str = PDF) -> str:
    """The words of a document that was downloaded."""
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="')
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


def test_a_member_takes_all_of_it_with_its_sources(browser_of, mia, reference: None) -> None:
    text = text_of(browser_of(mia))
    assert seen(text) == ALL
    assert "99990 Gull counting" in text
    assert "as of date of service" in text
    assert "Our own text by Reference desk, November 1, 2026." in text
    assert "CPT copyright 2025 American Medical Association." in text
    assert "Page 1 of" in text


def test_a_free_reader_finds_nothing_locked_in_it(browser_of, ann, reference: None) -> None:
    browser = browser_of(ann)
    text = text_of(browser)
    assert seen(text) == GRANTED | FREE
    assert "Crosswalks" not in text
    assert "to open this" not in text
    assert CodeView.objects.count() == 1  # as the page: once
    text_of(browser)
    browser.get("/codes/cpt/99990/")
    assert CodeView.objects.count() == 1


def test_a_guest_takes_the_page_they_opened_and_no_other(guest_browser: Client) -> None:
    assert seen(text_of(guest_browser)) == GRANTED
    other = guest_browser.get("/codes/cpt/99991/pdf/")
    assert other.status_code == 302
    assert other["Location"] == "/codes/cpt/99991/"


def test_what_is_left_to_read_is_not_spent_twice(browser_of, ann, reference: None, settings) -> None:
    settings.FREE_CODE_VIEWS = 1
    browser = browser_of(ann)
    text_of(browser)
    assert browser.get("/codes/cpt/99991/pdf/").status_code == 302


@pytest.mark.parametrize(
    "address", ["/codes/icd-10-cm/a00/pdf/", "/codes/icd-10-cm/a10.0xxa/pdf/", "/codes/hcpcs/j9998/pdf/"]
)
def test_every_system_has_one(browser_of, mia, reference: None, address: str) -> None:
    text = text_of(browser_of(mia), address)
    assert "as of" in text
    assert "CPT copyright" not in text


def test_a_code_that_is_none_has_none(browser_of, mia, reference: None) -> None:
    assert browser_of(mia).get("/codes/cpt/99997/pdf/").status_code == 404


def test_controls_pictures_and_layout_stay_out() -> None:
    html = """
    <section class="x"><h2>Units <svg><path d="M0"/></svg></h2><form><select><option>Alabama</option></select>
    <ul><li><input type="checkbox"><label>Dose &lt;5</label></li></ul><button>Go</button></form>
    <p class="no-print">Not <b>this</b></p><p>a<br>b <a href="/codes/">codes</a></p>
    <table><tr><td><p>One <em>cell</em></p></td></tr></table></section>"""
    kept = " ".join(flow(html, "https://here").split())
    assert kept == (
        "<h2>Units </h2> <ul><li>Dose &lt;5</li></ul> <p>a<br>b "
        '<a href="https://here/codes/">codes</a></p> <table><tr><td> One cell</td></tr></table>'
    )


def test_text_of_a_page_that_looks_like_markup_stays_text() -> None:
    assert flow("<p>&lt;script&gt;</p>", "") == "<p>&lt;script&gt;</p>"
