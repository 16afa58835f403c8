"""What search engines are told of a code page: true to what they get, and no text of it."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.test.html import Element

from codes.models import Code
from tests.codes.test_code_page import ALL, PAGE
from tests.html import attribute, elements, tree


def markup(text: str) -> dict[str, Any]:
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return json.loads(data)


def gated(text: str) -> list[Element]:
    return [each for each in elements(tree(text)) if "gated" in (attribute(each, "class") or "").split()]


def test_a_stranger_is_told_what_is_locked(client: Client, reference: None) -> None:
    text = client.get(PAGE).text
    data = markup(text)
    assert data["isAccessibleForFree"] is False
    assert data["hasPart"] == {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".gated"}
    assert data["mainEntity"] == {"@type": "MedicalCode", "codeValue": "99990", "codingSystem": "CPT®"}
    assert data["url"].endswith(PAGE)
    assert len(gated(text)) == 13  # what the selector names is there: one element for each locked block


def test_the_blocks_are_marked_alike_when_they_are_open(browser_of, mia, reference: None) -> None:
    text = browser_of(mia).get(PAGE).text
    assert markup(text)["isAccessibleForFree"] is False
    assert len(gated(text)) == 13


def test_a_page_with_nothing_to_lock_says_so(client: Client, reference: None) -> None:
    code = Code.objects.get(code="99991")
    code.sections.all().delete()
    code.relations.all().delete()
    data = markup(client.get(code.get_absolute_url()).text)
    assert data["isAccessibleForFree"] is True
    assert "hasPart" not in data


def test_the_breadcrumb_is_the_one_on_the_page(client: Client, reference: None) -> None:
    crumbs = markup(client.get("/codes/icd-10-cm/a00.0/").text)["breadcrumb"]["itemListElement"]
    assert [(crumb["position"], crumb["name"]) for crumb in crumbs] == [
        (1, "Codes"),
        (2, "ICD-10-CM"),
        (3, "Invented fevers of the harbor (A00-B99)"),
        (4, "Fevers brought by birds"),
        (5, "Gull fevers"),
        (6, "A00"),
        (7, "A00.0"),
    ]


def test_a_title_cannot_break_out_of_the_script(client: Client, reference: None) -> None:
    Code.objects.filter(code="99990").update(own_title="</script><b>&amp;")
    text = client.get(PAGE).text
    assert markup(text)["name"] == "CPT® 99990: </script><b>&amp;"
    assert "</script><b>" not in text


@pytest.mark.parametrize("path", [PAGE, "/codes/icd-10-cm/a00.0/"])
def test_head_and_markup_hold_no_text(browser_of, mia, reference: None, path: str) -> None:
    head = browser_of(mia).get(path).text.split("</head>")[0]
    assert not any(word in head for word in ALL | {"Beach itch", "tern fever"})
    assert f'{path}">' in head
