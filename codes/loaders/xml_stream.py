"""XML files as a stream of elements, each with its line. Entities, torn files and endless texts are refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax import SAXException, SAXParseException, handler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from codes.loaders.outcome import FileRefused
from codes.loaders.source import Source

_CHUNK = 1 << 16
_LONGEST_TEXT = 20_000  # characters in one element
_DEEPEST = 40  # elements in one another

type Events = Iterator[tuple[str, "Element"]]


@dataclass(slots=True)
class Element:
    """One element: at its start with its attributes, at its end with its text, in which white space is collapsed."""

    tag: str
    line: int
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)
    insides: list[str] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        """Its own text, without that of elements in it."""
        return " ".join("".join(self.pieces).split())

    @property
    def inner(self) -> str:
        """The text of the mixed element in it, such as the nonessential modifiers in a title."""
        return " ".join(" ".join(self.insides).split())


def elements(source: Source, root: str, mixed: Mapping[str, str]) -> Events:
    """The elements of a file as ("start", element) and ("end", element). Raises FileRefused for what is no such file.

    `mixed` names elements whose text may hold another: {"title": "nemod"}.
    """
    parser: Any = make_parser()
    collector = _Collector(source, root, mixed, parser)
    parser.setContentHandler(collector)
    try:
        with source.open() as stream:
            while chunk := stream.read(_CHUNK):
                source.told(len(chunk))
                parser.feed(chunk)
                yield from collector.taken()
        parser.close()
    except SAXParseException as error:
        place = f"line {error.getLineNumber()}, column {(error.getColumnNumber() or 0) + 1}"
        raise FileRefused(f"{source.name} is not well-formed XML: {place}: {error.getMessage()}.") from None
    except DefusedXmlException:
        raise FileRefused(f"{source.name} declares entities, which no published file does.") from None
    except (SAXException, ValueError, LookupError) as error:
        raise FileRefused(f"{source.name} cannot be read as XML: {error}.") from None
    yield from collector.taken()


class _Collector(handler.ContentHandler):
    """Gathers the events of one chunk."""

    def __init__(self, source: Source, root: str, mixed: Mapping[str, str], parser: Any) -> None:
        super().__init__()
        self.source, self.root, self.mixed, self.parser = source, root, mixed, parser
        self.open: list[Element] = []
        self.events: list[tuple[str, Element]] = []

    def taken(self) -> list[tuple[str, Element]]:
        """The events since the last call."""
        events, self.events = self.events, []
        return events

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the name that SAX calls
        element = Element(name, self.parser.getLineNumber(), dict(attrs.items()))
        if not self.open and name != self.root:
            raise FileRefused(f"{self.source.name} starts with <{name[:40]}>, where the layout has <{self.root}>.")
        if len(self.open) >= _DEEPEST:
            raise FileRefused(f"{self.source.name}, line {element.line}: more than {_DEEPEST} elements in one another.")
        self.open.append(element)
        self.events.append(("start", element))

    def characters(self, content: str) -> None:
        element = self.open[-1]
        element.length += len(content)
        if element.length > _LONGEST_TEXT:
            if content.isspace():
                return
            raise FileRefused(f"{self.source.name}, line {element.line}: <{element.tag}> holds an endless text.")
        element.pieces.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802 - the name that SAX calls
        element = self.open.pop()
        if self.open and self.mixed.get(self.open[-1].tag) == name:
            self.open[-1].insides.append(element.text)
            self.open[-1].pieces.append(" ")
        self.events.append(("end", element))
