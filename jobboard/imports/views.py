"""Sending a file of postings: the form, the dry run, the yes, and the files that go with them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.request import PersonRequest
from jobboard.employers.access import writing
from jobboard.employers.models import Member
from jobboard.imports import files
from jobboard.imports.columns import columns
from jobboard.imports.forms import REVIEW, UploadForm
from jobboard.imports.models import Upload
from jobboard.imports.models.upload import Differs
from jobboard.imports.plan import Overtaken, Verdict
from jobboard.postings.models import StaleState

LINES_A_PAGE = 100
EARLIER = 10  # imports listed under the form


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a file. It is read and checked line by line; nothing is changed."""
    me = writing(request.user, pk)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        sent = Upload(
            employer=me.employer,
            by=request.user,
            name=form.name,
            review=form.cleaned_data["then"] == REVIEW,
            whole=form.cleaned_data["whole"],
            columns=form.sheet.columns,
            rows=[[row.number, dict(row.values)] for row in form.sheet.rows],
        )
        sent.check_over(timezone.now())
        return redirect("upload", pk, sent.pk)
    earlier = me.employer.uploads.exclude(done_at=None).select_related("by").defer("rows")[:EARLIER]
    context = {"me": me, "employer": me.employer, "form": form, "earlier": earlier}
    return render(request, "imports/upload.html", context, status=422 if form.is_bound else 200)


def own(request: PersonRequest, pk: int, upload_pk: int) -> tuple[Upload, Member]:
    """A file that this person sent for this employer; colleagues may read what became of it, and 404 to all others."""
    me = writing(request.user, pk)
    uploads = me.employer.uploads.select_related("by", "employer")
    return get_object_or_404(uploads.by(request.user) | uploads.exclude(done_at=None), pk=upload_pk), me


@require_safe
def dry_run(request: PersonRequest, pk: int, upload_pk: int) -> HttpResponse:
    """Show what would become, or became, of each line."""
    upload, me = own(request, pk, upload_pk)
    return upload_page(request, upload, me)


def upload_page(
    request: PersonRequest, upload: Upload, me: Member, status: int = 200, refusal: str = ""
) -> HttpResponse:
    """A file's lines by verdict, with what went wrong when it was carried out."""
    shown = request.GET.get("show", "")
    lines = [line for line in upload.report if shown in ("", line.verdict)]
    context = {
        "me": me,
        "employer": me.employer,
        "upload": upload,
        "open": upload.is_open(timezone.now()),
        "tabs": [("", "All", len(upload.lines)), *((each, Verdict(each).label, n) for each, n in upload.tally.items())],
        "show": shown,
        "page": Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page")),
        "refusal": refusal,
    }
    return render(request, "imports/dry_run.html", context, status=status)


@require_POST
def carry_out(request: PersonRequest, pk: int, upload_pk: int) -> HttpResponse:
    """Do what the dry run said: all of it, or nothing."""
    me = writing(request.user, pk)
    upload = get_object_or_404(me.employer.uploads.by(request.user).select_related("by", "employer"), pk=upload_pk)
    try:
        upload.carry_out(timezone.now())
    except StaleState:
        again = "This file was imported already, or waited for more than a day. Nothing was done now."
        return upload_page(request, own(request, pk, upload_pk)[0], me, 409, again)
    except (Differs, Overtaken):
        upload, me = own(request, pk, upload_pk)
        upload.check_over(timezone.now())
        why = "Postings were changed since this dry run. Nothing was done: below is what would happen now."
        return upload_page(request, upload, me, 409, why)
    done = upload.acts
    messages.success(request, f"Imported: {done} posting{'' if done == 1 else 's'} changed.")
    return redirect("upload", pk, upload_pk)


@require_safe
def refused(request: PersonRequest, pk: int, upload_pk: int) -> HttpResponse:
    """The refused lines as a file, each with its reason."""
    upload, _ = own(request, pk, upload_pk)
    return download(files.refused_csv(upload), "refused-lines.csv", "text/csv")


@login_not_required
@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """Say of every column what it holds and how it is written."""
    return render(request, "imports/fields.html", {"columns": columns().values(), "example": files.EXAMPLE})


@login_not_required
@require_safe
def template_csv(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """A CSV file to start from."""
    return download(files.template_csv(), "postings.csv", "text/csv")


@login_not_required
@require_safe
def template_xml(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """An XML file to start from."""
    return download(files.template_xml(), "postings.xml", "application/xml")


def download(text: str, name: str, kind: str) -> HttpResponse:
    """A file that a browser saves."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=disposition)
