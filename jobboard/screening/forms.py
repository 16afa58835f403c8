"""Forms with which a team says what it asks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from jobboard.postings.models import Posting
from jobboard.screening.coding import parse, written
from jobboard.screening.models import MOST_CHOICES, Exercise, Question

MOST_CASE = 6_000  # characters


class Lines(forms.CharField):
    """Several values, one on each line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        """A stored list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """The lines that are not empty, each once."""
        lines = [" ".join(line.split()) for line in str(super().clean(value)).splitlines()]
        found = list(dict.fromkeys(filter(None, lines)))
        if len(found) > MOST_CHOICES or any(len(line) > 120 for line in found):
            raise ValidationError(f"Write at most {MOST_CHOICES} lines of at most 120 characters.")
        return found


class QuestionForm(forms.ModelForm):
    """One question. What does not belong to its kind of answer is dropped."""

    choices = Lines(label="Choices", required=False, max_length=2_000, help_text="At least two, one on each line.")
    accepted = Lines(
        label="Needed choices", required=False, max_length=2_000, help_text="Those you accept, one on each line."
    )

    class Meta:
        model = Question
        fields = ["text", "kind", "choices", "required", "decisive", "wanted", "least", "accepted"]
        labels = {"decisive": "One answer decides"}
        help_texts = {"decisive": "Say which below; other answers are marked for your team."}
        widgets = {"kind": forms.RadioSelect, "least": forms.TextInput(attrs={"inputmode": "decimal"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = self.fields["kind"]
        kinds.choices = Question.Kind.choices  # type: ignore[attr-defined]  # without an empty one
        kinds.initial = Question.Kind.YES_NO
        wanted = self.fields["wanted"]
        wanted.choices = [("", "Choose"), ("yes", "Yes"), ("no", "No")]  # type: ignore[attr-defined]
        for name in ("choices", "wanted", "least", "accepted"):
            vars(self.fields[name])["asked_later"] = True  # needed or not by the kind of answer: not "optional"

    def clean(self) -> dict[str, Any]:
        """Keep what the kind of answer needs, and ask for what it lacks."""
        cleaned = super().clean() or self.cleaned_data
        kind, decisive = cleaned.get("kind"), cleaned.get("decisive")
        if kind == Question.Kind.CHOICE and len(cleaned.get("choices") or []) < 2 and "choices" not in self.errors:
            self.add_error("choices", "Write at least two choices, one on each line.")
        if kind != Question.Kind.CHOICE:
            cleaned["choices"] = cleaned["accepted"] = []
        if kind != Question.Kind.YES_NO or not decisive:
            cleaned["wanted"] = ""
        if kind != Question.Kind.NUMBER or not decisive:
            cleaned["least"] = None
        if decisive:
            self._check_decisive(kind, cleaned)
        else:
            cleaned["accepted"] = []
        return cleaned

    def _check_decisive(self, kind: str | None, cleaned: dict[str, Any]) -> None:
        """A decisive question must be answered, and say what is needed."""
        cleaned["required"] = True
        if kind == Question.Kind.TEXT:
            self.add_error("decisive", "Text cannot decide by itself: choose another kind of answer.")
        if kind == Question.Kind.YES_NO and not cleaned.get("wanted"):
            self.add_error("wanted", "Say which answer you need.")
        if kind == Question.Kind.NUMBER and cleaned.get("least") is None and "least" not in self.errors:
            self.add_error("least", "Say the least number that you need.")
        if kind == Question.Kind.CHOICE and not self.errors:
            unknown = [each for each in cleaned["accepted"] if each not in cleaned["choices"]]
            if unknown or not cleaned["accepted"]:
                what = f"“{unknown[0]}” is none of the choices." if unknown else "Say which choices you accept."
                self.add_error("accepted", what)


class ExerciseForm(forms.ModelForm):
    """The case and the codes that a good answer holds."""

    expected = forms.CharField(
        label="Expected codes",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="One on each line; modifiers after a hyphen, such as 20680-RT. Candidates never see them.",
    )

    class Meta:
        model = Exercise
        fields = ["case", "expected", "required"]
        widgets = {"case": forms.Textarea(attrs={"rows": 12, "maxlength": MOST_CASE})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["expected"] = written(self.instance.expected or [])

    def clean_case(self) -> str:
        """A case of a length that can be read in a quarter of an hour."""
        case: str = self.cleaned_data["case"].replace("\r\n", "\n").strip()
        if len(case) > MOST_CASE:
            raise ValidationError(f"Shorten the case to {MOST_CASE:,} characters; it has {len(case):,}.")
        return case

    def clean_expected(self) -> list[str]:
        """The codes. Refuses what is none."""
        return parse(self.cleaned_data["expected"])


class CopyForm(forms.Form):
    """Another posting of the same employer, whose questions are copied."""

    source = forms.ModelChoiceField(Posting.objects.none(), label="Copy from", empty_label="Choose a posting")

    def __init__(self, *args: Any, posting: Posting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Posting.objects.filter(employer=posting.employer_id, questions__isnull=False).exclude(pk=posting.pk)
        self.fields["source"].queryset = others.distinct().order_by("-pk")  # type: ignore[attr-defined]
