"""The search for jobs: what an address may ask, and what it finds.

The form of `PostingFilter` is the search form. The query string of /jobs/ is the search, and a saved search is that
string in the order of `canonical_query`.
"""

from collections.abc import Iterable, Iterator
from copy import copy
from decimal import Decimal
from functools import cache, cached_property, reduce
from operator import or_
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.db.models.expressions import Combinable
from django.http import QueryDict
from django.utils.safestring import SafeString
from django_filters import (
    BooleanFilter,
    CharFilter,
    ChoiceFilter,
    Filter,
    FilterSet,
    MultipleChoiceFilter,
    NumberFilter,
)

from jobboard.forms import Dropdown
from jobboard.places.models import Place
from jobboard.places.sphere import within
from jobboard.postings import asked, synonyms
from jobboard.postings.asked import PAY_UNITS, USUAL_MILES
from jobboard.postings.facets import BY_NAME, EXPERIENCE, POSTED, STATE, Facet
from jobboard.postings.models import Posting, PostingQuerySet
from jobboard.postings.models.pay import MOST_PAY
from jobboard.postings.searchfields import AmountField, CodesField, EmployerField, PlaceField, UnclearPlace
from jobboard.postings.vocabulary import Workplace

MOST_WORDS = 200  # characters of the words to search for
MOST_PLACE = 80
ORDERS = [("newest", "Newest"), ("relevance", "Best match"), ("pay", "Highest pay"), ("distance", "Nearest")]
NEEDS = {"relevance": "q", "distance": "near"}  # orders that say nothing without a part of the search
BY_SQL = ("q", "code", "employer")  # parts whose values are no vocabulary
MILES = [(str(each), f"within {each} miles") for each in (10, 25, 50, 100, 200)]


type FormClass = type[forms.Form]


class Criterion(NamedTuple):
    """One thing a search asks: in words, and the query string of the same search without it."""

    words: str
    without: str


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


class PlaceFilter(Filter):
    """Postings near a place; how near, and what counts beside, is said by two other parts."""

    field_class = PlaceField


