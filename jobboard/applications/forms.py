"""Forms of an application."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.timezone import localtime

from jobboard.applications.kept import KeptResume, KeptResumeQuerySet
from jobboard.applications.models import MOST_LETTER, Application
from jobboard.applications.resumes import Resume, checked
from jobboard.sizes import megabytes

CHOOSE_AGAIN = "The file was fine, but browsers do not keep a chosen file: please choose it once more."
GONE = "The resume you sent before is no longer stored. Choose your file."
NAME_TAKEN = "You keep a resume of this name already. Give this one another name."
NONE_CHOSEN = "Choose one of your resumes, or a file from this device."


class PlainText(forms.CharField):
    """Text of several lines, counted as its writer counts: browsers send a line break as two characters."""

    widget = forms.Textarea(attrs={"rows": 10})

    def to_python(self, value: object) -> str:
        """The text with plain line breaks."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class ResumeChoice(forms.ModelChoiceField):
    """One of the resumes a person keeps, by the name they gave it."""

    def label_from_instance(self, obj: KeptResume) -> str:
        """The name, and what tells the file."""
        return f"{obj.name} ({obj.file_name}, {obj.size_text})"


class ApplyForm(forms.ModelForm):
    """What a candidate sends. After `is_valid`, `resume` holds the checked file, or a copy of a kept one.

    A file that was chosen goes before any resume that is marked. Whoever keeps none may send the last one again.
    """

    letter = PlainText(max_length=MOST_LETTER, required=False, help_text="Plain text: why this job, and what to know.")
    kept = ResumeChoice(
        KeptResume.objects.none(),
        required=False,
        label="Resume",
        blank=True,
        empty_label="A file from this device",
        widget=forms.RadioSelect,
    )
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
        self.answers_refused = ""  # why answers asked besides are refused, so that nothing is sent without them
        self.instance.consent = (
            f"I agree that {self.instance.posting.employer.name} receives my name, e-mail address, letter, resume and "
            "profile for this job."
        )
        self.fields["agreed"].label = self.instance.consent
        limits = f"PDF or Word (.docx), up to {megabytes(settings.RESUME_MAX_BYTES)}."
        kept = KeptResume.objects.of(self.instance.candidate)
        if kept:
            limits += " It is sent instead of the one marked above."
            self._offer(kept)
        else:
            del self.fields["kept"]
        if last is not None and not kept:
            sent = date_format(localtime(last.sent_at), "F j, Y")
            limits += f" Choose none to send {last.resume_name} again, as on {sent}."
        self.fields["file"].help_text = limits
        self.fields["file"].required = last is None and not kept

    def _offer(self, kept: KeptResumeQuerySet) -> None:
        """Let one of these be marked; the default is, until another one is."""
        choice = self.fields["kept"]
        if isinstance(choice, ResumeChoice):
            choice.queryset, choice.initial = kept, kept[0].pk if kept[0].is_default else None
        self.fields["file"].label = "File from this device"

    def clean(self) -> dict[str, Any]:
        """Take the marked resume where no file was chosen."""
        cleaned = super().clean() or self.cleaned_data
        if self.answers_refused:
            self.add_error(None, self.answers_refused)
        if "kept" in self.fields and self.resume is None and not self.errors.keys() & {"kept", "file"}:
            try:
                self.resume = self._marked(cleaned.get("kept"))
            except ValidationError as error:
                self.add_error("kept", error)
        return cleaned

    @staticmethod
    def _marked(kept: KeptResume | None) -> Resume:
        if kept is None:
            raise ValidationError(NONE_CHOSEN)
        return kept.copy()

    def clean_file(self) -> UploadedFile | None:
        """Check what was chosen; where nothing was, take the resume that was sent last."""
        upload: UploadedFile | None = self.cleaned_data["file"]
        if upload is not None:
            self.resume = checked(upload)
        elif self.last is not None and "kept" not in self.fields:
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
        if self.is_bound and self.errors and self.files.get("file"):
            # No resume stays marked, or the next try would send it in place of the file.
            self.data = MultiValueDict({**dict(self.data.lists()), self.add_prefix("kept"): [""]})  # type: ignore[attr-defined]


class KeepForm(forms.ModelForm):
    """A resume to keep. After `is_valid`, `resume` holds the checked file."""

    file = forms.FileField(
        allow_empty_file=True,  # refused in our own words
        error_messages={"required": "Choose the file with your resume."},
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
    )

    class Meta:
        model = KeptResume
        fields = ["name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.resume: Resume | None = None
        self.fields["file"].help_text = f"PDF or Word (.docx), up to {megabytes(settings.RESUME_MAX_BYTES)}."

    def clean_name(self) -> str:
        """One line, no runs of spaces, and a name of its own."""
        return own_name(self.cleaned_data["name"], self.instance)

    def clean_file(self) -> UploadedFile:
        """Check what was chosen by its content."""
        upload: UploadedFile = self.cleaned_data["file"]
        self.resume = checked(upload)
        return upload

    def full_clean(self) -> None:
        """Say that a good file is to be chosen again where the name was refused."""
        super().full_clean()
        if self.is_bound and self.errors and self.files.get("file") and "file" not in self.errors:
            self.add_error("file", CHOOSE_AGAIN)


class RenameForm(forms.ModelForm):
    """Another name for a resume."""

    class Meta:
        model = KeptResume
        fields = ["name"]

    def clean_name(self) -> str:
        """As of a new one."""
        return own_name(self.cleaned_data["name"], self.instance)


def own_name(name: str, resume: KeptResume) -> str:
    """A resume's name on one line. Raises ValidationError where its owner gave it to another one."""
    plain = " ".join(name.split())
    if KeptResume.objects.filter(user=resume.user_id, name__iexact=plain).exclude(pk=resume.pk).exists():
        raise ValidationError(NAME_TAKEN)
    return plain
