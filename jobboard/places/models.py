"""Where places are. Every row comes from the release of the data that was loaded last."""

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from accounts.vocabulary import STATE_CHOICES
from jobboard.places import names

MOST_SUGGESTED = 8
# A city that has so many times the ZIP codes of every other city of its name is the one that is meant.
DOMINANT = 5


class Address(NamedTuple):
    """A place as a posting states it; what is absent is empty."""

    city: str
    state: str
    postal_code: str = ""


class NoSuchPlace(Exception):
    """No place is known by what was written, or several are: `suggestions` are those that may be meant."""

    def __init__(self, message: str, suggestions: list["City"]) -> None:
        super().__init__(message)
        self.suggestions = suggestions


class Release(models.Model):
    """A version of the data of the package zipcodes; the tables hold the last one."""

    version = models.CharField(max_length=40)
    checksum = models.CharField(max_length=64, unique=True)
    rows = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"zipcodes {self.version}"


class Place(models.Model):
    """A named spot on the map."""

    state = models.CharField(max_length=2, choices=STATE_CHOICES)
    latitude = models.FloatField(help_text="Degrees north.")
    longitude = models.FloatField(help_text="Degrees east; negative in the Americas.")
    time_zone = models.CharField(max_length=40, blank=True, help_text="Of the IANA database.")

    class Meta:
        abstract = True


class ZipCode(Place):
    """A postal code of the US."""

    code = models.CharField(max_length=5, primary_key=True)
    city = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.code} ({self.city}, {self.state})"


class CityQuerySet(models.QuerySet["City"]):
    """Cities by their names."""

    def named(self, city: str, state: str = "") -> "CityQuerySet":
        """Those with this name, in this state if one is given; the largest first."""
        found = self.filter(key=city, **({"state": state} if state else {}))
        return found.order_by("-zip_codes", "state")

    def beginning(self, written: names.Written) -> "CityQuerySet":
        """Those whose name begins as written, the largest first."""
        found = self.filter(key__startswith=written.city, **({"state": written.state} if written.state else {}))
        return found.order_by("-zip_codes", "key", "state")

    def like(self, city: str) -> "CityQuerySet":
        """Those whose name looks like this one, for misspelt names; the most alike first."""
        return self.filter(key__trigram_similar=city).order_by(
            models.Func(models.F("key"), models.Value(city), template="(%(expressions)s)", arg_joiner=" <-> "),
            "-zip_codes",
        )


class City(Place):
    """A city, town or a part of one with a name of its own: the middle of its ZIP codes."""

    name = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    zip_codes = models.PositiveSmallIntegerField(help_text="How many it has, for want of its population.")

    objects: ClassVar[CityQuerySet] = CityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [GinIndex(fields=["key"], opclasses=["gin_trgm_ops"], name="city_by_letters")]
        constraints = [models.UniqueConstraint(fields=["key", "state"], name="city_named_once_per_state")]

    def __str__(self) -> str:
        return f"{self.name}, {self.state}"


def find(text: str, state: str = "") -> City | ZipCode:
    """The place that somebody wrote, in this state if they named none. Raises NoSuchPlace, which says what to do."""
    written = names.read(text)
    if written.zip_code:
        return _zip_code(written.zip_code)
    found = list(City.objects.named(written.city, written.state or state)[:60])
    if not found:
        alike = list(City.objects.like(written.city)[:MOST_SUGGESTED]) if written.city else []
        raise NoSuchPlace("No city of this name is known. Write it as “Austin, TX”, or a ZIP code.", alike)
    if len(found) > 1 and found[0].zip_codes < DOMINANT * found[1].zip_codes:
        raise NoSuchPlace(_which(found), found[:MOST_SUGGESTED])
    return found[0]


def locate(city: str, state: str, postal_code: str = "") -> City | ZipCode | None:
    """Where an address is: by its ZIP code if that is known, or else by its city. None where neither is."""
    address = Address(city, state, postal_code)
    return locate_all([address]).get(address)


def locate_all(addresses: Iterable[Address]) -> dict[Address, City | ZipCode]:
    """Where addresses are, each as `locate` finds it; those found nowhere are absent. Two queries at most."""
    wanted = set(addresses)
    zip_codes = ZipCode.objects.in_bulk({each.postal_code[:5] for each in wanted if each.postal_code})
    found: dict[Address, City | ZipCode] = {
        each: zip_codes[code]
        for each in wanted
        if (code := each.postal_code[:5]) in zip_codes and zip_codes[code].state == each.state
    }
    keys = {each: (names.key(each.city), each.state) for each in wanted - found.keys() if each.city and each.state}
    cities = {(each.key, each.state): each for each in City.objects.filter(key__in={key for key, _ in keys.values()})}
    return found | {each: cities[key] for each, key in keys.items() if key in cities}


def _zip_code(code: str) -> ZipCode:
    found = ZipCode.objects.filter(code=code).first()
    if found is None:
        raise NoSuchPlace("This ZIP code is not known. Write another, or a city as “Austin, TX”.", [])
    return found


def _which(found: list[City]) -> str:
    """The question back: which of the cities of one name."""
    states = ", ".join(city.state for city in found[:MOST_SUGGESTED])
    more = f" and {len(found) - MOST_SUGGESTED} more states" if len(found) > MOST_SUGGESTED else ""
    return f"There is a {found[0].name} in {states}{more}. Add the state."
