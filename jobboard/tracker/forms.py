"""What a person notes about a job they keep."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from jobboard.applications.forms import PlainText
from jobboard.tracker.models import Tracked
from jobboard.tracker.models.tracked import MOST_NOTE


def day() -> forms.DateInput:
    """A control for a date."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TrackedForm(forms.ModelForm):
    """A note, what comes next, and how far it has come; all of it optional."""

    note = PlainText(
        required=False, max_length=MOST_NOTE, widget=forms.Textarea(attrs={"rows": 4}), label="Private note"
    )

    class Meta:
        model = Tracked
        fields = ["note", "next_step", "remind_on", "applied_on", "interview_on", "outcome", "decided_on"]
        labels = {"applied_on": "Applied elsewhere on"}
        help_texts = {
            "note": "Nobody but you reads it.",
            "next_step": "Such as: call back, send the coding test, ask about the equipment.",
            "remind_on": "You get a mail that morning.",
            "applied_on": "On the employer's site or by e-mail. What you send here is listed by itself.",
            "outcome": "Leave it open as long as it is.",
            "decided_on": "Empty means today.",
        }
        widgets = {name: day() for name in ("remind_on", "applied_on", "interview_on", "decided_on")}

    def __init__(self, *args: Any, sent_here: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = self.Meta.help_texts["note"]
        self.fields["outcome"].widget.choices = [("", "Nothing yet"), *Tracked.Outcome.choices]
        if sent_here:  # the application says it
            del self.fields["applied_on"]

    def clean_applied_on(self) -> date | None:
        """Refuse a day that is still to come."""
        return _past(self.cleaned_data["applied_on"])

    def clean_decided_on(self) -> date | None:
        """Refuse a day that is still to come."""
        return _past(self.cleaned_data["decided_on"])

    def clean_remind_on(self) -> date | None:
        """Refuse a new day that has passed: no mail would come."""
        chosen: date | None = self.cleaned_data["remind_on"]
        if chosen and chosen < timezone.localdate() and "remind_on" in self.changed_data:
            raise ValidationError("This day has passed. Choose today or a later one, or leave it empty.")
        return chosen

    def clean(self) -> dict[str, Any]:
        """Give a decision today's date where none is given, and refuse a date without a decision."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("outcome") and not cleaned.get("decided_on") and "decided_on" not in self.errors:
            cleaned["decided_on"] = timezone.localdate()
        elif cleaned.get("decided_on") and not cleaned.get("outcome"):
            self.add_error("outcome", "Say what came of it, or empty the date below.")
        return cleaned


def _past(chosen: date | None) -> date | None:
    if chosen and chosen > timezone.localdate():
        raise ValidationError("This day is still to come.")
    return chosen
