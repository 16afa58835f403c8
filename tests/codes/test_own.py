"""What a person keeps of codes: notes, favorites in folders, what they read last. Ann writes, Mia looks."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.privacy import exported
from codes.models import Code, Favorite, Folder, PrivateNote, Reading, ReadingOff

PAGE = "/codes/cpt/99990/"
MINE = "/me/codes/"
NOTE = "/me/codes/cpt/99990/note/"
STAR = "/me/codes/cpt/99990/star/"
UNSTAR = "/me/codes/cpt/99990/unstar/"
READ = "/me/codes/cpt/99990/read/"


@pytest.fixture
def anns(browser_of, ann, reference: None) -> Client:
    return browser_of(ann)


@pytest.fixture
def mias(browser_of, mia, reference: None) -> Client:
    return browser_of(mia)


def words(response) -> str:
    return " ".join(response.text.split())


# Notes.


def test_a_note_is_on_the_page_of_its_writer_alone(anns: Client, mias: Client, client: Client) -> None:
    answer = anns.post(NOTE, {"text": "Payer X wants LT.\r\nAsk Jo.", "since": ""}, follow=True)
    assert answer.redirect_chain[-1][0] == PAGE + "#note"
    assert "Your note on 99990 is saved." in answer.text
    assert PrivateNote.objects.get().text == "Payer X wants LT.\nAsk Jo."
    assert "Payer X wants LT." in anns.get(PAGE).text
    assert "Payer X wants LT." in anns.get(MINE, {"list": "notes"}).text
    for other in (mias, client):
        assert "Payer X" not in other.get(PAGE).text
        assert "Payer X" not in other.get(PAGE).text  # nor in what is kept for everybody
    assert "Payer X" not in mias.get(MINE, {"list": "notes"}).text
    assert "Payer X" not in mias.get(NOTE).text


def test_a_note_is_changed_and_deleted(anns: Client) -> None:
    anns.post(NOTE, {"text": "First", "since": ""})
    since = PrivateNote.objects.get().edited_at.isoformat()
    anns.post(NOTE, {"text": "Second", "since": since})
    assert PrivateNote.objects.get().text == "Second"
    since = PrivateNote.objects.get().edited_at.isoformat()
    assert "Your note on 99990 is deleted." in anns.post(NOTE, {"text": " ", "since": since}, follow=True).text
    assert not PrivateNote.objects.exists()


@pytest.mark.parametrize("seen", ["", "2020-01-01T00:00:00+00:00", "yesterday"])
def test_a_second_window_overwrites_nothing_and_loses_nothing(anns: Client, seen: str) -> None:
    anns.post(NOTE, {"text": "From the first window", "since": ""})
    answer = anns.post(NOTE, {"text": "From the second", "since": seen})
    assert answer.status_code == 409
    assert "changed in another window" in answer.text
    assert "From the first window" in answer.text
    assert "From the second" in answer.text
    assert PrivateNote.objects.get().text == "From the first window"
    anns.post(NOTE, {"text": "Both", "since": answer.context["form"].data["since"]})  # saving again means it
    assert PrivateNote.objects.get().text == "Both"


def test_a_note_that_is_too_long_comes_back_with_all_of_it(anns: Client) -> None:
    answer = anns.post(NOTE, {"text": "x" * 10_001, "since": ""})
    assert answer.status_code == 422
    assert "at most 10000 characters; this one has 10001" in answer.text
    assert "x" * 10_001 in answer.text
    assert not PrivateNote.objects.exists()


def test_markup_in_a_note_is_text(anns: Client) -> None:
    anns.post(NOTE, {"text": "</textarea><script>alert(1)</script>", "since": ""})
    for address in (PAGE, MINE + "?list=notes", NOTE):
        assert "<script>alert(1)" not in anns.get(address).text


def test_a_note_outlives_its_code(anns: Client, ann) -> None:
    Code.objects.filter(code="99990").delete()
    PrivateNote.objects.create(user=ann, system="cpt", code="99990", text="Still here", edited_at=timezone.now())
    assert "Still here" in anns.get(NOTE).text
    assert "not in the reference now" in anns.get(MINE, {"list": "notes"}).text
    assert anns.post("/me/codes/cpt/99997/note/", {"text": "None such"}).status_code == 404


def test_guests_keep_nothing(client: Client, reference: None) -> None:
    for address in (NOTE, STAR, UNSTAR, READ, "/me/codes/folders/add/", "/me/codes/read/clear/"):
        assert client.post(address, {"text": "x", "name": "x"})["Location"].startswith("/accounts/login/")
    assert client.get(MINE)["Location"].startswith("/accounts/login/")
    assert f"/accounts/login/?next={PAGE}" in client.get(PAGE).text
    assert not PrivateNote.objects.exists()
    assert not Favorite.objects.exists()


@pytest.mark.parametrize("address", [STAR, UNSTAR, READ, "/me/codes/folders/add/", "/me/codes/read/switch/"])
def test_nothing_changes_by_a_get(anns: Client, address: str) -> None:
    assert anns.get(address).status_code == 405


# Favorites and folders.


def test_a_star_is_set_moved_and_taken_off(anns: Client, ann, mias: Client) -> None:
    assert 'aria-pressed="false"' in anns.get(PAGE).text
    assert "99990 is in your favorites." in anns.post(STAR, follow=True).text
    assert 'aria-pressed="true"' in anns.get(PAGE).text
    assert 'aria-pressed="false"' in mias.get(PAGE).text

    anns.post("/me/codes/folders/add/", {"name": "  Harbor   clinic "})
    folder = Folder.objects.get(user=ann)
    assert folder.name == "Harbor clinic"
    anns.post(STAR, {"folder": folder.pk})
    assert Favorite.objects.get().folder == folder
    assert "Gull counting" in anns.get(MINE, {"folder": folder.pk}).text
    assert "Gull counting" not in anns.get(MINE, {"folder": "none"}).text
    assert "Gull counting" not in mias.get(MINE).text

    anns.post(UNSTAR)
    assert "no longer among your favorites" in anns.post(UNSTAR, follow=True).text  # twice is once
    assert not Favorite.objects.exists()


def test_htmx_swaps_the_star(anns: Client) -> None:
    part = anns.post(STAR, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.text
    assert 'aria-pressed="true"' in part.text
    assert "99990 is in your favorites." in part.text


def test_a_folder_is_renamed_and_deleted_and_its_codes_stay(anns: Client, ann) -> None:
    folder = Folder.objects.create(user=ann, name="Old")
    anns.post(STAR, {"folder": folder.pk})
    anns.post(f"/me/codes/folders/{folder.pk}/", {"name": "New"})
    folder.refresh_from_db()
    assert folder.name == "New"
    assert "Its 1 code stays among your favorites" in words(anns.get(f"/me/codes/folders/{folder.pk}/"))
    anns.post(f"/me/codes/folders/{folder.pk}/delete/")
    assert not Folder.objects.exists()
    assert Favorite.objects.get().folder is None


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("", "Give the folder a name."),
        ("x" * 61, "at most 60 characters"),
        ("harbor", "You have a folder of this name already."),
    ],
)
def test_a_name_that_will_not_do_is_shown_again(anns: Client, ann, name: str, complaint: str) -> None:
    Folder.objects.create(user=ann, name="Harbor")
    other = Folder.objects.create(user=ann, name="Other")
    for address in ("/me/codes/folders/add/", f"/me/codes/folders/{other.pk}/"):
        answer = anns.post(address, {"name": name})
        assert answer.status_code == 422
        assert complaint in answer.text
        assert f'value="{name}"' in answer.text or not name
    assert sorted(folder.name for folder in Folder.objects.all()) == ["Harbor", "Other"]


def test_two_people_may_use_one_name(anns: Client, mia) -> None:
    Folder.objects.create(user=mia, name="Harbor")
    assert anns.post("/me/codes/folders/add/", {"name": "Harbor"}).status_code == 302


def test_another_persons_folder_is_not_there(anns: Client, mia) -> None:
    hers = Folder.objects.create(user=mia, name="Mia only")
    for answer in (
        anns.get(MINE, {"folder": hers.pk}),
        anns.get(f"/me/codes/folders/{hers.pk}/"),
        anns.post(f"/me/codes/folders/{hers.pk}/", {"name": "Mine now"}),
        anns.post(f"/me/codes/folders/{hers.pk}/delete/"),
        anns.post(STAR, {"folder": hers.pk}),
        anns.post(STAR, {"folder": "9" * 30}),
        anns.get(MINE, {"folder": "first"}),
    ):
        assert answer.status_code == 404
    hers.refresh_from_db()
    assert hers.name == "Mia only"
    assert not Favorite.objects.exists()


def test_there_is_a_most(anns: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for model in (Favorite, Folder, PrivateNote):
        monkeypatch.setattr(model, "MOST", 0)
    assert "the most one person may keep" in anns.post(STAR, follow=True).text
    assert anns.post("/me/codes/folders/add/", {"name": "One"}).status_code == 422
    refused = anns.post(NOTE, {"text": "Too many", "since": ""})
    assert refused.status_code == 422
    assert "Too many" in refused.text


@pytest.mark.parametrize("address", ["/me/codes/cpt/none/star/", "/me/codes/atc/99990/star/"])
def test_a_code_that_is_none_has_no_star(anns: Client, address: str) -> None:
    assert anns.post(address).status_code == 404


# What was read.


def test_what_was_read_last_comes_first(anns: Client) -> None:
    assert f'data-read="{READ}"' in anns.get(PAGE).text
    for address in ("/me/codes/icd-10-cm/b20/read/", READ, READ):
        assert anns.post(address).status_code == 204
    assert list(Reading.objects.values_list("code", flat=True)) == ["99990", "B20"]
    text = anns.get(MINE, {"list": "read"}).text
    assert text.index("99990") < text.index("B20")


def test_it_is_cleared_and_switched_off(anns: Client, mias: Client) -> None:
    anns.post(READ)
    mias.post(READ)
    anns.post("/me/codes/read/clear/")
    anns.post(READ)
    anns.post("/me/codes/read/switch/")
    anns.post(READ)
    assert list(Reading.objects.values_list("user__email", flat=True)) == ["mia@example.com"]
    assert "data-read" not in anns.get(PAGE).text
    assert "Switch on" in anns.get(MINE, {"list": "read"}).text
    anns.post("/me/codes/read/switch/", {"remember": "yes"})
    anns.post(READ)
    assert Reading.objects.count() == 2


def test_only_the_last_ones_are_kept(anns: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reading, "MOST", 2)
    for code in Code.objects.filter(system="icd-10-cm")[:4]:
        anns.post(f"/me/codes/icd-10-cm/{code.code.lower()}/read/")
    assert Reading.objects.count() == 2


# The page with all of it.


def test_searching_within(anns: Client, ann) -> None:
    folder = Folder.objects.create(user=ann, name="Puffin clinic")
    anns.post(STAR, {"folder": folder.pk})
    anns.post("/me/codes/icd-10-cm/a00.0/star/")
    anns.post(NOTE, {"text": "Ask for the tide table", "since": ""})

    def found(name: str, query: str) -> list[str]:
        return [row.code for row in anns.get(MINE, {"list": name, "q": query}).context["page"]]

    assert found("favorites", "9999") == ["99990"]
    assert found("favorites", "a000") == ["A00.0"]
    assert found("favorites", "gull count") == ["99990"]
    assert found("favorites", "puffin") == ["99990"]
    assert found("notes", "TIDE") == ["99990"]
    assert found("notes", "%") == []
    assert "Nothing fits “zebra”" in anns.get(MINE, {"q": "zebra"}).text
    assert anns.get(MINE, {"list": "hers"}).status_code == 404


def test_a_long_list_costs_no_more(anns: Client, ann) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            anns.get(MINE)
        return len(captured)

    codes = list(Code.objects.all())
    Favorite.keep(ann, codes[0], None, timezone.now())
    few = queries()
    for code in codes[1:]:
        Favorite.keep(ann, code, None, timezone.now())
    assert queries() == few


# Privacy.


def test_the_export_holds_it_and_leaving_takes_it(anns: Client, ann, mias: Client) -> None:
    anns.post("/me/codes/folders/add/", {"name": "Harbor"})
    anns.post(STAR, {"folder": Folder.objects.get().pk})
    anns.post(NOTE, {"text": "Ask Jo", "since": ""})
    anns.post(READ)
    mias.post(NOTE, {"text": "Of Mia", "since": ""})
    data = json.loads(json.dumps(exported(ann)))
    assert data["code_notes"][0]["text"] == "Ask Jo"
    assert data["code_folders"] == ["Harbor"]
    assert data["favorite_codes"][0] | {"added_at": ""} == {
        "system": "cpt",
        "code": "99990",
        "added_at": "",
        "in_folder": "Harbor",
    }
    assert data["codes_read"][0]["code"] == "99990"
    assert "Of Mia" not in json.dumps(data)

    anns.post("/me/codes/read/switch/")
    ann.delete()
    left = [list(model.objects.values_list("user__email", flat=True)) for model in (PrivateNote, Favorite, Folder)]
    assert left == [["mia@example.com"], [], []]
    assert not ReadingOff.objects.exists()
