"""Forms of an employer's team: moving an application, and what is written about it and to its candidate."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from accounts.models import User
from jobboard.applications.forms import PlainText
from jobboard.applications.letters import STARTING, WITHOUT_SUBJECT, Letter, known_placeholders
from jobboard.applications.models import MOST_MESSAGE, MOST_NOTE, Application, MailTemplate, Rating
from jobboard.applications.models.template import STATES
from jobboard.applications.vocabulary import State
from jobboard.employers.models import Employer

NO_HEALTH = "Leave out health details, patients' and your own: a thread is no place for them."
STARS = [("", "No rating"), *((str(stars), f"{stars} of {Rating.MOST}") for stars in range(1, Rating.MOST + 1))]


class StateForm(forms.Form):
    """The state that a team puts an application into, the one it was shown in, and what the candidate is told.

    A step that begins a mail of some length is asked about once more before it is taken (`asks_first`): then `sure`
    comes with it, and the words that were looked at.
    """

    state = forms.ChoiceField(label="State", choices=State.choices)
    seen = forms.ChoiceField(choices=State.choices, widget=forms.HiddenInput)
    tell = forms.BooleanField(label="Tell the candidate by mail", required=False, initial=True)
    back = forms.CharField(required=False, widget=forms.HiddenInput)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
    subject = forms.CharField(max_length=120, required=False)
    text = PlainText(
        label="Message",
        max_length=MOST_MESSAGE,
        required=False,
        help_text=f"Needed for the mail: none goes out empty. {NO_HEALTH}",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vars(self.fields["text"])["asked_later"] = True  # needed where there is a mail, never "optional"

    def say_to(self, application: Application) -> None:
        """Name the subject that this candidate reads where none is written."""
        standard = Letter(WITHOUT_SUBJECT, "").filled_for(application).subject
        self.fields["subject"].help_text = format_html("Left empty, it is “{}”.", standard)

    @property
    def asks_first(self) -> bool:
        """Whether the change is to be looked at once more before it is made."""
        data = self.cleaned_data
        return data["state"] != data["seen"] and data["state"] in STARTING and not data["sure"]

    @property
    def letter(self) -> Letter | None:
        """What the candidate is told; None: only that there is a new state, or nothing."""
        data = self.cleaned_data
        return Letter(data["subject"], data["text"]) if data["sure"] and data["tell"] else None

    def clean(self) -> dict[str, Any]:
        """Ask for a text where one is to be sent."""
        data = super().clean() or self.cleaned_data
        if data.get("sure") and data.get("tell") and "text" not in self.errors and not data.get("text"):
            self.add_error("text", "Write what the candidate is told, or take away the tick above.")
        return data


class NoteForm(forms.Form):
    """A note for the team."""

    text = PlainText(
        label="Note",
        max_length=MOST_NOTE,
        help_text="Only your team reads it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RatingForm(forms.Form):
    """The stars of one member, or none."""

    stars = forms.TypedChoiceField(label="Your rating", choices=STARS, coerce=int, empty_value=None, required=False)


class MessageForm(forms.Form):
    """A message to the other side."""

    text = PlainText(
        label="Message", max_length=MOST_MESSAGE, help_text=NO_HEALTH, widget=forms.Textarea(attrs={"rows": 5})
    )


class MailTemplateForm(forms.ModelForm):
    """A text to write to candidates from, and the version of it that was shown."""

    text = PlainText(
        max_length=MOST_MESSAGE,
        validators=[known_placeholders],
        help_text=NO_HEALTH,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    class Meta:
        model = MailTemplate
        fields = ["name", "state", "subject", "text"]
        help_texts = {
            "name": "Only your team reads it.",
            "state": "The text that stands ready when somebody is moved there.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version
        state = self.fields["state"]
        if isinstance(state, forms.ChoiceField):
            state.choices = [("", "No step: chosen by hand"), *STATES]

    @property
    def letter(self) -> Letter:
        """What stands in it now, good or not, to be looked at as a mail."""
        return Letter(*(str(self[name].value() or "") for name in Letter._fields))

    def validate_constraints(self) -> None:
        """Compare with the employer's other templates too, which the form does not show."""
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self.add_error(None, error)


class PreviewForm(forms.Form):
    """The applicant whose name is filled into a preview."""

    reader = forms.ModelChoiceField(
        Application.objects.none(), label="As this applicant would read it", empty_label=None
    )

    MOST = 20  # applicants to choose from, the latest

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.employer = employer
        latest = Application.objects.filter(posting__employer=employer).readable().select_related("candidate")
        self.latest = list(latest.order_by("-sent_at", "-id")[: self.MOST])
        reader = self.fields["reader"]
        if isinstance(reader, forms.ModelChoiceField):
            reader.queryset = latest
            reader.choices = [(each.pk, f"{each.name}, {each.posting_title}") for each in self.latest]

    @property
    def application(self) -> Application:
        """The chosen one, or the latest; an invented one where nobody has applied."""
        chosen = self.cleaned_data.get("reader") if self.is_valid() else None
        return chosen or next(iter(self.latest), None) or invented(self.employer)


def invented(employer: Employer) -> Application:
    """An application of nobody, which is not stored."""
    nobody = User(name="Robin Reyes", email="robin@example.org")
    return Application(
        pk=0, candidate=nobody, name=nobody.name, posting_title="Outpatient coder", posting_employer=employer.name
    )
