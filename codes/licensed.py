"""The AMA's wording of a CPT code, for a signed-in reader who accepted the terms of its license, and for nobody else.

It is looked up for one request and put on its page: into no cache, no list, no search, no feed, no markup.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import User
from accounts.reader import Access
from codes.models import Code, License, LicenseAcceptance, LicensedDescriptor
from codes.sections import DESCRIPTOR
from codes.systems import System


@dataclass(frozen=True)
class Official:
    """What the page of a CPT code says of the AMA's wording. Without `accepted` there are no `wordings`."""

    license: License | None
    accepted: bool = False
    wordings: list[LicensedDescriptor] = field(default_factory=list)


def official(code: Code, access: Access, on: date, licensed: License | None, *, accepted: bool) -> Official | None:
    """The AMA's wording of a code as a reader may see it; None for codes of other systems.

    `licensed` is the edition whose wordings are licensed here, `accepted` whether the reader accepted its terms. The
    wordings leave the database for a reader who did, and whose page is opened.
    """
    if System(code.system) is not System.CPT:
        return None
    if licensed is None or not accepted:
        return Official(licensed)
    if not access.opens(DESCRIPTOR.tier):
        return Official(licensed, accepted)
    found = list(LicensedDescriptor.objects.on(on).filter(edition=licensed.edition, code=code.code))
    order = list(LicensedDescriptor.Kind)
    found.sort(key=lambda each: (order.index(LicensedDescriptor.Kind(each.kind)), each.number))
    return Official(licensed, accepted, found)


def kept_of(user: User) -> list[dict[str, Any]]:
    """Which terms a person accepted, for the export on the page on privacy."""
    accepted = LicenseAcceptance.objects.filter(user=user).select_related("license").order_by("at")
    return [{"edition": str(each.license), "terms": each.terms, "accepted": each.at.isoformat()} for each in accepted]
