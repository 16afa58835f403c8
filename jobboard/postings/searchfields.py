"""What the search form reads beside choices: money, codes, an employer, a place."""

from typing import Any

from django import forms
from django.db.models import Q

from accounts.vocabulary import STATE_CHOICES
from jobboard.employers.models import Employer
from jobboard.places import models as places
from jobboard.places import names
from jobboard.places.models import City, NoSuchPlace, ZipCode
from jobboard.postings import families
from jobboard.postings.facets import STATE


class AmountField(forms.DecimalField):
    """An amount of money as people type it: "$60,000" is 60000."""

    widget = forms.TextInput

    def to_python(self, value: object) -> Any:
        """Read it as a Decimal, without dollar signs, commas and spaces."""
        return super().to_python("".join(character for character in str(value or "") if character not in "$, "))


class CodesField(forms.CharField):
    """Codes as coders write them: "CPT 20670", "J1885, M54.50"."""

    def clean(self, value: object) -> tuple[str, ...]:
        """Their keys, such as ("hcpcs:J1885", "icd-10-cm:M5450"). Refuses what is no code or start of codes."""
        return tuple(families.parse(super().clean(value)))


class EmployerField(forms.CharField):
    """An employer by the last part of its page's address, which it may have had before it was renamed."""

    widget = forms.HiddenInput

    def clean(self, value: object) -> Employer | None:
        """The employer. Refuses what is no address of one."""
        slug = super().clean(value)
        if not slug:
            return None
        found = Employer.objects.filter(Q(slug=slug) | Q(former_slugs__slug=slug)).first()
        if found is None:
            raise forms.ValidationError("No employer has this address.")
        return found


class UnclearPlace(forms.ValidationError):
    """A place that is not known, or several; `meant` is what may be meant: in words, and as a part of the search."""

    def __init__(self, message: str, meant: list[tuple[str, tuple[str, str]]]) -> None:
        super().__init__(message)
        self.meant = meant


class PlaceField(forms.CharField):
    """A city or a ZIP code of the US as people write it: "Austin, TX", "austin texas", "78701"."""

    def clean(self, value: object) -> City | ZipCode | None:
        """Where it is. Raises UnclearPlace."""
        text = super().clean(value)
        if not text:
            return None
        if state := names.state(text):
            name = dict(STATE_CHOICES)[state]
            raise UnclearPlace(f"{name} is a state: choose it under “{STATE.label}”.", [(name, ("state", state))])
        try:
            return places.find(text)
        except NoSuchPlace as trouble:
            meant = [(str(city), ("near", str(city))) for city in trouble.suggestions]
            raise UnclearPlace(str(trouble), meant) from None
