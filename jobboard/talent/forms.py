"""Forms of requests and blocks."""

from django import forms
from django.core.exceptions import ValidationError

from jobboard.employers.models import Employer
from jobboard.talent.models import ContactRequest
from jobboard.talent.models.contact import MOST_MESSAGE


class AskForm(forms.ModelForm):
    """The message of a request."""

    message = forms.CharField(
        max_length=MOST_MESSAGE,
        help_text="Plain text. Who you are, which work you have in mind, what it pays.",
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    class Meta:
        model = ContactRequest
        fields = ["message"]

    def clean_message(self) -> str:
        """The text with plain line breaks."""
        return str(self.cleaned_data["message"]).replace("\r\n", "\n")


class BlockForm(forms.Form):
    """An employer by its name. After `is_valid`, `employers` holds those of that name."""

    name = forms.CharField(label="Employer", max_length=120, help_text="As its page here is called.")

    def clean_name(self) -> str:
        """Refuse a name that no employer has."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        self.employers = list(Employer.objects.filter(name__iexact=name, suspended_at=None))
        if not self.employers:
            raise ValidationError(f"No employer here is called “{name}”. Write it as its page does.")
        return name
