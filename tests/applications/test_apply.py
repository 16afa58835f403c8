"""Applying: to a live posting that takes applications here, once, with a resume, and nothing typed is lost."""

import threading
from datetime import timedelta
from unittest.mock import ANY

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobboard.applications.models import Application, SentBefore
from jobboard.applications.resumes import checked
from jobboard.postings.vocabulary import State
from tests.applications import files
from tests.applications.conftest import NOON
from tests.applications.test_resumes import HOSTILE, upload
from tests.factories import make_posting

pytestmark = pytest.mark.django_db


def address(posting):
    return reverse("apply", args=[posting.pk, posting.slug])


def filled_in(**changes):
    return {
        "name": "Nora Vance",
        "letter": "I read spine notes daily.\r\nCall me.",
        "agreed": "on",
        "file": SimpleUploadedFile("Nora CV.pdf", files.pdf()),
    } | changes


def content(application):
    with application.resume.open("rb") as file:
        return file.read()


def test_a_coder_applies_and_both_sides_are_told(as_, nora, olga, rex, vic, posting):
    page = as_(nora).get(address(posting)).text
    assert "CPC, 6 years in orthopedics" in page  # what goes with it
    response = as_(nora).post(address(posting), filled_in())
    application = Application.objects.get()
    assert response["Location"] == application.get_absolute_url()
    assert "was sent to Harbor Health" in as_(nora).get(response["Location"]).text
    assert (application.candidate, application.posting, application.email) == (nora, posting, "nora@coders.example")
    assert application.letter == "I read spine notes daily.\nCall me."
    assert content(application) == files.pdf()
    assert application.resume_name == "Nora CV.pdf"
    assert application.consent.startswith("I agree that Harbor Health receives")
    assert [(step.state, step.by) for step in application.steps.all()] == [("new", nora)]
    assert {tuple(message.to) for message in mail.outbox} == {
        ("nora@coders.example",), ("olga@harbor.example",), ("rex@harbor.example",),
    }  # fmt: skip


def test_the_file_lies_under_a_name_that_nobody_can_guess(application, media):
    assert application.resume.name.startswith("resumes/")
    assert "nora" not in application.resume.name.lower()
    assert len(application.resume.name) == len("resumes/") + 32
    assert (media / application.resume.name).stat().st_mode & 0o077 == 0


def test_a_stranger_is_asked_to_sign_in_and_comes_back(client, posting):
    response = client.get(address(posting))
    assert response["Location"] == f"{reverse('account_login')}?next={address(posting)}"
    assert client.post(address(posting), filled_in()).status_code == 302
    assert not Application.objects.exists()


def test_the_hiring_team_does_not_apply_to_itself(as_, olga, vic, posting):
    for member in (olga, vic):
        response = as_(member).get(address(posting))
        assert response.status_code == 403
        assert "You are on the hiring team of Harbor Health" in response.text
        assert as_(member).post(address(posting), filled_in()).status_code == 403


@pytest.mark.parametrize("stands", [State.CLOSED, State.EXPIRED])
def test_an_ended_posting_is_gone(as_, nora, stands):
    posting = make_posting(stands)
    for response in (as_(nora).get(address(posting)), as_(nora).post(address(posting), filled_in())):
        assert response.status_code == 410
    assert not Application.objects.exists()


@pytest.mark.parametrize("stands", [State.DRAFT, State.SUBMITTED, State.SENT_BACK, State.HELD])
def test_what_the_public_does_not_see_is_not_found(as_, nora, stands):
    assert as_(nora).get(address(make_posting(stands))).status_code == 404


def test_a_suspended_employers_posting_is_not_found(as_, nora, harbor, posting):
    harbor.suspend(NOON)
    assert as_(nora).post(address(posting), filled_in()).status_code == 404


@pytest.mark.parametrize(
    "way", [{"apply_by": "url", "apply_url": "https://x.example"}, {"apply_by": "email", "apply_email": "a@x.example"}]
)
def test_a_posting_that_takes_them_elsewhere_leads_back_to_its_page(as_, nora, way):
    posting = make_posting(**way)
    assert as_(nora).post(address(posting), filled_in())["Location"] == posting.get_absolute_url()
    assert not Application.objects.exists()


def test_an_old_address_leads_to_the_one_it_has_now(as_, nora, posting):
    assert as_(nora).get(reverse("apply", args=[posting.pk, "old-title"]))["Location"] == address(posting)


@pytest.mark.parametrize("verb", ["put", "delete", "patch"])
def test_other_verbs_are_refused(as_, nora, posting, verb):
    assert getattr(as_(nora), verb)(address(posting)).status_code == 405


@pytest.mark.parametrize(("data", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_refused_file_keeps_the_rest_of_the_form(as_, nora, posting, data, said):
    response = as_(nora).post(address(posting), filled_in(file=SimpleUploadedFile("resume.pdf", data)))
    assert response.status_code == 422
    assert said in response.text
    assert "I read spine notes daily." in response.text
    assert 'value="Nora Vance"' in response.text
    assert not Application.objects.exists()


def test_a_file_of_fifty_megabytes_is_refused_with_the_limit(as_, nora, posting):
    huge = SimpleUploadedFile("resume.pdf", b"%PDF-1.7" + bytes(50_000_000))
    response = as_(nora).post(address(posting), filled_in(file=huge))
    assert response.status_code == 422
    assert "a resume may have" in response.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "N" * 121}, "at most 120 characters"),
        ({"name": "No\0ra"}, "Null characters are not allowed"),
        ({"letter": "x" * 10_001}, "at most 10000 characters"),
        ({"letter": "\0"}, "Null characters are not allowed"),
        ({"agreed": ""}, "Without your agreement nothing is sent"),
        ({"file": ""}, "Choose the file with your resume"),
    ],
)
def test_a_refused_form_says_why_and_comes_back_filled_in(as_, nora, posting, change, said):
    response = as_(nora).post(address(posting), filled_in(**change))
    assert response.status_code == 422
    assert said in response.text
    for field in {"letter"} - set(change):
        assert filled_in()[field].split("\r\n")[0] in response.text
    if "file" not in change:
        assert "browsers do not keep a chosen file" in response.text
    assert not Application.objects.exists()


