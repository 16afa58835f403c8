"""The pictures that shared links show, and the meta elements that name them."""

import io
import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from PIL import Image

from jobboard.distribution import drawing
from jobboard.distribution.drawing import Card, png, readable
from jobboard.distribution.pictures import card
from jobboard.postings.models import Posting
from tests.factories import make_employer, make_posting


def meta(page: str) -> dict[str, str]:
    """The Open Graph and Twitter elements of a page."""
    return dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">', page))


@pytest.mark.django_db
class TestOfAPosting:
    def test_it_is_a_png_of_the_size_that_sharing_sites_want(self, client: Client) -> None:
        response = client.get(f"/jobs/{make_posting().pk}/picture.png")
        assert response.status_code == 200
        assert response["Content-Type"] == "image/png"
        image = Image.open(io.BytesIO(response.content))
        assert image.format == "PNG"
        assert image.size == (1200, 630)

    def test_it_says_title_employer_place_and_pay(self) -> None:
        posting = make_posting(title="Spine coder", employer=make_employer("Harbor"), remote_states=["TX"])
        assert card(posting) == Card("Spine coder", "Harbor", "Remote, TX", "$30 to $40 per hour")
        on_site = make_posting(workplace="on-site", city="Austin", state="TX", pay_min=None, pay_max=None, pay_unit="")
        assert card(on_site)[2:] == ("On site in Austin, TX", "")

    def test_what_is_known_already_is_not_drawn_again(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        posting = make_posting()
        address = f"/jobs/{posting.pk}/picture.png"
        etag = client.get(address)["ETag"]
        monkeypatch.setattr("jobboard.distribution.pictures.png", None)  # drawing would fail
        again = client.get(address, headers={"If-None-Match": etag})
        assert again.status_code == 304
        assert again["ETag"] == etag

    def test_a_change_of_what_it_says_is_a_new_picture(self, client: Client) -> None:
        posting = make_posting()
        etags = {client.get(f"/jobs/{posting.pk}/picture.png")["ETag"]}
        Posting.objects.update(accuracy_percent=97)
        etags.add(client.get(f"/jobs/{posting.pk}/picture.png")["ETag"])
        assert len(etags) == 1, "it does not show the accuracy"
        Posting.objects.update(pay_max=41)
        etags.add(client.get(f"/jobs/{posting.pk}/picture.png")["ETag"])
        assert len(etags) == 2

    @pytest.mark.parametrize(
        ("stands", "status"),
        [("draft", 404), ("submitted", 404), ("held", 404), ("closed", 410), ("expired", 410)],
    )
    def test_there_is_none_of_what_is_not_live(self, client: Client, stands: str, status: int) -> None:
        assert client.get(f"/jobs/{make_posting(stands).pk}/picture.png").status_code == status

    def test_a_closed_one_is_kept_by_nobody_for_more_than_a_minute(self, client: Client) -> None:
        posting = make_posting()
        assert client.get(f"/jobs/{posting.pk}/picture.png")["Cache-Control"] == "public, max-age=60"
        Posting.objects.update(closed_at=timezone.now(), outcome="filled-here")
        assert client.get(f"/jobs/{posting.pk}/picture.png").status_code == 410

    def test_none_of_an_id_that_is_no_id(self, client: Client) -> None:
        assert client.get(f"/jobs/{10**30}/picture.png").status_code == 404
        assert client.post(f"/jobs/{make_posting().pk}/picture.png").status_code == 405


@pytest.mark.django_db
class TestMeta:
    def test_a_posting_names_its_own(self, client: Client) -> None:
        posting = make_posting(title='Coder "A" & B', employer=make_employer("Harbor"))
        said = meta(client.get(posting.get_absolute_url()).text)
        assert said["og:title"] == "Coder &quot;A&quot; &amp; B at Harbor"
        assert "$30 to $40 per hour" in said["og:description"]
        assert said["og:url"] == settings.SITE_URL + posting.get_absolute_url()
        assert said["twitter:card"] == "summary_large_image"
        picture = said["og:image"].removeprefix(settings.SITE_URL)
        assert picture.startswith(f"/jobs/{posting.pk}/picture.png?v=")
        assert client.get(picture)["Content-Type"] == "image/png"

    def test_every_other_page_names_the_sites(self, client: Client) -> None:
        for address in ("/", "/jobs/", "/codes/", make_posting("closed").get_absolute_url()):
            said = meta(client.get(address).text)
            assert said["og:image"] == f"{settings.SITE_URL}/picture.png"
        assert client.get("/picture.png")["Content-Type"] == "image/png"

    def test_an_employers_page_has_its_name(self, client: Client) -> None:
        employer = make_posting(employer=make_employer("Harbor")).employer
        assert meta(client.get(employer.get_absolute_url()).text)["og:title"] == "Harbor: medical coding jobs"


class TestDrawing:
    @pytest.mark.parametrize(
        "said",
        [
            Card("A"),
            Card("W" * 120, "M" * 120, "i" * 300, "$" * 200),
            Card("word " * 24, "", "", "$30"),
            Card("", "", "", ""),
            Card("\u4e2d\u6587 \U0001f600", "\ud800"),
        ],
    )
    def test_anything_can_be_drawn(self, said: Card) -> None:
        assert Image.open(io.BytesIO(png(said))).size == (1200, 630)

    def test_letters_without_a_glyph_lose_their_accent(self) -> None:
        assert readable("  Łódź —\tCafé \U0001f600 №5 ") == "Lódz — Café No5"

    def test_a_title_is_whole_where_it_fits(self) -> None:
        font = drawing._font(drawing.SERIF, 66, 600)
        title = "Senior inpatient coder and DRG validation auditor for a children's hospital"
        assert " ".join(drawing.wrapped(title, font)) == title
        assert drawing.wrapped("W" * 100, font)[0].endswith("…")
