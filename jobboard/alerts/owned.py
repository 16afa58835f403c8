"""What this app keeps of a person, for `accounts.privacy`."""

from typing import Any

from accounts.models import User
from jobboard.alerts.models import SavedSearch


def alerts(user: User) -> list[dict[str, Any]]:
    """A person's saved searches, and what each has told of; without the token that stops its mails."""
    return [
        {
            "name": search.name,
            "search": search.query,
            "mails": search.frequency,
            "saved": search.created_at.isoformat(),
            "paused": search.paused_at and search.paused_at.isoformat(),
            "told_of": [
                {"posting": told.posting.title, "at": told.at.isoformat()}
                for told in search.deliveries.select_related("posting").order_by("at", "pk")
            ],
        }
        for search in SavedSearch.objects.for_user(user)
    ]
