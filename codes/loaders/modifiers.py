"""Modifiers: the public-domain wording of a release, beside our own words on them."""

from collections.abc import Iterable

from codes.loaders.staged import StagedModifier
from codes.models import Modifier, Release
from codes.systems import System


def merge_official_modifiers(staged: Iterable[StagedModifier], release: Release) -> None:
    """Store what a release of HCPCS Level II states of its modifiers; our own words stay as they are.

    One that an earlier release listed and this one does not is closed on its effective date.
    """
    others = set(Modifier.objects.exclude(system=System.HCPCS).values_list("code", flat=True))
    rows = [
        Modifier(
            system=System.HCPCS,
            code=row.code,
            official_title=row.title,
            descriptor=row.descriptor,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            release=release,
        )
        for row in staged
        if row.code not in others
    ]
    listed = Modifier.objects.filter(release__dataset=release.dataset, valid_to=None)
    listed.exclude(code__in=[row.code for row in rows]).update(valid_to=release.effective)
    Modifier.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["official_title", "descriptor", "valid_from", "valid_to", "release"],
    )
