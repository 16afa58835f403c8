"""The date of service: it goes with the reader, changes what the page says, and costs nothing."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.models import CodeView, User
from codes.as_of import AsOf
from codes.loaders import hcpcs_anweb
from codes.loaders.outcome import Order
from codes.models import FormerListing
from tests.codes import anweb
from tests.codes.conftest import AT

ICD = "/codes/icd-10-cm/a00.0/"
CPT = "/codes/cpt/99990/"
OLD, NEW = "2026-09-30", "2026-10-01"


def read(browser: Client, path: str, on: str = "") -> str:
    response = browser.get(path + (f"?on={on}" if on else ""))
    assert response.status_code == 200
    return " ".join(response.text.split())


# What the day changes.


def test_title_and_texts_are_those_of_the_day(october: None, mia: User, browser_of: Callable[[User], Client]) -> None:
    before, after = (read(browser_of(mia), ICD, day) for day in (OLD, NEW))
    before = before.split('id="changes"')[0]  # where the change is told, on any day
    assert "Gull fever with itching" in before
    assert "Beach itch NOS" in before
    assert "terrible" not in before
    assert "Sand itch" not in before
    assert "Source: CDC, National Center for Health Statistics, <a" in before
    assert "FY2026 April</a>." in before
    assert "Gull fever with terrible itching" in after
    assert "Sand itch NOS" in after
    assert "Beach itch" not in after
    assert "FY2027 October</a>. In these words since October 1, 2026." in after
    assert "(as of September 30, 2026)" in before.split("</title>")[0]


def test_a_code_that_was_divided_was_billable_before(october: None, client: Client) -> None:
    assert "Not billable: needs" not in read(client, "/codes/icd-10-cm/a00.9/", OLD)
    assert "Not billable: needs" in read(client, "/codes/icd-10-cm/a00.9/", NEW)


def test_a_code_that_is_gone_shows_how_it_stood_on_its_last_day(
    october: None, mia: User, browser_of: Callable[[User], Client]
) -> None:
    gone = read(browser_of(mia), "/codes/icd-10-cm/a10.0xxa/", NEW)
    assert "Deleted on Oct 1, 2026" in gone
    assert "What follows is how it stood on September 30, 2026, its last day." in gone
    assert "One of these characters completes each code of A10" in gone
    assert "Active on Sep 30, 2026" in read(browser_of(mia), "/codes/icd-10-cm/a10.0xxa/", OLD)


def test_after_the_last_day_of_a_release_nothing_is_called_active(reference: None, client: Client) -> None:
    assert "Active on Sep 30, 2026" in read(client, ICD, OLD)
    after = read(client, ICD, NEW)
    assert "Active" not in after.split("code-body")[0]
    assert "Listed in FY2026 April on Oct 1, 2026" in after
    assert "FY2027 is not loaded here" in after
    assert "holds through September 30, 2026" in after


def test_before_the_first_release_the_page_says_so(reference: None, client: Client) -> None:
    before = read(client, ICD, "2026-03-31")
    assert "The oldest release loaded here, ICD-10-CM, FY2026 April, holds from April 1, 2026." in before
    assert "Active" not in before.split("code-body")[0]


def test_our_texts_are_not_passed_off_as_those_of_another_year(
    reference: None, mia: User, browser_of: Callable[[User], Client]
) -> None:
    browser, other = browser_of(mia), "Not written for June 1, 2024: the rules of that day may differ."
    before, within = (read(browser, CPT, day) for day in ("2024-06-01", "2026-06-01"))
    assert "Described for 2026 on Jun 1, 2024" in before
    assert "check before you report it for June 1, 2024" in before
    assert "Active" not in before.split("code-body")[0]
    assert other in before
    assert "Active on Jun 1, 2026" in within
    assert "Not written for" not in within


def test_before_its_year_a_code_of_ours_is_not_yet_introduced(reference: None, client: Client) -> None:
    page = read(client, CPT, "2019-12-31")
    assert "Not yet introduced on Dec 31, 2019" in page
    assert "it was introduced in 2020" in page


def test_a_deleted_code_names_what_its_owner_refers_to(own: None, client: Client, tmp_path: Path) -> None:
    gone = anweb.record("V9990", "Looking glass", "Glass", last_day="20211231", fields={205: "J9998"})
    hcpcs_anweb.load(anweb.write(tmp_path, [*anweb.LINES[:-1], gone]), Order(AT))
    after = read(client, "/codes/hcpcs/v9990/")
    assert "Deleted" in after
    assert "Its owner refers to, instead:" in after
    assert '<a class="code" href="/codes/hcpcs/j9998/">J9998</a>' in after
    before = read(client, "/codes/hcpcs/v9990/", "2021-12-31")
    assert "Deleted" not in before
    assert "Its owner cross-references:" in before


def test_official_wording_of_hcpcs_is_that_of_the_day(
    own: None, mia: User, browser_of: Callable[[User], Client], tmp_path: Path
) -> None:
    hcpcs_anweb.load(anweb.write(tmp_path), Order(AT))
    changed = [anweb.record("A9990", "Anchor of steel", "Anchor, steel"), *anweb.LINES[4:], anweb.LINES[0]]
    hcpcs_anweb.load(anweb.write(tmp_path, changed, "HCPC2027_JAN_ANWEB.txt"), Order(AT + timedelta(days=1)))
    browser = browser_of(mia)
    assert "made of iron" in read(browser, "/codes/hcpcs/a9990/", "2026-12-31")
    assert FormerListing.objects.get().title == "Anchor, iron"
    january = read(browser, "/codes/hcpcs/a9990/", "2027-01-01")
    assert "Anchor of steel" in january
    assert "made of iron" not in january


# How it is kept.


def test_it_goes_with_every_link_within_the_codes(
    october: None, mia: User, browser_of: Callable[[User], Client]
) -> None:
    page = read(browser_of(mia), "/codes/icd-10-cm/a00/", OLD)
    for address in ("/codes/", "/codes/icd-10-cm/", "/codes/icd-10-cm/a00.0/", "/codes/icd-10-cm/chapters/1/"):
        assert f'href="{address}?on={OLD}"' in page
        assert f'href="{address}"' not in page
    assert f'<input type="hidden" name="on" value="{OLD}">' in page  # of the search in the header
    assert f'href="/case2code/?on={OLD}"' in page
    assert "changes.atom?on" not in page
    assert 'href="/jobs/"' in page
    assert '<link rel="canonical" href="http' in page
    assert f'a00/?on={OLD}">' not in page.split("</head>")[0].split("canonical")[1].split(">")[0]


@pytest.mark.parametrize(
    "path", ["/codes/", "/codes/icd-10-cm/", "/codes/icd-10-cm/chapters/a00-a09/", "/case2code/", "/codes/releases/"]
)
def test_lists_and_search_hand_it_on(october: None, client: Client, path: str) -> None:
    page = read(client, path, OLD)
    assert f'href="/codes/?on={OLD}"' in page


@pytest.mark.parametrize(
    "path",
    [
        "/codes/",
        "/codes/icd-10-cm/",
        "/codes/icd-10-cm/chapters/a00-a09/",
        "/codes/icd-10-pcs/",
        "/codes/compare/?codes=icd-10-cm:a00.0,cpt:99990",
        "/codes/cpt/99990/edits/?setting=hospital",
        "/codes/releases/",
        "/case2code/?q=gull&page=2",
    ],
)
def test_every_page_lets_the_date_be_changed_and_left(
    october: None, mia: User, browser_of: Callable[[User], Client], path: str
) -> None:
    address, _, asked = path.partition("?")
    page = " ".join(browser_of(mia).get(address, {"on": OLD, **dict(parse_qsl(asked))}).text.split())
    bar = page.split('id="as-of-bar"')[1].split("</ul>")[0]
    assert f'name="on" value="{OLD}"' in bar
    kept = {name: value for name, value in parse_qsl(asked) if name != "page"}
    for name, value in kept.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in bar
    today = next(href for href in re.findall(r'href="([^"]*)"', bar) if href.startswith("."))
    assert dict(parse_qsl(today.removeprefix("./?"))) == kept or (today, kept) == (".", {})
    assert f'<input type="hidden" name="on" value="{OLD}"' not in bar  # once, as the field


def test_a_search_in_place_renews_the_bar_and_names_the_date_once(october: None, client: Client) -> None:
    part = client.get("/case2code/", {"q": "gull", "on": OLD}, headers={"HX-Request": "true"}).text
    assert 'hx-swap-oob="true"' in part
    assert '<input type="hidden" name="q" value="gull">' in part
    assert 'hx-get="/case2code/"' in client.get("/case2code/", {"on": OLD}).text  # its field carries the date


def test_lists_say_deleted_as_of_the_date(october: None, client: Client) -> None:
    listed = "/codes/icd-10-cm/chapters/a10-a19/"
    assert ">Deleted</span>" not in read(client, listed, OLD)
    assert ">Deleted</span>" in read(client, listed, NEW)


def test_releases_say_which_holds_on_the_date(october: None, client: Client) -> None:
    assert "On September 30, 2026:</strong> FY2026 April holds." in read(client, "/codes/releases/", OLD)
    assert "On March 1, 2020:</strong> Nothing is loaded for it." in read(client, "/codes/releases/", "2020-03-01")


def test_a_search_keeps_it(october: None, client: Client) -> None:
    page = " ".join(client.get("/case2code/", {"q": "gull", "on": OLD}).text.split())
    assert f'href="/codes/icd-10-cm/a00.0/?on={OLD}"' in page


def test_a_redirect_keeps_it(reference: None, client: Client) -> None:
    assert client.get(f"/codes/icd-10-cm/A000?on={OLD}").headers["Location"] == f"{ICD}?on={OLD}"
    locked = client.get(f"/codes/cpt/99990/edits/?on={OLD}").headers["Location"]
    assert locked == f"{CPT}?on={OLD}#edits"


def test_without_a_date_no_link_has_one(reference: None, client: Client) -> None:
    page = client.get(ICD).text
    assert 'href="/codes/icd-10-cm/"' in page
    assert "/?on=" not in page
    assert "/?on=" not in client.get(f"{ICD}?on={timezone.localdate()}").text


def test_another_day_of_the_same_code_is_the_same_view(
    ann: User, browser_of: Callable[[User], Client], own: None
) -> None:
    browser = browser_of(ann)
    read(browser, CPT)
    page = read(browser, CPT, OLD)
    assert "4 code page views remaining" in page
    assert CodeView.objects.count() == 1


def test_a_guest_opens_the_day_that_was_asked(client: Client, reference: None) -> None:
    page = read(client, CPT, OLD)
    assert f'hx-get="{CPT}?on={OLD}"' in page
    assert f"next=/codes/cpt/99990/%3Fon%3D{OLD}" in page


# What cannot be a date.


@pytest.mark.parametrize(
    "written", ["yesterday", "2026-13-01", "09/30/2026", "%00", "20260230", "\u0662\u0660", "<script>"]
)
def test_what_is_no_date_is_today_and_says_so(reference: None, client: Client, written: str) -> None:
    response = client.get(ICD, {"on": written})
    assert response.status_code == 200
    assert "is not a date. Write it as" in response.text
    assert "This is as of today." in response.text
    assert "<script>\u201d" not in response.text
    assert "/?on=" not in response.text


@pytest.mark.parametrize("written", ["1999-12-31", "9999-12-31", "0001-01-01"])
def test_a_date_far_away_is_today_and_says_so(reference: None, client: Client, written: str) -> None:
    assert "Choose a date of service from January 1, 2000 to" in client.get(ICD, {"on": written}).text


def test_the_choices_are_the_days_around_which_releases_begin() -> None:
    labels = {str(each.day): each.label for each in AsOf(date(2026, 11, 25), date(2026, 11, 25)).choices}
    assert labels == {
        "2026-11-25": "today",
        "2026-10-01": "start of FY2027",
        "2026-09-30": "end of FY2026",
        "2026-01-01": "start of 2026",
    }
    assert AsOf(date(2026, 2, 3), date(2026, 2, 3)).choices[1].label == "start of the quarter"


def test_a_link_that_has_a_date_keeps_its_own() -> None:
    as_of = AsOf(date(2026, 9, 30), date(2026, 11, 25))
    html = '<a href="/codes/cpt/1/?on=2020-01-01"><a href="/codes/cpt/2/?page=2#x"><a href="?page=3"><a href="#top">'
    assert as_of.carried(html) == (
        '<a href="/codes/cpt/1/?on=2020-01-01"><a href="/codes/cpt/2/?page=2&amp;on=2026-09-30#x">'
        '<a href="?page=3&amp;on=2026-09-30"><a href="#top">'
    )


def test_an_empty_date_is_today() -> None:
    assert not AsOf.of(RequestFactory().get("/codes/", {"on": " "})).chosen
