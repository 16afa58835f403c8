"""Many applications at once: moved to a column or written to, after a look at each mail as it will be sent.

What is confirmed is what was shown: where the words differ from those that were looked at, the mails are shown again.
Each application is a change of its own, from the state it was shown in. One that moved meanwhile is left out and named;
confirming a second time does nothing a second time.
"""

from hashlib import sha256
from typing import Any, NamedTuple
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.request import PersonRequest
from jobboard.applications import mails
from jobboard.applications.forms import PlainText
from jobboard.applications.forms_team import NO_HEALTH
from jobboard.applications.letters import STARTING, WITHOUT_SUBJECT, Letter, known_placeholders
from jobboard.applications.models import (
    MOST_MESSAGE,
    Application,
    LimitReached,
    MailTemplate,
    StaleState,
    WrittenBefore,
)
from jobboard.applications.moving import came_from
from jobboard.applications.vocabulary import State
from jobboard.employers.access import writing
from jobboard.employers.models import Employer, Member
from jobboard.mail import Wording

MOST = 100  # applications at once
MOVE, WRITE = "move", "write"  # what is done, before the colon; a state or a template's id stands after it
NONE_CHOSEN = "Tick the applicants first, then choose what to do with them."
TOO_MANY = f"{MOST} applicants at once are as many as one change takes. Untick some."
CHANGED = "You changed the words. These are the mails as they stand now; nothing is sent yet."


class Chosen(NamedTuple):
    """An application, the state it was shown in, and the mail its candidate would get."""

    application: Application
    seen: str
    mail: Wording | None = None


def deeds(employer: Employer) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be done with many: a move to each column, or a message from nothing or from a template, in groups."""
    moves = [(f"{MOVE}:{value}", label) for value, label in State.choices]
    own = employer.mail_templates.values_list("pk", "name")
    writes = [(f"{WRITE}:", "Your own words"), *((f"{WRITE}:{pk}", name) for pk, name in own)]
    return [("Move to", moves), ("Write a message", writes)]


class TogetherForm(forms.Form):
    """What is done with those chosen, in which words, and a mark of what was looked at."""

    deed = forms.ChoiceField(label="What to do")
    tell = forms.BooleanField(label="Tell each of them by mail", required=False)
    back = forms.CharField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    batch = forms.UUIDField(required=False, widget=forms.HiddenInput)
    subject = forms.CharField(
        max_length=120,
        required=False,
        validators=[known_placeholders],
        help_text=f"Left empty, it is “{WITHOUT_SUBJECT}”.",
    )
    text = PlainText(
        label="Message",
        max_length=MOST_MESSAGE,
        required=False,
        validators=[known_placeholders],
        help_text=f"{{name}}, {{posting}} and {{employer}} are filled in for each. {NO_HEALTH}",
    )

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.employer = employer
        vars(self.fields["text"])["asked_later"] = True  # needed where there is a mail, never "optional"
        deed = self.fields["deed"]
        if isinstance(deed, forms.ChoiceField):
            deed.choices = deeds(employer)

    @property
    def state(self) -> str:
        """The column that is moved to; empty for a message."""
        kind, _, what = self.data.get("deed", "").partition(":")
        return what if kind == MOVE else ""

    @property
    def tells(self) -> bool:
        """Whether anybody gets a mail."""
        return not self.state or bool(self.cleaned_data.get("tell"))

    @property
    def has_words(self) -> bool:
        """Whether the mail is a letter of the team; else it says no more than that there is a new state."""
        return self.tells and (not self.state or self.state in STARTING)

    @property
    def letter(self) -> Letter | None:
        """The words as they stand in the form, good or not."""
        if not self.has_words:
            return None
        return Letter(*(str(self.cleaned_data.get(name, self[name].value()) or "") for name in Letter._fields))

    @property
    def is_ready(self) -> bool:
        """Whether there are mails to look at."""
        return self.tells and (self.letter is None or bool(self.letter.text))

    def starting(self) -> Letter:
        """The words to begin with: of the team's template, or ours for the step, or none."""
        template = self.data["deed"].partition(":")[2]
        if self.state:
            return MailTemplate.objects.letter_for(self.employer.pk, self.state) or Letter("", "")
        kept = MailTemplate.objects.filter(employer=self.employer, pk=template).first() if template else None
        return kept.letter if kept else Letter("", "")

    def clean(self) -> dict[str, Any]:
        """Ask for a text where one is to be sent."""
        data = super().clean() or self.cleaned_data
        if self.has_words and data.get("shown") and "text" not in self.errors and not data.get("text"):
            self.add_error("text", "Write what they are told.")
        return data


