"""Reading what people and their systems send: CSV and XML, right, wrong and hostile."""

import csv
import io

import pytest
from django.test import Client

from jobboard.cells import guarded, unguarded
from jobboard.imports.columns import columns
from jobboard.imports.reading import Refused, read
from jobboard.postings.forms import PostingForm
from tests.imports.conftest import COMPLETE, csv_of, line

XML = "<postings><posting><reference>R-1</reference><title>Coder</title>{}</posting></postings>"


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(data)
    return str(refused.value)


class TestCsv:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_as_spreadsheets_save_it(self, delimiter: str) -> None:
        sheet = read(b"\xef\xbb\xbf" + csv_of(line(description='Two\nlines, "quoted"'), delimiter=delimiter))
        (row,) = sheet.rows
        assert row.number == 2
        assert row.values["description"] == 'Two\nlines, "quoted"'
        assert row.values["roles"] == ["coder", "auditor"]
        assert row.values["remote_states"] == ["TX", "FL"]
        assert sheet.columns == list(COMPLETE)

    def test_names_of_columns_as_people_write_them(self) -> None:
        assert read(b"Reference, Title ,PAY MIN\nR-1,Coder,30\n").columns == ["reference", "title", "pay_min"]

    def test_empty_lines_are_passed_over_and_numbers_stay_those_of_the_sheet(self) -> None:
        rows = read(b"reference,title\nR-1,A\n,\n\nR-2,B,,\n").rows
        assert [(row.number, row.values["reference"]) for row in rows] == [(2, "R-1"), (5, "R-2")]

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "empty"),
            (b" \n ", "empty"),
            (b"reference,title\n", "no line under it"),
            (b"title\nCoder\n", "“reference” is missing"),
            (b"reference,titel\nR-1,x\n", "Did you mean “title”?"),
            (b"reference,salary\nR-1,x\n", "no column “salary”"),
            (b"reference,title,title\nR-1,a,b\n", "comes twice"),
            (b"reference title\nR-1 x\n", "no column"),
            (b"reference,title\nR-1,Coder,astray\n", "Line 2 has 3 cells, and the header 2"),
            (b'reference,title\nR-1,"Coder\n', "Line 2 cannot be read as CSV"),
            (b"reference,title\nR-1,Caf\xe9\n", "Windows-1252, where its first odd letter is “é”"),
            (b"reference,title\nR-1,\x93Coder\x94\n", "Line 2 is not in UTF-8"),
            (b"reference,title\nR-1,\x81\n", "no UTF-8 text"),
            ("reference,title\nR-1,x\n".encode("utf-16"), "UTF-16"),
            (b"reference,title\nR-1,a\x00b\n", "Line 2 holds a NUL"),
            (b"PK\x03\x04rest", "workbook"),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "UTF-8"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "Windows-1252"),
            (b"reference,title\nR-1," + b"x" * 300_000 + b"\n", "Line 2 cannot be read as CSV"),
        ],
    )
    def test_what_cannot_be_read_is_refused_with_what_to_do(self, data: bytes, words: str) -> None:
        assert words in refusal(data)

    def test_a_file_of_a_hundred_thousand_lines(self) -> None:
        data = b"reference,title\n" + b"".join(b"R-%d,Coder\n" % number for number in range(100_000))
        assert "more than 500 postings" in refusal(data)

    def test_the_limit_itself_is_allowed(self, settings) -> None:
        settings.IMPORT_MAX_LINES = 2
        assert len(read(b"reference,title\nR-1,A\nR-2,B\n").rows) == 2
        assert "more than 2 postings" in refusal(b"reference,title\nR-1,A\nR-2,B\nR-3,C\n")


