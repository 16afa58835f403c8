"""What changed on a code, release by release, and what differs between two dates of service."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from codes.wording import Piece, lines, words

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
    assert "Nothing that is loaded here differs in A00.0 between May 1, 2026 and October 1, 2026." in later
    assert "October 1, 2026: ICD-10-CM, FY2026 April, which was not made for that day." in later
    ours = read(browser, "/codes/cpt/99990/changes/?before=2024-06-01&after=2026-06-01")
    assert "Nothing that is loaded here differs in 99990" in ours
    earlier = read(browser, "/codes/cpt/99990/changes/?before=2019-06-01&after=2026-06-01")
    assert "Not yet introduced" in earlier


def test_the_same_on_both_days_says_so(october: None, mia: User, browser_of: BrowserOf) -> None:
    page = read(browser_of(mia), f"{ICD}changes/?before=2026-05-01&after=2026-06-01")
    assert "Nothing that is loaded here differs in A00.0 between May 1, 2026 and June 1, 2026." in page


@pytest.mark.parametrize(
    "query",
    [
        "",
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
