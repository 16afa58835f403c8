"""A part of a page as plain HTML that a document can be set from: no controls, no pictures, no layout."""

from html import escape
from html.parser import HTMLParser

_KEPT = {"h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "strong", "em", "code", "a", "br", "blockquote"}
_KEPT |= {"table", "thead", "tbody", "tr", "th", "td"}
_DROPPED = {"svg", "button", "select", "option", "script", "style", "textarea", "legend", "output", "nav", "caption"}
_DROPPED_CLASSES = {"no-print", "visually-hidden"}
_VOID = {"input", "br", "img", "hr", "link", "meta", "source", "wbr", "col"}
_MARKS = {ord("≥"): ">=", ord("≤"): "<=", ord("→"): "->", ord("←"): "<-"}  # the typefaces have no such signs

SMALL = '<font size="8.5" color="#58616b">'


class _Flow(HTMLParser):
    def __init__(self, site: str) -> None:
        super().__init__()
        self.site = site
        self.parts: list[str] = []
        self.dropped = 0  # how many open elements deep inside something that is left out
        self.small = False  # inside a line of sources
        self.cells = 0  # inside a cell of a table nothing but text can stand

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _VOID:
            if tag == "br" and not self.dropped:
                self.parts.append(" " if self.cells else "<br>")
            return
        if self.dropped or tag in _DROPPED or _DROPPED_CLASSES & set((given.get("class") or "").split()):
            self.dropped += 1
            return
        if tag in _KEPT and not self.cells:
            self.parts.append(f'<a href="{escape(self._address(given))}">' if tag == "a" else f"<{tag}>")
            if tag == "p" and "code-source" in (given.get("class") or ""):
                self.parts.append(SMALL)
                self.small = True
        elif self.cells:
            self.parts.append(" ")
        if tag in ("td", "th"):
            self.cells += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self.dropped:
            self.dropped -= 1
            return
        if tag in ("td", "th"):
            self.cells -= 1
        if tag in _KEPT and not self.cells:
            if tag == "p" and self.small:
                self.parts.append("</font>")
                self.small = False
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.dropped:
            self.parts.append(escape(data.translate(_MARKS)))

    def _address(self, given: dict[str, str | None]) -> str:
        href = given.get("href") or ""
        return self.site + href if href.startswith("/") else href


def flow(html: str, site: str) -> str:
    """The words of a page's part with headings, paragraphs, lists, tables and links; addresses are completed by `site`.

    Whatever has the class `no-print`, and every control, is left out.
    """
    parser = _Flow(site)
    parser.feed(html)
    parser.close()
    return "".join(parser.parts)
