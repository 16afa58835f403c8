"""Logos: what a file must be to be taken, whatever its name says, and how it is stored and handed out.

Only the pixels are kept. The picture is decoded, brought to fixed sizes and written anew as WebP, so that nothing of
the upload survives: no metadata, no place where it was taken, no script, no trailing archive.
"""

import warnings
from io import BytesIO
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from PIL import Image, ImageOps

from jobboard.sizes import megabytes

SIZES = (96, 320)  # pixels a side, of the two squares that are stored
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
LEAST_SIDE = 48  # pixels; a smaller picture looks broken when it is enlarged
MOST_PIXELS = 24_000_000  # what a camera makes; decoded this is some 100 MB
MOST_RATIO = 8  # a wider or higher banner would be a line in a square

EMPTY = "This file is empty. Choose the file with your logo."
NO_PICTURE = "This is no picture that can be read. Save your logo as PNG, JPEG or WebP and choose it again."
VECTOR = "This is an SVG drawing, which can hold scripts. Save your logo as PNG and choose that."
TOO_LARGE = "This picture has far too many pixels. A logo of 1,000 × 1,000 is plenty."
TOO_SMALL = f"This picture is too small. A logo needs at least {LEAST_SIDE} pixels a side."
TOO_LONG = "This picture is far wider than high, or the other way. Choose one that is nearer to a square."


def checked(upload: UploadedFile) -> Image.Image:
    """Take a file for a logo, by its content alone. Raises ValidationError saying what is wrong and what to do."""
    if not upload.size:
        raise ValidationError(EMPTY)
    if upload.size > settings.LOGO_MAX_BYTES:
        most, size = megabytes(settings.LOGO_MAX_BYTES), megabytes(upload.size)
        raise ValidationError(f"This file has {size}, and a logo may have {most}. Save a smaller one.")
    data = upload.read()
    if b"<svg" in data[:4096].lower():
        raise ValidationError(VECTOR)
    return _decoded(data)


def _decoded(data: bytes) -> Image.Image:
    """The first frame of a picture, upright. The size is looked at before a pixel is decoded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of large pictures and odd metadata; we have limits of our own
        try:
            picture = Image.open(BytesIO(data), formats=FORMATS)
        except Image.DecompressionBombError as error:
            raise ValidationError(TOO_LARGE) from error
        except Exception as error:  # whatever Pillow raises for bytes that are no picture
            raise ValidationError(NO_PICTURE) from error
        _check_size(*picture.size)
        try:
            picture.load()
            return ImageOps.exif_transpose(picture).convert("RGBA")
        except Exception as error:  # a picture that is broken further on
            raise ValidationError(NO_PICTURE) from error


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise ValidationError(TOO_LARGE)
    if max(width, height) < LEAST_SIDE:
        raise ValidationError(TOO_SMALL)
    if max(width, height) > MOST_RATIO * min(width, height):
        raise ValidationError(TOO_LONG)


def store(picture: Image.Image) -> str:
    """Write a picture in each size under a name nobody can guess; returns the name."""
    name = uuid4().hex
    for size in SIZES:
        content = BytesIO()
        ImageOps.pad(picture, (size, size), Image.Resampling.LANCZOS, color=(0, 0, 0, 0)).save(
            content, "WEBP", quality=90, method=4
        )
        default_storage.save(_path(name, size), ContentFile(content.getvalue()))
    return name


def discard(name: str) -> None:
    """Delete a stored logo in all sizes. Nothing, for the empty name."""
    for size in SIZES if name else ():
        default_storage.delete(_path(name, size))


def download(name: str, size: int) -> HttpResponse:
    """Hand out a stored logo, as a picture and nothing else. Raises Http404 where it is gone."""
    try:
        with default_storage.open(_path(name, size), "rb") as file:
            response = HttpResponse(file.read(), content_type="image/webp")
    except FileNotFoundError as error:
        raise Http404("This logo is no longer stored.") from error
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _path(name: str, size: int) -> str:
    return f"logos/{name}-{size}.webp"
