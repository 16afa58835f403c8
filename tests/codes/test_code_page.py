"""The page of one code: who sees what of it, and what it counts."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import CodeView
from codes.loaders import hcpcs_anweb
from codes.loaders.outcome import Order
from codes.models import Code, Descriptor
from codes.sections import SECTION_KINDS
from tests.codes import anweb
from tests.codes.conftest import AT

PAGE = "/codes/cpt/99990/"
GRANTED = {"sentinelcommon"}
FREE = {
    "sentinelsimple",
    "sentinelclinician",
    "sentinelnecessity",
    "sentineldocumentation",
    "sentinelexample",
    "sentinelmodifier",
    "sentinelplaces",
    "sentinelspecialty",
    "sentinelpier",
}
PROFESSIONAL = {"sentinelcrosswalk", "sentinelhistory"}
ALL = GRANTED | FREE | PROFESSIONAL


def seen(text: str) -> set[str]:
    """The sentinels in a response."""
    return {word for word in ALL if word in text}


def page(browser: Client, path: str = PAGE, **headers: str) -> str:
    response = browser.get(path, headers=headers)
    assert response.status_code == 200
    return response.text


def spend(browser: Client, *paths: str) -> None:
    for path in paths:
        assert browser.get(path).status_code == 200


# The ladder of tiers.


def test_without_a_cookie_head_and_locks(client: Client, reference: None) -> None:
    text = page(client)
    assert not seen(text)
    assert "Gull counting" in text
    assert "Open this page (uses your 1 guest view)" in text
    assert f'hx-get="{PAGE}" hx-trigger="load"' in text
    assert "Create a free account to open this" in text
    assert "Become a registered member to open this" in text
    assert not CodeView.objects.exists()


def test_a_guest_opens_one_page(client: Client, reference: None) -> None:
    page(client)  # brings the cookie
    text = page(client)
    assert seen(text) == GRANTED
    assert "0 code page views remaining. Guest accounts are limited to 1 page view." in text
    assert CodeView.objects.count() == 1


def test_htmx_loads_the_page_itself_and_does_not_ask_again(client: Client, reference: None) -> None:
    page(client)
    part = page(client, HX_Request="true")
    assert seen(part) == GRANTED
    assert 'id="code-body"' in part
    assert "<html" not in part
    assert "hx-trigger" not in part


def test_going_back_gives_the_whole_page_whoever_asked_before(client: Client, reference: None) -> None:
    back = {"HX_Request": "true", "HX_History_Restore_Request": "true"}
    for browser in (Client(), client):  # without a cookie; with one
        page(browser, HX_Request="true")
        again = page(browser, **back)
        assert again.count("<html") == 1
        assert 'id="code-body"' in again
        assert "<html" not in page(browser, HX_Request="true")
        assert page(browser).count("<html") == 1
    assert seen(page(client, **back)) == GRANTED
    newcomers = [page(Client(), **back), page(Client())]
    assert all("hx-trigger" in text for text in newcomers)  # what is kept for one is right for the other


def test_htmx_without_cookies_does_not_go_round_in_circles(reference: None) -> None:
    part = page(Client(), HX_Request="true")
    assert not seen(part)
    assert "Open this page" in part
    assert "hx-trigger" not in part


def test_a_guest_sees_the_first_page_again_but_no_second(guest_browser: Client) -> None:
    spend(guest_browser, PAGE, "/codes/cpt/99991/")
    second = page(guest_browser, "/codes/cpt/99991/")
    assert "An add-on for each further pier" not in second
    assert "Open this page" not in second
    assert "hx-trigger" not in second
    assert "Create a free account to open this" in second
    assert seen(page(guest_browser)) == GRANTED


def test_a_free_account_opens_five_pages_and_not_a_sixth(browser_of, ann, reference: None) -> None:
    browser = browser_of(ann)
    text = page(browser)
    assert seen(text) == GRANTED | FREE
    assert "4 code page views remaining. Free accounts are limited to 5 page views." in text
    spend(browser, "/codes/cpt/99991/", "/codes/cpt/99980/", "/codes/hcpcs/j9998/", "/codes/icd-10-cm/b20/")
    sixth = page(browser, "/codes/icd-10-cm/a00.0/")
    assert "Beach itch NOS" not in sixth
    assert "0 code page views remaining" in sixth
    assert "Become a registered member to open this" in sixth
    assert "Create a free account" not in sixth
    assert seen(page(browser)) == GRANTED | FREE


def test_a_member_sees_everything_and_no_limit(browser_of, mia, reference: None) -> None:
    browser = browser_of(mia)
    spend(browser, *(code.get_absolute_url() for code in Code.objects.all()))
    text = page(browser)
    assert seen(text) == ALL
    assert "Registered members read every code page." in text
    assert "to open this" not in text


# What is behind a lock, and that there is something.


def test_every_locked_section_is_named_with_what_is_behind_it(client: Client, reference: None) -> None:
    text = page(client)
    for kind in SECTION_KINDS.values():
        if not kind.official:
            assert kind.heading in text
            assert kind.teaser in text


def test_no_lock_stands_before_nothing(client: Client, reference: None) -> None:
    text = page(client, "/codes/cpt/99991/")
    for heading in ("In simple words", "Examples", "Crosswalks", "Modifiers and guidelines", "Inclusion terms"):
        assert heading not in text


def test_facts_of_a_locked_section_are_locked_too(guest_browser: Client) -> None:
    text = page(guest_browser, "/codes/hcpcs/j9998/")
    assert "Seaweed by vein" in text
    assert "Specialties and places of service" in text  # the lock, though there is no text, for there are places
    assert "non-facility rate" not in text
    assert "Nothing thrown away" not in text


def test_head_is_open_without_a_view(client: Client, reference: None) -> None:
    text = page(client)
    for words in (
        "2026 edition",
        "Active",
        "Separate procedure",
        "Time-based",
        "not stated",
        "Harbor services",
        "Birds",
    ):
        assert words in text
    assert "Introduced" in text
    assert reverse("codes:code_feed", args=["cpt", "99990"]) in text
    assert 'href="/codes/cpt/99991/"' in text  # the next code


def test_locks_keep_their_promise_for_a_shared_cache(client: Client, reference: None) -> None:
    response = client.get(PAGE)
    assert "private" in response["Cache-Control"]
    assert "no-cache" in response["Cache-Control"]
    assert {"Cookie", "HX-Request"} <= {name.strip() for name in response["Vary"].split(",")}


def test_asking_for_the_head_counts_nothing(guest_browser: Client) -> None:
    assert guest_browser.head(PAGE).status_code == 200
    assert not CodeView.objects.exists()


def test_a_browser_that_only_guesses_spends_no_view(guest_browser: Client) -> None:
    response = guest_browser.get(PAGE, headers={"Sec-Purpose": "prefetch;prerender"})
    assert (response.status_code, response.content) == (503, b"")
    assert "no-store" in response["Cache-Control"]
    assert not CodeView.objects.exists()


def test_the_unit_is_part_of_the_description(guest_browser: Client) -> None:
    spend(guest_browser, PAGE)
    assert "10 mg" not in page(guest_browser, "/codes/hcpcs/j9998/")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_wrong_verb(client: Client, reference: None, method: str) -> None:
    assert getattr(client, method)(PAGE).status_code == 405


# What the systems have of their own.


def test_cpt_shows_no_official_descriptor_and_says_whose_it_is(browser_of, mia, reference: None) -> None:
    text = page(browser_of(mia))
    assert "belongs to the American Medical Association" in text
    assert "CPT copyright 2025 American Medical Association. All rights reserved." in text
    assert "CPT is a registered trademark" in text
    assert "only where a licensed file is loaded, and none is loaded here" in text
    assert "no AMA release confirms status and dates here" in text


def test_a_licensed_descriptor_is_shown_to_nobody_here(browser_of, mia, reference: None) -> None:
    code = Code.objects.get(code="99990")
    Descriptor.objects.create(code=code, kind="long", text="sentinellicensed", licensed=True, release=code.release)
    assert "sentinellicensed" not in page(browser_of(mia))


def test_hcpcs_known_to_us_alone_says_so(browser_of, mia, reference: None) -> None:
    text = page(browser_of(mia), "/codes/hcpcs/j9998/")
    assert "Our own text: no CMS release is loaded" in text
    assert "Official descriptor" not in text
    assert "American Medical Association. All rights" not in text


def test_hcpcs_with_a_release_shows_its_wording_and_ours(browser_of, mia, guest_browser, tmp_path) -> None:
    hcpcs_anweb.load(anweb.write(tmp_path), Order(AT))
    text = page(browser_of(mia), "/codes/hcpcs/j9998/")
    assert "Official descriptor" in text
    assert "Seaweed, official wording sentinelofficial, 10 mg" in text
    assert "Source: Centers for Medicare &amp; Medicaid Services, HCPCS Level II, October 2026. Public domain." in text
    assert "Seaweed by vein" in text
    assert "Our own text: no CMS" not in text
    spend(guest_browser, PAGE)
    locked = page(guest_browser, "/codes/hcpcs/j9998/")
    assert "Official descriptor" in locked
    assert "sentinelofficial" not in locked


def test_a_code_that_the_loaded_release_does_not_list_says_so(browser_of, mia, reference: None, tmp_path) -> None:
    lines = [line for line in anweb.LINES if not line.startswith("J9998")]
    hcpcs_anweb.load(anweb.write(tmp_path, lines), Order(AT))
    text = page(browser_of(mia), "/codes/hcpcs/j9998/")
    assert "Our own text: the CMS release that is loaded does not list this code." in text


def test_icd_notes_come_down_from_above_and_say_from_where(browser_of, mia, reference: None) -> None:
    text = page(browser_of(mia), "/codes/icd-10-cm/a00.0/")
    assert "Beach itch NOS" in text  # its own
    assert "the gull" in text  # of its category
    assert "tern fever" in text  # of its block
    assert "fevers brought by fish" in text  # of the block above the block
    assert "fevers of docks &amp; piers" in text  # of its chapter
    for source in ('/codes/icd-10-cm/a00/">A00</a>', 'chapters/a00-a09/">A00-A09</a>', 'chapters/1/">Chapter 1</a>'):
        assert f'From <a href="{source if source.startswith("/") else "/codes/icd-10-cm/" + source}' in text
    assert "Source: CDC, National Center for Health Statistics, ICD-10-CM, FY2026 April." in text


def test_inclusion_terms_of_a_category_do_not_come_down(browser_of, mia, reference: None) -> None:
    text = page(browser_of(mia), "/codes/icd-10-cm/a10.0xxa/")
    assert "One of these characters completes each code of A10" in text
    assert "Pecking injury" not in text


def test_a_header_lists_what_is_below_and_says_it_cannot_be_billed(client: Client, reference: None) -> None:
    text = page(client, "/codes/icd-10-cm/a00/")
    assert "Not billable: needs more characters" in text
    assert "Gull fever with itching" in text
    assert "/codes/icd-10-cm/a00.9/" in text


def test_our_texts_say_who_wrote_them_and_whether_they_are_reviewed(browser_of, mia, reference: None) -> None:
    browser = browser_of(mia)
    text = page(browser)
    assert "Our own text by Reference desk, November 1, 2026." in " ".join(text.split())
    assert "Unreviewed: no certified coder has checked our texts on this code yet" in text
    reviewed = " ".join(page(browser, "/codes/cpt/99991/").split())
    assert "Reviewed by Rita Reviewer, CPC, October 15, 2026." in reviewed
    assert "Unreviewed" not in reviewed


def test_facts_without_a_text_say_whose_they_are(browser_of, mia, reference: None) -> None:
    assert "Source: our own facts. <strong>Unreviewed.</strong>" in page(browser_of(mia), "/codes/hcpcs/j9998/")


def test_a_deleted_code_says_so(client: Client, reference: None) -> None:
    text = page(client, "/codes/cpt/99980/")
    assert "Deleted" in text
    assert "January 1, 2025" in text


def test_related_codes_link_where_they_are_loaded(browser_of, mia, reference: None) -> None:
    text = page(browser_of(mia))
    assert '<a class="code" href="/codes/cpt/99991/">99991</a>' in text
    assert '<span class="code">99999</span>' in text
    addon = page(browser_of(mia), "/codes/cpt/99991/")
    assert "This add-on may accompany" in addon


def test_a_code_without_any_text_says_so(browser_of, mia, reference: None) -> None:
    Code.objects.get(code="99991").sections.all().delete()
    Code.objects.get(code="99991").relations.all().delete()
    assert "has no notes on this code, and we have not written on it yet" in page(browser_of(mia), "/codes/cpt/99991/")


# What it costs.


@pytest.mark.parametrize("path", [PAGE, "/codes/hcpcs/j9998/", "/codes/icd-10-cm/a00/", "/codes/icd-10-cm/a10.0xxa/"])
@pytest.mark.parametrize("again", [False, True], ids=["first time", "again"])
def test_a_page_costs_few_queries(browser_of, ann, reference: None, path: str, again: bool) -> None:
    browser = browser_of(ann)
    spend(browser, *[path] * again)
    with CaptureQueriesContext(connection) as captured:
        spend(browser, path)
    queries = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    licensed = path == PAGE  # whether an edition of CPT is licensed
    assert len(queries) <= 9 + licensed, "\n".join(queries)
