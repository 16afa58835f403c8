"""The forms of this app: sending a file, and naming a key."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from jobboard.imports.models import Key
from jobboard.imports.reading import Refused, Sheet, read
from jobboard.sizes import megabytes

DRAFTS, REVIEW = "drafts", "review"


class UploadForm(forms.Form):
    """A file of postings. `sheet` is what was read of it."""

    file = forms.FileField(
        allow_empty_file=True,  # said in our own words
        label="CSV or XML file",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xml,.txt,text/csv,text/xml,application/xml"}),
    )
    then = forms.ChoiceField(
        choices=[
            (DRAFTS, "Keep new postings as drafts: your team submits them when they are right"),
            (REVIEW, "Send new postings and drafts straight to review"),
        ],
        initial=DRAFTS,
        widget=forms.RadioSelect,
        label="What is new",
    )
    whole = forms.BooleanField(
        required=False,
        label="This is the whole list: close open postings that it leaves out",
        help_text="Only postings that have a reference are closed, as “No longer hiring”. You see each one first.",
    )

    sheet: Sheet

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The limits stand where the file is chosen."""
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = (
            f"At most {settings.IMPORT_MAX_LINES:,} postings, {megabytes(settings.IMPORT_MAX_BYTES)}, in UTF-8. "
            "Nothing is changed yet: the next page shows line by line what would happen."
        )

    def clean_file(self) -> UploadedFile:
        """Read it. Refuses what is no list of postings, saying what to do."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.IMPORT_MAX_BYTES:
            size, most = megabytes(file.size or 0), megabytes(settings.IMPORT_MAX_BYTES)
            raise forms.ValidationError(f"This file has {size}, and {most} are the most. Split it.")
        try:
            self.sheet = read(file.read())
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None
        return file

    @property
    def name(self) -> str:
        """The name of the file without any folder, as far as it is stored."""
        return PurePath(self.cleaned_data["file"].name.replace("\x00", "")).name[:200]


class KeyForm(forms.ModelForm):
    """The name of a new key."""

    class Meta:
        model = Key
        fields = ("name",)
        labels = {"name": "What will use it"}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "off", "placeholder": "Applicant system, nightly"})}
