"""Distances on the earth, in the database.

A point is a `cube`: the three coordinates of a place on the unit sphere, as the extension earthdistance has it.
earthdistance itself is not used: it is not a trusted extension, so the owner of a database could not create it, while
`cube` is trusted and brings the GiST index. The earth is taken as a sphere, which is wrong by 0.6 % at most.
"""

from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import ASin, Cos, Least, Radians, Sin

RADIUS = 3958.8  # miles: the mean radius of the earth


class CubeField(models.Field):
    """A column of the extension cube, derived by the database and never written."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002 - the signature of a field
        """The name of the type."""
        return "cube"


def point_column(latitude: str, longitude: str) -> models.GeneratedField:
    """A stored column with the point of two columns in degrees; null where they are."""
    east, north = Radians(longitude), Radians(latitude)
    on_sphere = Func(
        Cos(north) * Cos(east), Cos(north) * Sin(east), Sin(north), template="cube(ARRAY[%(expressions)s])"
    )
    known = When(**{f"{latitude}__isnull": False, f"{longitude}__isnull": False}, then=on_sphere)
    return models.GeneratedField(
        expression=Case(known, default=None, output_field=CubeField()), output_field=CubeField(), db_persist=True
    )


def within(column: str, latitude: float, longitude: float, miles: float) -> Q:
    """Rows whose point lies at most so many miles from a place; the index of the column answers most of it."""
    chord = 2 * sin(miles / RADIUS / 2)
    center = _center(latitude, longitude)
    box = Func(center, Value(chord), Value(3), function="cube_enlarge")
    inside = Func(F(column), box, arg_joiner=" <@ ", template="(%(expressions)s)", output_field=models.BooleanField())
    return Q(inside) & Q(_near_enough(column, center, chord))


def miles_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The distance of two places in miles along a great circle; all four are degrees."""
    north, other_north = radians(latitude), radians(other_latitude)
    half = sqrt(
        sin((other_north - north) / 2) ** 2
        + cos(north) * cos(other_north) * sin(radians(other_longitude - longitude) / 2) ** 2
    )
    return 2 * RADIUS * asin(min(1.0, half))


def miles_from(column: str, latitude: float, longitude: float) -> Combinable:
    """SQL for the distance of a row's point from a place, in miles along a great circle."""
    half = _chord(column, _center(latitude, longitude)) / 2.0
    return ASin(Least(half, Value(1.0))) * Value(2 * RADIUS)


def _near_enough(column: str, center: Func, chord: float) -> Func:
    """The box around a ball has corners outside it."""
    return Func(
        _chord(column, center),
        Value(chord),
        arg_joiner=" <= ",
        template="(%(expressions)s)",
        output_field=models.BooleanField(),
    )


def _chord(column: str, center: Func) -> Func:
    """How far it is straight through the unit sphere."""
    return Func(F(column), center, function="cube_distance", output_field=models.FloatField())


def _center(latitude: float, longitude: float) -> Func:
    """SQL for the point of a place in degrees."""
    east, north = radians(longitude), radians(latitude)
    on_sphere = [cos(north) * cos(east), cos(north) * sin(east), sin(north)]
    return Func(Value(on_sphere), template="cube(%(expressions)s::float8[])", output_field=CubeField())
