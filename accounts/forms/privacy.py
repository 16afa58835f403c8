"""Forms about who sees a person, and about leaving."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.anonymity import tells
from accounts.models import Experience, Profile, User


class VisibilityForm(forms.ModelForm):
    """Who may see a profile. Refuses to show one whose own words name the person."""

    visibility = forms.ChoiceField(
        label="Who may see my profile", choices=Profile.Visibility.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Profile
        fields = ["visibility", "blind"]
        labels = {"blind": "Keep my name and employers back until I accept a request"}
        help_texts = {"blind": ""}

    def clean(self) -> dict[str, Any]:
        """Look through all that employers would read."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("visibility") not in (None, Profile.Visibility.HIDDEN):
            for what, why in revealing(self.instance):
                self.add_error(None, f"{what} {why}")
        return cleaned


def revealing(profile: Profile) -> list[tuple[str, str]]:
    """Which texts of a profile tell who its person is, and why, for the sentences of a form."""
    worked = list(Experience.objects.filter(profile=profile.pk)) if profile.pk else []
    name = profile.user.name
    employers = [each.employer for each in worked]
    texts = [("Your headline says too much.", profile.headline, employers)]
    texts += [(f"The title “{each.title}” says too much.", each.title, [each.employer]) for each in worked]
    return [(what, why) for what, text, others in texts if (why := tells(text, name, others))]


class LeaveForm(forms.Form):
    """The address typed once more, so that nobody deletes an account by a slip."""

    email = forms.CharField(
        label="Your e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        """Refuse any other address."""
        email: str = self.cleaned_data["email"].strip()
        if email.casefold() != self.user.email.casefold():
            raise ValidationError(f"Type {self.user.email} to delete this account.")
        return email
