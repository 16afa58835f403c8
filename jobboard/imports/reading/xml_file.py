"""XML: a root, in it an element `posting` for each, in that an element for each column.

Read as a stream, without document types and entities, so that no file grows in memory beyond what it is on disk.
"""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from jobboard.imports.columns import Value, columns
from jobboard.imports.plan import Row
from jobboard.imports.reading.sheet import BECAUSE, Refused, Sheet, known, normal, too_many

DEEPEST = 4  # root, posting, column, one of several values
POSTING = "posting"
MOST_VALUES = 500  # of one column in one posting, far beyond what any holds


def read_xml(data: bytes, most: int) -> Sheet:
    """The postings of an XML file. Raises Refused."""
    names: dict[str, None] = {}
    rows: list[Row] = []
    try:
        for element in _postings(data):
            if len(rows) >= most:
                raise too_many(most)
            rows.append(_row(len(rows) + 1, element))
            names |= dict.fromkeys(rows[-1].values)
    except ParseError as error:
        line, column = error.position
        raise Refused(f"The file is no well-formed XML: see line {line}, character {column + 1}.") from None
    except DefusedXmlException:
        raise Refused("The file declares a document type or entities. Leave them out.") from None
    except (LookupError, ValueError) as error:
        raise Refused(f"The encoding that the file names is not known here: {error}. Save it as UTF-8.") from None
    if not rows:
        raise Refused(f"The file has no element “{POSTING}” under its root.")
    return Sheet(list(names), rows)


def _postings(data: bytes) -> Iterator[Element]:
    """Each posting when it is complete; what was read before it is let go."""
    depth, root = 0, None
    for event, element in iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            depth += 1
            root = element if depth == 1 else root
            if depth > DEEPEST:
                raise Refused(f"<{element.tag[:40]}> stands too deep. Text with markup of its own belongs into CDATA.")
            if depth == 2 and element.tag != POSTING:
                raise Refused(f"Under the root stands <{element.tag[:40]}>, where each element is a <{POSTING}>.")
            continue
        depth -= 1
        if depth == 1:
            yield element
            if root is not None:
                root.clear()


def _row(number: int, posting: Element) -> Row:
    """A posting by the names of its elements."""
    known(dict.fromkeys(element.tag for element in posting))
    values: dict[str, Value] = {}
    for element in posting:
        name = normal(element.tag)
        if name != BECAUSE:
            values[name] = _value(number, name, element, values.get(name))
    return Row(number, values)


def _value(number: int, name: str, element: Element, before: Value | None) -> Value:
    """The value of an element; several come as elements in it, as elements of one name, or with semicolons."""
    column = columns()[name]
    if column.kind != "several" and (len(element) or before is not None):
        what = "holds elements: put text with markup into CDATA" if len(element) else "comes twice"
        raise Refused(f"In posting {number}, <{name}> {what}.")
    texts = [part.text or "" for part in element] if len(element) else [element.text or ""]
    if len(texts) + len(before or []) > MOST_VALUES:
        raise Refused(f"In posting {number}, <{name}> has more than {MOST_VALUES} values.")
    found = [column.value(text) for text in texts]
    if column.kind != "several":
        return found[0]
    return [*(before or []), *(word for words in found for word in words)]
