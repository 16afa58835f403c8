"""Writing a posting: step by step as a draft, all on one page, previewed as it will be published.

What is typed is saved in the background while it is a draft that staff have never seen: htmx sends the form of the page
to the address that the page has by then, and is sent the new version's moment, what is still lacking and how
transparent it is. Of a posting that was submitted before, only the latter: there, saving is a decision.
"""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import replace_url
from django_htmx.middleware import HtmxDetails

from accounts.request import PersonRequest
from jobboard.employers.access import writing
from jobboard.postings import paylaws, steps
from jobboard.postings.forms import PostingForm, StepForm
from jobboard.postings.hiring import missing, readable, stale, writable
from jobboard.postings.models import Incomplete, Posting, StaleState
from jobboard.postings.similar import similar
from jobboard.postings.steps import Step
from jobboard.postings.views import SIMILAR

FIRST = steps.written()[0]
ENDED = "A posting that has ended stays as its readers saw it. Copy or renew it to hire again."


class WritingRequest(PersonRequest):
    """A request as its middleware leaves it, for type checkers: it says whether htmx sent it."""

    htmx: HtmxDetails


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def posting_new(request: WritingRequest, pk: int) -> HttpResponse:
    """Begin a posting with its first step, or from a template. A title is enough to save it."""
    me = writing(request.user, pk)
    at = timezone.now()
    data = request.POST if request.method == "POST" else None
    form = StepForm(data, instance=Posting(employer=me.employer), at=at, step=FIRST)
    if data is not None and request.htmx:
        return _saved_meanwhile(request, form, FIRST, at)
    if data is not None and form.is_valid():
        form.instance.save_draft(at, me.user)
        return _onward(request, form.instance, FIRST)
    return _page(request, form, FIRST, at, templates=me.employer.templates.defer("content"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def posting_step(request: WritingRequest, pk: int, key: str) -> HttpResponse:
    """Write one step of a posting; what a colleague saved meanwhile is not overwritten unseen."""
    posting = writable(request.user, pk)
    step = steps.named(key)
    if step is None or step.address:
        raise Http404("There is no such step.")
    if not step.fields:
        return _review(request, posting)
    return _write(request, posting, step)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def posting_edit(request: WritingRequest, pk: int) -> HttpResponse:
    """Change a posting, all of it on one page; what a colleague saved meanwhile is not overwritten unseen."""
    return _write(request, writable(request.user, pk), None)


def _write(request: WritingRequest, posting: Posting, step: Step | None) -> HttpResponse:
    """Show a step's form, or the whole one, and save what it holds."""
    at = timezone.now()
    if not posting.editable_at(at):
        return stale(request, posting, ENDED)
    data = request.POST if request.method == "POST" else None
    form = _form(data, posting, step, at)
    if data is not None and request.htmx:
        return _saved_meanwhile(request, form, step, at)
    if data is None or not form.is_valid():
        return _page(request, form, step, at)
    if set(form.changed_data) - {"seen"}:
        try:
            posting.edit(at, request.user, seen=form.cleaned_data["seen"])
        except StaleState:
            return _told_of_colleague(request, posting, step, at)
        except Incomplete as lack:
            form.refuse(lack.missing)
            return _page(request, form, step, at)
    return _onward(request, posting, step)


def _form(data: object, posting: Posting, step: Step | None, at: datetime) -> PostingForm:
    """The form of a step, or of the whole posting."""
    return StepForm(data, instance=posting, at=at, step=step) if step else PostingForm(data, instance=posting, at=at)


def _onward(request: HttpRequest, posting: Posting, step: Step | None) -> HttpResponse:
    """Go where the button says: to the next step, a named one, the preview, or the posting's page."""
    where = request.POST.get("next", "continue" if step else "preview")
    if posting.published_at:
        messages.success(request, "Saved. The posting stays at its address; staff look at the change.")
        return redirect("hiring_posting", posting.pk)
    if where == "leave":
        messages.success(request, "The draft is saved." if not posting.submitted_at else "Saved.")
        return redirect("hiring_posting", posting.pk)
    if where == "edit":
        messages.success(request, "The draft is saved." if not posting.submitted_at else "Saved.")
        return redirect("posting_edit", posting.pk)
    if where == "preview":
        return redirect("posting_preview", posting.pk)
    target = steps.named(where) or (steps.after(step) if step else steps.REVIEW)
    return redirect(target.url(posting))


def _page(
    request: HttpRequest, form: PostingForm, step: Step | None, at: datetime, status: int | None = None, **more: object
) -> HttpResponse:
    """The form, filled in as it was sent."""
    context = {**_beside(form.instance, at), "form": form, "step": step, "steps": steps.written(), **more}
    if step:
        context["places"] = steps.progress(form.instance, at, step.key)
    template = "hiring/posting_step.html" if step else "hiring/posting_form.html"
    return render(request, template, context, status=status or (422 if form.is_bound else 200))


def _beside(posting: Posting, at: datetime) -> dict[str, object]:
    """What stands beside every form: where it is, and what the law and the readers may miss."""
    return {"posting": posting, "employer": posting.employer, "duty": paylaws.duty(posting, at), "at": at}


def _saved_meanwhile(request: WritingRequest, form: PostingForm, step: Step | None, at: datetime) -> HttpResponse:
    """Save a draft in the background, as far as it can be, and say what came of it. Nothing else of the page moves.

    A new one is begun as soon as it has a title; the page then has the address of its first step.
    """
    posting, outcome, status = form.instance, "saved", 200
    begins, valid = posting.pk is None, form.is_valid()
    if posting.submitted_at:
        outcome = "not a draft"
    elif not valid:
        outcome, status = "refused", 422
    elif begins:
        posting.save_draft(at, request.user)
    elif set(form.changed_data) - {"seen"}:
        try:
            posting.edit(at, request.user, seen=form.cleaned_data["seen"])
        except StaleState:
            outcome, status = "overtaken", 409
    labels = [form[name].label for name in form.errors if name in form.fields]
    context = {**_beside(posting, at), "form": form, "step": step, "outcome": outcome, "labels": labels}
    if not (begins and posting.pk and step):
        return render(request, "hiring/_autosaved.html", context, status=status)
    context |= {"begun": True, "places": steps.progress(posting, at, step.key)}
    response = render(request, "hiring/_autosaved.html", context)
    return replace_url(response, step.url(posting))


def _told_of_colleague(request: WritingRequest, posting: Posting, step: Step | None, at: datetime) -> HttpResponse:
    """The form as it was sent, over the version a colleague saved meanwhile, naming what differs. Nothing is lost."""
    current, _ = readable(request.user, posting.pk)
    if not current.editable_at(at):
        return stale(request, current)
    data = request.POST.copy()
    data["seen"] = current.edited_at.isoformat()  # saving again is then a decision
    form = _form(data, current, step, at)
    differs = [form[name].label for name in form.changed_data if name != "seen"]
    if not differs:  # the same was saved already, such as by this page in the background
        return _onward(request, current, step)
    form.is_valid()
    return _page(request, form, step, at, 409, overtaken=current.edited_at, differs=differs)


def _review(request: PersonRequest, posting: Posting) -> HttpResponse:
    """The last step: what is missing, what the law and the readers may miss, and how it will be listed."""
    at = timezone.now()
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if not posting.editable_at(at):
        return stale(request, posting, ENDED)
    context = {
        **_beside(posting, at),
        "step": steps.REVIEW,
        "places": steps.progress(posting, at, steps.REVIEW.key),
        "stands": posting.state_at(at),
        "missing": missing(posting, at),
        "may_write": True,
    }
    context["posting"] = posting.as_published(at)
    return render(request, "hiring/posting_review.html", context)


@require_safe
def posting_preview(request: PersonRequest, pk: int) -> HttpResponse:
    """Show a posting as the public will: the same template, with its buttons dead."""
    posting, me = readable(request.user, pk)
    at = timezone.now()
    stands = posting.state_at(at)
    context = {
        "stands": stands,
        "may_write": me.may_write and me.employer.suspended_at is None,
        "editable": posting.editable_at(at),
        "missing": missing(posting, at),
        "preview": True,
        "similar": similar(posting, Posting.objects.live(at), SIMILAR, at),
        "at": at,
        "posting": posting.as_published(at),
    }
    return render(request, "hiring/preview.html", context)
