"""Postings by who may see them and where they stand."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import starmap
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Case, Count, F, Q, Value, When

from accounts.models import User
from jobboard.employers.models import Member
from jobboard.employers.models.team import hash_of
from jobboard.places.models import Address, locate_all
from jobboard.postings.vocabulary import State, Workplace

if TYPE_CHECKING:
    from jobboard.postings.models.posting import Posting

_PLACE = """
    UPDATE postings_posting AS posting SET latitude = spot.latitude, longitude = spot.longitude
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::float[], %s::float[])
        AS spot (city, state, postal_code, latitude, longitude)
    WHERE (posting.city, posting.state, posting.postal_code) = (spot.city, spot.state, spot.postal_code)
        AND posting.id IN ({lost})
"""


def stands(at: datetime) -> Case:
    """SQL for the `State` of a posting at a moment."""
    cases = [
        When(closed_at__isnull=False, then=Value(State.CLOSED)),
        When(held_at__isnull=False, then=Value(State.HELD)),
        When(published_at__lte=at, expires_at__lte=at, then=Value(State.EXPIRED)),
        When(published_at__lte=at, paused_at__isnull=False, then=Value(State.PAUSED)),
        When(published_at__lte=at, then=Value(State.LIVE)),
        When(sent_back_at__isnull=False, then=Value(State.SENT_BACK)),
        When(submitted_at__isnull=False, then=Value(State.SUBMITTED)),
    ]
    return Case(*cases, default=Value(State.DRAFT), output_field=models.CharField())


def families_of(system: str, code: str) -> list[str]:
    """Every family that holds a code, such as ["cpt:2", "cpt:20", ..., "cpt:20670"]."""
    bare = code.replace(".", "")
    return [f"{system}:{bare[:length]}" for length in range(1, len(bare) + 1)]


class PostingQuerySet(models.QuerySet["Posting"]):
    """Postings by who may see them and where they stand."""

    def live(self, at: datetime) -> "PostingQuerySet":
        """What the public sees at a moment. The only answer to that question, on every surface."""
        return self.filter(
            published_at__lte=at,
            held_at=None,
            paused_at=None,
            closed_at=None,
            retired_at=None,  # says no more than the next line; indexes.py tells why it is here
            expires_at__gt=at,
            employer__suspended_at=None,
        )

    def retire(self, at: datetime) -> int:
        """Write down which have expired, for the indexes; what the public sees does not change. Returns how many."""
        over = self.filter(published_at__isnull=False, closed_at=None, retired_at=None, expires_at__lte=at)
        return over.update(retired_at=at)

    def paused(self, at: datetime) -> "PostingQuerySet":
        """What its team took out of sight for a while: its page says so, and it is on no list."""
        return self.filter(
            published_at__lte=at,
            held_at=None,
            paused_at__isnull=False,
            closed_at=None,
            expires_at__gt=at,
            employer__suspended_at=None,
        )

    def known(self, at: datetime) -> "PostingQuerySet":
        """Those whose address the public may open: live, paused, or ended. What the page says differs."""
        return self.live(at) | self.paused(at) | self.ended(at)

    def ended(self, at: datetime) -> "PostingQuerySet":
        """What was once public and is closed or expired: its page says so and answers 410."""
        return self.filter(
            Q(closed_at__isnull=False) | Q(expires_at__lte=at),
            published_at__lte=at,
            held_at=None,
            employer__suspended_at=None,
        )

    def ever_public(self, at: datetime) -> "PostingQuerySet":
        """What is live or once was, for figures over the years: not drafts, nor what staff or a suspension hide."""
        return self.filter(published_at__lte=at, held_at=None, employer__suspended_at=None)

    def to_ask(self, at: datetime) -> "PostingQuerySet":
        """Live ones whose team has not said for `PULSE_DAYS` that it still hires, and that do not end by then."""
        then, end = at - timedelta(days=settings.PULSE_DAYS), at + timedelta(days=settings.PULSE_GRACE_DAYS)
        quiet = Q(confirmed_at=None) | Q(confirmed_at__lte=then)
        due = self.live(at).filter(quiet, asked_at=None, published_at__lte=then, expires_at__gt=end)
        return due.order_by("published_at", "id") if settings.PULSE_DAYS else self.none()

    def unanswered(self, at: datetime) -> "PostingQuerySet":
        """Live ones whose team was asked whether it still hires, and has not answered in `PULSE_GRACE_DAYS`."""
        return self.live(at).filter(asked_at__lte=at - timedelta(days=settings.PULSE_GRACE_DAYS)).order_by("asked_at")

    def excuse_suspended(self) -> int:
        """Take back what was asked of suspended employers: they could not answer, and are asked anew."""
        return self.filter(asked_at__isnull=False, employer__suspended_at__isnull=False).update(asked_at=None)

    def by_ask(self, token: str) -> "PostingQuerySet":
        """The one whose last question holds this token; an employer that is suspended answers nothing."""
        return self.filter(ask_hash=hash_of(token), employer__suspended_at=None)

    def standing(self, at: datetime, state: str = "") -> "PostingQuerySet":
        """Each with the column `stands`, the same answer as `Posting.state_at`; with `state`, only those in it."""
        known = self.annotate(stands=stands(at))
        return known.filter(stands=state) if state else known

    def tally(self, at: datetime) -> dict[str, int]:
        """How many stand in each state; a state without any is left out."""
        known = self.annotate(stands=stands(at)).order_by()
        return dict(known.values_list("stands").annotate(count=Count("pk")))

    def submitted(self) -> "PostingQuerySet":
        """The moderation queue, oldest first."""
        waiting = self.filter(
            submitted_at__isnull=False,
            published_at=None,
            sent_back_at=None,
            held_at=None,
            closed_at=None,
            employer__suspended_at=None,
        )
        return waiting.order_by("submitted_at", "id")

    def changed_since_approval(self, at: datetime) -> "PostingQuerySet":
        """Published ones, not ended yet, that were edited after staff last looked; the longest unlooked-at first."""
        open_ = self.filter(published_at__isnull=False, closed_at=None, expires_at__gt=at, employer__suspended_at=None)
        return open_.filter(edited_at__gt=F("approved_at")).order_by("edited_at", "id")

    def held(self) -> "PostingQuerySet":
        """Those that staff put on hold, oldest first."""
        return self.filter(held_at__isnull=False, closed_at=None).order_by("held_at", "id")

    def for_team(self, user: User) -> "PostingQuerySet":
        """Those of the employers whose team this person is on."""
        return self.filter(employer__members__user=user)

    def for_writer(self, user: User) -> "PostingQuerySet":
        """Those this person may change."""
        writers = Member.objects.writers().filter(user=user)
        return self.filter(employer__members__in=writers)

    def cards(self) -> "PostingQuerySet":
        """With what a list shows and without the long texts it does not; reading one of those then raises."""
        long = ("description", "description_html", "description_text", "keywords", "search")
        return self.select_related("employer").defer(*long).fetch_mode(models.FETCH_RAISE)

    def as_cards(self, pks: Iterable[int]) -> list["Posting"]:
        """These in this order, with what a list shows; what is not among the postings is left out. One query."""
        listed = list(pks)
        known = self.filter(pk__in=listed).cards().in_bulk()
        return [known[pk] for pk in listed if pk in known]

    def naming(self, system: str, code: str) -> "PostingQuerySet":
        """Those whose code families hold this code: a family is a system and the start of its codes."""
        return self.in_families(families_of(system, code))

    def in_families(self, families: list[str]) -> "PostingQuerySet":
        """Those that name one of these families."""
        several = ArrayField(models.CharField(max_length=20))
        return self.filter(code_families__overlap=Value(families, output_field=several))

    def find_on_the_map(self) -> int:
        """Set the coordinates of those whose city was not known until now, at once. Returns how many were found."""
        lost = self.filter(latitude=None).exclude(city="").exclude(workplace=Workplace.REMOTE).order_by()
        addresses = starmap(Address, lost.values_list("city", "state", "postal_code").distinct())
        spots = [(*each, place.latitude, place.longitude) for each, place in locate_all(addresses).items()]
        if not spots:
            return 0
        sql, values = lost.values("pk").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(_PLACE.format(lost=sql), [*map(list, zip(*spots, strict=True)), *values])
            return cursor.rowcount

    def refresh_keywords(self) -> None:
        """Derive again what is searched of the typed fields of those not closed, after a change of what they name."""
        for posting in self.filter(closed_at=None).select_related("employer").defer("search"):
            posting.save(update_fields=["keywords"])
