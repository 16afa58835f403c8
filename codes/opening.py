"""Opening a code's page: a view is counted where it opens something, and none where it would open nothing."""

from collections.abc import Callable
from dataclasses import replace

from accounts.reader import Access, Tier
from codes.models import Code, Release
from codes.page import CodePage
from codes.request import CodeRequest
from codes.surroundings import with_surroundings


def opened(request: CodeRequest, code: Code, lowest: Callable[[], Tier]) -> Access:
    """What the reader of a request may see of a code's page, having opened it; HEAD only looks.

    `lowest` is the tier from which anything on the page opens. It is asked for a code without a title alone: where a
    code is described, its description opens to everyone.
    """
    reader = request.reader
    if request.method != "GET":
        return reader.look()
    if not code.title and lowest() > (Tier.FREE if reader.user else Tier.GUEST):
        return replace(reader.look(), free=True)
    return reader.open(code.key)


def lowest_tier(code: Code, request: CodeRequest) -> Tier:
    """The tier from which anything on a code's page opens. The AMA's wording opens to accounts, under its terms."""
    as_of = request.as_of
    locked = Access(request.reader, granted=False, tier=Tier.GUEST, remaining=None)
    page = CodePage(with_surroundings(Code.objects.filter(pk=code.pk), as_of.day).get(), locked, as_of)
    tiers = [block.kind.tier for block in page.blocks]
    if any(each.dataset == Release.Dataset.CPT and each.on(as_of.day) for each in page.mentions):
        tiers.append(Tier.FREE)
    return min(tiers, default=Tier.REGISTERED)
