"""Draws the picture that a shared link shows: 1,200 by 630 pixels, in the site's own letters and colors.

Open Graph pictures are drawn once for what they say and kept in the process; the fonts are those of the pages (FreeType
reads WOFF2 and its weight axis).
"""

import io
import unicodedata
from functools import cache, lru_cache
from hashlib import sha256
from math import pi, sin
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
ROOM = WIDTH - 2 * MARGIN
BALANCED_BY = 60  # pixels by which a title's lines are tried narrower
DESIGN = "1"  # change it with the design, so that no cache shows the old one
DRAWN_KEPT = 64  # pictures, of some 30 kB each

# The values of static/css/tokens.css that the band at the top of the site has, in sRGB.
BAND = "#0b2c38"
RAISED = "#133c4a"
HARBOR = "#0d5f6c"
LAMP = "#ffd08a"
ON_BAND = "#eaf5f7"
ON_BAND_SOFT = "#bdd3d9"
WHITE = "#ffffff"

SERIF, SANS = "source-serif-4", "source-sans-3"
TITLE_SIZES = (80, 66, 58, 50)  # pixels: the largest at which a title fits its room
TITLE_TOP, TITLE_ROOM, MOST_LINES = 158, 250, 3
UNFOLDED = str.maketrans("ŁłĐđı", "LlDdi")  # letters that Unicode does not split into a base and an accent
_lock = Lock()  # FreeType's faces are not for two threads at once


class Card(NamedTuple):
    """What a picture says."""

    title: str
    by: str = ""
    place: str = ""
    pay: str = ""

    @property
    def etag(self) -> str:
        """The hash of everything that decides how it looks, quoted as HTTP wants it (RFC 9110, 8.8.3)."""
        said = "\x00".join([DESIGN, settings.SITE_NAME, *self])
        return f'"{sha256(said.encode(errors="replace")).hexdigest()[:32]}"'


@lru_cache(maxsize=DRAWN_KEPT)
def png(card: Card) -> bytes:
    """The picture as a PNG file."""
    with _lock:
        image = Image.new("RGB", (WIDTH, HEIGHT), BAND)
        draw = ImageDraw.Draw(image)
        _frame(image, draw)
        bottom = _title(draw, readable(card.title))
        _line(draw, readable(card.by), bottom + 22, 40, ON_BAND_SOFT)
        _facts(draw, [(readable(card.pay), LAMP), (readable(card.place), ON_BAND)])
    file = io.BytesIO()
    image.quantize(128, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def readable(text: str) -> str:
    """Text in the letters that the fonts have: Latin ones, without the accents that they lack."""
    letters = " ".join(text.translate(UNFOLDED).split())
    folded = (each if _has(each) else unicodedata.normalize("NFKD", each) for each in letters)
    return " ".join("".join(letter for each in folded for letter in each if _has(letter)).split())


def _has(letter: str) -> bool:
    """Whether the Latin subset of the fonts holds it."""
    return " " <= letter <= "~" or "\u00a0" <= letter <= "\u00ff" or letter in "ŒœŠšŽž–—‘’“”•…€™−"  # noqa: RUF001


def _frame(image: Image.Image, draw: ImageDraw.ImageDraw) -> None:
    """The lamp's edge on the left, and mark and name of the site at the top."""
    draw.rectangle((0, 0, 15, HEIGHT), fill=LAMP)
    image.paste(_mark(56), (MARGIN, 60))
    draw.text((MARGIN + 76, 88), settings.SITE_NAME, font=_font(SANS, 36, 650), fill=WHITE, anchor="lm")


def _mark(side: int) -> Image.Image:
    """The mark of static/img/mark.svg, whose box is 32 by 32, drawn large and made small for smooth edges."""
    one = side // 8  # pixels of the large drawing for a unit of the box: four times too many
    large = Image.new("RGB", (32 * one, 32 * one), BAND)
    draw = ImageDraw.Draw(large)
    draw.rounded_rectangle((0, 0, 32 * one, 32 * one), radius=8 * one, fill=HARBOR)
    for outer, inner in ((9, 12.5), (23, 19.5)):
        bracket = [(inner, 7.5), (outer, 7.5), (outer, 24.5), (inner, 24.5)]
        draw.line([(x * one, y * one) for x, y in bracket], fill=WHITE, width=round(2.4 * one), joint="curve")
    wave = [(11.5 + step / 4, 17.2 - sin(step / 4 * pi / 2.25) * 0.9) for step in range(37)]
    draw.line([(x * one, y * one) for x, y in wave], fill=LAMP, width=round(2.4 * one), joint="curve")
    return large.resize((side, side), Image.Resampling.LANCZOS)


def _title(draw: ImageDraw.ImageDraw, title: str) -> int:
    """Write the title; returns where its last line ends."""
    for size in TITLE_SIZES:
        font = _font(SERIF, size, 600)
        lines, step = wrapped(title, font), round(size * 1.16)
        if len(lines) <= MOST_LINES and len(lines) * step <= TITLE_ROOM:
            break
    else:
        lines = [*lines[: MOST_LINES - 1], _cut(" ".join(lines[MOST_LINES - 1 :]), font)]
    for number, line in enumerate(lines):
        draw.text((MARGIN, TITLE_TOP + number * step), line, font=font, fill=WHITE)
    return TITLE_TOP + len(lines) * step


def _line(draw: ImageDraw.ImageDraw, text: str, top: int, size: int, color: str) -> None:
    font = _font(SANS, size, 450)
    draw.text((MARGIN, top), _cut(text, font), font=font, fill=color)


def _facts(draw: ImageDraw.ImageDraw, facts: list[tuple[str, str]]) -> None:
    """Pay and place in a band at the foot, beside each other where both fit, else the pay alone on top."""
    said = [(text, color) for text, color in facts if text]
    if not said:
        return
    font = _font(SANS, 38, 600)
    draw.rectangle((16, HEIGHT - 130, WIDTH, HEIGHT), fill=RAISED)
    left, gap = float(MARGIN), 56
    for text, color in said:
        room = WIDTH - MARGIN - left
        if room < 160:
            return
        shown = _cut(text, font, room)
        draw.text((left, HEIGHT - 65), shown, font=font, fill=color, anchor="lm")
        left += font.getlength(shown) + gap


def wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Text in as few lines as it fits in, about as long as each other; a word that is longer than a line is cut."""
    lines = _wrapped(text, font, ROOM)
    for room in range(ROOM, ROOM // 2, -BALANCED_BY):
        narrower = _wrapped(text, font, room)
        if len(narrower) > len(lines) or any(line.endswith("…") for line in narrower):
            break
        lines = narrower
    return lines


def _wrapped(text: str, font: ImageFont.FreeTypeFont, room: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(_cut(word, font, room))
    return lines


def _cut(text: str, font: ImageFont.FreeTypeFont, room: float = ROOM) -> str:
    """Text as far as it fits, with an ellipsis where it does not."""
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(f"{text}…") > room:
        text = text[:-1].rstrip()
    return f"{text}…"


@cache
def _font(family: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """A font of the pages at a size in pixels and a weight of 200 to 900."""
    font = ImageFont.truetype(settings.BASE_DIR / "static/fonts" / f"{family}-latin-wght-normal.woff2", size)
    font.set_variation_by_axes([weight])
    return font
