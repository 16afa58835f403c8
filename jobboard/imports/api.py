"""The API for an employer's own system: postings by the employer's reference. It sees and changes its own alone."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Status
from ninja.security import HttpBearer

from jobboard.employers.models import Employer
from jobboard.imports.columns import Value
from jobboard.imports.models import Key
from jobboard.imports.plan import Overtaken, Row, Step, Verdict, carried_out, planned
from jobboard.imports.problems import Problem
from jobboard.imports.schemas import Closed, Content, Listed, PostingOut, content_columns, shown, values
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import State

MOST_A_PAGE = 100


class EmployerKey(HttpBearer):
    """Opens the API with a key that works, and counts the request."""

    def authenticate(self, request: HttpRequest, token: str) -> Key | None:  # noqa: ARG002 - ninja's signature
        """The key, or None for 401. Raises Problem where it has been used too often, or its employer is suspended."""
        key = Key.objects.open().by_secret(token).select_related("employer", "made_by", "meter").first()
        if key is None:
            return None
        at = timezone.now()
        if not key.meter.count(at, settings.API_REQUESTS_PER_MINUTE):
            most = f"A key takes {settings.API_REQUESTS_PER_MINUTE:,} requests a minute."
            raise Problem(429, f"{most} Wait for the next one.", retry_after=60 - at.second)
        if key.employer.suspended_at:
            raise Problem(403, f"{key.employer} is suspended. Its postings cannot be read or changed here.")
        return key


class KeyRequest(HttpRequest):
    """A request that a key has opened, for type checkers."""

    auth: Key


router = Router(auth=EmployerKey(), tags=["Postings"])


def knows[**P, R](*names: str) -> Callable[[Callable[Concatenate[KeyRequest, P], R]], Callable[..., R]]:
    """Refuse query parameters with other names than these, as unknown fields of a body are refused."""
    said = f"This call knows {', '.join(names)}." if names else "This call knows none."

    def strict(view: Callable[Concatenate[KeyRequest, P], R]) -> Callable[..., R]:
        @wraps(view)
        def checked(request: KeyRequest, *args: P.args, **kwargs: P.kwargs) -> R:
            if unknown := [
                (name, f"There is no such query parameter. {said}") for name in request.GET if name not in names
            ]:
                raise Problem(422, "Nothing was done: see the query parameters.", unknown)
            return view(request, *args, **kwargs)

        return checked

    return strict


@router.get("", response=Listed, summary="List your postings", url_name="postings")
@knows("state", "limit", "after")
def listed(
    request: KeyRequest,
    state: State | None = None,
    limit: int = Query(50, ge=1, le=MOST_A_PAGE),
    after: int = Query(0, ge=0, le=2**63 - 1),
) -> dict[str, Any]:
    """Your postings in the order in which they were written, those without a reference too.

    `state` leaves only those in one state. `next` is the address of the next page, or null.
    """
    at = timezone.now()
    found = request.auth.employer.postings.standing(at, state or "").filter(pk__gt=after).order_by("pk")
    page = list(found.defer("search", "keywords")[: limit + 1])
    more = _address(limit=limit, after=page[limit - 1].pk, state=state) if len(page) > limit else None
    return {"postings": [out(posting, at) for posting in page[:limit]], "next": more}


@router.get("/{reference}", response=PostingOut, summary="Read a posting")
@knows()
def one(request: KeyRequest, reference: str) -> dict[str, Any]:
    """The posting with this reference of yours."""
    return out(found(request.auth.employer, reference), timezone.now())


@router.put("/{reference}", response={200: PostingOut, 201: PostingOut}, summary="Write or change a posting")
@knows("review")
def put(request: KeyRequest, reference: str, content: Content, review: bool = False) -> Status[dict[str, Any]]:
    """Make the posting with this reference say exactly this.

    A new one is a draft (201). `review=true` sends a new posting, a draft, or a changed one that was sent back, to
    review. The same request again changes nothing: `verdict` says "new", "changed" or "unchanged".
    """
    step, at = done(request.auth, reference, values(content), review=review)
    said = out(found(request.auth.employer, reference), at, step)
    return Status(201 if step.line.verdict == Verdict.NEW else 200, said)


@router.post("/{reference}/close", response=PostingOut, summary="Close a posting")
@knows()
def close(request: KeyRequest, reference: str, closed: Closed) -> dict[str, Any]:
    """Close the posting with this reference for good, saying what came of it. Closing it again alike does nothing."""
    found(request.auth.employer, reference)
    step, at = done(request.auth, reference, {"outcome": closed.outcome}, review=False)
    return out(found(request.auth.employer, reference), at, step)


def found(employer: Employer, reference: str) -> Posting:
    """The posting of this employer with this reference. Raises Http404."""
    posting = employer.postings.exclude(reference="").filter(reference=reference).defer("search").first()
    if posting is None:
        raise Http404
    return posting


def done(key: Key, reference: str, said: dict[str, Value], *, review: bool) -> tuple[Step, datetime]:
    """Do for one posting what a line of a file does, by the same rules. Raises Problem, and then nothing is done."""
    at = timezone.now()
    try:
        with transaction.atomic():
            # The lock is against two requests that each find the reference still free.
            Employer.objects.select_for_update().get(pk=key.employer_id)
            (step,) = planned(key.employer, [Row(1, {"reference": reference, **said})], at, review=review)
            if step.line.verdict == Verdict.REFUSED:
                raise Problem(422, "Nothing was changed. See what is wrong with each field.", step.line.reasons)
            carried_out([step], at, key.made_by)
    except Overtaken:
        raise Problem(409, "The posting was changed at this moment. Read it again, and decide.") from None
    return step, at


def _address(**asked: object) -> str:
    """The address of another page of the list."""
    return f"{settings.SITE_URL}{reverse('api:postings')}?{urlencode({k: v for k, v in asked.items() if v})}"


def out(posting: Posting, at: datetime, step: Step | None = None) -> dict[str, Any]:
    """A posting as the API gives it."""
    return {
        "reference": posting.reference,
        "id": posting.pk,
        "state": posting.state_at(at),
        "verdict": step.line.verdict if step else "",
        "note": step.line.note if step else "",
        "url": settings.SITE_URL + posting.get_absolute_url(),
        "edited_at": posting.edited_at,
        "submitted_at": posting.submitted_at,
        "published_at": posting.published_at,
        "last_day": posting.last_day,
        "outcome": posting.outcome,
        "sent_back_reason": posting.sent_back_reason,
        "missing": posting.missing(at),
        "content": {column.name: shown(posting, column) for column in content_columns()},
    }
