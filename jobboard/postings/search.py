"""The search for jobs: what an address may ask, and what it finds.

The form of `PostingFilter` is the search form. The query string of /jobs/ is the search, and a saved search is that
string in the order of `canonical_query`.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property, reduce
from operator import or_
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Q
from django.http import QueryDict
from django_filters import CharFilter, ChoiceFilter, Filter, FilterSet, MultipleChoiceFilter, NumberFilter

from accounts.vocabulary import CREDENTIAL_CHOICES, SPECIALTY_CHOICES, STATE_CHOICES
from jobboard.employers.models import Employer
from jobboard.forms import Checkboxes, Dropdown
from jobboard.postings import asked, families
from jobboard.postings.asked import APPRENTICE_CHOICES, PAY_UNITS
from jobboard.postings.models import Posting, PostingQuerySet
from jobboard.postings.models.pay import MOST_PAY
from jobboard.postings.vocabulary import ROLE_CHOICES, SETTING_CHOICES, EmploymentType, Workplace

MOST_WORDS = 200  # characters of the words to search for
ORDERS = [("newest", "Newest"), ("relevance", "Best match"), ("pay", "Highest pay")]


class Criterion(NamedTuple):
    """One thing a search asks: in words, and the query string of the same search without it."""

    words: str
    without: str


class AmountField(forms.DecimalField):
    """An amount of money as people type it: "$60,000" is 60000."""

    widget = forms.TextInput

    def to_python(self, value: object) -> Any:
        """Read it as a Decimal, without dollar signs, commas and spaces."""
        return super().to_python("".join(character for character in str(value or "") if character not in "$, "))


class CodesField(forms.CharField):
    """Codes as coders write them: "CPT 20670", "J1885, M54.50"."""

    def clean(self, value: object) -> tuple[str, ...]:
        """Their keys, such as ("hcpcs:J1885", "icd-10-cm:M5450"). Refuses what is no code or start of codes."""
        return tuple(families.parse(super().clean(value)))


class EmployerField(forms.CharField):
    """An employer by the last part of its page's address, which it may have had before it was renamed."""

    widget = forms.HiddenInput

    def clean(self, value: object) -> Employer | None:
        """The employer. Refuses what is no address of one."""
        slug = super().clean(value)
        if not slug:
            return None
        found = Employer.objects.filter(Q(slug=slug) | Q(former_slugs__slug=slug)).first()
        if found is None:
            raise forms.ValidationError("No employer has this address.")
        return found


class EmployerFilter(Filter):
    """Postings of one employer."""

    field_class = EmployerField


class AmountFilter(NumberFilter):
    """Filters by money."""

    field_class = AmountField


class CodesFilter(Filter):
    """Postings whose work needs one of the codes, or the family it stands in."""

    field_class = CodesField

    def filter(self, qs: PostingQuerySet, value: tuple[str, ...]) -> PostingQuerySet:
        """Keep those that name one of them."""
        return reduce(or_, (qs.naming(*key.split(":")) for key in value)) if value else qs


class OverlapFilter(MultipleChoiceFilter):
    """Postings whose column of several values holds any of those asked for."""

    def filter(self, qs: PostingQuerySet, value: list[str]) -> PostingQuerySet:
        """Keep those that share a value."""
        return qs.filter(**{f"{self.field_name}__overlap": value}) if value else qs


class AnyFilter(MultipleChoiceFilter):
    """Postings whose column is any of the values asked for."""

    def filter(self, qs: PostingQuerySet, value: list[str]) -> PostingQuerySet:
        """Keep those that are one of them."""
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


