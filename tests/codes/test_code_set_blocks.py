"""What the code sets say of a code beside its words: Index entries, HCPCS indicators."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.test import Client

from accounts.models import User
from codes.blocks import index_entries
from codes.loaders import bulk, hcpcs_anweb
from codes.loaders.index_xml import DISEASES, NEOPLASMS
from codes.loaders.outcome import Order
from tests.codes import anweb
from tests.codes.conftest import AT
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
    fields = {120: "51", 205: "J9997", 230: "D", 257: "O1E"}
    path = anweb.write(tmp_path, [anweb.record("J9998", "Seaweed", fields=fields)])
    hcpcs_anweb.load(path, AT, date(2026, 1, 1))
    text = text_of(browser_of(mia), "/codes/hcpcs/j9998/")
    block = text[text.index('id="indicators"') :]
    assert "Special coverage instructions apply" in block
    assert "Other drugs" in block
    assert "J9997" in block
