"""The date of service that a reader asks about: `?on=2025-09-30` in the address; without it, today.

It goes with the reader: `dated` gives a view `request.as_of`, and adds the date to every link of its answer that leads
to the code reference, stored notes among them. Addresses without it stay the canonical ones.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

PARAMETER = "on"
FIRST = date(2000, 1, 1)  # no data set here says anything of an earlier day
AHEAD = timedelta(days=731)  # releases are published months ahead, not years

_LINK = re.compile(
    r'(?P<before>\bhref=")(?P<path>/(?:codes|case2code)/[^"?#]*(?<!\.atom))?'
    r'(?P<query>\?[^"#]*)?(?P<rest>#[^"]*)?"'
)


@dataclass(frozen=True)
class Choice:
    """A date that coders often ask for."""

    day: date
    label: str


@dataclass(frozen=True)
class AsOf:
    """A date of service, and what was wrong with how it was written, in words."""

    day: date
    today: date
    error: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "AsOf":
        """What a request asks for; what cannot be read as a date is today, and says so."""
        today = timezone.localdate()
        written = request.GET.get(PARAMETER, "").strip()
        if not written:
            return cls(today, today)
        try:
            day = date.fromisoformat(written)
        except ValueError:
            return cls(today, today, f"“{written[:20]}” is not a date. Write it as {today}. This is as of today.")
        if not FIRST <= day <= today + AHEAD:
            last = today + AHEAD
            bounds = f"from {FIRST:%B %-d, %Y} to {last:%B %-d, %Y}"
            return cls(today, today, f"Choose a date of service {bounds}. This is as of today.")
        return cls(day, today)

    @property
    def chosen(self) -> bool:
        """Whether it is another day than today."""
        return self.day != self.today

    @property
    def query(self) -> str:
        """What an address needs to ask for the day."""
        return f"?{PARAMETER}={self.day}" if self.chosen else ""

    def at(self, address: str) -> str:
        """An address within the code reference, asked as of the day."""
        parts = urlsplit(address)
        if not self.chosen or not parts.path.startswith(("/codes/", "/case2code/")) or parts.path.endswith(".atom"):
            return address
        if PARAMETER in parse_qs(parts.query, keep_blank_values=True):
            return address
        return parts._replace(query=f"{parts.query}&{PARAMETER}={self.day}".removeprefix("&")).geturl()

    def carried(self, html: str) -> str:
        """HTML whose links within the code reference lead to pages as of the day."""
        return _LINK.sub(self._carry, html) if self.chosen else html

    def _carry(self, link: re.Match[str]) -> str:
        path, query = link["path"] or "", link["query"] or ""
        if not (path or query) or re.search(rf"[?;&]{PARAMETER}=", query):
            return link[0]
        query = f"{query}&amp;{PARAMETER}={self.day}" if query else self.query
        return f'{link["before"]}{path}{query}{link["rest"] or ""}"'

    @property
    def choices(self) -> list[Choice]:
        """Today, and the days around which releases begin: the fiscal year, the quarter and the calendar year."""
        today = self.today
        fiscal = date(today.year - (today.month < 10), 10, 1)
        quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
        named = [  # of two labels for one day, the first is shown
            (today, "today"),
            (fiscal, f"start of FY{fiscal.year + 1}"),
            (fiscal - timedelta(days=1), f"end of FY{fiscal.year}"),
            (quarter, "start of the quarter"),
            (date(today.year, 1, 1), f"start of {today.year}"),
        ]
        return [Choice(day, label) for day, label in sorted(dict(reversed(named)).items(), reverse=True)]


class DatedResponse(HttpResponse):
    """An answer whose links lead to pages as of the day already."""


def dated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the code reference, asked as of a date of service that goes on with every link of its answer."""

    @wraps(view)
    def asked(request: Any, *args: object, **kwargs: object) -> HttpResponse:
        request.as_of = AsOf.of(request)
        response = view(request, *args, **kwargs)
        if not request.as_of.chosen or isinstance(response, DatedResponse):
            return response
        if "Location" in response:
            response["Location"] = request.as_of.at(response["Location"])
        elif response["Content-Type"].startswith("text/html"):
            response.content = request.as_of.carried(response.text)
        return response

    return asked
