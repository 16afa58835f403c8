"""Forms of saved searches."""

from typing import Any

from django import forms

from jobboard.alerts.models import SavedSearch

TOO_MANY = f"You keep {SavedSearch.MOST} alerts, the most one person may keep. Choose one whose place this takes."


class AlertForm(forms.ModelForm):
    """A saved search's name and how often it mails."""

    class Meta:
        model = SavedSearch
        fields = ["name", "frequency"]
        help_texts = {"name": "It is the subject of the mails."}
        widgets = {"frequency": forms.RadioSelect}
        labels = {"frequency": "Mail me"}


class NewAlertForm(AlertForm):
    """As above for a new search, which may take the place of one that is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = SavedSearch.objects.for_user(self.instance.user)
        self.fields["instead"] = forms.ModelChoiceField(
            kept,
            required=False,
            label="Instead of",
            empty_label="Nothing: it is a new alert",
            help_text="Choose one of your alerts to change what that one searches for.",
        )

    def clean(self) -> dict[str, Any]:
        """Hold the limit of searches one person keeps."""
        cleaned = super().clean() or self.cleaned_data
        kept = SavedSearch.objects.for_user(self.instance.user)
        if not cleaned.get("instead") and kept.count() >= SavedSearch.MOST:
            self.add_error("instead", TOO_MANY)
        return cleaned
