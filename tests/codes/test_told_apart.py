"""Codes that are taken for each other: our own sentences both ways, and what loaded facts say of the two."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from codes.loaders import own_texts
from codes.loaders.outcome import FileRefused, Outcome
from codes.loaders.told_apart import read
from tests.codes.conftest import AT
from tests.loaders.conftest import edit, load, written  # noqa: F401 - a fixture of the loaders

CODE = "/codes/cpt/99990/"
HEAD = 'author = "Reference desk"\nwritten = 2026-11-25\nstate = "unreviewed"\n\n[pairs]\n'
PAIRS = (
    HEAD + '"99990 99991" = "99990 counts gulls, 99991 sentinelterns."\n"99990 0999T" = "99990 is old, 0999T new."\n'
)

type BrowserOf = Callable[[User], Client]


@pytest.fixture
def told(icd: Outcome, content: Path) -> None:
    """Two pairs, one of them with a code that is not loaded."""
    (content / "told_apart.toml").write_text(PAIRS)
    own_texts.load(AT, content)


def block(browser: Client, address: str) -> str:
    text = " ".join(browser.get(address).text.split())
    start = text.index('id="told-apart"')
    return text[start : text.index("</section>", start)]


def test_a_pair_stands_on_both_pages(told: None, mia: User, browser_of: BrowserOf) -> None:
    text = block(browser_of(mia), CODE)
    assert "99990 counts gulls, 99991 sentinelterns." in text
    assert 'href="/codes/compare/?codes=cpt:99990,cpt:99991"' in text
    assert "99990 is old, 0999T new." in text
    assert "cpt:0999T" not in text  # it has no page to compare with
    assert "Our own sentences by Reference desk, November 25, 2026. <strong>Unreviewed.</strong>" in text
    assert "99990 counts gulls" in block(browser_of(mia), "/codes/cpt/99991/")
    assert "Not written for March 1, 2025" in block(browser_of(mia), f"{CODE}?on=2025-03-01")


def test_facts_that_differ_stand_beside_each_other(
    told: None,
    mia: User,
    browser_of: BrowserOf,
    written: Callable[..., Path],  # noqa: F811
) -> None:
    load("ptp-practitioner", written(edit("99990", "99991", modifier="0"), edit("0999T", "99990")))
    text = block(browser_of(mia), CODE)
    assert "NCCI, practitioner services: 99991 is not paid beside 99990. No modifier bypasses it." in text
    assert "99990 is not paid beside 0999T, unless an NCCI-associated modifier says why it should be." in text
    assert '<th scope="row">Flags</th>' in text
    assert "Source: Codeharbor" in text


def test_flags_alone_tell_nothing(told: None, content: Path, mia: User, browser_of: BrowserOf) -> None:
    (content / "told_apart.toml").write_text(HEAD + '"99990 0999T" = "99990 is old, 0999T new."\n')
    own_texts.load(AT, content)
    assert "99991" not in block(browser_of(mia), CODE)


def test_without_a_sentence_there_is_no_block(reference: None, mia: User, browser_of: BrowserOf) -> None:
    assert 'id="told-apart"' not in browser_of(mia).get(CODE).text


@pytest.mark.parametrize("signed_in", [True, False])
def test_others_read_a_lock_and_no_sentence(
    told: None, ann: User, client: Client, browser_of: BrowserOf, signed_in: bool
) -> None:
    browser = browser_of(ann) if signed_in else client
    browser.get("/codes/icd-10-cm/b20/")  # the cookie of a guest
    text = browser.get(CODE).text
    assert "Codes it is confused with" in text
    assert "sentinelterns" not in text


def test_a_sentence_that_is_gone_leaves_the_page(told: None, content: Path, mia: User, browser_of: BrowserOf) -> None:
    (content / "told_apart.toml").write_text(HEAD + '"99990 99991" = "99990 and 99991 are two."\n')
    own_texts.load(AT, content)
    text = block(browser_of(mia), CODE)
    assert "99990 and 99991 are two." in text
    assert "0999T" not in text


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ('"99990" = "99990."', "line 6: '99990' does not name two codes"),
        ('"99990 99990" = "99990."', "does not name two codes"),
        ('"99990 gull" = "99990 gull."', "gull is no code"),
        ('"99990 99991" = ""', "needs a sentence"),
        ('"99990 99991" = "Gulls."', "speaks of neither code"),
        ('"99990 99991" = "99990, 99991."\n"99991 99990" = "99990, 99991."', "line 7: 99991 99990 stands twice"),
        ("x", "not TOML"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(tmp_path: Path, pairs: str, reason: str) -> None:
    path = tmp_path / "told_apart.toml"
    path.write_text(HEAD + pairs)
    with pytest.raises(FileRefused, match=r"told_apart\.toml, line") as refused:
        read(path)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("", "it needs author"),
        (HEAD.replace("unreviewed", "reviewed"), "it needs reviewer"),
        (HEAD.replace("unreviewed", "done"), "state is unreviewed or reviewed"),
        ("tide = 1\n" + HEAD, "there is no key tide"),
    ],
)
def test_a_file_says_whose_it_is(tmp_path: Path, head: str, reason: str) -> None:
    path = tmp_path / "told_apart.toml"
    path.write_text(head)
    with pytest.raises(FileRefused, match=reason):
        read(path)


def test_our_own_file_is_sound() -> None:
    assert len(read(own_texts.CONTENT / "told_apart.toml")) > 600
