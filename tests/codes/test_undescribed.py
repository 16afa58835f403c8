"""Codes of CPT that a public file names and nothing of ours describes: their pages, and what lists them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import CodeView, User
from codes.loaders import mentions, own_texts
from codes.models import Code, Mention
from tests.codes.conftest import AT, FIXTURES
from tests.codes.test_licensed import EDITION, MARKER, accept, consolidated
from tests.loaders.conftest import OCTOBER, edit, load, written  # noqa: F401 - a fixture of the loaders
from tests.loaders.fees import pprrvu

pytestmark = pytest.mark.django_db
PAGE = "/codes/cpt/27447/"
NONE_OF_OURS = "We have no description of our own for this code yet."


@pytest.fixture
def values(reference: None, tmp_path: Path) -> None:
    """Relative values of two codes that nothing of ours describes, of one that our text describes, and of HCPCS."""
    rows = [{"code": code} for code in ("27446", "27447", "99990", "J9998", "A1001")]
    load("mpfs", pprrvu(tmp_path, *rows, year=2026, month="October"))


def test_the_page_says_what_is_known_and_what_is_not(guest_browser: Client, values: None) -> None:
    text = guest_browser.get(PAGE).text
    assert NONE_OF_OURS in text
    assert "Named by Medicare" in text
    assert "Physician fee schedule, relative values, October 2026" in text
    assert "It is shown only where a licensed file is loaded, and none is loaded here" in text
    assert ">Surgery</a>" in text
    assert ">Musculoskeletal System</a>" in text
    assert 'href="/codes/cpt/27446/"' in text
    assert "edition" not in text.partition("<h1>")[0]
    assert ">Active<" not in text
    assert "Copy with description" not in text
    assert "CPT copyright" in text


def test_its_name_is_its_number_and_search_engines_leave_it_out(guest_browser: Client, values: None) -> None:
    head = guest_browser.get(PAGE).text.partition("</head>")[0]
    assert re.search(r"<title>CPT® 27447 · ", head)
    assert '"name": "CPT® 27447"' in head
    assert '<meta name="robots" content="noindex">' in head
    assert "noindex" not in guest_browser.get("/codes/cpt/99990/").text.partition("</head>")[0]
    part = Code.objects.get(code="27447").pk // 10_000
    listed = guest_browser.get(f"/sitemaps/codes-{part}.xml").getvalue().decode()
    assert "/codes/cpt/99990/" in listed
    assert "27447" not in listed


def test_a_guest_spends_no_view_on_what_a_view_does_not_open(guest_browser: Client, values: None) -> None:
    text = guest_browser.get(PAGE).text
    assert "so it used none: 1 code page view remaining" in text
    assert "Open this page" not in text
    assert not CodeView.objects.filter(page="cpt:27447").exists()
    guest_browser.get(f"{PAGE}pdf/")
    assert not CodeView.objects.exists()
    assert "sentinelcommon" in guest_browser.get("/codes/cpt/99990/").text


def test_an_account_spends_one_where_it_opens_something(browser_of, ann: User, values: None) -> None:
    text = browser_of(ann).get(PAGE).text
    assert "4 code page views remaining" in text
    assert CodeView.objects.filter(page="cpt:27447", user=ann).exists()
    assert "Become a registered member to open this" in text


def test_an_account_spends_none_where_members_alone_read(reference: None, browser_of, ann: User, written) -> None:  # noqa: F811
    load("ptp-practitioner", written(edit("27447", "27446"), name=OCTOBER))
    assert "so it used none: 5 code page views remaining" in browser_of(ann).get(PAGE).text
    assert not CodeView.objects.exists()


def test_a_member_reads_payment_and_edits(browser_of, mia: User, values: None, written) -> None:  # noqa: F811
    load("ptp-practitioner", written(edit("27447", "27446"), name=OCTOBER))
    browser = browser_of(mia)
    text = browser.get(PAGE).text
    assert "1.30" in text
    assert 'href="/codes/cpt/27446/">27446</a>' in text
    assert browser.get(f"{PAGE}pdf/").content.startswith(b"%PDF")
    assert browser.get(f"{PAGE}edits/").status_code == 200
    assert "Not described here yet" in browser.get("/codes/compare/?codes=cpt:27447,cpt:99990").text


@pytest.mark.parametrize("address", ["/case2code/?q=27447", "/codes/cpt/chapters/surgery-musculoskeletal-system/"])
def test_it_is_found_by_its_number_and_by_its_section(client: Client, values: None, address: str) -> None:
    text = client.get(address, follow=True).text
    assert 'href="/codes/cpt/27447/"' in text
    assert "Not described here yet" in text


def test_a_code_of_hcpcs_is_made_by_its_owner_alone(client: Client, values: None) -> None:
    assert client.get("/codes/hcpcs/a1001/").status_code == 404


def test_a_code_that_files_no_longer_name_is_not_called_active(guest_browser: Client, written) -> None:  # noqa: F811
    load("ptp-practitioner", written(edit("27447", "27446", ends="20230331"), edit("27446", "27445")))
    text = guest_browser.get(PAGE).text
    assert "No longer named" in text
    assert "does so through March 31, 2023. It may be deleted" in text
    assert "Named by Medicare" in guest_browser.get("/codes/cpt/27446/?on=2026-08-01").text
    assert "Not named" in guest_browser.get(f"{PAGE}?on=2019-01-01").text


def test_an_old_file_says_that_a_newer_one_is_due(guest_browser: Client, reference: None, tmp_path: Path) -> None:
    load("mpfs", pprrvu(tmp_path, {"code": "27447"}))
    text = guest_browser.get(PAGE).text
    assert "Named in January 2022" in text
    assert "Named by Medicare" in guest_browser.get(f"{PAGE}?on=2022-02-01").text


# With a licensed list of CPT.


@pytest.fixture
def licensed(reference: None, tmp_path: Path) -> None:
    """An AMA list that holds 27447."""
    row = "\t".join(["1", "27447", *(f"{words} {MARKER}" for words in ("Long", "Medium", "Short", "You", "Usted")), ""])
    load("cpt", consolidated(tmp_path, row), *EDITION)


def test_what_its_owner_lists_is_active_and_its_wording_is_for_who_accepted(
    licensed: None, guest_browser: Client, browser_of, ann: User
) -> None:
    guest = guest_browser.get(f"{PAGE}?on=2026-11-22").text
    assert ">Active on Nov 22, 2026<" in guest
    assert "Signed-in readers who accept the terms of its license can read it here" in guest
    browser = browser_of(ann)
    accept(browser, next=PAGE)
    head, _, body = browser.get(PAGE).text.partition("</head>")
    assert body.count(MARKER) == 5
    public = [guest_browser.get(each).text for each in ("/case2code/?q=27447", f"{PAGE}changes.atom", "/codes/cpt/")]
    assert MARKER not in head + guest + "".join(public)


def test_what_only_an_older_edition_lists_is_no_longer_active(licensed: None, client: Client, tmp_path: Path) -> None:
    row = "\t".join(["1", "27446", *["Invented"] * 5, ""])
    load("cpt", consolidated(tmp_path, row), "--license", "2027", "Gull Hospital", "--effective", "2027-01-01")
    assert "Active" in client.get(f"{PAGE}?on=2026-12-31").text
    text = client.get(f"{PAGE}?on=2027-01-02").text
    assert "through December 31, 2026. It may be deleted" in text


# What a load makes and takes.


def test_our_text_fills_the_title_and_its_going_leaves_the_number(values: None, content: Path) -> None:
    code = Code.objects.get(code="27447")
    text = (content / "cpt/99990.md").read_text().replace('"99990"', '"27447"')
    (content / "cpt/27447.md").write_text(text)
    own_texts.load(AT + timedelta(days=1), content)
    described = Code.objects.select_related("heading").get(code="27447")
    assert (described.pk, described.title, described.release.own) == (code.pk, "Gull counting", True)
    assert described.heading != code.heading
    own_texts.load(AT + timedelta(days=2), FIXTURES / "content")
    left = Code.objects.get(code="27447")
    assert (left.pk, left.title, left.gist, left.release.dataset) == (code.pk, "", "", "mpfs")


def test_the_same_again_changes_nothing(values: None, tmp_path: Path) -> None:
    before = list(Code.objects.order_by("pk").values("pk", "code", "position", "heading", "release", "changed_at"))
    rows = [{"code": code} for code in ("27446", "27447", "99990", "J9998", "A1001")]
    load("mpfs", pprrvu(tmp_path, *rows, year=2026, month="October"))
    own_texts.load(AT + timedelta(days=1), FIXTURES / "content")
    after = list(Code.objects.order_by("pk").values("pk", "code", "position", "heading", "release", "changed_at"))
    assert before == after


def test_what_a_corrected_file_no_longer_names_is_gone(values: None, tmp_path: Path, client: Client) -> None:
    load("mpfs", pprrvu(tmp_path, *[{"code": code} for code in ("27446", "99990", "J9998", "A1001")], year=2026,
                        month="October"))  # fmt: skip
    assert client.get(PAGE).status_code == 404
    assert client.get("/codes/cpt/27446/").status_code == 200
    assert client.get("/codes/cpt/99990/").status_code == 200


def test_categories_follow_the_numbers(reference: None, tmp_path: Path) -> None:
    rows = [{"code": code} for code in ("0001F", "0042T", "00100", "0001U", "27447", "0001A")]
    load("mpfs", pprrvu(tmp_path, *rows))
    ours = ["99980", "99990", "99991"]
    listed = Code.objects.filter(system="cpt").order_by("position")
    shown = [code.code for code in listed if code.code not in ours]
    assert shown == ["00100", "27447", "0001A", "0001F", "0042T", "0001U"]
    headings = {code.code: f"{code.heading}" for code in listed.select_related("heading")}
    assert headings["0042T"] == "Category III: Emerging Services"
    assert headings["00100"] == "Anesthesia"


def test_what_was_loaded_before_there_were_such_pages_is_caught_up_with(values: None, client: Client) -> None:
    Code.objects.filter(title="").delete()
    Mention.objects.all().delete()
    assert client.get(PAGE).status_code == 404
    assert [release.dataset for release in mentions.catch_up()] == ["mpfs"]
    assert client.get(PAGE).status_code == 200
    assert mentions.catch_up() == []