def _by_label(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(choices, key=lambda choice: choice[1])


class PostingFilter(FilterSet):
    """A search over postings that the caller has made visible, such as `Posting.objects.live(at)`.

    A value it cannot read is an error of the form and narrows nothing. `qs` is set-based, so that alerts can go on
    narrowing it; `results()` is what the page lists, in its order.
    """

    q = CharFilter(
        method="with_words",
        label="What",
        max_length=MOST_WORDS,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": "Title, skill, software or employer", "autocomplete": "off"}
        ),
    )
    state = ChoiceFilter(
        method="workable_from",
        label="Where you live or work",
        choices=STATE_CHOICES,
        empty_label="Any state",
        widget=Dropdown,
    )
    workplace = AnyFilter(label="Workplace", choices=Workplace.choices, widget=Checkboxes)
    apprentice = AnyFilter(label="CPC-A and COC-A", choices=APPRENTICE_CHOICES, widget=Checkboxes)
    pay = AmountFilter(
        method="paying",
        label="Pays at least",
        min_value=0,
        max_value=MOST_PAY,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "placeholder": "30", "autocomplete": "off"}),
    )
    pay_unit = ChoiceFilter(
        method="as_it_is", label="Unit of pay", choices=PAY_UNITS, empty_label=None, widget=Dropdown
    )
    credential = MultipleChoiceFilter(
        method="accepting", label="Credential", choices=CREDENTIAL_CHOICES, widget=Checkboxes
    )
    specialty = OverlapFilter(
        field_name="specialties",
        label="Specialty",
        choices=_by_label(SPECIALTY_CHOICES),
        widget=Checkboxes,
    )
    type = AnyFilter(
        field_name="employment_type",
        label="Employment",
        choices=EmploymentType.choices,
        widget=Checkboxes,
    )
    role = OverlapFilter(field_name="roles", label="Role", choices=_by_label(ROLE_CHOICES), widget=Checkboxes)
    setting = AnyFilter(label="Setting", choices=_by_label(SETTING_CHOICES), widget=Checkboxes)
    code = CodesFilter(
        label="Needs the code",
        max_length=MOST_WORDS,
        widget=forms.TextInput(attrs={"placeholder": "20670 or M54.50", "autocomplete": "off", "spellcheck": "false"}),
    )
    employer = EmployerFilter(label="Employer", max_length=80)
    sort = ChoiceFilter(method="as_it_is", label="Order", choices=ORDERS, widget=forms.HiddenInput)

    class Meta:
        model = Posting
        fields: list[str] = []

    def with_words(self, queryset: PostingQuerySet, _name: str, value: str) -> PostingQuerySet:
        """By words in its title, text and typed fields; quotes, "or" and a minus sign mean what they do elsewhere."""
        return queryset.filter(search=_words(value))

    def workable_from(self, queryset: PostingQuerySet, _name: str, value: str) -> PostingQuerySet:
        """By state: remote work that people living there may do, and other work done there."""
        remote = Q(remote_states=[]) | Q(remote_states__contains=[value])
        return queryset.filter(remote & Q(workplace=Workplace.REMOTE) | Q(state=value) & ~Q(workplace=Workplace.REMOTE))

    def accepting(self, queryset: PostingQuerySet, _name: str, value: list[str]) -> PostingQuerySet:
        """By a credential it asks for or prefers."""
        return queryset.filter(Q(credentials_required__overlap=value) | Q(credentials_preferred__overlap=value))

    def paying(self, queryset: PostingQuerySet, _name: str, value: Decimal) -> PostingQuerySet:
        """By the most it is known to pay, compared by the hour, whatever unit either side is stated in."""
        return queryset.filter(pay_hourly_max__gte=asked.hourly(self.asked)) if value else queryset

    def as_it_is(self, queryset: PostingQuerySet, _name: str, _value: str) -> PostingQuerySet:
        """Parts that narrow nothing: they say how to read or show the others."""
        return queryset

    @property
    def asked(self) -> dict[str, Any]:
        """What the form could read, by the name of the field."""
        self.form.is_valid()
        return self.form.cleaned_data

    @property
    def asked_order(self) -> str:
        """The order asked for; empty where none was."""
        return self.asked.get("sort") or ""

    @cached_property
    def order(self) -> str:
        """How results are sorted: as asked, or best match where there are words and newest where there are none."""
        best = "relevance" if self.asked.get("q") else "newest"
        return best if self.asked_order == "relevance" else self.asked_order or best

    def results(self) -> PostingQuerySet:
        """What was found, in its order; ties go to the newer, so that pages neither repeat nor skip a posting."""
        if self.order == "relevance":
            rank = SearchRank(F("search"), _words(self.asked["q"]))
            return self.qs.alias(rank=rank).order_by("-rank", "-published_at", "-id")
        if self.order == "pay":
            return self.qs.order_by(F("pay_hourly_max").desc(nulls_last=True), "-published_at", "-id")
        return self.qs.order_by("-published_at", "-id")

    def reasons(self, posting: Posting) -> list[str]:
        """Why a posting that this search found matched, one phrase for each thing asked."""
        return asked.reasons(self.asked, posting)

    @property
    def query(self) -> str:
        """The query string of what is asked, without how it is shown."""
        return canonical_query(self.data)

    @cached_property
    def criteria(self) -> list[Criterion]:
        """What is asked, one by one, each with the way to drop it."""
        return [
            Criterion(words, self._without(name, value))
            for name in ASKED
            for value in _each(self.asked.get(name))
            if (words := asked.part(self.asked, name, value))
        ]

    @property
    def summary(self) -> str:
        """The whole search as one phrase, such as "Texas, Remote, CPC"; empty where it asks nothing."""
        return ", ".join(criterion.words for criterion in self.criteria)

    @property
    def orders(self) -> list[tuple[str, str, str]]:
        """The ways to sort: value, label and query string. Best match needs words."""
        ways = [way for way in ORDERS if way[0] != "relevance" or self.asked.get("q")]
        return [(value, label, _query([*_pairs(self.data), ("sort", value)])) for value, label in ways]

    def _without(self, name: str, value: Any) -> str:
        """The query string of the same search without one of the things it asks, in the same order."""
        several = name in SEVERAL
        return _query(pair for pair in _pairs(self.data, "sort") if pair[0] != name or (several and pair[1] != value))


