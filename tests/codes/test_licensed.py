"""Licensed wordings of CPT: loaded only under a license, read only by who accepted its terms, and found nowhere else.

The wordings are invented, for an invented code, in the true layouts; each holds the marker.
"""

import csv
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import Membership, User
from accounts.privacy import exported
from codes.models import License, LicenseAcceptance, LicensedDescriptor, Release
from tests.factories import make_user
from tests.loaders.conftest import load

pytestmark = pytest.mark.django_db
MARKER = "zyzzyvamarker"
PAGE = "/codes/cpt/99990/"
TERMS = "/codes/cpt/license/"
EDITION = ("--license", "2026", "Gull Hospital")
PREAMBLE = ["An invented license", "", "It goes on\tfor some lines", ""]
CONSOLIDATED = (
    "Concept Id\tCPT Code\tLong\tMedium\tShort\tConsumer\tSpanish Consumer\tCurrent Descriptor Effective Date"
)


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\r\n".join([*PREAMBLE, *lines]) + "\r\n", encoding="utf-8")
    return path


def consolidated(folder: Path, *rows: str) -> Path:
    row = "\t".join(["1", "99990", *(f"{words} {MARKER}" for words in ("Long", "Medium", "Short", "You", "Usted")), ""])
    return write(folder, "ConsolidatedCodeList.txt", CONSOLIDATED, *(rows or [row]))


@pytest.fixture
def licensed(tmp_path: Path, reference: None) -> License:
    load("cpt", consolidated(tmp_path), *EDITION)
    return License.objects.get()


def accept(browser: Client, **data: str) -> object:
    shown = {"edition": "2026", "terms": "2026-11", "agreed": "on", "next": PAGE}
    return browser.post(f"{TERMS}accept/", shown | data)


# Loading


def test_nothing_is_loaded_without_a_license(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Say which edition you hold a license for, and who holds it"):
        load("cpt", consolidated(tmp_path))
    with pytest.raises(CommandError, match="Say the edition and who holds the license"):
        load("cpt", consolidated(tmp_path), "--license", "soon", "Gull Hospital")
    assert not LicensedDescriptor.objects.exists()
    assert not License.objects.exists()


def test_the_edition_and_its_holder_are_kept(tmp_path: Path) -> None:
    load("cpt", consolidated(tmp_path), "--licence", "2026", "Gull Hospital")
    found = License.objects.get()
    assert (found.edition, found.holder, f"{found.expires}") == (2026, "Gull Hospital", "2026-12-31")
    assert LicensedDescriptor.objects.count() == 5
    assert Release.objects.get().effective.year == 2026


def test_a_dry_run_keeps_nothing(tmp_path: Path) -> None:
    load("cpt", consolidated(tmp_path), *EDITION, "--dry-run")
    assert not License.objects.exists()
    assert not LicensedDescriptor.objects.exists()


def test_every_layout_is_read(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "SHORTU.txt", "99990 COUNTING GULLS"),
        write(tmp_path, "MEDU.txt", "99990 COUNTING GULLS ON A PIER"),
        write(tmp_path, "LONGULT.txt", "99990 Counting gulls on a pier, by hand"),
        write(
            tmp_path, "ConsumerDescriptor.txt", "Concept Id\tCPT Code\tConsumer Friendly Descriptor", "1\t99990\tGulls"
        ),
        write(
            tmp_path,
            "ClinicianDescriptor.txt",
            "Concept Id\tCPT Code\tClinician Descriptor Id\tClinician Descriptor",
            "1\t99990\t11\tOne gull",
            "1\t99990\t12\tTwo gulls",
        ),
        write(
            tmp_path,
            "Modifiers.txt",
            "ConceptID\tModifier Code\tLevel I/II\tModifier Name\tModifier Description\tSection",
            "1\tZ1\tI\tMore gulls\tMore gulls than usual\t",
        ),
    ]
    load("cpt", *files, *EDITION)
    found = LicensedDescriptor.objects.order_by("code", "kind", "number").values_list("code", "kind", "number", "text")
    assert list(found) == [
        ("99990", "clinician", 11, "One gull"),
        ("99990", "clinician", 12, "Two gulls"),
        ("99990", "consumer", 0, "Gulls"),
        ("99990", "long", 0, "Counting gulls on a pier, by hand"),
        ("99990", "medium", 0, "COUNTING GULLS ON A PIER"),
        ("99990", "short", 0, "COUNTING GULLS"),
        ("Z1", "modifier", 0, "More gulls than usual"),
        ("Z1", "modifier-name", 0, "More gulls"),
    ]


