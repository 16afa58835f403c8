"""The files of the demo data: TOML between two lines of +++, then Markdown."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).parent / "data"
_FENCE = "+++\n"


class Page(NamedTuple):
    """One file: its name without the ending, the facts of its front matter, and the text below."""

    key: str
    facts: dict[str, Any]
    text: str


def read(path: Path) -> Page:
    """A file as facts and text; numbers with a point come as Decimal."""
    _, facts, text = path.read_text(encoding="utf-8").split(_FENCE, 2)
    return Page(path.stem, tomllib.loads(facts, parse_float=Decimal), text.strip())


def people() -> list[Page]:
    """Everybody who acts for no employer: staff and coders."""
    return [read(path) for path in sorted(DATA.glob("people/*.md"))]


def employers() -> list[Page]:
    """The employers, each under the slug that is the name of its folder."""
    return [read(path)._replace(key=path.parent.name) for path in sorted(DATA.glob("employers/*/employer.md"))]


def postings(employer: str) -> list[Page]:
    """The postings of the employer with this slug."""
    paths = sorted(DATA.glob(f"employers/{employer}/*.md"))
    return [read(path) for path in paths if path.stem != "employer"]


def posting(name: str) -> Page:
    """The posting that an application names, such as "larkmere-health/gi-endoscopy-coder"."""
    return read(DATA / "employers" / f"{name}.md")
