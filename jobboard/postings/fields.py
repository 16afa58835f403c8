"""The fields a posting is written with: groups of boxes, amounts as people type them, code families, versions."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.vocabulary import CREDENTIALS
from jobboard.postings import families

MOST_FAMILIES_TEXT = 2_000  # characters

type Choices = list[tuple[str, str]]


def credential_groups() -> list[tuple[str, Choices]]:
    """Credentials under the body that issues them, for one group of checkboxes each."""
    bodies = dict.fromkeys(kind.body for kind in CREDENTIALS.values())
    return [(body, [(each, each) for each, kind in CREDENTIALS.items() if kind.body == body]) for body in bodies]


def several(choices: list[Any], label: str, help_text: str = "") -> forms.MultipleChoiceField:
    """A group of checkboxes."""
    return forms.MultipleChoiceField(
        choices=choices, label=label, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


def one_of(choices: Choices, label: str, nothing: str, help_text: str = "") -> forms.ChoiceField:
    """A drop-down whose first entry says that nothing is chosen."""
    return forms.ChoiceField(choices=[("", nothing), *choices], label=label, required=False, help_text=help_text)


def radio(choices: Choices, label: str, help_text: str = "") -> forms.ChoiceField:
    """A group of radio buttons, none of them chosen at first."""
    return forms.ChoiceField(
        choices=choices, label=label, required=False, widget=forms.RadioSelect, help_text=help_text
    )


class MomentField(forms.Field):
    """The `edited_at` of the version a form was filled with, hidden in it: datetime to the microsecond, or None."""

    widget = forms.HiddenInput(attrs={"autocomplete": "off"})  # a browser must not bring an older version back

    def prepare_value(self, value: object) -> object:
        """ISO 8601, which keeps the microseconds."""
        return value.isoformat() if isinstance(value, datetime) else value

    def to_python(self, value: object) -> datetime | None:
        """Read it back. Raises ValidationError where it is no moment."""
        if value in self.empty_values:
            return None
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            moment = datetime.min  # noqa: DTZ901 - naive on purpose, refused in the next line
        if timezone.is_naive(moment):
            raise ValidationError("Open the page again: it no longer says which version it shows.")
        return moment


class MoneyField(forms.DecimalField):
    """An amount as people type it: 62,000 and $28.50 are amounts too."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def prepare_value(self, value: object) -> object:
        """No decimals where there are none: 12, not 12.00."""
        return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value

    def to_python(self, value: object) -> Any:
        """Without dollar sign and thousands separators."""
        return super().to_python(value.replace("$", "").replace(",", "") if isinstance(value, str) else value)


class FamiliesField(forms.CharField):
    """Code families as people write them; the value is the list of stored families."""

    widget = forms.TextInput(attrs={"placeholder": "CPT 27, HCPCS J, ICD-10-CM M54"})

    def prepare_value(self, value: object) -> object:
        """Stored families in words; what was typed stays as typed."""
        return families.written(value) if isinstance(value, list) else value

    def to_python(self, value: object) -> Any:
        """Read the families. Raises ValidationError with each mistake."""
        text = super().to_python(value) or ""
        if len(text) > MOST_FAMILIES_TEXT:
            raise ValidationError(f"Name the families in at most {MOST_FAMILIES_TEXT:,} characters.")
        return families.parse(text)

    def has_changed(self, initial: object, data: object) -> bool:
        """Compare families, not their spelling."""
        try:
            return (initial or []) != families.parse(str(data or ""))
        except ValidationError:
            return True
