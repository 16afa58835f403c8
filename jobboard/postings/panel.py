"""The filters beside the results: every choice of every vocabulary, each with how many jobs it would find.

There are about 300 of them on each page. Their markup is made once in the life of a process, and a page puts numbers
and ticks between its pieces; a template would take several times longer than the search itself.
"""

from functools import cache

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from jobboard.frames import Frame, gap
from jobboard.postings.facets import BY_NAME, FACETS, STATE, Facet
from jobboard.postings.found import Found
from jobboard.postings.search import PostingFilter

LEADING = [BY_NAME["workplace"], BY_NAME["apprentice"]]
OTHERS = [facet for facet in FACETS if facet is not STATE and facet not in LEADING]
OPEN = ("workplace", "apprentice", "posted", "credential", "specialty")  # the groups that most people come for


class Panel:
    """The filters as they stand for a search."""

    def __init__(self, search: PostingFilter, found: Found) -> None:
        self.search, self.counts = search, found.facets

    @property
    def leading(self) -> SafeString:
        """The vocabularies that stand before the pay, with boxes."""
        return mark_safe("".join(map(self._group, LEADING)))

    @property
    def others(self) -> SafeString:
        """Those after it."""
        return mark_safe("".join(map(self._group, OTHERS)))

    @property
    def states(self) -> SafeString:
        """The options of the list of states."""
        counts, chosen = self.counts["state"], self.search.asked.get("state")
        return mark_safe(
            '<option value="">Any state</option>'
            + "".join(
                f'<option value="{value}"{" selected" if value == chosen else ""}>{label} ({counts[value]:,})</option>'
                for value, label in STATE.choices
            )
        )

    @property
    def numbers(self) -> str:
        """All counts in the order of the page, for the script that renews them after a swap."""
        return " ".join(str(number) for counts in self.counts.values() for number in counts.values())

    def _group(self, facet: Facet) -> SafeString:
        chosen = self.search.asked.get(facet.name) or []
        errors = str(self.search.form.errors.get(facet.name, ""))
        frame = _frame(facet.name, len(chosen), facet.name in OPEN or bool(chosen or errors))
        return frame.filled(boxes=_boxes(facet, self.counts[facet.name], chosen), errors=mark_safe(errors))


@cache
def _frame(name: str, ticked: int, is_open: bool) -> Frame:
    """What stands around the boxes of a vocabulary."""
    group = {"name": name, "label": BY_NAME[name].label, "ticked": ticked, "open": is_open}
    return Frame(render_to_string("jobs/_boxes.html", group | {"boxes": gap("boxes"), "errors": gap("errors")}))


def _boxes(facet: Facet, counts: dict[str, int], chosen: list[str]) -> SafeString:
    parts = []
    for value, before, label in _pieces(facet.name):
        count = counts[value]
        ticked = " checked" if value in chosen else ""
        none = "" if count or ticked else " class=none"
        parts.append(f"<label{none}>{before}{ticked}>{label}<b>{count:,}</b></label>")
    return mark_safe("".join(parts))


@cache
def _pieces(name: str) -> list[tuple[str, SafeString, SafeString]]:
    """Each choice's value, its box up to where a tick is written, and its label."""
    return [
        (
            value,
            format_html('<input type="checkbox" name="{}" value="{}" id="id_{}_{}"', name, value, name, number),
            format_html("<span>{}</span>", conditional_escape(label)),
        )
        for number, (value, label) in enumerate(BY_NAME[name].choices)
    ]
