"""The form a posting is written with, and the small ones staff and teams decide with."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.line import LineInput
from accounts.vocabulary import SOFTWARE_CHOICES, SPECIALTY_CHOICES, STATE_CHOICES
from jobboard.postings.fields import FamiliesField, MomentField, MoneyField, credential_groups, one_of, radio, several
from jobboard.postings.models import Posting
from jobboard.postings.models.last_day import latest_day, today
from jobboard.postings.models.posting import MOST_DESCRIPTION, MOST_REASON
from jobboard.postings.models.terms import MOST_STEPS
from jobboard.postings.steps import Step
from jobboard.postings.vocabulary import (
    BENEFIT_CHOICES,
    NOTHING_UNPAID,
    OUTCOME_CHOICES,
    ROLE_CHOICES,
    SETTING_CHOICES,
    UNPAID_CHOICES,
    ApplyBy,
    Apprentice,
    EmploymentType,
    Equipment,
    PaidAs,
    PayUnit,
    Schedule,
    SecondMonitor,
    SoftwareCodes,
    Workplace,
    WorkStays,
)


class PostingForm(forms.ModelForm):
    """A whole posting. A draft is stored with any part missing; one that was submitted must stay complete."""

    title = LineInput(
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
    paid_as = one_of(PaidAs.choices, "Paid as", "Not stated", "Full time and part time are W-2, contract is 1099.")
    equipment = one_of(Equipment.choices, "Computer", "Not stated")
    second_monitor = one_of(SecondMonitor.choices, "Second monitor", "Not stated")
    work_stays = one_of(WorkStays.choices, "Where the charts are coded", "Not stated")
    software_codes = one_of(
        SoftwareCodes.choices, "AI-assisted coding", "Not stated", "What part software has in assigning the codes."
    )
    unpaid = several(UNPAID_CHOICES, "What is not paid", "Above all for pay by the chart. Coders find out anyway.")
    interview_steps = forms.CharField(
        required=False,
        max_length=MOST_STEPS,
        label="Steps of hiring",
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "Call with the recruiter, 20 minutes\nCoding exercise"}),
        help_text="One step on each line, from the first call to the offer.",
    )
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
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {
            "pay_min": "From, US dollars",
            "pay_max": "To, US dollars",
            "accuracy_percent": "Accuracy standard, percent",
            "years_min": "Years of experience required",
            "audit_percent": "Audited, percent of the work",
            "credential_within_months": "Credential may be earned within, months",
            "starts_on": "Planned start",
        }
        help_texts = {
            "units_per_hour": "Charts, encounters or pages. Needed to compare pay by the chart with pay by the hour.",
            "city": "For hybrid and on-site work.",
            "postal_code": "For searches by distance; without it they reckon from the middle of the city.",
            "accuracy_percent": "The share of codes that reviewers must find right, such as 95.",
            "years_min": "0 says that none are.",
            "audit_percent": "How much of a coder's work is read by an auditor once trained; 0 says none.",
            "credential_within_months": "Where people may start without it. Empty: it is needed from the start.",
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

    def clean_unpaid(self) -> list[str]:
        """All working time is paid, or some is not: not both."""
        unpaid: list[str] = self.cleaned_data["unpaid"]
        if NOTHING_UNPAID in unpaid and len(unpaid) > 1:
            raise ValidationError("Either all working time is paid, or name what is not: not both.")
        return unpaid

    def validate_constraints(self) -> None:
        """Say at the field what a submitted posting would lack; the constraints behind it name no field."""
        if self.instance.submitted_at:
            self.refuse(self.instance.missing(self.at))
        if not self.errors:
            super().validate_constraints()

    def refuse(self, missing: dict[str, str]) -> None:
        """Show at each field what is missing there."""
        for field, what in missing.items():
            if field not in self.fields:
                self.add_error(None, what)
            elif not self.has_error(field):
                self.add_error(field, what)


class StepForm(PostingForm):
    """The part of a posting that one step writes."""

    def __init__(self, data: Any = None, *, step: Step, **kwargs: Any) -> None:
        """`step` is one that has fields."""
        super().__init__(data, **kwargs)
        kept = {*step.fields, "seen"}
        self.fields = {name: field for name, field in self.fields.items() if name in kept}


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


class TemplateForm(forms.Form):
    """The name of a template."""

    name = forms.CharField(max_length=80, label="Name of the template")

    def clean_name(self) -> str:
        """One line, no runs of spaces."""
        return " ".join(self.cleaned_data["name"].split())
