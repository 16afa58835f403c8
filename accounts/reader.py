"""Who is reading: the tier, the allowance of code pages, and the words that tell what is left.

`request.reader` is set by `accounts.middleware.reader`. DESIGN's table of tiers is the source of the rules, settings of
the numbers.
"""

import enum
import ipaddress
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.template.defaultfilters import pluralize
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import CodeView, Meter
from accounts.models.ledger import Allowance
from accounts.network import client_address

if TYPE_CHECKING:
    from accounts.models import User

GUEST_COOKIE = "reader"
GUEST_COOKIE_AGE = timedelta(days=400)  # browsers keep none for longer
_GUEST_SALT = "accounts.reader.guest"


class Tier(enum.IntEnum):
    """What a reader is; a higher tier may read all that a lower one may."""

    GUEST = 0
    FREE = 1
    REGISTERED = 2

    @property
    def label(self) -> str:
        """As said to the reader."""
        return ("guest", "free account", "registered member")[self]


@dataclass(frozen=True)
class Access:
    """What a reader may see of one code page. `tier` is what the page is opened at.

    A page that is not granted keeps every section locked. Where views remain although it is not granted, the reader is
    a guest whose cookie did not come back yet: the same address asked again opens it.
    """

    reader: "Reader"
    granted: bool
    tier: Tier
    remaining: int | None  # code page views left; None: no limit
    network_binds: bool = False  # what is left is less than the reader's own, because others on the network read
    free: bool = False  # nothing on the page would open by a view, so none was counted

    def opens(self, needed: Tier) -> bool:
        """Whether a section that needs a tier is shown."""
        return self.granted and self.tier >= needed

    @property
    def opens_when_asked_again(self) -> bool:
        """Whether the same address, asked once more, would open: a guest whose cookie was not there yet."""
        return not self.granted and not self.free and self.reader.user is None and bool(self.remaining)

    @property
    def meter(self) -> str:
        """How many views remain and what gives more, in plain words."""
        if self.remaining is None:
            return "Registered members read every code page."
        left = f"{self.remaining} code page {_views(self.remaining)} remaining"
        if self.free:
            return f"A view would open nothing on this page, so it used none: {left}."
        more = _more_by_account() if self.tier is Tier.GUEST else "Become a registered member to read every page."
        if self.network_binds:
            who = "guests" if self.tier is Tier.GUEST else "free accounts"
            ceiling = self.reader.network_limit
            return (
                f"{left} today on your network. All {who} of one network together are limited to {ceiling} page "
                f"{_views(ceiling)} a day. {more}"
            )
        limit = self.reader.limit
        window = settings.CODE_VIEW_WINDOW_DAYS
        every = f" every {window} day{pluralize(window)}" if window else ""
        accounts = "Guest" if self.tier is Tier.GUEST else "Free"
        return f"{left}. {accounts} accounts are limited to {limit} page {_views(limit)}{every}. {more}"


def _views(count: int) -> str:
    return f"view{pluralize(count)}"


def _more_by_account() -> str:
    return f"Register a free account to get {settings.FREE_CODE_VIEWS} more."