@require_POST
def together(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what a change of many would do and each mail it sends, or make it once that was looked at."""
    me = writing(request.user, pk)
    back = came_from(request.POST.get("back", ""), f"{reverse('hiring_all_applicants')}?employer={me.employer.slug}")
    try:
        chosen = _chosen(request, me)
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect(back)
    form = TogetherForm(request.POST, employer=me.employer)
    form.full_clean()
    if "deed" in form.errors:
        messages.warning(request, "Choose what to do with those you ticked.")
        return redirect(back)
    if not form.cleaned_data.get("shown"):
        return _look(request, me, form, chosen, back, begun=False)
    if "look" in request.POST or form.errors:
        return _look(request, me, form, chosen, back)
    if _mark(form) != form.cleaned_data["shown"] or not form.cleaned_data["batch"]:
        return _look(request, me, form, chosen, back, note=CHANGED)
    return _carry_out(request, form, chosen, back)


def _chosen(request: PersonRequest, me: Member) -> list[Chosen]:
    """Those ticked, each as "id:state". 404 for one that is not this employer's. Raises ValidationError."""
    seen: dict[int, str] = {}
    for value in request.POST.getlist("chosen"):
        number, _, state = value.partition(":")
        if not (number.isascii() and number.isdecimal() and len(number) < 19 and state in State.values):
            raise Http404("No application is called so.")
        seen[int(number)] = state
    if not seen:
        raise ValidationError(NONE_CHOSEN)
    if len(seen) > MOST:
        raise ValidationError(TOO_MANY)
    sent = Application.objects.filter(posting__employer=me.employer_id, pk__in=seen)
    found = sent.select_related("candidate", "posting__employer").order_by("name", "pk")
    if len(found) != len(seen):
        raise Http404("One of these applications is not to this employer.")
    return [Chosen(each, seen[each.pk]) for each in found]


def _look(
    request: PersonRequest,
    me: Member,
    form: TogetherForm,
    chosen: list[Chosen],
    back: str,
    *,
    begun: bool = True,
    note: str = "",
) -> HttpResponse:
    """The page with each mail as it will be sent; nothing is changed. `begun`: the words in the form are its own."""
    if not begun:
        words = form.starting()._asdict() if form.has_words else {}
        form = TogetherForm({**request.POST.dict(), **words, "batch": str(uuid4())}, employer=me.employer)
        form.full_clean()
    taking = [each for each in chosen if _stands(each) and each.application.state != form.state]
    if form.is_ready:
        taking = [each._replace(mail=_mail(each.application, form)) for each in taking]
    form.data = {**dict(form.data.items()), "shown": _mark(form)}
    kept = {each.application.pk for each in taking}
    context = {
        "employer": me.employer,
        "form": form,
        "chosen": taking,
        "left_out": [each.application for each in chosen if each.application.pk not in kept],
        "wanted": State(form.state).label if form.state else "",
        "back": back,
        "note": note,
    }
    return render(request, "applications/together.html", context, status=422 if begun and form.errors else 200)


def _stands(chosen: Chosen) -> bool:
    """Whether it is where it was when it was ticked."""
    return chosen.application.withdrawn_at is None and chosen.application.state == chosen.seen


def _mail(application: Application, form: TogetherForm) -> Wording:
    """The mail as this candidate would get it."""
    letter = form.letter
    return mails.as_sent(application, letter.filled_for(application) if letter else None, form.state)


def _mark(form: TogetherForm) -> str:
    """A fingerprint of what is done in which words: what is confirmed must have the one of what was shown."""
    words = form.letter or Letter("", "")
    parts = (form.data.get("deed", ""), str(form.tells), str(form.cleaned_data.get("batch")), *words)
    return sha256("\0".join(parts).encode()).hexdigest()


def _carry_out(request: PersonRequest, form: TogetherForm, chosen: list[Chosen], back: str) -> HttpResponse:
    """Change each of them, in a transaction of its own with its mail, and say what became of them."""
    done, left_out = 0, []
    for application, seen, _ in chosen:
        try:
            _change(request, form, application, seen)
        except StaleState:
            application.refresh_from_db(fields=["state", "withdrawn_at"])
            left_out.append(f"{application.name} (now “{application.shown}”)")
        except WrittenBefore:
            left_out.append(f"{application.name} (has this message)")
        except LimitReached:
            left_out.append(f"{application.name} (has got as many messages today as one may)")
        else:
            done += 1
    if done:
        messages.success(request, _told(form, done))
    if left_out:
        messages.warning(request, f"Left as they were: {', '.join(left_out)}.")
    return redirect(back)


def _change(request: PersonRequest, form: TogetherForm, application: Application, seen: str) -> None:
    """Move one or write to one. Raises StaleState, WrittenBefore and LimitReached."""
    at, letter = timezone.now(), form.letter
    words = letter.filled_for(application) if letter else None
    if form.state and form.state == seen:
        raise StaleState
    if form.state:
        application.move(at, request.user, form.state, seen, tell=form.tells, letter=words)
    elif words:
        application.write(at, request.user, words, seen=seen, batch=form.cleaned_data["batch"])


def _told(form: TogetherForm, done: int) -> str:
    """What was done, in a sentence."""
    people = f"{done} applicant{'s' if done > 1 else ''}"
    if not form.state:
        return f"Your message went to {people}."
    mailed = "and told by mail" if form.tells else "without a mail"
    return f"{people} moved to “{State(form.state).label}” {mailed}."
