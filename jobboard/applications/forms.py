"""Forms of an application."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import date_format
from django.utils.timezone import localtime

from jobboard.applications.models import MOST_LETTER, Application
from jobboard.applications.resumes import Resume, checked, megabytes

CHOOSE_AGAIN = "The file was fine, but browsers do not keep a chosen file: please choose it once more."
GONE = "The resume you sent before is no longer stored. Choose your file."


class PlainText(forms.CharField):
    """Text of several lines, counted as its writer counts: browsers send a line break as two characters."""

    widget = forms.Textarea(attrs={"rows": 10})

    def to_python(self, value: object) -> str:
        """The text with plain line breaks."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class ApplyForm(forms.ModelForm):
    """What a candidate sends. After `is_valid`, `resume` holds the checked file, or a copy of the last one sent."""

    letter = PlainText(max_length=MOST_LETTER, required=False, help_text="Plain text: why this job, and what to know.")
    file = forms.FileField(
        label="Resume",
        allow_empty_file=True,  # refused in our own words
        error_messages={"required": "Choose the file with your resume."},
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
    )
    agreed = forms.BooleanField(error_messages={"required": "Without your agreement nothing is sent."})

    class Meta:
        model = Application
        fields = ["name", "letter"]
        labels = {"name": "Your name"}
        help_texts = {"name": "As the employer should read it."}

    def __init__(self, *args: Any, last: Application | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last = last
        self.resume: Resume | None = None
        self.instance.consent = (
            f"I agree that {self.instance.posting.employer.name} receives my name, e-mail address, letter, resume and "
            "profile for this job."
        )
        self.fields["agreed"].label = self.instance.consent
        limits = f"PDF or Word (.docx), up to {megabytes(settings.RESUME_MAX_BYTES)}."
        if last is not None:
            sent = date_format(localtime(last.sent_at), "F j, Y")
            limits += f" Choose none to send {last.resume_name} again, as on {sent}."
        self.fields["file"].help_text = limits
        self.fields["file"].required = last is None

    def clean_file(self) -> UploadedFile | None:
        """Check what was chosen; where nothing was, take the resume that was sent last."""
        upload: UploadedFile | None = self.cleaned_data["file"]
        if upload is not None:
            self.resume = checked(upload)
        elif self.last is not None:
            self.resume = self._last_resume(self.last)
        return upload

    @staticmethod
    def _last_resume(last: Application) -> Resume:
        try:
            with last.resume.open("rb") as file:
                return Resume(ContentFile(file.read()), last.resume_name)
        except FileNotFoundError as error:
            raise ValidationError(GONE) from error

    def full_clean(self) -> None:
        """Say that a good file is to be chosen again where something else was refused."""
        super().full_clean()
        if self.is_bound and self.errors and self.files.get("file") and "file" not in self.errors:
            self.add_error("file", CHOOSE_AGAIN)


class StateForm(forms.Form):
    """The state that a team puts an application into, and the one it was shown in."""

    state = forms.ChoiceField(label="State", choices=Application.State.choices)
    seen = forms.ChoiceField(choices=Application.State.choices, widget=forms.HiddenInput)
