"""What other pages show of screening: the way to the questions, what is asked, and the answers given."""

from collections.abc import Sequence

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string

from jobboard.applications.models import Application
from jobboard.applications.standing_out import Order
from jobboard.postings.models import Posting
from jobboard.screening.coding import written
from jobboard.screening.models import Exercise, Screening

AS_NEEDED_FIRST = Order(
    "Answers as needed first", Subquery(Screening.objects.filter(application=OuterRef("pk")).values("unmet"))
)


def on_posting(request: HttpRequest, posting: Posting) -> str:
    """Beside a posting on its team's page: what is asked, and the way to it."""
    context = {
        "posting": posting,
        "questions": posting.questions.count(),
        "exercise": Exercise.objects.filter(posting=posting).exists(),
    }
    return render_to_string("screening/_on_posting.html", context, request)


def for_staff(request: HttpRequest, posting: Posting) -> str:
    """On the desk: what the posting asks of people, which staff read as they read its text."""
    context = {"questions": list(posting.questions.all()), "exercise": Exercise.objects.filter(posting=posting).first()}
    return render_to_string("screening/_for_staff.html", context, request) if any(context.values()) else ""


def in_short(posting: Posting) -> str:
    """What is asked, in the steps of writing a posting: "3 questions", "1 question and an exercise"."""
    count = posting.questions.count()
    parts = [f"{count} question{'' if count == 1 else 's'}" if count else ""]
    parts += ["an exercise" if Exercise.objects.filter(posting=posting).exists() else ""]
    return " and ".join(filter(None, parts))


def for_team(request: HttpRequest, application: Application) -> str:
    """The answers with what was needed, and the codes compared; nothing of a withdrawn application."""
    if application.withdrawn_at:
        return ""
    screening = Screening.objects.filter(application=application).first()
    return render_to_string("screening/_for_team.html", {"screening": screening}, request) if screening else ""


def on_cards(applications: Sequence[Application]) -> dict[int, str]:
    """On each card or row of applicants: decisive answers that are not as needed, and how the case was coded."""
    readable = [each.pk for each in applications if not each.withdrawn_at]
    found = Screening.objects.filter(application__in=readable) if readable else []
    return {each.application_id: render_to_string("screening/_on_card.html", {"screening": each}) for each in found}


def for_candidate(request: HttpRequest, application: Application) -> str:
    """Their own answers; what the employer needed or expected is in no byte of it."""
    screening = Screening.objects.filter(application=application).first()
    if screening is None:
        return ""
    given = ", ".join(written(screening.given).splitlines())
    context = {"answers": screening.told, "case": screening.case, "given": given}
    return render_to_string("screening/_for_candidate.html", context, request)
