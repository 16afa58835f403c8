"""What the code sets say of a code beside its words: Index entries, HCPCS indicators."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from django.test import Client

from accounts.models import User
from codes.blocks import index_entries
from codes.loaders import bulk, hcpcs_anweb
from codes.loaders.index_xml import DISEASES, DRUGS, NEOPLASMS
from codes.loaders.outcome import Order
from codes.models import IndexTable
from tests.codes import anweb
from tests.codes.conftest import AT
from tests.loaders.conftest import load
from tests.loaders.index_files import cells, term, write

type BrowserOf = Callable[[User], Client]


def text_of(browser: Client, address: str) -> str:
    return " ".join(browser.get(address).text.split())


def test_index_entries_that_lead_to_a_code(reference: None, mia: User, browser_of: BrowserOf, tmp_path: Path) -> None:
    gull = term("Gull<nemod>(sea)</nemod>", "<see>Tern</see>", term("fever", "<code>A00.-</code>", level=1))
    wing = term("Wing", cells("C50.-", "A00.9"))
    bulk.load(DISEASES, [write(tmp_path, gull)], Order(AT))
    bulk.load(NEOPLASMS, [write(tmp_path, wing, kind="neoplasm")], Order(AT))
    text = text_of(browser_of(mia), "/codes/icd-10-cm/a00.9/")
    block = text[text.index('id="index-entries"') : text.index("Check the Tabular List")]
    assert "Alphabetic Index" in block
    assert "Table of Neoplasms" in block
    assert "<strong>Gull</strong>" in block
    assert "(sea)" in block
    assert "A00.-" in block
    assert "Malignant, secondary" in block
    assert "C50" not in block
    nothing = text_of(browser_of(mia), "/codes/icd-10-cm/b20/")
    assert "Nothing on B20 in ICD-10-CM Alphabetic Index, October 2025" in nothing


def test_nothing_is_said_of_tables_that_cannot_lead_to_a_code(
    reference: None, mia: User, browser_of: BrowserOf, tmp_path: Path
) -> None:
    bulk.load(DRUGS, [write(tmp_path, term("Seaweed", cells("T51.3X1")), kind="drug")], Order(AT))
    assert 'id="index-entries"' not in browser_of(mia).get("/codes/icd-10-cm/b20/").text
    later = Order(AT + timedelta(minutes=1))
    bulk.load(DISEASES, [write(tmp_path, term("Gull", "<code>A00.9</code>"))], later)
    text = text_of(browser_of(mia), "/codes/icd-10-cm/b20/")
    assert "Nothing on B20 in ICD-10-CM Alphabetic Index, October 2025 as of" in text
    assert "Table of Drugs" not in text
    text = text_of(browser_of(mia), "/codes/icd-10-cm/a00.9/")
    assert "Table of Drugs" not in text


def test_a_table_says_which_codes_it_leads_to() -> None:
    def tables(code: str) -> set[str]:
        return {table.value for table in IndexTable if table.may_hold(code)}

    assert tables("M54.50") == {"diseases"}
    assert tables("C50.911") == tables("D49.0") == {"diseases", "neoplasms"}
    assert tables("D50.0") == {"diseases"}
    assert tables("T51.3X1A") == {"diseases", "drugs"}
    assert tables("T74.11XA") == {"diseases", "external-causes"}
    assert tables("W54.0XXA") == {"external-causes"}


def test_a_code_with_many_entries_says_that_there_are_more(
    reference: None, mia: User, browser_of: BrowserOf, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(index_entries, "MOST", 2)
    terms = [term(f"Gull {number}", "<code>A00.9</code>") for number in range(3)]
    bulk.load(DISEASES, [write(tmp_path, *terms)], Order(AT))
    text = text_of(browser_of(mia), "/codes/icd-10-cm/a00.9/")
    assert "Gull 1" in text
    assert "Gull 2" not in text
    assert "The first 2 of more." in text


def test_indicators_of_a_hcpcs_code_in_words(reference: None, mia: User, browser_of: BrowserOf, tmp_path: Path) -> None:
    fields = {120: "51", 205: "J9997", 230: "D", 257: "O1E", 253: "0088"}
    path = anweb.write(tmp_path, [anweb.record("J9998", "Seaweed", fields=fields)])
    hcpcs_anweb.load(path, Order(AT, effective=date(2026, 1, 1)))
    text = text_of(browser_of(mia), "/codes/hcpcs/j9998/")
    assert text.count(">J9997<") == 1  # where it links to the code
    block = text[text.index('id="indicators"') :]
    assert "processing notes, which is not loaded here for this day, has its text" in block
    assert "Special coverage instructions apply" in block
    assert "Other drugs" in block


def test_a_processing_note_is_shown_as_it_was_worded_on_the_day(
    reference: None, mia: User, browser_of: BrowserOf, tmp_path: Path
) -> None:
    path = anweb.write(tmp_path, [anweb.record("J9998", "Seaweed", fields={253: "0088"})])
    hcpcs_anweb.load(path, Order(AT, effective=date(2026, 1, 1)))
    for name, words in (("proc_notes_2026.txt", "COUNT EACH GULL"), ("proc_notes_JUL2026.txt", "COUNT EACH TERN")):
        load("hcpcs-notes", anweb.write_notes(tmp_path, words, name=name))
    browser = browser_of(mia)
    march, august = (text_of(browser, f"/codes/hcpcs/j9998/?on=2026-{month}-01") for month in ("03", "08"))
    assert "COUNT EACH GULL ONCE." in march
    assert "COUNT EACH TERN ONCE." in august
    assert "HCPCS Level II, processing notes, July 2026" in august
