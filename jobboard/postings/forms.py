"""The form a posting is written with, and the small ones staff and teams decide with."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.vocabulary import CREDENTIALS, SOFTWARE_CHOICES, SPECIALTY_CHOICES, STATE_CHOICES
from jobboard.postings import families
from jobboard.postings.models import Posting
from jobboard.postings.models.last_day import latest_day, today
from jobboard.postings.models.posting import MOST_DESCRIPTION, MOST_REASON
from jobboard.postings.vocabulary import (
    BENEFIT_CHOICES,
    OUTCOME_CHOICES,
    ROLE_CHOICES,
    SETTING_CHOICES,
    ApplyBy,
    Apprentice,
    EmploymentType,
    PayUnit,
    Schedule,
    Workplace,
)

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

    widget = forms.HiddenInput

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


class PostingForm(forms.ModelForm):
    """A whole posting. A draft is stored with any part missing; one that was submitted must stay complete."""

    title = forms.CharField(
        max_length=120, help_text="What a coder would search for: the role, the specialty. No pay and no place in it."
    )
    description = forms.CharField(
        required=False,
        max_length=MOST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="What the work is, who reads the charts, how quality is measured, how people are trained. "
        "Markdown: **bold**, - lists, ### headings.",
    )
    roles = several(ROLE_CHOICES, "Roles", "The kinds of work; most postings have one.")
    specialties = several(SPECIALTY_CHOICES, "Specialties")
    setting = one_of(SETTING_CHOICES, "Setting", "Not stated")
    employment_type = one_of(EmploymentType.choices, "Employment", "Choose one")
    schedule = one_of(Schedule.choices, "Schedule", "Not stated")
    software = several(SOFTWARE_CHOICES, "Software used")
    credentials_required = several(
        credential_groups(), "Credentials required", "One of those you check is enough, unless the text says more."
    )
    credentials_preferred = several(credential_groups(), "Credentials preferred")
    apprentice = forms.ChoiceField(
        choices=Apprentice.choices,
        label="Apprentices (CPC-A, COC-A)",
        widget=forms.RadioSelect,
        help_text="New coders ask this first.",
    )
    code_families = FamiliesField(
        required=False,
        label="Code families the work needs",
        help_text="The system and how its codes start, with commas: CPT 27, HCPCS J, ICD-10-CM M54. "
        "The pages of these codes show your posting.",
    )
    workplace = radio(Workplace.choices, "Where the work is done")
    remote_states = several(
        STATE_CHOICES, "States a remote coder may live in", "For remote work. None checked means anywhere in the US."
    )
    state = one_of(STATE_CHOICES, "State", "Choose a state", "For hybrid and on-site work.")
    pay_unit = one_of(PayUnit.choices, "Pay is", "Choose one")
    benefits = several(BENEFIT_CHOICES, "Benefits")
    apply_by = forms.ChoiceField(
        choices=ApplyBy.choices,
        label="How coders apply",
        widget=forms.RadioSelect,
        help_text="On this site you get the resume, the letter and the credentials in one place.",
    )
    apply_url = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        label="Address to apply at",
        widget=forms.TextInput(attrs={"placeholder": "https://", "inputmode": "url"}),
    )
    seen = MomentField(required=False)

    class Meta:
        model = Posting
        fields = tuple(column for column in Posting.CONTENT if column != "pay_currency")
        field_classes = {"pay_min": MoneyField, "pay_max": MoneyField, "units_per_hour": MoneyField}
        widgets = {
            "pay_min": forms.TextInput(attrs={"inputmode": "decimal"}),
            "pay_max": forms.TextInput(attrs={"inputmode": "decimal"}),
            "units_per_hour": forms.TextInput(attrs={"inputmode": "decimal"}),
            "closes_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {
            "pay_min": "From, US dollars",
            "pay_max": "To, US dollars",
            "accuracy_percent": "Accuracy standard, percent",
            "years_min": "Years of experience required",
        }
        help_texts = {
            "units_per_hour": "Charts, encounters or pages. Needed to compare pay by the chart with pay by the hour.",
            "city": "For hybrid and on-site work.",
            "postal_code": "For searches by distance; without it they reckon from the middle of the city.",
            "accuracy_percent": "The share of codes that reviewers must find right, such as 95.",
            "years_min": "0 says that none are.",
        }

    def __init__(self, data: Any = None, *, at: datetime, **kwargs: Any) -> None:
        """`at` is the moment against which days are past or too far off."""
        super().__init__(data, **kwargs)
        self.at = at
        self.latest = latest_day(self.instance.published_at or at)
        self.initial["seen"] = self.instance.edited_at
        self.fields["seen"].required = not self.instance._state.adding
        for name in ("description", "roles", "employment_type", "workplace"):
            # The template then does not call it optional: a draft may lack it, a submitted posting may not.
            vars(self.fields[name])["asked_later"] = True
        day = self.fields["closes_on"]
        day.help_text = f"Open through the end of this day in every state. At most until {self.latest:%B %-d, %Y}."
        day.widget.attrs |= {"min": today(at).isoformat(), "max": self.latest.isoformat()}

    def clean_title(self) -> str:
        """One line, no runs of spaces."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_closes_on(self) -> date | None:
        """A new day must be neither past nor later than a posting can be open."""
        day: date | None = self.cleaned_data["closes_on"]
        if day is None or "closes_on" not in self.changed_data:
            return day
        if day < today(self.at):
            raise ValidationError("This day has passed. Choose a later one.")
        if day > self.latest:
            days = settings.POSTING_DAYS
            raise ValidationError(f"A posting is open for {days} days: choose {self.latest:%B %-d, %Y} at the latest.")
        return day

    def validate_constraints(self) -> None:
        """Say at the field what a submitted posting would lack; the constraints behind it name no field."""
        if self.instance.submitted_at:
            self.refuse(self.instance.missing(self.at))
        if not self.errors:
            super().validate_constraints()

    def refuse(self, missing: dict[str, str]) -> None:
        """Show at each field what is missing there."""
        for field, what in missing.items():
            if not self.has_error(field):
                self.add_error(field, what)


class ReasonForm(forms.Form):
    """Why staff send a posting back or put it on hold, in words its team reads."""

    reason = forms.CharField(max_length=MOST_REASON, widget=forms.Textarea(attrs={"rows": 4}))


class LookedAtForm(forms.Form):
    """Which version staff decide on."""

    seen = MomentField()


class CloseForm(forms.Form):
    """What came of a posting."""

    outcome = forms.ChoiceField(choices=OUTCOME_CHOICES, widget=forms.RadioSelect, label="What came of it?")


class PulseForm(forms.Form):
    """The answer to "still hiring?": yes, or what came of it."""

    YES = "yes"

    answer = forms.ChoiceField(
        choices=OUTCOME_CHOICES,
        widget=forms.RadioSelect,
        label="What came of it?",
        error_messages={"required": "Choose what came of it, or confirm that you are still hiring."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The button says yes; it is no choice among the outcomes, but it is an answer."""
        super().__init__(*args, **kwargs)
        vars(self.fields["answer"])["valid_value"] = lambda value: value in {self.YES, *dict(OUTCOME_CHOICES)}
