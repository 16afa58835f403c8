"""Beginning a posting: its first step, which is stored as a draft."""

from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from tests.hiring.forms import bare, typed
from tests.html import attribute, by_id, tree


def address(employer: Employer) -> str:
    return f"/hiring/employers/{employer.pk}/postings/new/"


def test_a_recruiter_begins_a_posting(as_, rita: User, harbor: Employer) -> None:
    response = as_(rita).post(address(harbor), typed())
    posting = Posting.objects.get()
    assertRedirects(response, f"/hiring/postings/{posting.pk}/write/requirements/")
    assert (posting.employer, posting.created_by, posting.submitted_at) == (harbor, rita, None)
    assert posting.code_families == ["cpt:27", "icd-10-cm:M54"]
    assert not Posting.objects.live(timezone.now()).exists()


def test_it_stores_its_own_step_and_nothing_else(as_, rita: User, harbor: Employer) -> None:
    as_(rita).post(address(harbor), typed(pay_min="31", apply_by="email", published_at="2026-01-01"))
    posting = Posting.objects.get()
    assert (posting.pay_min, posting.apply_by, posting.published_at) == (None, "site", None)


def test_a_title_is_enough_for_a_draft(as_, rita: User, harbor: Employer) -> None:
    response = as_(rita).post(address(harbor), bare(next="leave"), follow=True)
    assertContains(response, "The draft is saved.")
    assert Posting.objects.get().missing(timezone.now())


def test_the_first_step_is_shown(as_, rita: User, harbor: Employer) -> None:
    response = as_(rita).get(address(harbor))
    assertContains(response, "Code families the work needs")
    assertContains(response, 'aria-current="step"')
    assert not Posting.objects.exists()


def test_what_is_typed_makes_one_draft_in_the_background(as_, rita: User, harbor: Employer) -> None:
    client, htmx = as_(rita), {"HX-Request": "true"}
    response = client.post(address(harbor), bare(title="Spine coder"), headers=htmx)
    posting = Posting.objects.get()
    assert response["HX-Replace-Url"] == f"/hiring/postings/{posting.pk}/write/job/"
    assertContains(response, "Saved")
    assertContains(response, 'name="next" value="place"')
    seen = attribute(by_id(tree(response.text), "id_seen"), "value")
    client.post(response["HX-Replace-Url"], bare(title="Spine coder, nights", seen=seen), headers=htmx)
    assert Posting.objects.get().title == "Spine coder, nights"
    assertContains(client.get("/hiring/"), "Spine coder, nights")


def test_nothing_is_kept_of_a_posting_without_a_title(as_, rita: User, harbor: Employer) -> None:
    response = as_(rita).post(address(harbor), bare(title=" "), headers={"HX-Request": "true"})
    assertContains(response, "look at Title", status_code=422)
    assert "HX-Replace-Url" not in response
    assert not Posting.objects.exists()


def test_strangers_find_nothing(as_, rosa: User, carl: User, harbor: Employer) -> None:
    for person in (rosa, carl):
        assert as_(person).get(address(harbor)).status_code == 404
        assert as_(person).post(address(harbor), typed()).status_code == 404
    assert as_(rosa).get("/hiring/employers/99999999999999999999/postings/new/").status_code == 404
    assert Client().get(address(harbor)).status_code == 302
    assert not Posting.objects.exists()


def test_a_viewer_may_not(as_, victor: User, harbor: Employer) -> None:
    response = as_(victor).post(address(harbor), typed())
    assertContains(response, "You are a viewer at Harbor Coding", status_code=403)
    assert not Posting.objects.exists()


def test_nobody_writes_for_a_suspended_employer(as_, olga: User, harbor: Employer) -> None:
    harbor.suspend(timezone.now())
    assertContains(as_(olga).post(address(harbor), typed()), "Harbor Coding is suspended", status_code=403)


def test_other_verbs_are_refused(as_, rita: User, harbor: Employer) -> None:
    assert as_(rita).put(address(harbor)).status_code == 405


def test_what_is_refused_is_kept_as_it_was_typed(as_, rita: User, harbor: Employer) -> None:
    response = as_(rita).post(address(harbor), typed(title=" ", code_families="Q"))
    assertContains(response, "This field is required.", status_code=422)
    assertContains(response, "Which system is “Q” in?", status_code=422)
    assertContains(response, "Code **operative notes** for twelve surgeons.", status_code=422)
    assert not Posting.objects.exists()


def test_ten_megabytes_are_refused(as_, rita: User, harbor: Employer) -> None:
    response = as_(rita).post(address(harbor), typed(description="x" * 10_000_000))
    assert 400 <= response.status_code < 500
    assert not Posting.objects.exists()


def test_text_that_looks_like_html_is_text(as_, rita: User, harbor: Employer) -> None:
    as_(rita).post(address(harbor), typed(description="<script>alert(1)</script> [x](javascript:alert(1))"))
    posting = Posting.objects.get()
    assert "<script" not in posting.description_html
    assert 'href="javascript' not in posting.description_html
