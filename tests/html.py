"""HTML as a tree that tests can look into and put parts into, as htmx does."""

from collections.abc import Iterator

from django.test.html import Element, parse_html


def tree(html: str) -> Element:
    """A page or a part of one."""
    return parse_html(f"<div>{html}</div>")


def elements(root: Element) -> Iterator[Element]:
    """Every element under one, itself included."""
    yield root
    for child in root.children:
        if isinstance(child, Element):
            yield from elements(child)


def attribute(element: Element, name: str) -> str | None:
    """The value of an attribute; None where it has none."""
    return dict(element.attributes).get(name)


def by_id(root: Element, ident: str) -> Element:
    """The one element with an id."""
    (found,) = [each for each in elements(root) if attribute(each, "id") == ident]
    return found


def swap(page: Element, part: Element, target: str, *, outer: bool = False) -> None:
    """Put a part that a request with htmx was sent where htmx puts it.

    The title and elements marked `hx-swap-oob` replace theirs wherever they are, the rest goes into the target.
    """
    rest = []
    for each in part.children:
        how = attribute(each, "hx-swap-oob") if isinstance(each, Element) else None
        if isinstance(each, Element) and each.name == "title":
            (title,) = [other for other in elements(page) if other.name == "title" and other.children]
            title.children = each.children
        elif how == "innerHTML":
            by_id(page, attribute(each, "id") or "").children = each.children
        elif how:
            _replace(page, attribute(each, "id") or "", [each])
        else:
            rest.append(each)
    if outer:
        _replace(page, target, rest)
    else:
        by_id(page, target).children = rest


def _replace(page: Element, ident: str, replacement: list) -> None:
    old = by_id(page, ident)
    (parent,) = [each for each in elements(page) if any(child is old for child in each.children)]
    (at,) = [index for index, child in enumerate(parent.children) if child is old]
    parent.children[at : at + 1] = replacement