class Reader:
    """One visitor's right to read. Made lazily per request; asks the database only when asked."""

    def __init__(self, user: "User | None", guest: UUID | None, network: str) -> None:
        self.user = user
        self.guest = guest  # None: no cookie came back, so nothing can be counted and nothing is opened
        self.new_guest: UUID | None = None if user or guest else uuid4()
        self.network = network

    @classmethod
    def of(cls, request: HttpRequest) -> "Reader":
        """The reader behind a request."""
        if request.user.is_authenticated:
            return cls(request.user, None, network_key(request))
        return cls(None, guest_of(request), network_key(request))

    @cached_property
    def tier(self) -> Tier:
        """Guest, free or registered, as of now."""
        if self.user is None:
            return Tier.GUEST
        return Tier.REGISTERED if self.user.is_member else Tier.FREE

    @property
    def limit(self) -> int:
        """How many code pages this reader may open in a window, unless registered."""
        return settings.GUEST_CODE_VIEWS if self.user is None else settings.FREE_CODE_VIEWS

    @property
    def network_limit(self) -> int:
        """How many code pages all readers of this kind on one network may open in a day."""
        if self.user is None:
            return settings.GUEST_VIEWS_PER_NETWORK_AND_DAY
        return settings.FREE_VIEWS_PER_NETWORK_AND_DAY

    def open(self, page: str, at: datetime | None = None) -> Access:
        """Open a code page, named by a stable key such as "cpt:20670"; counted the first time, free ever after."""
        if at is None and self.tier is Tier.REGISTERED:
            return Access(self, granted=True, tier=Tier.REGISTERED, remaining=None)
        if self.user is None and self.guest is None:
            return self._uncounted()
        at = at or timezone.now()
        opening = CodeView.objects.open_page(
            page, self._allowances(at), at=at, user=self.user.pk if self.user else None, guest=self.guest
        )
        if opening.member:
            return Access(self, granted=True, tier=Tier.REGISTERED, remaining=None)
        return self._limited(opening.left, granted=opening.granted)

    def look(self, at: datetime | None = None) -> Access:
        """What remains, without opening a page: an access that grants nothing but to members."""
        if self.tier is Tier.REGISTERED:
            return Access(self, granted=True, tier=Tier.REGISTERED, remaining=None)
        if self.user is None and self.guest is None:
            return self._uncounted()
        allowances = self._allowances(at or timezone.now())
        used = dict(Meter.objects.filter(key__in=[key for key, _ in allowances]).values_list("key", "used"))
        return self._limited([max(0, limit - used.get(key, 0)) for key, limit in allowances], granted=False)

    def looks(self, pages: Collection[str], at: datetime | None = None) -> dict[str, Access]:
        """What this reader may see of each page as things stand: opened before is open. Nothing is counted."""
        access = self.look(at)
        if access.granted or (self.user is None and self.guest is None):
            return dict.fromkeys(pages, access)
        mine = CodeView.objects.filter(user=self.user) if self.user else CodeView.objects.filter(guest=self.guest)
        opened = set(mine.filter(page__in=pages).values_list("page", flat=True))
        return {page: replace(access, granted=page in opened) for page in pages}

    def remaining(self, at: datetime | None = None) -> int | None:
        """Code page views left without opening one; None: no limit."""
        return self.look(at).remaining

    def _uncounted(self) -> Access:
        return Access(self, granted=False, tier=Tier.GUEST, remaining=self.limit)

    def _limited(self, left: list[int], *, granted: bool) -> Access:
        tier = Tier.GUEST if self.user is None else Tier.FREE
        return Access(self, granted, tier, remaining=min(left), network_binds=min(left) < left[0])

    def _allowances(self, at: datetime) -> list[Allowance]:
        """The reader's own meter first, then those they share. Days and windows are counted in UTC."""
        day = at.astimezone(UTC).date()
        window = settings.CODE_VIEW_WINDOW_DAYS
        period = f":{day.toordinal() // window}" if window else ""
        own, shared = (f"user:{self.user.pk}", "network:free") if self.user else (f"guest:{self.guest}", "network")
        return [
            Allowance(f"{own}{period}", self.limit),
            Allowance(f"{shared}:{self.network}:{day:%Y%m%d}", self.network_limit),
        ]


def guest_of(request: HttpRequest) -> UUID | None:
    """The guest that a request's signed cookie names, or None where there is none or it was tampered with."""
    try:
        return UUID(request.get_signed_cookie(GUEST_COOKIE, salt=_GUEST_SALT, max_age=GUEST_COOKIE_AGE))
    except (KeyError, ValueError, signing.BadSignature):
        return None


class Cookie(TypedDict):
    """Arguments of `HttpResponse.set_signed_cookie`."""

    key: str
    value: str
    salt: str
    max_age: timedelta
    httponly: bool
    samesite: str
    secure: bool


def guest_cookie(guest: UUID) -> Cookie:
    """The cookie that makes a visitor this guest."""
    return {
        "key": GUEST_COOKIE,
        "value": str(guest),
        "salt": _GUEST_SALT,
        "max_age": GUEST_COOKIE_AGE,
        "httponly": True,
        "samesite": "Lax",
        "secure": settings.SESSION_COOKIE_SECURE,
    }


def network_key(request: HttpRequest) -> str:
    """A keyed hash of the client's network: its IPv4 address, or its IPv6 /64. The address itself is not stored."""
    address = ipaddress.ip_address(client_address(request))
    prefix = 64 if address.version == 6 else 32
    network = ipaddress.ip_network(f"{address}/{prefix}", strict=False)
    return salted_hmac("accounts.reader.network", str(network), algorithm="sha256").hexdigest()[:32]
