"""Who is reading: the tier, the allowance of code pages, and the words that tell what is left.

`request.reader` is set by `accounts.middleware.reader`. DESIGN's table of tiers is the source of the rules, settings of
the numbers.
"""

import enum
import ipaddress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import CodeView, Membership, Meter
from accounts.models.ledger import Allowance
from accounts.network import client_address

if TYPE_CHECKING:
    from accounts.models import User

GUEST_COOKIE = "reader"
GUEST_COOKIE_AGE = 400 * 24 * 60 * 60  # seconds; browsers cap it at 400 days
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
    """What a reader may see of one code page. `tier` is what the page is opened at; None keeps every section locked."""

    reader: "Reader"
    granted: bool
    tier: Tier
    remaining: int | None  # code page views left; None: no limit

    def opens(self, needed: Tier) -> bool:
        """Whether a section that needs a tier is shown."""
        return self.granted and self.tier >= needed


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
            return cls(request.user, None, "")
        return cls(None, guest_of(request), network_key(request))

    @cached_property
    def tier(self) -> Tier:
        """Guest, free or registered, as of now."""
        if self.user is None:
            return Tier.GUEST
        is_member = Membership.objects.filter(user=self.user).valid(timezone.now()).exists()  # type: ignore[attr-defined]
        return Tier.REGISTERED if is_member else Tier.FREE

    @property
    def limit(self) -> int:
        """How many code pages this reader may open in a window, unless registered."""
        return settings.GUEST_CODE_VIEWS if self.user is None else settings.FREE_CODE_VIEWS

    def open(self, page: str, at: datetime | None = None) -> Access:
        """Open a code page, named by a stable key such as "cpt:20670"; counted the first time, free ever after."""
        at = at or timezone.now()
        if self.user is None and self.guest is None:
            return Access(self, granted=False, tier=Tier.GUEST, remaining=self.limit)
        opening = CodeView.objects.open_page(
            page, self._allowances(at), at=at, user=self.user.pk if self.user else None, guest=self.guest
        )
        if opening.member:
            return Access(self, granted=True, tier=Tier.REGISTERED, remaining=None)
        tier = Tier.GUEST if self.user is None else Tier.FREE
        return Access(self, granted=opening.granted, tier=tier, remaining=max(0, self.limit - opening.used))

    def remaining(self, at: datetime | None = None) -> int | None:
        """Code page views left without opening one; None: no limit."""
        if self.tier is Tier.REGISTERED:
            return None
        if self.user is None and self.guest is None:
            return self.limit
        key = self._allowances(at or timezone.now())[0].key
        used = Meter.objects.filter(key=key).values_list("used", flat=True).first() or 0
        return max(0, self.limit - used)

    def _allowances(self, at: datetime) -> list[Allowance]:
        window = settings.CODE_VIEW_WINDOW_DAYS
        period = f":{at.date().toordinal() // window}" if window else ""
        if self.user is not None:
            return [Allowance(f"user:{self.user.pk}{period}", self.limit)]
        return [
            Allowance(f"guest:{self.guest}{period}", self.limit),
            Allowance(f"network:{self.network}:{at:%Y%m%d}", settings.GUEST_VIEWS_PER_NETWORK_AND_DAY),
        ]


def guest_of(request: HttpRequest) -> UUID | None:
    """The guest that a request's signed cookie names, or None where there is none or it was tampered with."""
    try:
        return UUID(request.get_signed_cookie(GUEST_COOKIE, salt=_GUEST_SALT, max_age=GUEST_COOKIE_AGE))
    except (KeyError, ValueError, signing.BadSignature):
        return None


def guest_cookie(guest: UUID) -> dict[str, object]:
    """Arguments for `HttpResponse.set_signed_cookie` that make a visitor this guest."""
    return {
        "key": GUEST_COOKIE,
        "value": str(guest),
        "salt": _GUEST_SALT,
        "max_age": GUEST_COOKIE_AGE,
        "httponly": True,
        "samesite": "Lax",
        "secure": settings.PRODUCTION,
    }


def network_key(request: HttpRequest) -> str:
    """A keyed hash of the client's network: its IPv4 address, or its IPv6 /64. The address itself is not stored."""
    address = ipaddress.ip_address(client_address(request))
    prefix = 64 if address.version == 6 else 32
    network = ipaddress.ip_network(f"{address}/{prefix}", strict=False)
    return salted_hmac("accounts.reader.network", str(network)).hexdigest()[:32]
