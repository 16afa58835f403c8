"""The releases page: what is loaded, what is out of date, and who may know by whom."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.test import Client

from accounts.models import User
from codes.loaders import hcpcs_anweb
from codes.loaders.outcome import Order
from codes.models import Release
from tests.codes import anweb
from tests.codes.conftest import AT

PAGE = "/codes/releases/"


def text(browser: Client) -> str:
    return " ".join(browser.get(PAGE).text.split())


def test_it_names_file_date_rows_and_checksum(reference: None, client: Client, tmp_path: Path) -> None:
    release = hcpcs_anweb.load(anweb.write(tmp_path), Order(AT)).release
    page = text(client)
    for words in ("HCPC2026_OCT_ANWEB.txt", "October 2026", "October 1, 2026", release.checksum, "FY2026 April"):
        assert words in page
    assert '3 <span class="muted">not ours to show</span>' in page
    assert "manage.py" not in page


def test_what_is_out_of_date_is_named(reference: None, client: Client) -> None:
    Release.objects.filter(dataset="icd-10-cm").update(last_day=date(2020, 9, 30))
    page = text(client)
    assert 'A newer release is due, and not loaded here: <a href="#icd-10-cm">ICD-10-CM</a>.' in page
    assert "Newer release due since October 1, 2020" in page
    Release.objects.filter(dataset="icd-10-cm").update(last_day=date(2999, 9, 30))
    assert "A newer release is due" not in text(client)


def test_what_is_missing_names_the_page_of_its_owner(reference: None, client: Client) -> None:
    page = text(client)
    missing = page.split("Not loaded here")[1]
    assert f'<a href="{hcpcs_anweb.PAGE}" rel="noopener">HCPCS Level II</a>' in missing
    assert ">ICD-10-CM</a>" not in missing.split("</section>")[0]


def test_only_staff_read_who_loaded_it(
    reference: None, mia: User, browser_of: Callable[[User], Client], client: Client
) -> None:
    Release.objects.filter(dataset="icd-10-cm").update(loaded_by="sentinel-operator")
    assert "sentinel-operator" not in text(client)
    assert "sentinel-operator" not in text(browser_of(mia))
    mia.is_staff = True
    mia.save()
    page = text(browser_of(mia))
    assert "by sentinel-operator" in page
    assert "manage.py load hcpcs FILE" in page


def test_code_index_and_sources_lead_there(reference: None, client: Client) -> None:
    assert f'href="{PAGE}"' in client.get("/codes/").text
    assert client.get("/codes/hcpcs/a0000/").status_code == 404
    assert f'href="{PAGE}"' in client.get("/codes/hcpcs/a0000/").text


def test_a_code_that_no_release_lists_says_which_were_asked(reference: None, client: Client) -> None:
    page = " ".join(client.get("/codes/icd-10-cm/z99.9/").text.split())
    assert "No release loaded here lists it" in page
    assert "ICD-10-CM, FY2026 April (effective April 1, 2026)" in page


def test_a_dental_code_is_said_to_be_left_out(reference: None, client: Client) -> None:
    page = client.get("/codes/hcpcs/d0120/")
    assert page.status_code == 404
    assert "American Dental Association" in page.text
    assert "mistyped" not in page.text
    assert "American Dental Association" not in client.get("/codes/hcpcs/q0120/").text
