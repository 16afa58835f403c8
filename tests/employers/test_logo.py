"""Logos: checked by content, written anew, and handed out to those who see the page."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from PIL.Image import Exif
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from jobboard.employers import logos
from jobboard.employers.models import Employer
from tests.factories import make_posting


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 200), **options: object) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, "teal").save(content, kind, **options)
    return content.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def located() -> bytes:
    exif = Exif()
    exif[0x010F] = "Secret camera"
    exif[0x0112] = 6  # lies on its side
    return picture("JPEG", (400, 300), exif=exif)


SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def page(employer: Employer) -> str:
    return f"/hiring/employers/{employer.pk}/logo/"


def send(client: Client, employer: Employer, content: bytes, name: str = "logo.png"):
    return client.post(page(employer), {"logo": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("content", [picture(), picture("JPEG"), picture("WEBP"), picture("GIF"), located()])
def test_a_picture_is_written_anew(as_, olga: User, harbor: Employer, settings, content: bytes) -> None:
    make_posting(employer=harbor)
    assertRedirects(send(as_(olga), harbor, content, "anything.txt"), harbor.get_absolute_url())
    harbor.refresh_from_db()
    assert len(harbor.logo) == 32
    for size in logos.SIZES:
        address = f"/logos/{harbor.logo}-{size}.webp"
        response = Client().get(address)
        assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/webp", "nosniff")
        data = response.content
        shown = Image.open(BytesIO(data))
        assert (shown.format, shown.size) == ("WEBP", (size, size))
        assert not shown.getexif()
        assert b"Secret" not in data
    assertContains(Client().get(harbor.get_absolute_url()), harbor.logo)
    assert "anything" not in str([path.name for path in Path(settings.MEDIA_ROOT).rglob("*")])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty."),
        (SVG, "This is an SVG drawing"),
        (b"%PDF-1.7 no picture", "no picture that can be read"),
        (picture()[:150], "no picture that can be read"),
        (picture("BMP"), "no picture that can be read"),
        (picture("TIFF"), "no picture that can be read"),
        (b"GIF89a", "no picture that can be read"),
        (bomb(60_000, 60_000), "far too many pixels"),
        (bomb(2**31 - 1, 2**31 - 1), "far too many pixels"),
        (bomb(5_000, 5_000), "far too many pixels"),
        (bomb(2_000, 2_000), "no picture that can be read"),
        (picture(size=(20, 20)), "too small"),
        (picture(size=(2_000, 60)), "nearer to a square"),
        (picture() + b"x" * 2_000_001, "and a logo may have 2 MB"),
    ],
)
def test_what_is_no_logo(as_, olga: User, harbor: Employer, content: bytes, words: str) -> None:
    assertContains(send(as_(olga), harbor, content), words, status_code=422)
    harbor.refresh_from_db()
    assert harbor.logo == ""


def test_no_file_at_all(as_, olga: User, harbor: Employer) -> None:
    assertContains(as_(olga).post(page(harbor), {}), "This field is required.", status_code=422)


def test_another_one_replaces_it_and_it_can_be_removed(
    as_, olga: User, harbor: Employer, settings, django_capture_on_commit_callbacks
) -> None:
    folder, owner = Path(settings.MEDIA_ROOT) / "logos", as_(olga)
    send(owner, harbor, picture())
    first = Employer.objects.get().logo
    with django_capture_on_commit_callbacks(execute=True):
        send(owner, harbor, picture("JPEG"))
    assert {path.name.partition("-")[0] for path in folder.iterdir()} == {Employer.objects.get().logo} != {first}
    with django_capture_on_commit_callbacks(execute=True):
        assertRedirects(owner.post(f"{page(harbor)}remove/"), page(harbor))
    assert Employer.objects.get().logo == ""
    assert list(folder.iterdir()) == []


def test_a_new_logo_of_a_public_page_is_put_before_staff(as_, olga: User, harbor: Employer) -> None:
    send(as_(olga), harbor, picture())
    assert not Employer.objects.changed().exists()
    make_posting(employer=harbor)
    send(as_(olga), harbor, picture())
    assert Employer.objects.changed().get() == harbor


def test_who_is_handed_it(as_, client: Client, olga: User, victor: User, carl: User, harbor: Employer) -> None:
    send(as_(olga), harbor, picture())
    address = f"/logos/{Employer.objects.get().logo}-96.webp"
    assert as_(victor).get(address).status_code == 200
    assert client.get(address).status_code == as_(carl).get(address).status_code == 404
    make_posting(employer=harbor)
    assert client.get(address).status_code == 200
    harbor.suspend(timezone.now())
    assert client.get(address).status_code == as_(victor).get(address).status_code == 404


@pytest.mark.parametrize("name", ["x-96", f"{'0' * 32}-96", f"{'0' * 32}-97", f"{'0' * 32}-{10**30}", "%00-96", "-96"])
def test_a_logo_that_is_not_there(client: Client, db: None, name: str) -> None:
    assert client.get(f"/logos/{name}.webp").status_code in (400, 404)


def test_who_chooses_it(as_, rita: User, victor: User, rosa: User, olga: User, harbor: Employer) -> None:
    for person, status in ((rita, 403), (victor, 403), (rosa, 404)):
        assert send(as_(person), harbor, picture()).status_code == status
        assert as_(person).post(f"{page(harbor)}remove/").status_code == status
    assert as_(olga).get(f"{page(harbor)}remove/").status_code == 405
    harbor.suspend(timezone.now())
    assert send(as_(olga), harbor, picture()).status_code == 403
