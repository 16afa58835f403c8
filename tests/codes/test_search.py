"""Case2Code: what is found by a code, by words, by what the trade abbreviates; and in which order."""

from datetime import date

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import CodeView
from codes.abbreviations import ABBREVIATIONS
from codes.models import Code
from codes.search import find, tsquery
from codes.systems import System
from tests.codes.test_code_page import ALL

TODAY = date(2026, 11, 22)


def found(query: str, system: System = System.ICD10CM) -> list[str]:
    return [code.code for code in find(query, TODAY, texts=True).within(system)]


# By code.


@pytest.mark.parametrize("query", ["A00.0", "a000", "A000", " a00.0 ", "a00.0,", "A00.0-"])
def test_a_code_is_found_however_it_is_written(reference: None, query: str) -> None:
    assert found(query) == ["A00.0"]


def test_the_start_of_a_code_finds_all_that_start_so(reference: None) -> None:
    assert found("A10") == ["A10", "A10.0", "A10.0XXA", "A10.0XXD"]
    assert found("a10.0xx") == ["A10.0XXA", "A10.0XXD"]
    assert found("9999", System.CPT) == ["99990", "99991"]
    assert found("j99", System.HCPCS) == ["J9998"]


def test_what_only_looks_like_a_code_is_searched_as_words(reference: None) -> None:
    Code.objects.filter(code="B20").update(official_title="Fish fever of B12 lack")
    assert found("b12") == ["B20"]


# By words.


def test_all_words_must_fit_one_code(reference: None) -> None:
    assert found("gull itching") == ["A00.0"]
    assert found("gull beak") == []


def test_billable_before_headers_then_short_codes_in_their_order(reference: None) -> None:
    assert found("gull fever") == ["A00.0", "A00.9", "A00"]
    Code.objects.filter(code="A00.0").update(code="A00.01XA")  # a longer code, although it stands first
    assert found("gull fever") == ["A00.9", "A00.01XA", "A00"]


def test_titles_that_start_with_the_words_come_first(reference: None) -> None:
    Code.objects.filter(code="A00.9").update(official_title="No gull fever")
    assert found("gull fever")[:2] == ["A00.0", "A00.9"]


def test_the_title_counts_before_other_names_and_those_before_our_description(reference: None) -> None:
    Code.objects.filter(code="99991").update(own_title="Pier")
    Code.objects.filter(code="A00.0").update(synonyms="pier")
    everywhere = find("pier", TODAY, texts=True)
    assert {code.code: code.place for code in everywhere.codes} == {"99990": 2, "99991": 0, "A00.0": 1}


def test_other_names_find_the_codes_below_that_only_add_a_character(reference: None) -> None:
    assert found("pecking injury") == ["A10.0XXA", "A10.0XXD", "A10.0"]


def test_deleted_codes_come_last(reference: None) -> None:
    Code.objects.filter(code="A00.9").update(valid_to=date(2025, 1, 1))
    assert found("gull fever")[-1] == "A00.9"


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("fx beak", ["A10.0XXA", "A10.0XXD", "A10", "A10.0"]),
        ("FX distal beak", ["A10.0XXA", "A10.0XXD", "A10.0"]),
        ("fractur", ["A10.0XXA", "A10.0XXD", "A10", "A10.0"]),
        ("fractures", ["A10.0XXA", "A10.0XXD", "A10", "A10.0"]),
        ('"gull fever" -itching', ["A00.9", "A00"]),
        ('"fever gull"', []),
        ("itching or fish", ["B20", "A00.0"]),
        ("gull -fever", []),
        ("fever -(gull) -tern -fish", []),
    ],
)
def test_search_syntax_and_abbreviations(reference: None, query: str, codes: list[str]) -> None:
    assert found(query) == codes


def test_every_abbreviation_is_lower_case_and_means_something() -> None:
    for short, meanings in ABBREVIATIONS.items():
        assert short == short.lower()
        assert meanings
        assert all(meaning.strip() and meaning != short for meaning in meanings)


