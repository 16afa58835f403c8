"""The filters beside the results: every choice of every vocabulary, each with how many jobs it would find.

There are about 300 of them on each page. Their markup is made once in the life of a process, and a page puts numbers
and ticks between its pieces; a template would take several times longer than the search itself.
"""

from functools import cache
from typing import NamedTuple

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from jobboard.postings.facets import BY_NAME, FACETS, STATE, Facet
from jobboard.postings.found import Found
from jobboard.postings.search import PostingFilter

LEADING = [BY_NAME["workplace"], BY_NAME["apprentice"]]
OPEN = ("workplace", "apprentice", "credential", "specialty")  # the groups that most people come for


class Group(NamedTuple):
    """A vocabulary in the panel: its boxes as HTML, how many are ticked, and whether it is open at first."""

    name: str
    label: str
    boxes: SafeString
    ticked: int
    open: bool
    errors: object


class Panel:
    """The filters as they stand for a search."""

    def __init__(self, search: PostingFilter, found: Found) -> None:
        self.search, self.counts = search, found.facets

    @property
    def leading(self) -> list[Group]:
        """The vocabularies that stand before the pay, with boxes."""
        return [self._group(facet) for facet in LEADING]

    @property
    def others(self) -> list[Group]:
        """Those after it."""
        return [self._group(facet) for facet in FACETS if facet is not STATE and facet not in LEADING]

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

    def _group(self, facet: Facet) -> Group:
        chosen = self.search.asked.get(facet.name) or []
        boxes = _boxes(facet, self.counts[facet.name], chosen)
        errors = self.search.form.errors.get(facet.name, "")
        return Group(facet.name, facet.label, boxes, len(chosen), facet.name in OPEN or bool(chosen or errors), errors)


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
