"""What is found fast. Nine of ten postings of an old board are over, so the indexes of the search leave them out.

An expired posting is over by its date alone, which no index can know. So a task writes it down (`retired_at`), and
`live` asks for it: that is what lets PostgreSQL use these indexes. They grow with what is live, not with the years.
"""

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Q

SHOWN = Q(published_at__isnull=False, held_at=None, closed_at=None, retired_at=None)  # `live` implies it

INDEXES: list[models.Index] = [
    GinIndex(fields=["search"], condition=SHOWN, name="posting_shown_search"),
    GinIndex(fields=["code_families"], condition=SHOWN, name="posting_shown_families"),
    GinIndex(fields=["specialties"], condition=SHOWN, name="posting_shown_specialties"),
    GinIndex(
        fields=["credentials_required", "credentials_preferred"], condition=SHOWN, name="posting_shown_credentials"
    ),
    GistIndex(fields=["point"], condition=SHOWN, name="posting_shown_on_the_map"),
    models.Index(
        fields=["-published_at", "-id"],
        include=["expires_at", "paused_at", "employer"],  # so that counting what is live reads no posting
        condition=SHOWN,
        name="posting_shown_by_date",
    ),
    models.Index(
        fields=["expires_at"],
        condition=Q(published_at__isnull=False, closed_at=None, retired_at=None),
        name="posting_to_retire",
    ),
    models.Index(
        fields=["submitted_at", "id"],
        condition=Q(submitted_at__isnull=False, published_at=None, sent_back_at=None, closed_at=None),
        name="posting_waiting",
    ),
    models.Index(  # what `find_on_the_map` looks for; as a rule there is none
        fields=["id"], condition=Q(latitude=None) & ~Q(city="") & ~Q(workplace="remote"), name="posting_off_the_map"
    ),
    models.Index(fields=["asked_at"], condition=Q(asked_at__isnull=False, closed_at=None), name="posting_asked"),
    models.Index(fields=["ask_hash"], condition=~Q(ask_hash=""), name="posting_by_ask"),
    models.Index(fields=["held_at", "id"], condition=Q(held_at__isnull=False, closed_at=None), name="posting_held"),
    models.Index(
        fields=["edited_at", "id"],
        condition=Q(published_at__isnull=False, closed_at=None, edited_at__gt=F("approved_at")),
        name="posting_changed",
    ),
]
