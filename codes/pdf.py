"""A code page as a PDF document: what its reader opened, the sources, the date of service. Nothing locked."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace, TextStyle

from codes.flow import flow
from codes.page import CodePage
from codes.typefaces import FACES, cut

_INK, _SOFT, _HARBOR = (26, 33, 41), (88, 97, 107), (0, 92, 102)
_STYLES: dict[str, Any] = {
    "h2": TextStyle(font_family="text", font_style="B", font_size_pt=12.5, color=_INK, t_margin=4, b_margin=0),
    "h3": TextStyle(font_family="text", font_style="B", font_size_pt=10.5, color=_INK, t_margin=2.5, b_margin=0.8),
    "h4": TextStyle(font_family="text", font_style="B", font_size_pt=10, color=_INK, t_margin=2, b_margin=0.8),
    "p": TextStyle(t_margin=0.6, b_margin=0.6),
    "li": TextStyle(l_margin=5, t_margin=0.4),
    "dt": TextStyle(font_style="B", t_margin=0.5),
    "dd": TextStyle(l_margin=6, b_margin=0.5),
    "blockquote": TextStyle(l_margin=6, color=_SOFT),
    "code": FontFace(family="code", size_pt=9.5),
    "a": FontFace(color=_HARBOR),
}


class _Document(FPDF):
    """US letter, the site's typefaces, and a foot that says what a sheet is when it lies alone on a desk."""

    def __init__(self, foot: str) -> None:
        super().__init__(format="letter")
        self.foot = foot
        for family, style, name, weight in FACES:
            self.add_font(family, style, cut(name, weight))
        self.set_margins(20, 18, 20)
        self.set_auto_page_break(True, margin=20)
        self.set_lang("en-US")

    def footer(self) -> None:
        """The code, the date and the number of the page."""
        self.set_y(-14)
        self.set_font("text", size=8.5)
        self.set_text_color(*_SOFT)
        self.cell(0, 5, self.foot)
        self.set_x(self.l_margin)
        self.cell(0, 5, f"Page {self.page_no()} of {{nb}}", align="R")

    def line_of(self, text: str, size: float, family: str = "text", color: tuple[int, int, int] = _INK) -> None:
        """A paragraph of its own."""
        self.set_font(family, size=size)
        self.set_text_color(*color)
        self.multi_cell(0, size * 0.46, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")


def document(page: CodePage) -> bytes:
    """The opened blocks of a page as a PDF file."""
    code, day = page.code, date_format(page.on, "F j, Y")
    sheet = _Document(f"{page.system.label} {code.code}, as of {day} · {settings.SITE_NAME}")
    sheet.set_title(page.name)
    sheet.set_author(settings.SITE_NAME)
    sheet.add_page()
    sheet.line_of(" · ".join([page.system.label, *_edition(page), f"as of date of service {day}"]), 9, color=_HARBOR)
    sheet.ln(1)
    sheet.line_of(f"{code.code}  {page.title}".strip(), 19, "display")
    sheet.ln(1.5)
    sheet.line_of(" · ".join(_facts(page)), 9.5, color=_SOFT)
    if page.undescribed:
        sheet.line_of(page.undescribed, 9, color=_SOFT)
    if page.standing.note:
        sheet.line_of(page.standing.note, 9, color=_SOFT)
    if page.unconfirmed:
        sheet.line_of(page.unconfirmed, 9, color=_SOFT)
    sheet.set_font("text", size=10.5)
    sheet.set_text_color(*_INK)
    for block in page.blocks:
        if not block.key:
            html = render_to_string("codes/_block.html", {"block": block, "page": page, "code": code})
            sheet.write_html(
                flow(html, settings.SITE_URL), tag_styles=_STYLES, font_family="text", li_prefix_color=_SOFT
            )
    sheet.ln(4)
    if page.notice:
        sheet.line_of(page.notice, 8.5, color=_SOFT)
    sheet.line_of(f"{settings.SITE_URL}{code.get_absolute_url()}", 8.5, color=_SOFT)
    return bytes(sheet.output())


def _edition(page: CodePage) -> list[str]:
    return [f"{page.edition} edition"] if page.edition else []


def _facts(page: CodePage) -> list[str]:
    code = page.code
    facts = [page.standing.label, *page.flags]
    if code.valid_from:
        facts.append(f"effective {date_format(code.valid_from, 'F j, Y')}")
    if code.valid_to:
        facts.append(f"not valid from {date_format(code.valid_to, 'F j, Y')}")
    return [*facts, f"named in {'; '.join(page.named_in)}" if page.named_in else f"listed in {page.listed_in}"]
