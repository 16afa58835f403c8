"""The forms of the code reference."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError

from codes.models import Folder, PrivateNote
from codes.search import LONGEST_QUERY
from codes.systems import System

NAME_TAKEN = "You have a folder of this name already."


class CodeSearchForm(forms.Form):
    """A code or words, in all systems or one."""

    q = forms.CharField(label="Code or words", max_length=LONGEST_QUERY, required=False)
    system = forms.ChoiceField(label="Code system", choices=[("", "All systems"), *System.choices], required=False)


class NoteForm(forms.Form):
    """A private note, and when it was last edited as its writer saw it."""

    text = forms.CharField(
        label="Private note",
        help_text="Nobody but you reads it. An empty one is deleted.",
        max_length=PrivateNote.MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "A note has at most %(limit_value)s characters; this one has %(show_value)s."},
    )
    since = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """The text with plain line breaks."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_since(self) -> datetime | None:
        """The moment, as ISO 8601 writes it; one that cannot be read is taken for no note seen."""
        try:
            return datetime.fromisoformat(self.cleaned_data["since"])
        except ValueError:
            return None


class FolderForm(forms.ModelForm):
    """The name of a folder; its instance has the owner."""

    class Meta:
        model = Folder
        fields = ["name"]
        labels = {"name": "Name of the folder"}
        error_messages = {"name": {"required": "Give the folder a name."}}

    def clean_name(self) -> str:
        """The name with single spaces; refuse one that another folder of the owner has."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        others = Folder.objects.of(self.instance.user).exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError(NAME_TAKEN)
        return name