@pytest.mark.parametrize(
    "query", ["", "   ", "or", "-", '""', "& | !", "-gull", "()", "''", "\\", "* : <->", "or or -x"]
)
def test_operators_alone_find_nothing(reference: None, query: str) -> None:
    assert tsquery(query) == ""
    assert not find(query, TODAY, texts=True).codes.exists()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.text(max_size=200).filter(lambda text: "\x00" not in text) | st.text("ab1 .-\"'()|&!:*<>\\", max_size=60)
)
def test_no_query_breaks_the_search(reference: None, query: str) -> None:
    text = query.encode("utf-8", "ignore").decode()
    found = find(text, TODAY, texts=True)
    assert sum(group.count for group in found.groups(3)) == found.codes.count()


# The page.


def search(browser: Client, query: str, **headers: str) -> str:
    response = browser.get(f"/case2code/?{query}", headers=headers)
    assert response.status_code == 200
    return response.text


def test_the_empty_search_helps(client: Client, reference: None) -> None:
    text = search(client, "")
    assert "fx distal radius" in text
    assert "Searching is free" in text


def test_results_are_grouped_with_counts(client: Client, reference: None) -> None:
    text = " ".join(search(client, "q=gull").split())
    for words in ('All <span class="muted">5</span>', "ICD-10-CM", "CPT®", "Gull counting", "Gull fever, unspecified"):
        assert words in text


def test_an_exact_code_stands_on_top_and_is_not_opened(client: Client, reference: None) -> None:
    text = search(client, "q=a000")
    assert "Open this code" in text
    assert 'class="code-exact card" href="/codes/icd-10-cm/a00.0/"' in text
    assert not CodeView.objects.exists()


def test_a_system_can_be_chosen_and_comes_in_pages(client: Client, reference: None) -> None:
    text = search(client, "q=gull&system=cpt")
    assert "Gull counting" in text
    assert "Gull fever" not in text
    assert search(client, "q=gull&system=hcpcs").count("Nothing in HCPCS Level II.") == 1
    assert "Gull counting" in search(client, "q=gull&system=cpt&page=999")


def test_nothing_found_helps(client: Client, reference: None) -> None:
    text = search(client, "q=walrus")
    assert "No code fits “walrus”" in text
    assert "Browse the chapters" in text


def test_guests_get_titles_accounts_get_where_and_why(client: Client, browser_of, ann, reference: None) -> None:
    guest = search(client, "q=squawker")
    assert "Gull fever with itching" in guest
    assert "found by" not in guest
    assert "Gull fevers" not in guest
    signed_in = search(browser_of(ann), "q=squawker")
    assert "A00-A09 Gull fevers · found by another name" in signed_in


@pytest.mark.parametrize("suffix", ["", "&system=cpt"])
def test_guests_search_titles_accounts_our_description_too(
    client: Client, browser_of, ann, mia, reference: None, suffix: str
) -> None:
    for query in ("sentinelcommon", "sentinelcomm", '"one pier sentinelcommon"', "counting sentinelcommon"):
        assert "No code fits" in search(client, f"q={query}{suffix}")
        for person in (ann, mia):
            assert "Gull counting" in search(browser_of(person), f"q={query}{suffix}")
    for browser in (client, browser_of(ann)):
        assert "Gull counting" in search(browser, f"q=gull counting{suffix}")


def test_a_free_account_without_views_left_searches_titles_and_says_so(
    browser_of, ann, mia, reference: None, settings
) -> None:
    settings.FREE_CODE_VIEWS = 1
    free, member = browser_of(ann), browser_of(mia)
    assert "Gull counting" in search(free, "q=sentinelcommon")
    assert free.get("/codes/icd-10-cm/b20/").status_code == 200  # the one view
    assert "No code fits" in search(free, "q=sentinelcommon")
    assert "Your code page views are used up" in search(free, "q=sentinelcommon")
    assert "/codes/cpt/99990/" in search(free, "q=counting -sentinelcommon")
    assert "Your code page views are used up" in search(free, "q=counting")
    assert "Gull counting" in search(member, "q=sentinelcommon")


