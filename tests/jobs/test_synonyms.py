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
        ("PT", "Physical therapy coder"),
        ("PT", "Coder, part time"),
        ("AR", "Accounts receivable analyst"),
    ],
)
def test_a_name_finds_the_other(asked: str, title: str) -> None:
    make_posting(title=title)
    make_posting(title="Dermatology scheduler")
    assert found(f"q={asked}") == [title]


@pytest.mark.parametrize("asked", ["HIM", "him+coder", "health+information+management"])
def test_him_is_no_pronoun(asked: str) -> None:
    make_posting(title="HIM coder")
    make_posting(title="Coder", description="Send the manager a letter and tell him why you code.")
    assert found(f"q={asked}") == ["HIM coder"]


def test_him_can_be_excluded() -> None:
    make_posting(title="HIM coder")
    make_posting(title="Other coder")
    assert found("q=coder+-him") == ["Other coder"]


def test_quotes_minus_and_other_words_still_count() -> None:
    make_posting(title="Risk adjustment auditor", roles=["auditor"])
    make_posting(title="HCC coder")
    assert found("q=hcc+-coder") == ["Risk adjustment auditor"]
    assert found("q=%22risk+adjustment%22+coder") == ["HCC coder"]
    assert found("q=auditor+-hcc") == []


def test_words_that_are_part_of_others_are_not_names() -> None:
    assert also("ironing") == []
    assert also("first hire, edit") == []


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("physical+therapy", "Coder, part time"),
        ("physical+therapy", "PT coder"),
        ("neurosurgery", "Neurology coder"),
        ("accounts+receivable", "Coder in Little Rock, AR"),
        ("veterans+affairs", "Coder in Richmond, VA"),
        ("pathology", "Coder with a career path"),
    ],
)
def test_a_full_wording_does_not_find_what_its_abbreviation_means_else(asked: str, title: str) -> None:
    make_posting(title=title)
    assert found(f"q={asked}") == []


def test_kinds_of_employment_and_code_systems_are_words_too() -> None:
    make_posting(title="Staff coder", employment_type="full-time", code_families=["hcpcs:J"])
    make_posting(title="Contractor", employment_type="contract", code_families=["cpt:27"])
    assert found("q=W2") == found("q=w2+staff") == found("q=hcpcs") == ["Staff coder"]
    assert found("q=1099") == found("q=cpt") == ["Contractor"]


def test_only_abbreviations_are_written_twice() -> None:
    names = [name for group in ALIKE for name in group]
    assert all(" " not in name and len(name) < 6 for name in names if names.count(name) > 1)
    assert len({name.casefold() for name in names}) == len(set(names))


def test_what_is_taken_out_has_no_other_names() -> None:
    assert also("-remote") == []
    assert also('auditor -"risk adjustment"') == []
    assert also("coder -remote HCC") == ["risk adjustment", "hierarchical condition category"]


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

    def test_of_words_equally_near_the_one_in_most_jobs_is_meant(self, client: Client) -> None:
        make_posting(title="Code reader")
        make_posting(title="Oncology coder")
        Word.objects.renew()
        assert "<strong>oncology coder</strong></a>?" in client.get("/jobs/", {"q": "oncolgy codr"}).text

    def test_fewer_wrong_letters_come_before_more_alike_ones(self) -> None:
        make_posting(title="Audit lead")
        Word.objects.renew()
        assert Word.objects.corrections(["auditer"]) == {"auditer": "auditor"}

    def test_not_where_that_would_find_nothing_either(self, client: Client) -> None:
        assert "Did you mean" not in client.get("/jobs/?q=urolgy&workplace=hybrid").text

    def test_not_where_something_is_found_or_nothing_is_alike(self, client: Client) -> None:
        assert "Did you mean" not in client.get("/jobs/?q=urology").text
        assert "Did you mean" not in client.get("/jobs/?q=xqzzyvw").text

    def test_no_word_of_what_the_public_may_not_see(self) -> None:
        assert not Word.objects.filter(word="rhinoplasty").exists()
        assert Word.objects.get(word="urology").postings == 1
