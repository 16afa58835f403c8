"""Where a reader of a posting came from: a small vocabulary, and the mark in links that mails and feeds carry."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from django.db import models

PARAMETER = "from"
MOST_HOST = 100  # characters of another site's name
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_POSTING = re.compile(r"/jobs/\d+-")
_OURS = (("/jobs/", "search"), ("/codes/", "code"), ("/case2code/", "code"), ("/employers/", "employer"))


class Source(models.TextChoices):
    """What led to a posting. Stored values never change; labels may."""

    SEARCH = "search", "Job search here"
    ALERT = "alert", "Alert mail"
    FEED = "feed", "Feed"
    INDEED = "indeed", "Indeed"
    LINKEDIN = "linkedin", "LinkedIn"
    CODE = "code", "Code page"
    EMPLOYER = "employer", "Employer page"
    SITE = "site", "Elsewhere on this site"
    EXTERNAL = "external", "Another site"
    DIRECT = "direct", "Direct, or not known"


MARKED = (Source.ALERT, Source.FEED, Source.INDEED, Source.LINKEDIN)  # those that links tell of


class Origin(NamedTuple):
    """A source, and for another site its name, such as "www.example.org"; its address is not kept."""

    source: Source
    host: str = ""

    @property
    def carried(self) -> str:
        """What the link to apply carries in its address, so that no cookie has to; empty where nothing is known."""
        if self.source == Source.DIRECT:
            return ""
        return f"{self.source}:{self.host}" if self.host else str(self.source)


def carried(words: str) -> Origin:
    """What a link to apply has carried. Anybody can write such a link: what it cannot mean is not known."""
    name, _, host = words.partition(":")
    if name not in Source or (bool(host) != (name == Source.EXTERNAL)):
        return Origin(Source.DIRECT)
    if host and not (len(host) <= MOST_HOST and _HOST.fullmatch(host)):
        return Origin(Source.DIRECT)
    return Origin(Source(name), host)


def marked(path: str, source: Source) -> str:
    """A posting's address with the mark of where its link stands."""
    return f"{path}?{PARAMETER}={source}"


def origin(mark: str, referrer: str, ours: str) -> Origin:
    """Where a reader came from, by the mark in the address, or else by the referring address. `ours` is our host.

    Only mails and feeds mark their links, since what opens those tells of no referrer.
    """
    if mark in MARKED:
        return Origin(Source(mark))
    try:
        parts = urlsplit(referrer)
        host = (parts.hostname or "")[:MOST_HOST]
    except ValueError:
        return Origin(Source.DIRECT)
    if parts.scheme not in ("http", "https") or not host:
        return Origin(Source.DIRECT)
    if parts.netloc == ours:
        return Origin(_of_path(parts.path))
    return Origin(Source.EXTERNAL, host) if _HOST.fullmatch(host) else Origin(Source.DIRECT)


def _of_path(path: str) -> Source:
    """The source that one of our own pages is; a posting leads to a similar one from elsewhere on the site."""
    if _POSTING.match(path):
        return Source.SITE
    return next((Source(name) for start, name in _OURS if path.startswith(start)), Source.SITE)
