"""The pages on which a team keeps its texts for writing to candidates, each looked at as the mail it becomes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.request import PersonRequest
from jobboard.applications import mails
from jobboard.applications.forms_team import MailTemplateForm, PreviewForm
from jobboard.applications.letters import PLACEHOLDERS, STARTING, words_of
from jobboard.applications.models import MailTemplate, StaleTemplate, TemplateTaken, TooManyMailTemplates
from jobboard.applications.models.template import STATES
from jobboard.employers.access import membership, must_write, writing
from jobboard.employers.models import Member

TOO_MANY = f"Your team keeps {MailTemplate.MOST} templates, which is the most. Remove one first."
TAKEN = "A colleague kept one of this name, or for this step, a moment ago. Give it another name, or another step."
STALE = (
    "A colleague changed this template since you opened it. Below is what you wrote; keeping it again replaces theirs."
)


def usable(user: User, pk: int) -> tuple[MailTemplate, Member]:
    """A template of a team this person writes for, and their place there. 404 to everybody else, 403 to viewers."""
    template = get_object_or_404(MailTemplate.objects.for_team(user), pk=pk)
    me = Member.objects.select_related("employer").get(user=user, employer=template.employer_id)
    must_write(me)
    return template, me


@never_cache
@require_safe
def templates(request: PersonRequest, pk: int) -> HttpResponse:
    """List a team's templates by name, and the texts of ours that stand ready for the other steps."""
    me = membership(request.user, pk)
    kept = list(me.employer.mail_templates.select_related("edited_by"))
    own = {each.state for each in kept}
    context = {
        "me": me,
        "employer": me.employer,
        "kept": kept,
        "starting": [(state, label, STARTING[state]) for state, label in STATES if state not in own],
        "may_write": me.may_write and me.employer.suspended_at is None,
    }
    return render(request, "applications/mail_templates.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def template_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Write a new one, from nothing or from our text for a step."""
    me = writing(request.user, pk)
    state = request.GET.get("state", "")
    ours = STARTING.get(state)
    label = dict(STATES).get(state, "")
    initial = {"state": state, "name": label} | ours._asdict() if ours else {}
    return _write(request, me, MailTemplate(employer=me.employer), initial)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def template_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change one."""
    template, me = usable(request.user, pk)
    return _write(request, me, template)


@require_POST
def template_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget one; what was written from it stays."""
    template, me = usable(request.user, pk)
    template.delete()
    messages.success(request, f"The template “{template}” is removed. Messages written from it stay as they are.")
    return redirect("mail_templates", me.employer_id)


def _write(
    request: PersonRequest, me: Member, template: MailTemplate, initial: dict[str, str] | None = None
) -> HttpResponse:
    """The form, and beside it the mail that it becomes; a POST with `look` shows that anew and keeps nothing."""
    if "look" in request.POST:
        form, status = MailTemplateForm(instance=template, initial=request.POST.dict()), 200
    elif request.method == "POST":
        form = MailTemplateForm(request.POST, instance=template)
        status = _keep(request, form)
        if not form.errors:
            messages.success(request, f"The template “{template}” is kept.")
            return redirect("mail_templates", me.employer_id)
    else:
        form, status = MailTemplateForm(instance=template, initial=initial), 200
    chosen = PreviewForm(request.POST or None, employer=me.employer)
    context = {"employer": me.employer, "template": template, "form": form, "chosen": chosen, **_shown(form, chosen)}
    part = "#shown" if request.headers.get("HX-Target") == "shown" else ""
    return render(request, f"applications/mail_template.html{part}", context, status=status)


def _keep(request: PersonRequest, form: MailTemplateForm) -> int:
    """Store what the form holds. What keeps it from being stored is in its errors, and the status is returned."""
    if not form.is_valid():
        return 422
    at, by, template = timezone.now(), request.user, form.instance
    try:
        if template.pk:
            template.edit(at, by, form.cleaned_data["seen"])
        else:
            template.keep(at, by)
    except StaleTemplate:
        return _overtaken(form)
    except TemplateTaken:
        form.add_error("name", TAKEN)
        return 409
    except TooManyMailTemplates:
        form.add_error(None, TOO_MANY)
        return 422
    return 302


def _overtaken(form: MailTemplateForm) -> int:
    """Say that a colleague was first, and let what was written be kept over it."""
    current = MailTemplate.objects.filter(pk=form.instance.pk).values_list("version", flat=True).first()
    if current is None:
        raise Http404("This template was removed meanwhile.")
    form.data = {**dict(form.data.items()), "seen": str(current)}
    form.add_error(None, STALE)
    return 409


def _shown(form: MailTemplateForm, chosen: PreviewForm) -> dict[str, object]:
    """The mail as its reader would get it, and what stands for each placeholder in it."""
    reader = chosen.application
    state = str(form["state"].value() or "")
    words = words_of(reader)
    return {
        "reader": reader,
        "mail": mails.as_sent(reader, form.letter.filled_for(reader), state if state in STARTING else ""),
        "placeholders": [("{" + name + "}", meaning, words[name]) for name, meaning in PLACEHOLDERS.items()],
    }
