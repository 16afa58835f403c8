"""Text that people write, made safe to show: Markdown to HTML once, when it is stored."""

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "code", "blockquote", "h3", "h4", "a", "hr"}
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).disable(["image"])
_REL = "nofollow ugc noopener noreferrer"  # a link in a text of theirs is no recommendation of ours
_HEADINGS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}


def render(text: str) -> SafeString:
    """Markdown as HTML that is safe on any page. Raw HTML is shown as text; links lead out without a referrer."""
    tokens = _MARKDOWN.parse(text.replace("\x00", ""))
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    clean = nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=_REL
    )
    return mark_safe(clean)


def plain(html: str) -> str:
    """The words of rendered HTML on one line, for search and previews."""
    return " ".join(strip_tags(html.replace("</", " </")).split())
