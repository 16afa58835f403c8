"""The search for people. It looks at what the blind view shows and at nothing else, or it would tell by its finds."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet, MultipleChoiceFilter, NumberFilter

from accounts.models import Credential, Experience, Profile
from accounts.vocabulary import CREDENTIAL_CHOICES, CREDENTIALS, SOFTWARE_CHOICES, SPECIALTY_CHOICES, STATE_CHOICES
from jobboard.forms import Checkboxes, Dropdown

MOST_WORDS = 200  # characters
MOST_TERMS = 8  # words that are looked at


class PeopleFilter(FilterSet):
    """A search over profiles that the caller has made visible. What it cannot read is an error of its form."""

    q = CharFilter(
        method="with_words",
        label="Words",
        max_length=MOST_WORDS,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Title, specialty, software"}),
    )
    credential = MultipleChoiceFilter(
        method="holding", label="Credential", choices=CREDENTIAL_CHOICES, widget=Checkboxes
    )
    specialty = MultipleChoiceFilter(
        method="overlapping",
        label="Specialty",
        choices=sorted(SPECIALTY_CHOICES, key=lambda c: c[1]),
        widget=Checkboxes,
    )
    software = MultipleChoiceFilter(method="overlapping", label="Software", choices=SOFTWARE_CHOICES, widget=Checkboxes)
    state = ChoiceFilter(label="Lives in", choices=STATE_CHOICES, empty_label="Any state", widget=Dropdown)
    years = NumberFilter(
        field_name="years",
        lookup_expr="gte",
        label="Years of coding, at least",
        min_value=0,
        max_value=70,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0, "max": 70}),
    )

    class Meta:
        model = Profile
        fields: list[str] = []

    def holding(self, queryset: QuerySet[Profile], _name: str, value: list[str]) -> QuerySet[Profile]:
        """By any of these credentials."""
        return queryset.filter(Exists(_held(value))) if value else queryset

    def overlapping(self, queryset: QuerySet[Profile], name: str, value: list[str]) -> QuerySet[Profile]:
        """By any of these values of a column of several."""
        column = {"specialty": "specialties"}.get(name, name)
        return queryset.filter(**{f"{column}__overlap": value}) if value else queryset

    def with_words(self, queryset: QuerySet[Profile], _name: str, value: str) -> QuerySet[Profile]:
        """By every one of the words, each in the headline, a title, a specialty, a software or a credential."""
        for word in value.split()[:MOST_TERMS]:
            queryset = queryset.filter(_says(word))
        return queryset

    @property
    def people(self) -> QuerySet[Profile]:
        """What was found, the last changed first; nobody where the search cannot be read."""
        if not self.form.is_valid():
            return self.queryset.none()
        return self.qs.order_by("-updated_at", "-id")

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing in particular."""
        asked: dict[str, Any] = self.form.cleaned_data if self.form.is_valid() else {}
        return not any(value not in (None, "", []) for value in asked.values())


def _says(word: str) -> Q:
    titled = Experience.objects.filter(profile=OuterRef("pk"), title__icontains=word)
    named = [each for each, kind in CREDENTIALS.items() if word.casefold() in f"{each} {kind.name}".casefold()]
    ways = [
        Q(headline__icontains=word),
        Q(Exists(titled)),
        Q(specialties__overlap=_labelled(word, SPECIALTY_CHOICES)),
        Q(software__overlap=_labelled(word, SOFTWARE_CHOICES)),
        Q(Exists(_held(named))),
    ]
    return reduce(or_, ways)


def _held(abbreviations: Iterable[str]) -> QuerySet[Credential]:
    return Credential.objects.filter(profile=OuterRef("pk"), abbreviation__in=list(abbreviations))


def _labelled(word: str, choices: list[tuple[str, str]]) -> list[str]:
    return [value for value, label in choices if word.casefold() in label.casefold()]
