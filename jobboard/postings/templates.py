"""The templates of an employer's team: postings kept to start others from."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.request import PersonRequest
from jobboard.employers.access import membership, must_write
from jobboard.employers.models import Member
from jobboard.postings import steps
from jobboard.postings.forms import TemplateForm
from jobboard.postings.hiring import posting_page, writable
from jobboard.postings.models import NameTaken, Template, TooManyTemplates

TAKEN = "Your team has a template of this name. Choose another, or delete that one first."


def usable(user: User, pk: int) -> Template:
    """A template of a team this person writes for. 404 to everybody else, 403 to viewers."""
    template = get_object_or_404(Template.objects.for_team(user).select_related("employer"), pk=pk)
    must_write(Member.objects.select_related("employer").get(user=user, employer=template.employer_id))
    return template


@require_safe
def templates(request: PersonRequest, pk: int) -> HttpResponse:
    """List a team's templates by name."""
    return _page(request, pk)


def _page(request: PersonRequest, pk: int, refused: tuple[int, TemplateForm] | None = None) -> HttpResponse:
    """The list, with the refused form of one of them."""
    me = membership(request.user, pk)
    kept = me.employer.templates.select_related("created_by")
    at = refused[0] if refused else None
    forms = [(each, refused[1] if refused and each.pk == at else _form(each)) for each in kept]
    context = {"me": me, "employer": me.employer, "forms": forms, "most": Template.MOST}
    context["may_write"] = me.may_write and me.employer.suspended_at is None
    return render(request, "hiring/templates.html", context, status=422 if refused else 200)


def _form(template: Template) -> TemplateForm:
    return TemplateForm(initial={"name": template.name}, auto_id=f"id_%s_{template.pk}")


@require_POST
def template_keep(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep a posting's content as a template."""
    posting = writable(request.user, pk)
    form = TemplateForm(request.POST)
    if not form.is_valid():
        return posting_page(request, pk, status=422, template_form=form)
    try:
        Template.keep(posting, form.cleaned_data["name"], timezone.now(), request.user)
    except NameTaken:
        form.add_error("name", TAKEN)
        return posting_page(request, pk, status=422, template_form=form)
    except TooManyTemplates:
        form.add_error("name", f"Your team keeps {Template.MOST} templates, which is the most. Delete one first.")
        return posting_page(request, pk, status=422, template_form=form)
    messages.success(request, "Kept as a template. The next posting can start from it.")
    return redirect("templates", posting.employer_id)


@require_POST
def template_start(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin a posting from a template."""
    posting = usable(request.user, pk).start(timezone.now(), request.user)
    messages.success(request, "A new draft, as the template has it. Change what is different this time.")
    return redirect(steps.written()[0].url(posting))


@require_POST
def template_rename(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a template another name."""
    template = usable(request.user, pk)
    form = TemplateForm(request.POST, auto_id=f"id_%s_{template.pk}")
    if form.is_valid():
        try:
            template.rename(form.cleaned_data["name"])
        except NameTaken:
            form.add_error("name", TAKEN)
    if form.errors:
        return _page(request, template.employer_id, (template.pk, form))
    messages.success(request, f"Renamed to “{template}”.")
    return redirect("templates", template.employer_id)


@require_POST
def template_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget a template; what was written from it stays."""
    template = usable(request.user, pk)
    template.delete()
    messages.success(request, f"The template “{template}” is deleted.")
    return redirect("templates", template.employer_id)
