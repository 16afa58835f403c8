"""What a person tells of themselves: the profile, and the credentials they hold."""

from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.anonymity import tells
from accounts.line import LineInput
from accounts.models import Credential, Experience, Profile
from accounts.vocabulary import CREDENTIALS, SOFTWARE_CHOICES, SPECIALTY_CHOICES

SITE_ZONE = "The site's (Eastern)"
LISTED_ALREADY = "This credential is on your profile already."

type Choices = list[tuple[str, str]]
type GroupedChoices = list[tuple[str, str | Choices]]

UNITED_STATES: Choices = [
    ("America/New_York", "Eastern (New York)"),
    ("America/Chicago", "Central (Chicago)"),
    ("America/Denver", "Mountain (Denver)"),
    ("America/Phoenix", "Mountain, no daylight saving (Phoenix)"),
    ("America/Los_Angeles", "Pacific (Los Angeles)"),
    ("America/Anchorage", "Alaska (Anchorage)"),
    ("Pacific/Honolulu", "Hawaii (Honolulu)"),
    ("America/Puerto_Rico", "Atlantic (Puerto Rico)"),
]


@cache
def time_zone_choices() -> GroupedChoices:
    """The zones of the United States by their everyday names, then every other one."""
    ours = {name for name, _ in UNITED_STATES}
    others = sorted(name for name in available_timezones() - ours if "/" in name and not name.startswith("Etc/"))
    return [
        ("", SITE_ZONE),
        ("United States", UNITED_STATES),
        ("Elsewhere", [(name, name.replace("_", " ")) for name in others]),
    ]


def time_zone_label(name: str) -> str:
    """A zone as the choices call it."""
    return dict(UNITED_STATES).get(name) or name.replace("_", " ") or SITE_ZONE


def credential_choices() -> GroupedChoices:
    """All credentials with their full names, in groups by the body that issues them."""
    bodies: dict[str, Choices] = {}
    for abbreviation, kind in CREDENTIALS.items():
        bodies.setdefault(kind.body, []).append((abbreviation, f"{abbreviation}: {kind.name}"))
    return [("", "Choose"), *bodies.items()]


class ProfileForm(forms.ModelForm):
    """The profile together with the name and time zone, which the person's account keeps."""

    name = LineInput(label="Name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    time_zone = forms.ChoiceField(
        label="Time zone", choices=time_zone_choices, required=False, help_text="Times are shown in it."
    )
    specialties = forms.MultipleChoiceField(
        choices=SPECIALTY_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    software = forms.MultipleChoiceField(
        label="Software you know", choices=SOFTWARE_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["name", "headline", "city", "state", "time_zone", "years"]

    class Meta:
        model = Profile
        fields = ["headline", "city", "state", "years", "specialties", "software"]
        widgets = {"city": forms.TextInput(attrs={"autocomplete": "address-level2"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = self.instance.user.name
        self.fields["time_zone"].initial = self.instance.user.time_zone
        self.fields["name"].help_text = "As employers should read it."
        self.fields["years"].widget.attrs |= {"min": 0, "max": 70}

    def clean(self) -> dict[str, Any]:
        """Keep the headline of somebody who is visible from naming them."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.is_visible and cleaned.get("headline"):
            employers = Experience.objects.filter(profile=self.instance).values_list("employer", flat=True)
            if named := tells(cleaned["headline"], cleaned.get("name", ""), employers):
                self.add_error("headline", named)
        return cleaned

    def save(self, commit: bool = True) -> Profile:
        """Store the profile and what belongs to the account, or neither."""
        user = self.instance.user
        user.name = self.cleaned_data["name"]
        user.time_zone = self.cleaned_data["time_zone"]
        with transaction.atomic():
            user.save(update_fields=["name", "time_zone"])
            return super().save(commit)


class CredentialForm(forms.ModelForm):
    """One credential of the profile that its instance belongs to."""

    abbreviation = forms.ChoiceField(label="Credential", choices=credential_choices)

    class Meta:
        model = Credential
        fields = ["abbreviation", "member_number", "earned", "expires", "ceu_due", "ceu_note"]
        widgets = {
            "ceu_due": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "earned": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "expires": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "member_number": "Employers to whom you apply can check it with the body that issued the credential.",
            "expires": "Empty if it does not expire.",
            "ceu_due": "The day by which you report your continuing education to the body.",
        }

    def clean_earned(self) -> date | None:
        """Refuse a day that is still to come."""
        earned: date | None = self.cleaned_data["earned"]
        if earned and earned > timezone.localdate():
            raise ValidationError("This day is still to come.")
        return earned

    def clean_abbreviation(self) -> str:
        """Refuse a second row of the same credential, beside the field that says which."""
        abbreviation: str = self.cleaned_data["abbreviation"]
        listed = Credential.objects.filter(profile_id=self.instance.profile.pk, abbreviation=abbreviation)
        if listed.exclude(pk=self.instance.pk).exists():
            raise ValidationError(LISTED_ALREADY)
        return abbreviation

    def store(self) -> bool:
        """Save; where a parallel request has just listed the same credential, refuse as if it had been there before."""
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            self.add_error("abbreviation", LISTED_ALREADY)
            return False
        return True
