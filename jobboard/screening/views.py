"""The pages on which a team writes its questions and its coding exercise."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.request import PersonRequest
from jobboard.postings.hiring import readable, writable
from jobboard.postings.models import Posting
from jobboard.screening import changes
from jobboard.screening.forms import CopyForm, ExerciseForm, QuestionForm
from jobboard.screening.models import MOST_QUESTIONS, Exercise, Question, TooMany, copy_screening


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what a posting asks, and add a question."""
    if request.method != "POST":
        return _page(request, readable(request.user, pk)[0], QuestionForm())
    posting = writable(request.user, pk)
    form = QuestionForm(request.POST, instance=Question(posting=posting))
    if not form.is_valid():
        return _page(request, posting, form, 422)
    try:
        with transaction.atomic():
            form.instance.add()
            posting.ask_otherwise(timezone.now(), request.user, f"Question added: “{form.instance}”")
    except TooMany:
        form.add_error(None, f"A posting asks at most {MOST_QUESTIONS} questions. Remove one first.")
        return _page(request, posting, form, 422)
    messages.success(request, "The question is added.")
    return redirect("questions", pk)


def _page(request: PersonRequest, posting: Posting, form: QuestionForm, status: int = 200) -> HttpResponse:
    _, me = readable(request.user, posting.pk)
    context = {
        "posting": posting,
        "employer": me.employer,
        "questions": list(posting.questions.all()),
        "exercise": Exercise.objects.filter(posting=posting).first(),
        "form": form,
        "copy_form": CopyForm(posting=posting),
        "most": MOST_QUESTIONS,
        "may_write": me.may_write and me.employer.suspended_at is None,
    }
    return render(request, "screening/questions.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: PersonRequest, pk: int, question_pk: int) -> HttpResponse:
    """Change a question. Who answered it keeps the question as it was asked."""
    posting = writable(request.user, pk)
    found = get_object_or_404(posting.questions, pk=question_pk)
    before = changes.values(found, QuestionForm.Meta.fields)
    form = QuestionForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            form.save()
            if what := changes.question(found, before):
                posting.ask_otherwise(timezone.now(), request.user, what)
        messages.success(request, "The question is changed. Answers that were sent keep the old one.")
        return redirect("questions", pk)
    context = {"posting": posting, "employer": posting.employer, "question": found, "form": form}
    return render(request, "screening/question.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove(request: PersonRequest, pk: int, question_pk: int) -> HttpResponse:
    """Ask a question no more. Removing one twice is removing it once."""
    posting = writable(request.user, pk)
    with transaction.atomic():
        found = posting.questions.select_for_update().filter(pk=question_pk).first()
        if found:
            found.delete()
            posting.ask_otherwise(timezone.now(), request.user, f"Question removed: “{found}”")
    messages.success(request, "The question is asked no more. Answers that were sent stay.")
    return redirect("questions", pk)


@require_POST
def earlier(request: PersonRequest, pk: int, question_pk: int) -> HttpResponse:
    """Ask a question before the one that stands before it."""
    get_object_or_404(writable(request.user, pk).questions, pk=question_pk).earlier()
    return redirect("questions", pk)


@require_POST
def copy(request: PersonRequest, pk: int) -> HttpResponse:
    """Copy what another posting of the same employer asks."""
    posting = writable(request.user, pk)
    form = CopyForm(request.POST, posting=posting)
    if not form.is_valid():
        messages.error(request, "Choose one of your postings to copy from.")
        return redirect("questions", pk)
    try:
        with transaction.atomic():
            source = form.cleaned_data["source"]
            count = copy_screening(source, posting)
            what = f"Questions and exercise copied from posting {source.pk}, “{source}”"
            posting.ask_otherwise(timezone.now(), request.user, what)
    except TooMany:
        messages.error(request, "This posting asks something already. Remove that first, or add questions one by one.")
    else:
        messages.success(request, f"Copied {count} question{'' if count == 1 else 's'}.")
    return redirect("questions", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def exercise(request: PersonRequest, pk: int) -> HttpResponse:
    """Write the case and the codes expected."""
    posting = writable(request.user, pk)
    found = Exercise.objects.filter(posting=posting).first()
    before = changes.values(found, ExerciseForm.Meta.fields) if found else None
    form = ExerciseForm(request.POST if request.method == "POST" else None, instance=found or Exercise(posting=posting))
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            stored, _ = Exercise.objects.update_or_create(posting=posting, defaults=form.cleaned_data)
            if what := changes.exercise(stored, before):
                posting.ask_otherwise(timezone.now(), request.user, what)
        messages.success(request, "The exercise is saved. Answers that were sent keep the case as it was.")
        return redirect("questions", pk)
    context = {"posting": posting, "employer": posting.employer, "form": form, "stored": found}
    return render(request, "screening/exercise.html", context, status=422 if form.is_bound else 200)


@require_POST
def exercise_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the exercise no more. Removing it twice is removing it once."""
    posting = writable(request.user, pk)
    with transaction.atomic():
        gone, _ = Exercise.objects.filter(posting=posting).delete()
        if gone:
            posting.ask_otherwise(timezone.now(), request.user, "Coding exercise removed")
    messages.success(request, "The exercise is removed. Answers that were sent stay.")
    return redirect("questions", pk)