ASKED = [name for name in PostingFilter.base_filters if name != "sort"]  # in the order of the form
SEVERAL = {name for name, each in PostingFilter.base_filters.items() if isinstance(each, MultipleChoiceFilter)}


def matching(query: str, queryset: PostingQuerySet) -> PostingQuerySet:
    """What of `queryset` a query string of /jobs/ finds, as /jobs/ finds it: set-based, to be narrowed further."""
    return PostingFilter(QueryDict(query), queryset).qs


def canonical_query(data: QueryDict, *shown: str) -> str:
    """The query string of a search in its one form: known keys, sorted, without empty values, defaults or repeats.

    How results are shown (`sort`, `page`) is left out unless named, so two saved searches differ only if they find
    different postings.
    """
    return _query(_pairs(data, *shown))


def _pairs(data: QueryDict, *shown: str) -> Iterator[tuple[str, str]]:
    """What a query string asks, key by key, and those named of how it is shown."""
    for key in (*ASKED, *shown):
        values = [value for written in data.getlist(key) if (value := " ".join(written.split()))]
        yield from ((key, value) for value in (values if key in SEVERAL else values[-1:]))


def _query(pairs: Iterable[tuple[str, str]]) -> str:
    """A query string of pairs in their one order. A unit says nothing without an amount, nor does the usual one."""
    kept = set(pairs)
    needless = (
        {("pay_unit", "hour")} if any(key == "pay" for key, _ in kept) else {("pay_unit", u) for u, _ in PAY_UNITS}
    )
    return urlencode(sorted(kept - needless))


def _each(value: object) -> list:
    """The things one part of the form asks: several for boxes, one for the rest, none where it is empty."""
    return value if isinstance(value, list) else [value] if value else []


def _words(value: str) -> SearchQuery:
    return SearchQuery(value, config="english", search_type="websearch")