def test_guests_learn_nothing_by_excluding_words(client: Client, browser_of, ann, reference: None) -> None:
    assert "/codes/cpt/99990/" in search(client, "q=counting -sentinelcommon")
    assert "/codes/cpt/99990/" not in search(browser_of(ann), "q=counting -sentinelcommon")
    assert "/codes/cpt/99990/" not in search(client, "q=counting -gull")


def test_counts_and_families_leave_out_what_guests_cannot_search(reference: None) -> None:
    Code.objects.filter(code__startswith="A").update(gist="sentinelherring")
    Code.objects.filter(code="A00.0").update(synonyms="sentinelherring")
    guest, free = (find("sentinelherring", TODAY, texts=texts) for texts in (False, True))
    assert sum(group.count for group in guest.groups(3)) == 1
    assert sum(group.count for group in free.groups(3)) > 1
    assert guest.families(3) == []
    assert free.families(3) != []


@pytest.mark.parametrize("query", ["sentinelcommon", "gull counting", "99990", "sentinelsimple", "seaweed"])
def test_no_text_is_in_any_result(client: Client, browser_of, ann, mia, reference: None, query: str) -> None:
    for browser in (client, browser_of(ann), browser_of(mia)):
        text = search(browser, f"q={query}")
        assert not any(word in text for word in ALL - {query})
    assert "Seaweed by vein" not in search(client, "q=seaweed")


def test_locked_sections_cannot_be_searched(reference: None) -> None:
    assert found("sentinelcommon", System.CPT) == ["99990"]
    for word in ALL - {"sentinelcommon"}:
        assert found(word, System.CPT) == []


def test_a_swap_is_the_results_alone(client: Client, reference: None) -> None:
    whole = search(client, "q=gull")
    part = search(client, "q=gull", HX_Request="true")
    assert "<html" not in part
    assert 'id="results"' in part
    start = whole.index('<div class="stack" id="results"')
    assert part[part.index('<div class="stack" id="results"') :].strip() in whole[start:]
    assert client.get("/case2code/?q=gull")["Vary"].startswith("HX-Request")


def test_going_back_gives_the_whole_page(client: Client, reference: None) -> None:
    back = search(client, "q=gull", HX_Request="true", HX_History_Restore_Request="true")
    assert back.count("<html") == 1
    assert back.count("<title>") == search(client, "q=gull").count("<title>")
    assert "HX-History-Restore-Request" in client.get("/case2code/?q=gull")["Vary"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("q=" + "x" * 10_000, "at most 200 characters"),
        ("q=gull&system=snomed", "Select a valid choice"),
    ],
)
def test_a_query_that_cannot_be_is_refused_with_words(client: Client, reference: None, query: str, words: str) -> None:
    response = client.get(f"/case2code/?{query}")
    assert response.status_code == 400
    assert words in response.text
    assert query[2:6] in response.text.split("<main")[1]  # nothing typed is lost


def test_nul_is_400(client: Client, reference: None) -> None:
    assert client.get("/case2code/?q=gu%00ll").status_code == 400


def test_the_wrong_verb(client: Client, reference: None) -> None:
    assert client.post("/case2code/", {"q": "gull"}).status_code == 405


@pytest.mark.parametrize("query", ["q=gull", "q=a00", "q=gull&system=icd-10-cm", "q=walrus"])
def test_a_search_costs_few_queries(
    browser_of, ann, reference: None, query: str, django_assert_max_num_queries
) -> None:
    browser = browser_of(ann)
    with django_assert_max_num_queries(9):
        search(browser, query)


def test_a_guest_who_only_searches_gets_no_cookie(client: Client, reference: None) -> None:
    assert client.get("/case2code/", {"q": "99990"}).status_code == 200
    assert not client.cookies
