"""The places of the package zipcodes into the database, in one go."""

import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from statistics import fmean
from typing import Any, NamedTuple
from zoneinfo import available_timezones

from django.db import connection, transaction

from accounts.vocabulary import STATE_CHOICES
from jobboard.places import names
from jobboard.places.models import City, Release, ZipCode

PACKAGE = "zipcodes"
MADE = 1  # counts up when what is made of the data changes, so that it is made anew
_STATES = dict(STATE_CHOICES)

type Row = tuple[object, ...]


class Spot(NamedTuple):
    """What of a ZIP code counts for its city."""

    latitude: float
    longitude: float
    time_zone: str
    delivers: bool  # to streets: PO boxes and single companies say less about where a city is


def current() -> Release | None:
    """The release that was loaded last, if it is the one of the installed package."""
    return Release.objects.filter(version=_version()).first()


def load(at: datetime) -> Release:
    """Replace all places by those of the installed package; readers see the old ones until all new ones are there."""
    zips = _zip_codes()
    cities = list(_cities(zips))
    checksum = sha256(json.dumps([MADE, zips], sort_keys=True).encode()).hexdigest()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('jobboard.places.load'))")  # one load at a time
        for model in (ZipCode, City, Release):
            model.objects.all().delete()
        _copy(ZipCode, ("code", "city", "state", "latitude", "longitude", "time_zone"), map(_zip_row, zips))
        _copy(City, ("key", "state", "name", "zip_codes", "latitude", "longitude", "time_zone"), cities)
        return Release.objects.create(version=_version(), checksum=checksum, rows=len(zips), loaded_at=at)


def _version() -> str:
    return f"{version(PACKAGE)}.{MADE}"


def _zip_codes() -> list[dict[str, Any]]:
    """The ZIP codes of the states, the District of Columbia and Puerto Rico, without the military's."""
    import zipcodes  # here, since only this needs its 40 MB

    return [each for each in zipcodes.list_all() if each["state"] in _STATES and each["zip_code_type"] != "MILITARY"]


def _zip_row(each: dict[str, Any]) -> Row:
    return each["zip_code"], each["city"], each["state"], float(each["lat"]), float(each["long"]), _time_zone(each)


def _time_zone(each: dict[str, Any]) -> str:
    return each["timezone"] if each["timezone"] in _TIME_ZONES else ""


_TIME_ZONES = available_timezones()


def _cities(zips: list[dict[str, Any]]) -> Iterable[Row]:
    """A row for each city, and one for each other name that mail may go to and that no city of its state has."""
    own: dict[tuple[str, str], tuple[str, list[Spot]]] = {}
    other: dict[tuple[str, str], tuple[str, list[Spot]]] = {}
    for each in zips:
        spot = Spot(float(each["lat"]), float(each["long"]), _time_zone(each), each["zip_code_type"] == "STANDARD")
        _add(own, each["city"], each["state"], spot)
        for name in each["acceptable_cities"]:
            _add(other, name, each["state"], spot)
    for (key, state), (name, spots) in (other | own).items():
        streets = [spot for spot in spots if spot.delivers] or spots
        where = fmean(spot.latitude for spot in streets), fmean(spot.longitude for spot in streets)
        yield key, state, name, len(spots), *where, streets[0].time_zone


def _add(found: dict[tuple[str, str], tuple[str, list[Spot]]], name: str, state: str, spot: Spot) -> None:
    found.setdefault((names.key(name), state), (name, []))[1].append(spot)


def _copy(model: type[ZipCode | City], columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    named = ", ".join(columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({named}) FROM STDIN") as sink:
        for row in rows:
            sink.write_row(row)
