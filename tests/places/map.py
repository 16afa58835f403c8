"""A small map of real places, for tests that search by distance without loading the whole country."""

import pytest

from jobboard.places import names
from jobboard.places.models import City, ZipCode

# Coordinates as GeoNames has them, to three decimals.
CITIES = [
    ("Austin", "TX", 78, 30.267, -97.743),
    ("Austin", "MN", 1, 43.667, -92.975),
    ("Round Rock", "TX", 6, 30.508, -97.679),
    ("San Antonio", "TX", 97, 29.424, -98.494),
    ("Dallas", "TX", 97, 32.777, -96.797),
    ("Springfield", "IL", 15, 39.802, -89.644),
    ("Springfield", "MA", 20, 42.101, -72.590),
    ("Springfield", "MO", 18, 37.209, -93.292),
]
ZIP_CODES = [("78701", "Austin", "TX", 30.271, -97.743), ("78664", "Round Rock", "TX", 30.515, -97.668)]


@pytest.fixture
def small_map(db: None) -> None:
    """Austin, what is near it and what is not; three Springfields."""
    for name, state, zip_codes, latitude, longitude in CITIES:
        City.objects.create(
            name=name,
            key=names.key(name),
            state=state,
            zip_codes=zip_codes,
            latitude=latitude,
            longitude=longitude,
            time_zone="America/Chicago",
        )
    for code, city, state, latitude, longitude in ZIP_CODES:
        ZipCode.objects.create(code=code, city=city, state=state, latitude=latitude, longitude=longitude)
