"""The forms of readers who report, and of staff."""

from typing import Any

from django import forms

from jobboard.moderation.models import Reason, Report
from jobboard.moderation.models.report import MOST_WORDS
from jobboard.postings.fields import MomentField
from jobboard.postings.models.posting import MOST_REASON

MOST_ID = 2**63 - 1


class ReportForm(forms.ModelForm):
    """What is wrong with a posting."""

    kind = forms.ChoiceField(choices=Report.Kind.choices, label="What is wrong?", widget=forms.RadioSelect)
    words = forms.CharField(
        required=False,
        max_length=MOST_WORDS,
        label="In your words",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What happened, when, what you were asked for. Only our staff read it.",
    )

    class Meta:
        model = Report
        fields = ("kind", "words")

    def clean(self) -> dict[str, Any] | None:
        """Something else needs words."""
        cleaned = super().clean()
        if cleaned and cleaned.get("kind") == Report.Kind.OTHER and not cleaned.get("words"):
            self.add_error("words", "Say what is wrong.")
        return cleaned


class FindingForm(forms.Form):
    """What staff found of the reports of a posting, up to the one they read last."""

    finding = forms.ChoiceField(choices=Report.Finding.choices, widget=forms.RadioSelect, label="What came of it?")
    note = forms.CharField(
        required=False,
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For staff; nobody else reads it.",
    )
    seen = forms.IntegerField(min_value=1, max_value=MOST_ID, widget=forms.HiddenInput)


class ReadyReasonForm(forms.ModelForm):
    """A reason ready to use."""

    seen = MomentField(required=False)

    class Meta:
        model = Reason
        fields = ("use", "title", "text")
        labels = {"use": "For"}
        widgets = {"text": forms.Textarea(attrs={"rows": 8, "maxlength": MOST_REASON})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.edited_at
        self.fields["seen"].required = not self.instance._state.adding


class SearchForm(forms.Form):
    """Words to look for among employers."""

    q = forms.CharField(required=False, max_length=120, label="Name or website")
