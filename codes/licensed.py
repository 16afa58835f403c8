"""The AMA's wording of a CPT code, for a signed-in reader who accepted the terms of its license, and for nobody else.

It is looked up for one request and put on its page: into no cache, no list, no search, no feed, no markup.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from accounts.models import User
from accounts.reader import Access
from codes.models import Code, License, LicenseAcceptance, LicensedDescriptor
from codes.models.licensed import TERMS
from codes.sections import DESCRIPTOR
from codes.systems import System


@dataclass(frozen=True)
class Official:
    """What the page of a CPT code says of the AMA's wording. Without `accepted` there are no `wordings`."""

    license: License | None
    accepted: bool = False
    wordings: list[LicensedDescriptor] = field(default_factory=list)


def official(
    user: User | AnonymousUser, code: Code, access: Access, on: date, licensed: License | None
) -> Official | None:
    """The AMA's wording of a code as a reader may see it; None for codes of other systems.

    `licensed` is the edition whose wordings are licensed here. Without one, and for guests, nothing is looked up.
    """
    if System(code.system) is not System.CPT:
        return None
    if licensed is None or not user.is_authenticated:
        return Official(licensed)
    asked: dict[str, Any] = {"license": licensed.pk, "edition": licensed.edition, "reader": user.pk, "terms": TERMS}
    opens = access.opens(DESCRIPTOR.tier)
    with connection.cursor() as cursor:
        cursor.execute(_OFFICIAL, asked | {"code": code.code, "on": on, "opens": opens})
        accepted, wordings = cursor.fetchone()
    order = list(LicensedDescriptor.Kind)
    found = [LicensedDescriptor(**wording) for wording in json.loads(wordings)]
    found.sort(key=lambda each: (order.index(LicensedDescriptor.Kind(each.kind)), each.number))
    return Official(licensed, accepted, found)


# The wordings leave the database for a reader whose page is opened and who accepted the terms in force.
_OFFICIAL = """
    SELECT accepted, (
        SELECT coalesce(json_agg(json_build_object('kind', kind, 'number', number, 'text', text)), '[]')::text
        FROM codes_licenseddescriptor
        WHERE accepted AND %(opens)s AND edition = %(edition)s AND code = %(code)s
            AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
    )
    FROM (
        SELECT EXISTS (
            SELECT FROM codes_licenseacceptance
            WHERE license_id = %(license)s AND reader = %(reader)s AND terms = %(terms)s
        ) AS accepted
    ) AS asked
"""


def kept_of(user: User) -> list[dict[str, Any]]:
    """Which terms a person accepted, for the export on the page on privacy."""
    accepted = LicenseAcceptance.objects.filter(user=user).select_related("license").order_by("at")
    return [{"edition": str(each.license), "terms": each.terms, "accepted": each.at.isoformat()} for each in accepted]
