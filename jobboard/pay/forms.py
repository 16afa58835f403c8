"""What the page about pay can be narrowed to."""

from typing import Any

from django import forms
from django.db.models import Q

from accounts.vocabulary import CREDENTIALS, SPECIALTY_CHOICES, STATE_CHOICES
from jobboard.forms import Dropdown
from jobboard.postings.vocabulary import Workplace

UNITS = [("hour", "An hour"), ("year", "A year")]
CREDENTIAL_CHOICES = [(each, each) for each in CREDENTIALS]
BY_LABEL = sorted(SPECIALTY_CHOICES, key=lambda choice: choice[1])


def one_of(choices: list[tuple[str, str]], label: str, any_: str) -> forms.ChoiceField:
    """A field that may be left open."""
    return forms.ChoiceField(choices=[("", any_), *choices], label=label, required=False, widget=Dropdown)


class PayForm(forms.Form):
    """Which postings the figures are about, and the unit they are shown in; all of it in the address."""

    credential = one_of(CREDENTIAL_CHOICES, "Credential", "Any credential")
    specialty = one_of(BY_LABEL, "Specialty", "Any specialty")
    workplace = one_of(Workplace.choices, "Workplace", "Any workplace")
    state = one_of(STATE_CHOICES, "State", "Any state")
    per = one_of(UNITS, "Shown as pay for", "An hour")

    NARROWING = ("credential", "specialty", "workplace", "state")

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """The fields that say which postings; the unit is chosen beside the figures."""
        return [self[name] for name in self.NARROWING]

    @property
    def asked(self) -> dict[str, Any]:
        """What could be read and is not left open, by the name of the field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def where(self) -> Q:
        """The postings meant. In a state is work that is done there, or that names it for those who work from home."""
        asked, where = self.asked, Q()
        if credential := asked.get("credential"):
            where &= Q(credentials_required__overlap=[credential]) | Q(credentials_preferred__overlap=[credential])
        if specialty := asked.get("specialty"):
            where &= Q(specialties__overlap=[specialty])
        if workplace := asked.get("workplace"):
            where &= Q(workplace=workplace)
        if state := asked.get("state"):
            remote = Q(workplace=Workplace.REMOTE)
            where &= remote & Q(remote_states__contains=[state]) | ~remote & Q(state=state)
        return where