class FacetFilter(MultipleChoiceFilter):
    """Postings that have any of the values asked for of a vocabulary."""

    def __init__(self, facet: Facet) -> None:
        super().__init__(label=facet.label, choices=lambda: facet.choices)  # a function is not copied, a list is
        self.facet = facet

    def filter(self, qs: PostingQuerySet, value: list[str]) -> PostingQuerySet:
        """Keep those that have one."""
        return qs.filter(self.facet.having(value)) if value else qs


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
    near = PlaceFilter(
        method="close_to",
        label="Near",
        max_length=MOST_PLACE,
        widget=forms.TextInput(attrs={"placeholder": "City or ZIP code", "autocomplete": "off"}),
    )
    within = ChoiceFilter(
        method="as_it_is",
        label="How near",
        choices=MILES,
        empty_label=None,
        widget=Dropdown(usual=str(USUAL_MILES)),
    )
    remote = BooleanFilter(method="as_it_is", label="Remote work from there too", widget=forms.CheckboxInput)
    state = ChoiceFilter(method="workable_from", label=STATE.label, choices=STATE.choices, empty_label="Any state")
    workplace = FacetFilter(BY_NAME["workplace"])
    apprentice = FacetFilter(BY_NAME["apprentice"])
    posted = FacetFilter(POSTED)
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
    credential = FacetFilter(BY_NAME["credential"])
    experience = FacetFilter(EXPERIENCE)
    specialty = FacetFilter(BY_NAME["specialty"])
    role = FacetFilter(BY_NAME["role"])
    setting = FacetFilter(BY_NAME["setting"])
    type = FacetFilter(BY_NAME["type"])
    schedule = FacetFilter(BY_NAME["schedule"])
    software = FacetFilter(BY_NAME["software"])
    benefit = FacetFilter(BY_NAME["benefit"])
    equipment = FacetFilter(BY_NAME["equipment"])
    stays = FacetFilter(BY_NAME["stays"])
    ai = FacetFilter(BY_NAME["ai"])
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

    def __init__(self, data: QueryDict, queryset: PostingQuerySet | None = None) -> None:
        """Without the library's own beginning, which copies all filters: the board answers most searches without."""
        self.is_bound, self.data, self.form_prefix = True, data, None
        self.queryset = Posting.objects.all() if queryset is None else queryset

    @cached_property
    def filters(self) -> dict[str, Filter]:
        """The filters as they are bound to this search."""
        filters = {name: copy(each) for name, each in self.base_filters.items()}
        for name, each in filters.items():
            each.method = self.base_filters[name].method  # which belongs to one filter
            each.model, each.parent = Posting, self
        return filters

    def with_words(self, queryset: PostingQuerySet, _name: str, value: str) -> PostingQuerySet:
        """By words in its title, text and typed fields; quotes, "or" and a minus sign mean what they do elsewhere."""
        return queryset.filter(synonyms.matching(value))

    def close_to(self, queryset: PostingQuerySet, _name: str, value: Place | None) -> PostingQuerySet:
        """By how far the work is from a place; with `remote`, also work from home that people living there may do."""
        if not value:
            return queryset
        close = within("point", value.latitude, value.longitude, self.miles)
        from_home = Q(workplace=Workplace.REMOTE) & STATE.having([value.state])
        return queryset.filter(close | from_home if self.asked.get("remote") else close)

    def workable_from(self, queryset: PostingQuerySet, _name: str, value: str) -> PostingQuerySet:
        """By state: remote work that people living there may do, and other work done there."""
        return queryset.filter(STATE.having([value]))

    def paying(self, queryset: PostingQuerySet, _name: str, value: Decimal) -> PostingQuerySet:
        """By the most it is known to pay, compared by the hour, whatever unit either side is stated in."""
        return queryset.filter(pay_hourly_max__gte=asked.hourly(self.asked)) if value else queryset

    def as_it_is(self, queryset: PostingQuerySet, _name: str, _value: str) -> PostingQuerySet:
        """Parts that narrow nothing: they say how to read or show the others."""
        return queryset

    def get_form_class(self) -> FormClass:
        """The class of the form, made once: it is the same for every search."""
        return _form_class()

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What the form could read, by the name of the field."""
        self.form.is_valid()
        return self.form.cleaned_data

    @property
    def miles(self) -> int:
        """How far from the place asked for the work may be."""
        return asked.miles(self.asked)

    @property
    def asked_order(self) -> str:
        """The order asked for; empty where none was."""
        return self.asked.get("sort") or ""

    @cached_property
    def order(self) -> str:
        """How results are sorted: as asked, or best match where there are words and newest where there are none."""
        usual = "relevance" if self.asked.get("q") else "newest"
        asked_order = self.asked_order or usual
        return asked_order if self.asked.get(NEEDS.get(asked_order, ""), True) else usual

    @property
    def suggested_places(self) -> list[Criterion]:
        """The places that may be meant by one that is not clear, each with the search around it."""
        unclear = [each for each in self.form.errors.as_data().get("near", []) if isinstance(each, UnclearPlace)]
        others = [pair for pair in _pairs(self.data, "sort") if pair[0] != "near"]
        return [Criterion(words, _query([*others, pair])) for error in unclear for words, pair in error.meant]

    def reasons(self, posting: Posting) -> list[str]:
        """Why a posting that this search found matched, one phrase for each thing asked."""
        return asked.reasons(self.asked, posting)

    @property
    def words(self) -> Combinable:
        """The words asked for, as SQL."""
        return synonyms.rewritten(self.asked.get("q") or "")

    @property
    def synonyms(self) -> list[str]:
        """The names that the words asked for stand for, besides themselves."""
        return synonyms.also(self.asked.get("q") or "")

    def changed(self, **parts: str) -> str:
        """The query string of the same search with other values of some parts; an empty one takes its part out."""
        same = (pair for pair in _pairs(self.data, "sort") if pair[0] not in parts)
        return _query([*same, *(pair for pair in parts.items() if pair[1])])

    @property
    def looked_up(self) -> str:
        """The query string of those parts that only SQL can answer; empty where none is asked."""
        return _query(pair for pair in _pairs(self.data) if pair[0] in BY_SQL and self.asked.get(pair[0]))

    def found_by_sql(self, queryset: PostingQuerySet) -> PostingQuerySet:
        """What those parts find."""
        for name in BY_SQL:
            queryset = self.filters[name].filter(queryset, self.asked.get(name))
        return queryset

    @cached_property
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
        """The ways to sort: value, label and query string. Best match needs words, and distance a place."""
        ways = [way for way in ORDERS if self.asked.get(NEEDS.get(way[0], ""), True)]
        return [(value, label, _query([*_pairs(self.data), ("sort", value)])) for value, label in ways]

    def _without(self, name: str, value: Any) -> str:
        """The query string of the same search without one of the things it asks, in the same order."""
        several = name in SEVERAL
        return _query(pair for pair in _pairs(self.data, "sort") if pair[0] != name or (several and pair[1] != value))


class Unchanging(dict[str, forms.Field]):
    """Fields by name that all forms of a class share, since nothing ever changes them."""

    def __deepcopy__(self, memo: dict) -> Self:
        return self


class SearchField(forms.BoundField):
    """A field of the search form. Most are empty on most pages, and always look the same then: that is kept."""

    def as_widget(self, *args: Any, **kwargs: Any) -> SafeString:
        """The control as HTML."""
        if args or kwargs or self.value() or self.errors:
            return super().as_widget(*args, **kwargs)
        if self.name not in _empty:
            _empty[self.name] = super().as_widget()
        return _empty[self.name]


_empty: dict[str, SafeString] = {}


@cache
def _form_class() -> FormClass:
    fields = {name: each.field for name, each in PostingFilter.base_filters.items()}
    form: Any = type("SearchForm", (forms.Form,), fields | {"bound_field_class": SearchField})
    form.base_fields = Unchanging(form.base_fields)
    return form


ASKED = [name for name in PostingFilter.base_filters if name != "sort"]  # in the order of the form
BELONGS = {"pay_unit": "pay", "within": "near", "remote": "near"}  # says nothing without the other
USUAL = {("pay_unit", "hour"), ("within", str(USUAL_MILES)), ("remote", "false"), ("remote", "False")}
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
    """A query string of pairs in their one order, without what is usual and what belongs to a part that is absent."""
    kept = set(pairs) - USUAL
    there = {key for key, _ in kept}
    return urlencode(sorted((key, value) for key, value in kept if BELONGS.get(key, key) in there))


def _each(value: object) -> list:
    """The things one part of the form asks: several for boxes, one for the rest, none where it is empty."""
    return value if isinstance(value, list) else [value] if value else []
