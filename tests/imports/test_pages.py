"""The pages of an import: who may, what they say, and the file of refused lines."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.imports.models import Upload
from jobboard.postings.models import Posting
from tests.factories import make_posting
from tests.imports.conftest import Sending, csv_of, line, verdicts

pytestmark = pytest.mark.django_db


def test_the_dry_run_says_line_by_line_what_would_happen(sending: Sending, harbor: Employer) -> None:
    make_posting(employer=harbor, reference="R-2", title="Spine coder")
    upload = sending.check(
        line(), line(reference="R-2", title="Spine coder", pay_max="50"), line(reference="R-3", roles="wizard")
    )
    page = sending.client.get(f"{sending.address}{upload.pk}/").text
    for words in (
        *("nothing is changed yet", "2 postings would change", "1 refused line would be left out", "jobs.csv"),
        *("a draft", "stays public", "To, US dollars (pay_max)", "wizard is not one of the available choices"),
        *("Import 2 postings", "The 1 refused line as a file"),
    ):
        assert words in page, words
    only = sending.client.get(f"{sending.address}{upload.pk}/?show=refused").text
    assert "wizard" in only
    assert "Spine coder" not in only
    assert sending.client.get(f"{sending.address}{upload.pk}/?show=%27%3C&page=zz").status_code == 200


def test_refused_lines_come_back_with_the_reason_and_can_be_sent_again(sending: Sending) -> None:
    upload = sending.check(line(), line(reference="R-2", roles="wizard; coder", title='=HYPERLINK("x")', city="-1"))
    for _ in range(2):  # before and after the yes
        response = sending.client.get(f"{sending.address}{upload.pk}/refused.csv")
        text = response.content.decode("utf-8-sig")
        assert text.startswith("refused_because,reference,")
        assert "roles: Select a valid choice. wizard is not" in text
        assert '"\'=HYPERLINK(""x"")"' in text, "a spreadsheet must not run it"
        assert ",'-1" in text
        assert "R-1" not in text
        sending.carry_out(upload)
    fixed = text.replace("wizard; coder", "coder").encode("utf-8-sig")
    again = sending.send(fixed)
    assert again.status_code == 302
    assert verdicts(Upload.objects.waiting().get()) == ["new"]
    sending.carry_out(Upload.objects.waiting().get())
    assert Posting.objects.get(reference="R-2").title == '=HYPERLINK("x")'


def test_earlier_imports_are_listed_and_colleagues_may_read_them(
    sending: Sending, as_, rita: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    upload = sending.do(line())
    page = as_(rita).get(sending.address).text
    assert "Earlier imports" in page
    assert f"{sending.address}{upload.pk}/" in page
    assert "by Olga Owner" in as_(rita).get(f"{sending.address}{upload.pk}/").text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"title\nx\n", "“reference” is missing"),
        (b"reference,title\nR-1,Caf\xe9\n", "Windows-1252"),
        (b"PK\x03\x04", "workbook"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(sending: Sending, data: bytes, words: str) -> None:
    response = sending.send(data, then="review", whole="on")
    assert response.status_code == 422
    assert words in response.text
    assert 'value="review" required id="id_then_1" checked' in response.text or "checked" in response.text
    assert not Upload.objects.exists()


def test_no_file_and_no_choice(sending: Sending) -> None:
    response = sending.client.post(sending.address, {})
    assert response.status_code == 422
    assert response.text.count("This field is required.") >= 2


def test_fifty_megabytes(sending: Sending) -> None:
    response = sending.send(b"reference,title\n" + b"x" * 50_000_000)
    assert response.status_code == 422
    assert "This file has 50 MB, and 5 MB are the most" in response.text


def test_a_name_of_a_file_is_only_a_name(sending: Sending) -> None:
    sending.send(csv_of(line()), name="../../<b>" + "x" * 300 + ".csv")
    assert len(Upload.objects.get().name) <= 200
    assert "<b>xx" not in sending.client.get(f"{sending.address}{Upload.objects.get().pk}/").text


class TestWho:
    def test_recruiters_may(self, as_, rita: User, harbor: Employer) -> None:
        assert Sending(as_(rita), harbor).do(line()).by == rita

    def test_viewers_read_nothing_here(self, sending: Sending, as_, victor: User) -> None:
        upload = sending.check(line())
        for address in (sending.address, f"{sending.address}{upload.pk}/", f"{sending.address}{upload.pk}/refused.csv"):
            assert as_(victor).get(address).status_code == 403
        assert as_(victor).post(f"{sending.address}{upload.pk}/carry-out/").status_code == 403

    @pytest.mark.parametrize("who", ["rosa", "carl", "stella"])
    def test_strangers_find_nothing(self, sending: Sending, as_, request: pytest.FixtureRequest, who: str) -> None:
        upload, browser = sending.check(line()), as_(request.getfixturevalue(who))
        for address in (sending.address, f"{sending.address}{upload.pk}/", f"{sending.address}{upload.pk}/refused.csv"):
            assert browser.get(address).status_code == 404
        assert browser.post(f"{sending.address}{upload.pk}/carry-out/").status_code == 404
        assert not Posting.objects.exists()

    def test_an_upload_under_another_employer_is_not_there(
        self, sending: Sending, as_, rosa: User, rival: Employer
    ) -> None:
        upload = sending.check(line())
        assert as_(rosa).get(f"/hiring/employers/{rival.pk}/import/{upload.pk}/").status_code == 404
        assert as_(rosa).post(f"/hiring/employers/{rival.pk}/import/{upload.pk}/carry-out/").status_code == 404

    def test_a_colleague_does_not_say_yes_to_it(self, sending: Sending, as_, rita: User) -> None:
        upload = sending.check(line())
        assert as_(rita).get(f"{sending.address}{upload.pk}/").status_code == 404
        assert as_(rita).post(f"{sending.address}{upload.pk}/carry-out/").status_code == 404

    def test_a_suspended_employer_imports_nothing(self, sending: Sending) -> None:
        upload = sending.check(line())
        Employer.objects.update(suspended_at=timezone.now())
        assert sending.client.get(sending.address).status_code == 403
        assert sending.carry_out(upload).status_code == 403

    def test_guests_are_asked_to_sign_in(self, client: Client, harbor: Employer) -> None:
        assert client.get(f"/hiring/employers/{harbor.pk}/import/")["Location"].startswith("/accounts/login/")

    def test_it_is_done_by_post_alone(self, sending: Sending) -> None:
        upload = sending.check(line())
        assert sending.client.get(f"{sending.address}{upload.pk}/carry-out/").status_code == 405
        assert sending.client.post(f"{sending.address}{upload.pk}/").status_code == 405


def test_the_hiring_page_leads_here(sending: Sending, as_, victor: User) -> None:
    page = sending.client.get("/hiring/").text
    assert sending.address in page
    assert "API keys" in page
    assert sending.address not in as_(victor).get("/hiring/").text


def test_the_list_of_lines_is_a_page_at_a_time(sending: Sending, settings) -> None:
    upload = sending.check(*(line(reference=f"Q-{number}") for number in range(101)))
    page = sending.client.get(f"{sending.address}{upload.pk}/").text
    assert "Page 1 of 2" in page
    assert "Q-100" in sending.client.get(f"{sending.address}{upload.pk}/?page=2").text
