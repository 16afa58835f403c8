"""Codes side by side: what differs, who sees what of it, what Medicare says of two together."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import CodeView
from codes.models import PtpEdit, Rationale, Release
from codes.models.fees import RelativeValue
from tests.codes.test_code_page import ALL, FREE, GRANTED, seen

ADDRESS = "/codes/compare/"
THREE = {"codes": "cpt:99990,cpt:99991,icd-10-cm:B20"}


@pytest.fixture
def edits(reference: None) -> None:
    """99991 is in column 2 beside 99990, and a modifier may bypass it; and what the first one is worth."""
    release = Release.objects.create(
        dataset=Release.Dataset.PTP_PRACTITIONER,
        version="2026 Q4",
        title="Gull edits",
        owner="CMS",
        effective=date(2026, 10, 1),
        file_name="ptp.txt",
        checksum="ptp",
        loaded_at=timezone.now(),
    )
    PtpEdit.objects.create(
        setting="practitioner",
        column1="99990",
        column2="99991",
        indicator=1,
        rationale=Rationale.objects.create(text="Gulls are counted once"),
        valid_from=date(2020, 1, 1),
        release=release,
    )


def get(browser: Client, query: dict[str, object], status: int = 200) -> str:
    answer = browser.get(ADDRESS, query)
    assert answer.status_code == status
    return " ".join(answer.text.split())


def row(text: str, label: str) -> str:
    """The row of a fact, as HTML."""
    return text.split(f'<th scope="row">{label}', 1)[1].split("</tr>", 1)[0]


# Which codes.


def test_three_systems_stand_in_the_order_asked(client: Client, reference: None) -> None:
    text = get(client, {"codes": "icd-10-cm:B20,cpt:99990,hcpcs:J9998"})
    places = [text.index(f'<span class="code-number">{code}</span>') for code in ("B20", "99990", "J9998")]
    assert places == sorted(places)


def test_one_is_added_and_the_address_says_so(client: Client, reference: None) -> None:
    answer = client.get(ADDRESS, {"codes": "cpt:99990", "add": " b20 "})
    assert answer["Location"] == "/codes/compare/?codes=cpt:99990,icd-10-cm:B20"
    assert '?codes=icd-10-cm:B20">Remove' in get(client, {"codes": "cpt:99990,icd-10-cm:B20"})


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ({"codes": "cpt:99990,cpt:99997"}, "“cpt:99997” is not in the reference"),
        ({"codes": "cpt:99990,atc:N02"}, "“atc:N02” is not in the reference"),
        ({"codes": "cpt:99990", "add": "gulls"}, "“gulls” is not in the reference"),
        ({"codes": "cpt:99990", "add": "<b>"}, "“&lt;b&gt;” is not in the reference"),
        ({"codes": "cpt:99990,cpt:99991,cpt:99980,hcpcs:J9998,icd-10-cm:B20"}, "B20 was left out: 4 codes stand side"),
    ],
)
def test_a_code_that_will_not_do_is_told_and_the_rest_is_kept(
    client: Client, reference: None, query: dict[str, object], complaint: str
) -> None:
    text = get(client, query, status=400)
    assert complaint in text
    assert '<span class="code-number">99990</span>' in text


def test_a_code_twice_is_one(client: Client, reference: None) -> None:
    text = get(client, {"codes": ["cpt:99990,cpt:99990", "99990", ",,"]})
    assert text.count('<span class="code-number">99990</span>') == 1


def test_without_codes_it_says_what_it_is_for(client: Client, reference: None) -> None:
    assert "Up to four codes, side by side" in get(client, {})


# What differs.


def test_rows_that_differ_are_marked(client: Client, reference: None) -> None:
    text = get(client, {"codes": "cpt:99990,cpt:99980"})
    assert "differs" in row(text, "Status")
    assert "Active" in row(text, "Status")
    assert "Deleted" in row(text, "Status")
    assert "differs" not in row(text, "Code system")
    assert '<th scope="row">Introduced' in text
    assert '<th scope="row">One billed unit' not in text  # of neither


# Who sees what.


def test_comparing_opens_nothing_and_counts_nothing(browser_of, ann, reference: None) -> None:
    browser = browser_of(ann)
    text = get(browser, THREE)
    assert not seen(text)
    assert "Open the code first" in text
    assert not CodeView.objects.exists()


def test_a_free_reader_sees_the_texts_of_what_they_opened(browser_of, ann, reference: None) -> None:
    browser = browser_of(ann)
    browser.get("/codes/cpt/99990/")
    text = get(browser, THREE)
    assert seen(text) == (GRANTED | FREE) & seen(text)
    assert {"sentinelcommon", "sentineldocumentation"} <= seen(text)
    assert "An add-on for each further pier" not in text  # of 99991, which is not open
    assert CodeView.objects.count() == 1


def test_a_guest_sees_as_much_as_on_the_page(guest_browser: Client) -> None:
    guest_browser.get("/codes/cpt/99990/")
    assert seen(get(guest_browser, THREE)) == GRANTED
    assert not seen(get(Client(), THREE))


def test_our_texts_are_called_old_only_for_another_year(browser_of, mia, reference: None) -> None:
    assert "Not written for" not in get(browser_of(mia), {**THREE, "on": "2026-06-01"})
    assert "Not written for June 1, 2024: the rules" in get(browser_of(mia), {**THREE, "on": "2024-06-01"})


def test_a_member_sees_all(browser_of, mia, reference: None) -> None:
    text = get(browser_of(mia), THREE)
    assert {"sentinelcommon", "sentinelhistory", "sentinelcrosswalk"} <= seen(text) <= ALL
    assert "Members</span>" not in text


# Two together.


def test_an_edit_between_them_is_explained_to_members(browser_of, mia, edits: None) -> None:
    text = get(browser_of(mia), THREE)
    assert "99990 with 99991, practitioner services" in text
    assert "Modifier indicator 1" in text
    assert "99991 is not paid beside 99990, unless an NCCI-associated modifier" in text
    assert "Gulls are counted once. Since January 1, 2020." in text


def test_no_modifier_is_said_where_none_helps(browser_of, mia, edits: None) -> None:
    PtpEdit.objects.update(indicator=0)
    text = get(browser_of(mia), THREE)
    assert "No modifier bypasses the edit." in text
    assert "unless an NCCI-associated modifier" not in text


def test_no_edit_names_the_release_and_the_day(browser_of, mia, edits: None) -> None:
    PtpEdit.objects.update(valid_to=date(2021, 1, 1))
    text = get(browser_of(mia), THREE)
    assert "99990 and 99991: no edit, practitioner services" in text
    assert "No edit does not mean payable. </p>" in text or "No edit does not mean payable.</p>" in text
    assert "Gull edits, 2026 Q4, as of" in text
    assert "B20:" not in text  # a diagnosis is in no edit


def test_others_see_that_there_is_an_answer_and_not_which(browser_of, ann, edits: None) -> None:
    text = get(browser_of(ann), THREE)
    assert "Whether the NCCI pairs any two of these codes" in text
    assert "Gulls are counted once" not in text
    assert "Modifier indicator" not in text


def test_relative_values_are_for_members(browser_of, ann, mia, reference: None) -> None:
    release = Release.objects.create(
        dataset=Release.Dataset.MPFS,
        version="2026",
        title="Gull fees",
        owner="CMS",
        effective=date(2026, 1, 1),
        file_name="rvu.csv",
        checksum="rvu",
        loaded_at=timezone.now(),
    )
    figures = dict.fromkeys(
        ("malpractice", "preoperative", "intraoperative", "postoperative", "pe_nonfacility", "pe_facility"), 0
    )
    figures |= dict.fromkeys(("opps_pe_nonfacility", "opps_pe_facility", "opps_malpractice", "pc_tc"), 0)
    codes = dict.fromkeys(("multiple_procedure", "bilateral", "assistant", "co_surgeon", "team"), 0)
    RelativeValue.objects.create(
        **figures | codes,
        code="99990",
        status="A",
        work="7.31",
        total_nonfacility="10.00",
        total_facility="8.00",
        na_nonfacility=False,
        na_facility=True,
        global_days="010",
        conversion_factor="33.4009",
        supervision="09",
        imaging_family="99",
        valid_from=date(2026, 1, 1),
        release=release,
    )
    member, free = get(browser_of(mia), THREE), get(browser_of(ann), THREE)
    assert "7.31" in row(member, "Work RVU")
    assert "differs" not in row(member, "Work RVU")  # from a code that has none
    assert "$334.01" in row(member, "Medicare amount, office")
    assert '<th scope="row">Total RVU, facility' not in member  # rarely done there, so it has no value
    assert "10 days after" in row(member, "Global days")
    assert "7.31" not in free
    assert "Members" in row(free, "Work RVU")


def test_four_codes_cost_few_queries(browser_of, mia, edits: None) -> None:
    browser = browser_of(mia)
    with CaptureQueriesContext(connection) as captured:
        get(browser, {"codes": "cpt:99990,cpt:99991,cpt:99980,hcpcs:J9998"})
    assert len(captured) <= 18, "\n".join(query["sql"][:100] for query in captured)


def test_pages_lead_there(browser_of, mia, reference: None) -> None:
    text = browser_of(mia).get("/codes/cpt/99990/").text
    assert 'href="/codes/compare/?codes=cpt:99990"' in text
    assert 'href="/codes/compare/?codes=cpt:99990,cpt:99991"' in text
