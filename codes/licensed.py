"""The AMA's wording of a CPT code, for a signed-in reader who accepted the terms of its license, and for nobody else.

It is looked up for one request and put on its page: into no cache, no list, no search, no feed, no markup.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

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


def official(user: User | AnonymousUser, code: Code, access: Access, on: date) -> Official | None:
    """The AMA's wording of a code as a reader may see it, by one query; None for codes of other systems."""
    if System(code.system) is not System.CPT:
        return None
    asked = {"reader": user.pk, "today": timezone.localdate(), "terms": TERMS, "code": code.code, "on": on}
    with connection.cursor() as cursor:
        cursor.execute(_OFFICIAL, asked | {"opens": access.opens(DESCRIPTOR.tier)})
        row = cursor.fetchone()
    if row is None:
        return Official(None)
    edition, holder, accepted, wordings = row
    order = list(LicensedDescriptor.Kind)
    found = [LicensedDescriptor(**wording) for wording in json.loads(wordings or "[]")]
    return Official(
        License(edition=edition, holder=holder),
        accepted,
        sorted(found, key=lambda each: (order.index(LicensedDescriptor.Kind(each.kind)), each.number)),
    )


# The wordings leave the database for a reader whose page is opened and who accepted the terms in force.
_OFFICIAL = """
    SELECT edition, holder, accepted, CASE WHEN accepted AND %(opens)s THEN (
        SELECT json_agg(json_build_object('kind', kind, 'number', number, 'text', text))::text
        FROM codes_licenseddescriptor AS wording
        WHERE wording.edition = license.edition AND code = %(code)s
            AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
    ) END
    FROM codes_license AS license, LATERAL (
        SELECT EXISTS (
            SELECT FROM codes_licenseacceptance
            WHERE license_id = license.id AND reader = %(reader)s::bigint AND terms = %(terms)s
        ) AS accepted
    ) AS asked
    WHERE expires >= %(today)s
    ORDER BY edition DESC
    LIMIT 1
"""


def kept_of(user: User) -> list[dict[str, Any]]:
    """Which terms a person accepted, for the export on the page on privacy."""
    accepted = LicenseAcceptance.objects.filter(user=user).select_related("license").order_by("at")
    return [{"edition": str(each.license), "terms": each.terms, "accepted": each.at.isoformat()} for each in accepted]
