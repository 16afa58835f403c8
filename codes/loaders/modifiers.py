"""Modifiers: the public-domain wording of a release, beside our own words on them."""

from django.db.models import Q

from codes.loaders.staged import StagedRelease
from codes.loaders.window import Window
from codes.models import Modifier, Release
from codes.systems import System


def merge_official_modifiers(staged: StagedRelease, release: Release, window: Window) -> None:
    """Store what a release of HCPCS Level II states of its modifiers; our own words stay as they are.

    One that an earlier release listed and this one does not is closed on its effective date. What a newer release
    states of one stands.
    """
    others = set(Modifier.objects.exclude(system=System.HCPCS).values_list("code", flat=True))
    official = Modifier.objects.filter(release__dataset=release.dataset)
    others.update(official.filter(release__effective__gt=window.begins).values_list("code", flat=True))
    rows = [
        Modifier(
            system=System.HCPCS,
            code=row.code,
            official_title=row.title,
            descriptor=row.descriptor,
            valid_from=row.valid_from,
            valid_to=row.valid_to or window.ends,
            release=release,
        )
        for row in staged.modifiers
        if row.code not in others
    ]
    if staged.closes:
        stated = {row.code for row in rows} | others | staged.kept
        listed = official.filter(Q(valid_to=None) | Q(valid_to=window.ends)).exclude(code__in=stated)
        listed.update(valid_to=release.effective)
    Modifier.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["official_title", "descriptor", "valid_from", "valid_to", "release"],
    )
