"""What a reader chooses for the data blocks of a code page, such as a payment locality: in the address, and kept in a
cookie while the browser is open, so that it goes along from code to code."""

from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from codes.blocks import BLOCKS
from codes.blocks.block import Chosen

COOKIE = "chosen"
_LONGEST = 40  # characters of a value; the block that reads it says what is wrong with it


def chosen_by(request: HttpRequest) -> Chosen:
    """What the address says, and of what it does not mention, what an earlier one said."""
    parameters = {name for block in BLOCKS for name in block.parameters}
    written = {name: request.GET[name] for name in parameters if name in request.GET}
    earlier = dict(parse_qsl(request.COOKIES.get(COOKIE, ""), keep_blank_values=True))
    return {name: value[:_LONGEST] for name, value in (_lasting(earlier) | written).items()}


def remember(request: HttpRequest, response: HttpResponse, chosen: Chosen) -> None:
    """Keep for the next page what this address chose; nothing is written where it chose nothing."""
    if _lasting(request.GET.dict()):
        response.set_cookie(
            COOKIE,
            urlencode(_lasting(chosen)),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _lasting(chosen: Chosen) -> dict[str, str]:
    names = {name for block in BLOCKS for name in block.remembered}
    return {name: value for name, value in chosen.items() if name in names}
