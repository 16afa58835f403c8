"""The Medicare Coverage Database as an operator loads it, and what it then says of a code."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError

from codes.coverage import OF_PROCEDURE, Listing, by_code, joined
from codes.models import CoverageCode, CoverageDocument, Release
from tests.codes.conftest import SHARED
from tests.loaders.conftest import load
from tests.loaders.test_localities import write

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 1)
ARTICLE_HEAD = "article_id,article_version,article_type,title,article_eff_date,date_retired,display_id,description"
HCPC_HEAD = "article_id,article_version,hcpc_code_id,hcpc_code_version,hcpc_code_group,long_description"
ICD_HEAD = "article_id,article_version,icd10_code_id,icd10_code_version,icd10_{}covered_group,description"


def export(
    folder: Path, articles: list[str], procedures: list[str], supports: list[str], not_supported: list[str]
) -> list[Path]:
    """The files of an export of articles, with two contractors in two states."""
    documents = [row.split(",")[:2] for row in articles]
    return [
        write(folder, "article.csv", ARTICLE_HEAD, *articles),
        write(folder, "article_x_hcpc_code.csv", HCPC_HEAD, *procedures),
        write(folder, "article_x_icd10_covered.csv", ICD_HEAD.format(""), *supports),
        write(folder, "article_x_icd10_noncovered.csv", ICD_HEAD.format("non"), *not_supported),
        write(
            folder,
            "article_x_contractor.csv",
            "article_id,article_version,article_type,contractor_id,contractor_type_id,contractor_version",
            *(f"{document},{version},1,{10 + int(document) % 2},12,1" for document, version in documents),
        ),
        write(
            folder,
            "contractor.csv",
            "contractor_id,contractor_type_id,contractor_version,contractor_bus_name",
            "10,12,1,Gull Services",
            "11,12,1,Tern Services",
        ),
        write(
            folder,
            "contractor_jurisdiction.csv",
            "contractor_id,contractor_type_id,contractor_version,state_id,active_date,term_date",
            "10,12,1,1,2020-01-01,",
            "11,12,1,2,2020-01-01,",
            "11,12,1,1,2020-01-01,2024-01-01",
        ),
        write(folder, "state_lookup.csv", "state_id,state_abbrev,description", "1,NY,New York", "2,CA,California"),
    ]


ARTICLES = [
    '100,3,1,"Counting gulls",2026-01-01 00:00:00,,A100,"<p>Long, never read</p>"',
    "101,1,1,Counting terns,07/01/2026,,A101,",
]
PROCEDURES = ["100,3,A1001,1,1,Invented", "100,3,A1001,2,1,Invented", "100,3,D0120,1,1,x", "101,1,A1001,1,1,x"]
SUPPORTS = ["100,3,M17.11,1,1,Invented", "100,3,m1712,1,2,Invented", "101,1,M17.9,1,1,Invented"]
NOT_SUPPORTED = ["100,3,Z00.00,1,1,Invented", "100,3,XX000,1,1,Not applicable"]


@pytest.fixture
def loaded(tmp_path: Path) -> list[str]:
    return load(
        "coverage-article",
        *export(tmp_path, ARTICLES, PROCEDURES, SUPPORTS, NOT_SUPPORTED),
        "--effective",
        "2026-07-15",
    )


def documents(code: str, day: date, state: str = "") -> list[CoverageDocument]:
    found = CoverageDocument.objects.on(day).naming(code)
    return list((found.in_state(state) if state else found).order_by("kind", "number"))


def test_documents_that_name_a_code_on_a_day_and_in_a_state(loaded: list[str]) -> None:
    assert [each.number for each in documents("A1001", DAY)] == ["A100", "A101"]
    assert [each.number for each in documents("A1001", date(2026, 6, 30))] == ["A100"]
    assert [each.number for each in documents("A1001", DAY, "CA")] == ["A101"]
    assert [each.number for each in documents("M17.12", DAY)] == ["A100"]
    assert documents("A1002", DAY) == []
    article = documents("M17.11", DAY)[0]
    assert (article.title, article.contractors, article.states) == ("Counting gulls", "Gull Services", ["NY"])
    assert article.url == "https://www.cms.gov/medicare-coverage-database/view/article.aspx?articleid=100&ver=3"
    assert loaded[2:] == [
        "Left out: dental codes of the American Dental Association, 1.",
        "Left out: lines without a code (XX000), 1.",
    ]
    assert Release.objects.get().rows == 2 + 2 + 3 + 1


def test_diagnoses_that_support_a_procedure(loaded: list[str]) -> None:
    supports, not_supported, together = OF_PROCEDURE

    def found(listing: Listing, state: str = "") -> list[tuple[str, list[tuple[int, int]]]]:
        rows = by_code(joined("A1001", listing, DAY, state))
        return [(row["code"], [(place["document"], place["group"]) for place in row["places"]]) for row in rows]

    assert found(supports) == [("M17.11", [(100, 1)]), ("M17.12", [(100, 2)]), ("M17.9", [(101, 1)])]
    assert found(not_supported) == [("Z00.00", [(100, 1)])]
    assert found(together) == []
    assert found(supports, "CA") == [("M17.9", [(101, 1)])]


def test_a_later_version_takes_over_on_its_effective_date(loaded: list[str], tmp_path: Path) -> None:
    articles = ["100,4,1,Counting gulls,2026-08-10,,A100,", ARTICLES[1]]
    files = export(
        tmp_path,
        articles,
        ["100,4,A1002,1,1,x", PROCEDURES[3]],
        ["100,4,M17.11,1,1,x", SUPPORTS[2]],
        ["100,4,Z00.00,1,1,x"],
    )
    load("coverage-article", *files, "--effective", "2026-08-15")
    before, after = date(2026, 8, 9), date(2026, 8, 10)
    assert [(each.number, each.version) for each in documents("M17.11", before)] == [("A100", 3)]
    assert [(each.number, each.version) for each in documents("M17.11", after)] == [("A100", 4)]
    assert [each.number for each in documents("A1001", after)] == ["A101"]
    assert set(CoverageCode.objects.filter(document=100, version=3).values_list("valid_to", flat=True)) == {after}


def test_a_retired_article_ends_with_its_last_day(tmp_path: Path) -> None:
    articles = ["100,3,1,Counting gulls,2026-01-01,2026-07-31,A100,", "102,1,1,Withdrawn,2026-09-01,2026-08-01,A102,"]
    lines = load(
        "coverage-article",
        *export(tmp_path, articles, PROCEDURES[:1], SUPPORTS[:1], NOT_SUPPORTED[:1]),
        "--effective",
        "2026-07-15",
    )
    assert [each.number for each in documents("A1001", date(2026, 7, 31))] == ["A100"]
    assert documents("A1001", DAY) == []
    assert "Left out: documents that were retired before they took effect, 1." in lines


def test_a_whole_document_in_a_cell_is_no_obstacle(tmp_path: Path) -> None:
    path = write(tmp_path, "article.csv", ARTICLE_HEAD, f'100,3,1,Gulls,2026-01-01,,A100,"{"<p>Gull</p>" * 20_000}"')
    load("coverage-article", path, "--effective", "2026-07-15")
    assert CoverageDocument.objects.get().number == "A100"


def test_a_part_of_a_state_counts_as_the_state(tmp_path: Path) -> None:
    files = export(tmp_path, ARTICLES, PROCEDURES, SUPPORTS, NOT_SUPPORTED)
    files[-1].write_text("state_id,state_abbrev,description\n1,UN,New York - Upstate\n2,CNMI,Northern Marianas\n")
    load("coverage-article", *files, "--effective", "2026-07-15")
    assert [each.number for each in documents("A1001", DAY, "NY")] == ["A100"]
    assert [each.number for each in documents("A1001", DAY, "MP")] == ["A101"]


def test_national_determinations(tmp_path: Path) -> None:
    head = "NCD_id,NCD_vrsn_num,NCD_mnl_sect,NCD_mnl_sect_title,NCD_efctv_dt,NCD_trmntn_dt"
    load(
        "coverage-ncd",
        write(tmp_path, "ncd_trkg.csv", head, "211,3,220.6.1,Counting all birds,2013-01-01,"),
        "--effective",
        "2026-07-15",
    )
    document = CoverageDocument.objects.get()
    assert (document.number, str(document)) == ("220.6.1", "220.6.1 Counting all birds")
    assert CoverageDocument.objects.in_state("TX").exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"article.csv": ""}, "has no heading with one column each for document"),
        ({"article.csv": f"{ARTICLE_HEAD}\n100,3,1,Gulls,soon,,A100,"}, "line 2, effective date: 'soon' is no date"),
        ({"article_x_hcpc_code.csv": f"{HCPC_HEAD}\n100,3,no,1,1,x"}, "line 2, code: 'no' is no code of HCPCS"),
    ],
)
def test_a_damaged_export_is_refused_whole(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    files = export(tmp_path, ARTICLES, PROCEDURES, SUPPORTS, NOT_SUPPORTED)
    for name, text in change.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(CommandError, match=reason):
        load("coverage-article", *files, "--effective", "2026-07-15")
    assert not CoverageDocument.objects.exists()


def test_files_that_belong_together_are_asked_for(tmp_path: Path) -> None:
    files = export(tmp_path, ARTICLES, PROCEDURES, SUPPORTS, NOT_SUPPORTED)
    with pytest.raises(CommandError, match=r"only together with state_lookup\.csv"):
        load("coverage-article", *files[:-1], "--effective", "2026-07-15")
    with pytest.raises(CommandError, match="One file of documents is needed"):
        load("coverage-article", *files[1:], "--effective", "2026-07-15")


@pytest.mark.skipif(not SHARED.exists(), reason="the folder of published files is not there")
def test_the_list_of_the_coverage_api_is_read_for_each_kind() -> None:
    for kind in ("lcd", "article"):
        load(f"coverage-{kind}", SHARED / "lcd/documents_latest_2025-08.csv", "--effective", "2025-08-15")
    on = CoverageDocument.objects.on(date(2025, 8, 20))
    found = on.get(number="L36668")
    assert (found.title, found.contractors) == (
        "Urine Drug Testing",
        "Noridian Healthcare Solutions, LLC (MAC - Part A, MAC - Part B)",
    )
    later = CoverageDocument.objects.filter(number="L38367").order_by("version").values_list("version", "valid_to")
    assert list(later) == [(28, date(2025, 9, 7)), (31, None)]
