"""One name of a thing finds the others; a misspelt word is put right."""

import pytest
from django.test import Client

from jobboard.postings.models import Word
from jobboard.postings.synonyms import ALIKE, also
from tests.factories import make_posting
from tests.jobs.test_filters import found

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("HCC", "Risk adjustment coder"),
        ("risk+adjustment", "HCC coder"),
        ("ir+coder", "Interventional radiology coder"),
        ("interventional+radiology", "IR coder"),
        ("E/M", "Evaluation and management coder"),
        ("E%26M+auditor", "Auditor, evaluation and management"),
        ("evaluation+and+management", "E/M coder"),
        ("ED", "Emergency department coder"),
        ("emergency+room+coder", "ED coder"),
        ("pro-fee", "Professional fee coder"),
        ("profee+coder", "Pro-fee coder"),
        ("ob/gyn", "Obstetrics and gynecology coder"),
        ("cerner", "Oracle Health analyst"),
    ],
)
def test_a_name_finds_the_other(asked: str, title: str) -> None:
    make_posting(title=title)
    make_posting(title="Dermatology scheduler")
    assert found(f"q={asked}") == [title]


def test_quotes_minus_and_other_words_still_count() -> None:
    make_posting(title="Risk adjustment auditor", roles=["auditor"])
    make_posting(title="HCC coder")
    assert found("q=hcc+-coder") == ["Risk adjustment auditor"]
    assert found("q=%22risk+adjustment%22+coder") == ["HCC coder"]
    assert found("q=auditor+-hcc") == []


def test_words_that_are_part_of_others_are_not_names() -> None:
    assert also("ironing") == []
    assert also("first hire, edit") == []


def test_no_name_is_written_twice() -> None:
    names = [name.casefold() for group in ALIKE for name in group]
    assert len(names) == len(set(names))


def test_the_page_says_what_else_it_finds(client: Client) -> None:
    make_posting(title="Risk adjustment auditor")
    page = client.get("/jobs/?q=hcc").text
    assert "Also finds “risk adjustment”" in page
    assert "Also finds" not in client.get("/jobs/?q=auditor").text


class TestMisspelt:
    @pytest.fixture(autouse=True)
    def words(self) -> None:
        make_posting(title="Urology coder", specialties=["urology"])
        make_posting(title="Orthopedic auditor")
        make_posting("draft", title="Rhinoplasty coder")
        Word.objects.renew()

    @pytest.mark.parametrize(
        ("written", "meant"), [("urolgy", "urology"), ("Orthapedic auditer", "orthopedic auditor"), ("codr", "coder")]
    )
    def test_it_is_asked_whether_another_was_meant(self, client: Client, written: str, meant: str) -> None:
        page = client.get("/jobs/", {"q": written, "workplace": "remote"}).text
        assert f"<strong>{meant}</strong></a>?" in page
        assert 'class="job"' in page  # what it would find is shown at once
        assert f'href="/jobs/?q={meant.replace(" ", "+")}&amp;workplace=remote"' in page

    def test_not_where_that_would_find_nothing_either(self, client: Client) -> None:
        assert "Did you mean" not in client.get("/jobs/?q=urolgy&workplace=hybrid").text

    def test_not_where_something_is_found_or_nothing_is_alike(self, client: Client) -> None:
        assert "Did you mean" not in client.get("/jobs/?q=urology").text
        assert "Did you mean" not in client.get("/jobs/?q=xqzzyvw").text

    def test_no_word_of_what_the_public_may_not_see(self) -> None:
        assert not Word.objects.filter(word="rhinoplasty").exists()
        assert Word.objects.get(word="urology").postings == 1
