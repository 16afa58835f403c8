"""What a team changed about what it asks, in a sentence for the posting's history."""

from collections.abc import Sequence

from django.db import models

from jobboard.screening.models import Exercise, Question


def values(row: models.Model, names: Sequence[str]) -> dict[str, object]:
    """What a row says in some columns, to be compared later."""
    return {name: getattr(row, name) for name in names}


def differing(row: models.Model, before: dict[str, object]) -> list[str]:
    """The columns that say something else than before, by their names in words."""
    changed = [name for name, value in before.items() if getattr(row, name) != value]
    return [str(row._meta.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]


def question(now: Question, before: dict[str, object]) -> str:
    """How a question was changed; empty where it was not."""
    changed = ", ".join(differing(now, before))
    if not changed:
        return ""
    was = f" It was: “{before['text']}”" if before["text"] != now.text else ""
    return f"Question changed ({changed}): “{now.text}”{was}"


def exercise(now: Exercise, before: dict[str, object] | None) -> str:
    """How an exercise was changed, from nothing where there was none; empty where it was not."""
    if before is None:
        return "Coding exercise added"
    changed = ", ".join(differing(now, before))
    return f"Coding exercise changed ({changed})" if changed else ""
