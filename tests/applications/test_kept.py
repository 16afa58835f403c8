"""Resumes that a coder keeps: named, chosen when applying, renamed, deleted with their files, and nobody else's."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.urls import reverse

from jobboard.applications import kept, resumes
from jobboard.applications.models import Application, KeptResume
from jobboard.applications.resumes import checked
from tests.applications import files
from tests.applications.conftest import NOON
from tests.applications.test_apply import address, content, filled_in
from tests.applications.test_resumes import HOSTILE, upload

pytestmark = pytest.mark.django_db

PAGE = "/me/resumes/"


@pytest.fixture
def keep():
    def kept_for(user, name="Inpatient", pages=1):
        resume = KeptResume(user=user, name=name)
        resume.keep(NOON, checked(upload(files.pdf(pages), f"{name}.pdf")))
        return resume

    return kept_for


def stored(media, folder="kept"):
    return list((media / folder).iterdir()) if (media / folder).exists() else []


def new(**changes):
    return {"name": "Inpatient, two pages", "file": SimpleUploadedFile("CV.pdf", files.pdf())} | changes


def test_keeping_the_first_makes_it_the_one_chosen_first(as_, nora, media):
    html = as_(nora).post(PAGE, new(), follow=True).text

    assert "“Inpatient, two pages” is kept." in html
    assert "Chosen first" in html
    resume = KeptResume.objects.get()
    assert (resume.user, resume.file_name, resume.is_default) == (nora, "CV.pdf", True)
    assert len(stored(media)) == 1


def test_the_list_asks_one_question_whatever_is_kept(as_, nora, keep, django_assert_num_queries):
    for name in ("One", "Two", "Three"):
        keep(nora, name)
    client = as_(nora)
    client.get(PAGE)

    with django_assert_num_queries(3):  # session, person, resumes
        assert client.get(PAGE).text.count("Rename<span") == 3


@pytest.mark.parametrize(("data", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_and_the_name_kept(as_, nora, media, data, said):
    answer = as_(nora).post(PAGE, new(file=SimpleUploadedFile("CV.pdf", data)))

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Inpatient, two pages"' in answer.text
    assert not KeptResume.objects.exists()
    assert not stored(media)


def test_fifty_megabytes_are_refused_with_both_sizes(as_, nora):
    answer = as_(nora).post(PAGE, new(file=SimpleUploadedFile("CV.pdf", b"%PDF-1.7" + bytes(50_000_000))))

    assert answer.status_code == 422
    assert "This file has 50 MB, and a resume may have 5 MB." in answer.text


def test_a_good_file_is_asked_for_again_where_the_name_was_refused(as_, nora, keep):
    keep(nora)

    for name, words in (("", "This field is required"), ("INPATIENT", "of this name already"), ("a\x00b", "Null")):
        answer = as_(nora).post(PAGE, new(name=name))
        assert answer.status_code == 422
        assert words in answer.text
        assert "please choose it once more" in answer.text


def test_there_is_room_for_ten(as_, nora, keep, media):
    for number in range(kept.MOST):
        keep(nora, f"Version {number}")

    answer = as_(nora).post(PAGE, new())

    assert answer.status_code == 422
    assert "as many as one person can" in answer.text
    assert len(stored(media)) == kept.MOST
    assert "Delete one to add another." in as_(nora).get(PAGE).text


def test_there_is_room_for_so_many_bytes(as_, nora, keep, monkeypatch):
    keep(nora)
    monkeypatch.setattr(kept, "MOST_BYTES", len(files.pdf()) * 2 - 1)

    assert "together. Delete one first." in as_(nora).post(PAGE, new()).text


@pytest.mark.django_db(transaction=True)
def test_parallel_uploads_stay_within_the_limit(nora, keep, media):
    for number in range(kept.MOST - 1):
        keep(nora, f"Version {number}")
    start = Barrier(4)

    def add(number):
        start.wait(30)
        try:
            keep(nora, f"Late {number}")
        except kept.NoRoom:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(add, range(4))) == [False, False, False, True]
    assert len(stored(media)) == kept.MOST


def test_only_so_many_files_are_checked_at_once(as_, nora, monkeypatch):
    monkeypatch.setattr(resumes, "LONGEST_WAIT", 0.01)
    for _ in range(resumes.MOST_CHECKS):
        resumes._places.acquire()
    try:
        answer = as_(nora).post(PAGE, new())
    finally:
        resumes._places.release(resumes.MOST_CHECKS)

    assert answer.status_code == 422
    assert "Many files are being checked" in answer.text
    assert as_(nora).post(PAGE, new()).status_code == 302


def test_renaming(as_, nora, keep):
    resume, other = keep(nora), keep(nora, "Outpatient")

    assert as_(nora).post(resume.get_absolute_url(), {"name": " ED  only "}).status_code == 302
    resume.refresh_from_db()
    assert resume.name == "ED only"
    taken = as_(nora).post(other.get_absolute_url(), {"name": "ed ONLY"})
    assert taken.status_code == 422
    assert "of this name already" in taken.text
    assert "Rename “Outpatient”" in taken.text


def test_another_one_is_chosen_first(as_, nora, keep):
    keep(nora)
    other = keep(nora, "Outpatient")

    as_(nora).post(reverse("resume_default", args=[other.pk]))

    assert [(each.name, each.is_default) for each in KeptResume.objects.of(nora)] == [
        ("Outpatient", True),
        ("Inpatient", False),
    ]


@pytest.mark.django_db(transaction=True)
def test_deleting_takes_the_file_along_and_leaves_what_was_sent(as_, nora, keep, media, posting):
    resume, other = keep(nora), keep(nora, "Outpatient", pages=2)
    as_(nora).post(address(posting), filled_in(file="", kept=resume.pk))

    as_(nora).post(reverse("resume_delete", args=[resume.pk]))

    assert len(stored(media)) == 1
    other.refresh_from_db()
    assert other.is_default
    assert content(Application.objects.get()) == files.pdf()
    assert as_(nora).post(reverse("resume_delete", args=[resume.pk])).status_code == 404


def test_a_deleted_one_changes_no_more(nora, keep):
    resume = keep(nora)
    KeptResume.objects.all().delete()

    resume.discard()
    with pytest.raises(kept.ResumeGone):
        resume.make_default()
    with pytest.raises(kept.ResumeGone):
        resume.rename("Other")


def test_its_owner_downloads_it(as_, nora, keep):
    answer = as_(nora).get(reverse("resume_file", args=[keep(nora).pk]))

    assert b"".join(answer.streaming_content) == files.pdf()
    assert answer["Content-Disposition"] == 'attachment; filename="Inpatient.pdf"'


@pytest.mark.parametrize("who", ["ben", "olga"])
def test_a_stranger_finds_none_of_it(as_, nora, keep, who, request):
    resume, stranger = keep(nora), request.getfixturevalue(who)

    for name in ("resume_edit", "resume_file"):
        assert as_(stranger).get(reverse(name, args=[resume.pk])).status_code == 404
    for name in ("resume_edit", "resume_default", "resume_delete"):
        assert as_(stranger).post(reverse(name, args=[resume.pk]), {"name": "Mine"}).status_code == 404
    assert resume.get_absolute_url() not in as_(stranger).get(PAGE).text


def test_only_posts_change_anything(as_, nora, keep):
    resume = keep(nora)
    for name in ("resume_default", "resume_delete"):
        assert as_(nora).get(reverse(name, args=[resume.pk])).status_code == 405
    assert as_(nora).put(PAGE).status_code == 405


def test_guests_are_asked_to_sign_in(client):
    assert client.get(PAGE)["Location"] == f"/accounts/login/?next={PAGE}"


def test_applying_offers_them_and_sends_a_copy(as_, nora, keep, posting):
    keep(nora)
    other = keep(nora, "Outpatient", pages=2)
    page = as_(nora).get(address(posting)).text
    assert "Inpatient (Inpatient.pdf, 0.1 MB)" in page
    assert "A file from this device" in page

    as_(nora).post(address(posting), filled_in(file="", kept=other.pk))

    sent = Application.objects.get()
    assert (sent.resume_name, content(sent)) == ("Outpatient.pdf", files.pdf(2))
    assert sent.resume.name != other.file.name


def test_a_file_from_the_device_goes_before_the_one_marked(as_, nora, keep, posting):
    resume = keep(nora, pages=2)

    as_(nora).post(address(posting), filled_in(kept=resume.pk))

    assert Application.objects.get().resume_name == "Nora CV.pdf"


def test_after_a_refusal_the_marked_one_does_not_take_the_place_of_the_file(as_, nora, keep, posting):
    resume = keep(nora)

    html = as_(nora).post(address(posting), filled_in(kept=resume.pk, agreed="")).text
    assert re.search(r'<input type="radio" name="kept" value=""[^>]* checked', html)
    answer = as_(nora).post(address(posting), filled_in(kept="", file=""))

    assert answer.status_code == 422
    assert "Choose one of your resumes, or a file from this device." in answer.text


def test_nobody_sends_the_resume_of_another(as_, nora, ben, keep, posting):
    keep(nora)
    foreign = keep(ben)

    answer = as_(nora).post(address(posting), filled_in(file="", kept=foreign.pk))

    assert answer.status_code == 422
    assert not Application.objects.exists()


def test_a_lost_file_is_said_so(as_, nora, keep, posting):
    resume = keep(nora)
    resume.file.storage.delete(resume.file.name)

    answer = as_(nora).post(address(posting), filled_in(file="", kept=resume.pk))

    assert answer.status_code == 422
    assert "no longer stored" in answer.text
    assert as_(nora).get(reverse("resume_file", args=[resume.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_with_the_person_go_all_files(nora, ben, keep, send, media):
    keep(nora)
    keep(ben)
    send(nora)

    nora.delete()

    assert len(stored(media)) == 1
    assert not stored(media, "resumes")


@pytest.mark.django_db(transaction=True)
def test_files_stay_where_the_deletion_fails(nora, keep, media):
    keep(nora)
    with transaction.atomic():
        nora.delete()
        transaction.set_rollback(True)

    assert len(stored(media)) == 1
