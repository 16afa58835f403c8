"""The match on a posting's page: what of its requirements the reader's profile meets, by reading their profile once."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import Credential, Profile, User
from jobboard.postings.match import Coder, Field, Held, Line, Verdict, match
from jobboard.postings.models import Posting

HEADINGS = {
    Verdict.MET: "Your profile meets",
    Verdict.UNMET: "Your profile does not meet",
    Verdict.UNKNOWN: "Unknown",
}


def coder_of(user: User) -> Coder:
    """What a person's profile says. One query."""
    held = Credential.objects.filter(profile=OuterRef("pk")).order_by("abbreviation")
    rows = ArraySubquery(held.values(row=JSONObject(abbreviation="abbreviation", expires="expires")))
    profile = Profile.objects.filter(user=user).annotate(held=rows).first()
    if profile is None:
        return Coder()
    return Coder(
        credentials=tuple(Held(row["abbreviation"], _date(row["expires"])) for row in profile.held),
        years=profile.years,
        specialties=tuple(profile.specialties),
        software=tuple(profile.software),
        city=profile.city,
        state=profile.state,
    )


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def on_posting(request: HttpRequest, posting: Posting) -> str:
    """The match of the reader who is signed in, as groups of lines; nothing for a guest."""
    if not request.user.is_authenticated:
        return ""
    coder = coder_of(request.user)
    lines = match(posting, coder, timezone.localdate())
    groups = [(verdict, heading, _linked(verdict, lines)) for verdict, heading in HEADINGS.items()]
    context = {"blank": coder.is_blank, "groups": [group for group in groups if group[2]]}
    return render_to_string("tracker/_match.html", context, request)


def _linked(verdict: Verdict, lines: list[Line]) -> list[tuple[Line, str]]:
    """The lines of one verdict, each with the address of the field that could say otherwise."""
    return [(line, _address(line)) for line in lines if line.verdict == verdict]


def _address(line: Line) -> str:
    if line.verdict == Verdict.MET or line.field == Field.NONE:
        return ""
    if line.field == Field.CREDENTIALS:
        return reverse("credential_add")
    return f"{reverse('profile_edit')}#id_{line.field}"