class TestXml:
    def test_each_posting_is_a_row(self) -> None:
        more = (
            "<roles>coder</roles><roles>Coding auditor</roles><benefits><b>health</b><b>ceu</b></benefits>"
            "<remote_states>TX; FL</remote_states><description><![CDATA[**Bold** & <more>]]></description>"
        )
        (row,) = read(f'<?xml version="1.0"?>{XML.format(more)}'.encode()).rows
        assert (row.number, row.values["reference"]) == (1, "R-1")
        assert row.values["roles"] == ["coder", "auditor"]
        assert row.values["benefits"] == ["health", "ceu"]
        assert row.values["remote_states"] == ["TX", "FL"]
        assert row.values["description"] == "**Bold** & <more>"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
    def test_in_the_encoding_that_it_names(self, encoding: str) -> None:
        text = f'<?xml version="1.0" encoding="{encoding}"?>' + XML.format("<city>Cañon City</city>")
        data = text.encode(encoding)
        if encoding == "utf-16":
            assert "UTF-16" in refusal(data)
        else:
            assert read(data).rows[0].values["city"] == "Cañon City"

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (XML.format("<title>"), "no well-formed XML: see line 1"),
            (XML.format("<city>\x01</city>"), "no well-formed XML"),
            (XML.format("<salary>1</salary>"), "no column “salary”"),
            (XML.format("<city>A</city><city>B</city>"), "<city> comes twice"),
            (XML.format("<description>a <p>b</p></description>"), "put text with markup into CDATA"),
            (XML.format("<roles><a><b>coder</b></a></roles>"), "too deep"),
            ("<postings><title>x</title></postings>", "where each element is a <posting>"),
            ("<postings/>", "no element “posting”"),
            ("<postings><posting><title>x</title></posting></postings>", "“reference” is missing"),
            ('<?xml version="1.0" encoding="klingon"?><postings/>', "encoding"),
            ("<a>" * 50_000, "is a <posting>"),
        ],
    )
    def test_what_cannot_be_read_is_refused_with_what_to_do(self, data: str, words: str) -> None:
        assert words in refusal(data.encode())

    @pytest.mark.parametrize(
        "bomb",
        [
            '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><postings><posting>&b;</posting></postings>',
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><postings>&a;</postings>',
            '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><postings/>',
        ],
    )
    def test_bombs_and_outside_entities(self, bomb: str) -> None:
        assert "document type or entities" in refusal(bomb.encode())

    def test_more_postings_than_one_file_may_hold(self) -> None:
        data = "<p>" + "<posting><reference>R</reference></posting>" * 501 + "</p>"
        assert "more than 500 postings" in refusal(data.encode())


class TestColumns:
    def test_every_field_of_the_form_is_one(self) -> None:
        assert set(columns()) - set(PostingForm.base_fields) == {"reference", "outcome"}
        assert set(PostingForm.base_fields) - set(columns()) == {"seen"}

    def test_the_templates_are_files_that_can_be_sent(self, client: Client) -> None:
        for address in ("/hiring/import/postings.csv", "/hiring/import/postings.xml"):
            response = client.get(address)
            assert response["Content-Disposition"].startswith("attachment")
            (row,) = read(response.content).rows
            assert row.values["reference"] == "REQ-1001"

    def test_the_csv_template_has_every_column(self, client: Client) -> None:
        header = next(csv.reader(io.StringIO(client.get("/hiring/import/postings.csv").content.decode("utf-8-sig"))))
        assert header == list(columns())

    def test_the_reference_names_each_with_its_words(self, client: Client) -> None:
        page = client.get("/hiring/import/fields/").text
        assert ">None<" not in page
        for column in columns().values():
            assert f"<code>{column.name}</code>" in page
            assert all(f"<code>{word}</code>" in page for word, _ in column.choices)


@pytest.mark.parametrize("roles", ["<roles>coder</roles>" * 501, f"<roles>{'<r>coder</r>' * 501}</roles>"])
def test_an_element_that_comes_without_end(roles: str) -> None:
    assert refusal(XML.format(roles).encode()) == "In posting 1, <roles> has more than 500 values."


@pytest.mark.parametrize("text", ["=1+1", " =1+1", "\n=1", "＝1", "plain", "-3", "'quoted'"])  # noqa: RUF001
def test_a_cell_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text).lstrip(" ")[0] not in "=+-@\t\r\n＝＋－＠"  # noqa: RUF001
