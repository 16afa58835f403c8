"""The questions and the exercise of a posting as fields of the application's form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from jobboard.applications.models import Application
from jobboard.postings.models import Posting
from jobboard.screening.coding import parse
from jobboard.screening.models import Exercise, Question, Screening

PREFIX = "screening"
MOST_TEXT = 2_000  # characters of an answer in words
MOST_CODES_TEXT = 2_000


class CodesField(forms.CharField):
    """Codes as coders write them, as a list of keys."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        """The codes. Refuses what is none."""
        return parse(super().clean(value))


class ScreeningForm(forms.Form):
    """One field for each question, and one for the codes of the exercise."""

    def __init__(self, posting: Posting, data: QueryDict | None) -> None:
        super().__init__(data, prefix=PREFIX)
        self.questions = list(posting.questions.all())
        self.exercise = Exercise.objects.filter(posting=posting).first()
        for question in self.questions:
            self.fields[f"q{question.pk}"] = _field(question)
        if self.exercise:
            self.fields["codes"] = CodesField(
                label="Your codes",
                max_length=MOST_CODES_TEXT,
                required=self.exercise.required,
                help_text="With commas or line breaks between them; modifiers after a hyphen, such as 99213-25.",
            )

    def clean(self) -> dict[str, Any]:
        """Refuse answers to questions that are not asked any more, rather than send others than were read."""
        cleaned = super().clean() or self.cleaned_data
        asked = {self.add_prefix(name) for name in self.fields}
        if any(name.startswith(f"{PREFIX}-") and name not in asked for name in self.data):
            raise ValidationError("The questions were changed meanwhile. Look at them once more.")
        return cleaned

    @property
    def rows(self) -> list[tuple[Question, forms.BoundField]]:
        """Each question with its field."""
        return [(question, self[f"q{question.pk}"]) for question in self.questions]

    def html(self) -> SafeString:
        """The fields, on the application's form."""
        return SafeString(render_to_string("screening/_fields.html", {"form": self, "exercise": self.exercise}))

    def keep(self, application: Application) -> None:
        """Store the answers as they were given, with what was asked."""
        answers = [self._answer(question) for question in self.questions]
        given = self.cleaned_data.get("codes", [])
        Screening.objects.create(
            application=application,
            answers=[answer for answer in answers if answer["answer"]],
            case=self.exercise.case if self.exercise else "",
            expected=self.exercise.expected if self.exercise else [],
            given=given,
        )

    def _answer(self, question: Question) -> dict[str, Any]:
        value = self.cleaned_data[f"q{question.pk}"]
        written = "" if value is None else f"{value.normalize():f}" if question.kind == question.Kind.NUMBER else value
        shown = written.capitalize() if question.kind == question.Kind.YES_NO else written
        met = question.meets(written) if written else None
        return {"question": question.text, "answer": shown, "needed": question.need(), "met": met}


def asked(posting: Posting, data: QueryDict | None) -> ScreeningForm | None:
    """The form of a posting that asks anything; None where it does not."""
    form = ScreeningForm(posting, data)
    return form if form.fields else None


def _field(question: Question) -> forms.Field:
    shared: dict[str, Any] = {"label": question.text, "required": question.required}
    shared["error_messages"] = {"required": "This question must be answered."}
    match question.kind:
        case Question.Kind.YES_NO:
            return forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect, **shared)
        case Question.Kind.CHOICE:
            choices = [(choice, choice) for choice in question.choices]
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **shared)
        case Question.Kind.NUMBER:
            return forms.DecimalField(
                max_digits=8, decimal_places=2, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **shared
            )
    return forms.CharField(max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **shared)