@pytest.mark.parametrize(
    ("name", "line", "reason"),
    [
        (
            "SHORTU.txt",
            f"99991 {'x' * 29}",
            "line 6, Short descriptor: it has 29 characters where the file has at most 28",
        ),
        ("SHORTU.txt", "torn", "line 6, CPT Code: 'torn' is no CPT code"),
        ("other.txt", "99991 x", "is none of the AMA's files that are read here"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, name: str, line: str, reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        load("cpt", write(tmp_path, name, "99990 GULLS", line), *EDITION)
    assert not License.objects.exists()


# Reading


def test_who_did_not_accept_reads_none_of_it(licensed: License, browser_of, mia: User, guest_browser: Client) -> None:
    guest, member = guest_browser.get(PAGE).text, browser_of(mia).get(PAGE).text
    assert MARKER not in guest + member
    assert "Signed-in readers who accept the terms of its license can read it here" in guest
    assert f"{TERMS}?next={PAGE}" in member


def test_who_accepted_reads_it_with_the_notice_and_the_edition(licensed: License, browser_of, mia: User) -> None:
    browser = browser_of(mia)
    assert "under a license held by Gull Hospital" in browser.get(TERMS).text
    response = accept(browser)
    assert response.url == PAGE
    text = browser.get(PAGE).text
    head, _, body = text.partition("</head>")
    assert body.count(MARKER) == 5
    assert MARKER not in head
    assert "CPT 2026, licensed to Gull Hospital." in body
    assert "CPT copyright 2025 American Medical Association. All rights reserved." in body
    kept = LicenseAcceptance.objects.get()
    assert (kept.user, kept.terms, kept.license) == (mia, "2026-11", licensed)


def test_who_may_not_open_the_page_reads_none_of_it_either(licensed: License, browser_of, ann: User) -> None:
    browser = browser_of(ann)
    accept(browser)
    others = ["cpt/99991", "cpt/99980", "hcpcs/j9998", "icd-10-cm/b20", "icd-10-cm/a00.0"]
    for code in others:
        browser.get(f"/codes/{code}/", follow=True)
    text = browser.get(PAGE).text
    assert MARKER not in text
    assert "The official wording in CPT 2026 opens with this page" in text


def test_the_terms_must_be_ticked_and_be_those_in_force(licensed: License, browser_of, mia: User) -> None:
    browser = browser_of(mia)
    assert "Tick the box to accept the terms" in accept(browser, agreed="").text
    assert "The terms have changed since you opened this page" in accept(browser, terms="1999-01").text
    assert not LicenseAcceptance.objects.exists()
    assert browser.get(f"{TERMS}accept/").status_code == 405
    assert Client().get(TERMS).status_code == 302


def test_acceptance_leads_back_to_this_site_alone(licensed: License, browser_of, mia: User) -> None:
    assert accept(browser_of(mia), next="https://elsewhere.example/").url == TERMS


def test_an_edition_is_shown_until_the_end_of_its_year(licensed: License, browser_of, mia: User) -> None:
    browser = browser_of(mia)
    accept(browser)
    License.objects.update(expires="2025-12-31")
    assert MARKER not in browser.get(PAGE).text
    assert browser.get(TERMS).status_code == 404


def test_new_terms_are_asked_for_again(licensed: License, browser_of, mia: User) -> None:
    browser = browser_of(mia)
    accept(browser)
    LicenseAcceptance.objects.update(terms="2025-01")
    assert MARKER not in browser.get(PAGE).text


# Nowhere else


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    """Every address of the project that needs no more than itself."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif not set(route) & set("<(\\"):
            yield route


def test_it_is_on_no_other_surface(
    licensed: License, browser_of: Callable[[User], Client], mia: User, guest_browser: Client
) -> None:
    reader, staff = browser_of(mia), browser_of(make_user("staff@example.com", is_staff=True, is_superuser=True))
    for browser in (reader, staff):
        accept(browser)
    paths = {path for path in addresses(get_resolver().url_patterns) if "logout" not in path}
    asked = [f"{path}?q={words}" for path in ("/case2code/", "/jobs/") for words in ("99990", "counting")]
    of_code = ["changes.atom", "edits/"]
    paths |= {*asked, "/codes/cpt/", "/codes/cpt/changes.atom", "/codes/cpt/99991/", *(PAGE + part for part in of_code)}
    seen = set()
    for browser in (guest_browser, reader, staff):
        for path in sorted(paths):
            response = browser.get(path)
            content = b"".join(response) if response.streaming else response.content
            assert MARKER.encode() not in content, path
            if response.status_code == 200:
                seen.add(path)
        assert PAGE not in browser.get(f"/case2code/?q={MARKER}").text
    assert {"/codes/", "/case2code/?q=99990", "/codes/cpt/changes.atom"} <= seen
    assert MARKER in reader.get(PAGE).text


# The royalty report


def report(*arguments: str) -> list[dict[str, str]]:
    out = StringIO()
    call_command("cpt_readers", *arguments, stdout=out)
    return list(csv.DictReader(StringIO(out.getvalue())))


def test_each_reader_counts_once_for_an_edition_and_stays_counted(
    licensed: License, browser_of, mia: User, ann: User
) -> None:
    for user in (mia, ann, mia):
        accept(browser_of(user))
    licensed.acceptances.create(user=mia, reader=mia.pk, terms="2027-01", at=licensed.loaded_at)
    line = {"edition": "2026", "holder": "Gull Hospital", "licensed until": "2026-12-31", "readers": "2"}
    assert report() == [line]
    Membership.objects.all().delete()
    mia.delete()
    assert report("--edition", "2026") == [line]
    assert report("--edition", "2025") == []


def test_a_person_sees_in_the_export_what_they_accepted(licensed: License, browser_of, mia: User) -> None:
    browser = browser_of(mia)
    accept(browser)
    assert exported(mia)["cpt_license"][0]["edition"] == "CPT 2026"