def test_a_letter_is_counted_as_its_writer_counts(as_, nora, posting):
    """Browsers send a line break as two characters, and stop typing at the limit counting one."""
    as_(nora).post(address(posting), filled_in(letter="a\r\n" * 5000))
    assert len(Application.objects.get().letter) == 9999


def test_a_letter_of_ten_megabytes_comes_back_to_be_shortened(as_, nora, posting):
    response = as_(nora).post(address(posting), filled_in(letter="story " * 1_700_000))
    assert response.status_code == 422
    assert "at most 10000 characters" in response.text
    assert "story " * 1000 in response.text


def test_the_resume_of_the_last_application_can_be_sent_again(as_, nora, application):
    other = make_posting()
    page = as_(nora).get(address(other)).text
    assert "Choose none to send Nora Vance CV.pdf again, as on March 2, 2026" in page
    as_(nora).post(address(other), filled_in(file=""))
    again = Application.objects.get(posting=other)
    assert content(again) == files.pdf()
    assert again.resume.name != application.resume.name
    assert again.resume_name == "Nora Vance CV.pdf"


def test_a_resume_that_is_no_longer_stored_is_asked_for(as_, nora, application, media):
    (media / application.resume.name).unlink()
    response = as_(nora).post(address(make_posting()), filled_in(file=""))
    assert response.status_code == 422
    assert "no longer stored" in response.text


def test_another_persons_resume_is_never_offered(as_, ben, application):
    assert "Nora" not in as_(ben).get(address(make_posting())).text


def test_applying_twice_leads_to_what_was_sent(as_, nora, posting, application):
    for response in (as_(nora).get(address(posting)), as_(nora).post(address(posting), filled_in())):
        assert response["Location"] == application.get_absolute_url()
    assert "You applied to this job before" in as_(nora).get(application.get_absolute_url()).text
    assert Application.objects.count() == 1


def test_after_withdrawing_one_does_not_apply_again(as_, nora, posting, application):
    application.withdraw(NOON)
    assert as_(nora).post(address(posting), filled_in())["Location"] == application.get_absolute_url()
    assert Application.objects.count() == 1


def test_a_second_application_leaves_no_file_behind(application, posting, nora, media):
    again = Application(posting=posting, candidate=nora, name="Nora", consent="Yes.")
    with pytest.raises(SentBefore) as before:
        again.send(NOON, checked(upload(files.pdf())))
    assert before.value.application == application
    assert len(list((media / "resumes").iterdir())) == 1


@pytest.mark.django_db(transaction=True)
def test_a_parallel_double_click_sends_one(nora, olga, posting, media, settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
    start, answers = threading.Barrier(6), []

    def click():
        client = Client()
        client.force_login(nora)
        start.wait(30)
        answers.append(client.post(address(posting), filled_in())["Location"])
        connection.close()

    threads = [threading.Thread(target=click) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    application = Application.objects.get()
    assert answers == [application.get_absolute_url()] * 6
    assert application.steps.count() == 1
    assert len(list((media / "resumes").iterdir())) == 1


def test_the_page_asks_few_questions_of_the_database(as_, nora, posting, application, django_assert_max_num_queries):
    client, other = as_(nora), make_posting()
    with django_assert_max_num_queries(12):
        client.get(address(other))


def test_what_was_sent_stays_as_it_was_sent(nora, posting, application):
    nora.profile.headline = "Changed my mind"
    nora.profile.save()
    nora.profile.credentials.all().delete()
    nora.name, nora.email = "Nora Other", "other@coders.example"
    nora.save()
    posting.title, posting.description, posting.edited_at = "Janitor", "Sweep floors.", timezone.now()
    posting.save()
    application.refresh_from_db()
    assert application.profile == {
        "headline": "CPC, 6 years in orthopedics",
        "place": "Toledo, OH",
        "years": 6,
        "credentials": [
            {"abbreviation": "CPC", "name": "Certified Professional Coder", "body": "AAPC",
             "member_number": "01234567", "earned": None, "expires": None}
        ],
        "experience": [],
        "specialties": ["Spine and neurosurgery"],
        "software": [],
    }  # fmt: skip
    assert (application.name, application.email) == ("Nora Vance", "nora@coders.example")
    assert (application.posting_title, application.posting_employer) == ("Spine surgery coder", "Harbor Health")
    assert "operative notes" in application.posting_html
    assert ["Employment", "Full time (W-2)"] in application.posting_facts
    assert ["Pay", ANY] in application.posting_facts


def test_a_person_without_a_profile_applies_with_an_empty_one(as_, ben, posting):
    assert "It is empty so far" in as_(ben).get(address(posting)).text
    as_(ben).post(address(posting), filled_in(name="Ben"))
    assert Application.objects.get().profile == {}


def test_a_failure_on_the_way_keeps_nothing(nora, posting, media, monkeypatch):
    def fail(application):
        raise OSError("no template")

    monkeypatch.setattr("jobboard.applications.mails.arrived", fail)
    with pytest.raises(OSError, match="no template"):
        Application(posting=posting, candidate=nora, name="Nora", consent="Yes.").send(
            NOON + timedelta(days=1), checked(upload(files.pdf()))
        )
    assert not Application.objects.exists()
    assert list((media / "resumes").iterdir()) == []
