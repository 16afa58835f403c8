"""Codes by system, date and place in the hierarchy."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from codes.models.dated import holding
from codes.systems import System

if TYPE_CHECKING:
    from codes.models.code import Code


class CodeQuerySet(models.QuerySet["Code"]):
    """Codes by system, date and place in the hierarchy."""

    def current(self, on: date) -> "CodeQuerySet":
        """Those valid on a date of service."""
        return self.filter(holding(on))

    def written(self, system: System, written: str) -> "CodeQuerySet":
        """The one a person wrote, in any case, dotted or not; none where it cannot be a code of this system."""
        code = system.normalize(written)
        return self.filter(system=system, code=code) if code else self.none()

    def listed(self) -> "CodeQuerySet":
        """Without the columns that only search reads."""
        return self.defer("search", "synonyms", "gist")

    def near(self, system: System, written: str, count: int = 3) -> "list[Code]":
        """The codes around a place in the order of a system, for someone whose code is not there."""
        bare = "".join(character for character in written.upper() if character.isascii() and character.isalnum())
        start = system.dotted(bare[:8])
        codes = self.filter(system=system).listed()
        before = list(codes.filter(code__lt=start).order_by("-code")[:count])
        return [*reversed(before), *codes.filter(code__gte=start).order_by("code")[:count]]
