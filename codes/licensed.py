"""The AMA's wording of a CPT code, for a signed-in reader who accepted the terms of its license, and for nobody else.

It is looked up for one request and put on its page: into no cache, no list, no search, no feed, no markup.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

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


def official(user: User | AnonymousUser, code: Code, access: Access, on: date) -> Official | None:
    """The AMA's wording of a code as a reader may see it; None for codes of other systems."""
    if System(code.system) is not System.CPT:
        return None
    licensed = License.objects.current(timezone.localdate())
    if licensed is None or not licensed.accepted_by(user):
        return Official(licensed)
    if not access.opens(DESCRIPTOR.tier):
        return Official(licensed, accepted=True)
    wordings = LicensedDescriptor.objects.on(on).filter(edition=licensed.edition, code=code.code)
    order = list(LicensedDescriptor.Kind)
    return Official(
        licensed,
        accepted=True,
        wordings=sorted(wordings, key=lambda each: (order.index(LicensedDescriptor.Kind(each.kind)), each.number)),
    )


def kept_of(user: User) -> list[dict[str, Any]]:
    """Which terms a person accepted, for the export on the page on privacy."""
    accepted = LicenseAcceptance.objects.filter(user=user).select_related("license").order_by("at")
    return [{"edition": str(each.license), "terms": each.terms, "accepted": each.at.isoformat()} for each in accepted]
