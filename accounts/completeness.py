"""What would make a profile say more, as hints to its owner; never a score that anybody else sees."""

from typing import NamedTuple

from django.urls import reverse

from accounts.models import Credential, Experience, Profile


class Hint(NamedTuple):
    """One thing a profile can tell: in words, where to tell it, and whether it does."""

    words: str
    url: str
    done: bool


def hints(profile: Profile, credentials: list[Credential], experience: list[Experience]) -> list[Hint]:
    """All of them, in the order in which employers look."""
    edit, add = reverse("profile_edit"), reverse("credential_add")
    undated = next((held for held in credentials if not held.expires and not held.ceu_due), None)
    dates = reverse("credential_edit", args=[undated.pk]) if undated else add
    return [
        Hint("List a credential", add, bool(credentials)),
        Hint("Give a credential its dates, to be reminded in time", dates, bool(credentials) and not undated),
        Hint("Say how many years you have coded", edit, profile.years is not None),
        Hint("Choose your specialties", edit, bool(profile.specialties)),
        Hint("Choose the software you know", edit, bool(profile.software)),
        Hint("Say in which state you live", edit, bool(profile.state)),
        Hint("Write one line about yourself", edit, bool(profile.headline)),
        Hint("Add a position to your work history", reverse("experience_add"), bool(experience)),
    ]
