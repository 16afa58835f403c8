"""Forms of the work history."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.anonymity import tells
from accounts.models import Experience
from accounts.models.experience import MOST_CODED

EARLIEST = date(1940, 1, 1)


class MonthField(forms.DateField):
    """A month, as browsers send it (2024-03) or as people type it (03/2024): its first day."""

    widget = forms.DateInput(attrs={"type": "month", "placeholder": "YYYY-MM"}, format="%Y-%m")
    input_formats = ["%Y-%m", "%m/%Y"]

    def clean(self, value: Any) -> date | None:
        """Refuse months to come, and those in which nobody here worked yet."""
        month: date | None = super().clean(value)
        if month and not EARLIEST <= month <= timezone.localdate():
            raise ValidationError("Choose a month that has begun, after 1940.")
        return month


class ExperienceForm(forms.ModelForm):
    """One position of the profile that its instance belongs to."""

    started = MonthField(label="From", error_messages={"invalid": "Give the month as 2024-03 or 03/2024."})
    ended = MonthField(
        label="To",
        required=False,
        help_text="Empty if you still work there.",
        error_messages={"invalid": "Give the month as 2024-03 or 03/2024."},
    )
    coded = forms.CharField(
        label="What you coded",
        max_length=MOST_CODED,
        required=False,
        help_text="Kinds of charts, volumes, accuracy. No patient details.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Experience
        fields = ["title", "employer", "started", "ended", "remote", "coded"]

    def clean(self) -> dict[str, Any]:
        """Hold the order of the months and the limit; keep a title from naming somebody who is visible."""
        cleaned = super().clean() or self.cleaned_data
        started, ended = cleaned.get("started"), cleaned.get("ended")
        if started and ended and ended < started:
            self.add_error("ended", "The last month must not come before the first one.")
        profile = self.instance.profile
        if profile.is_visible and "title" in cleaned:
            named = tells(cleaned["title"], profile.user.name, [cleaned.get("employer", "")])
            if named:
                self.add_error("title", named)
        if not self.instance.pk and Experience.objects.filter(profile=profile).count() >= Experience.MOST:
            self.add_error(None, f"You list {Experience.MOST} positions, as many as one can. Remove one first.")
        return cleaned
