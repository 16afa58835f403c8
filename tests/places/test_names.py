"""What people write for a place."""

import pytest

from jobboard.places.names import Written, key, read


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("78701", Written(zip_code="78701")),
        (" 78701-1234 ", Written(zip_code="78701")),
        ("Austin, TX", Written(city="austin", state="TX")),
        ("austin tx", Written(city="austin", state="TX")),
        ("Austin,Texas", Written(city="austin", state="TX")),
        ("St. Louis, Missouri", Written(city="st louis", state="MO")),
        ("Saint Louis", Written(city="st louis")),
        ("Fargo North Dakota", Written(city="fargo", state="ND")),
        ("Washington, District of Columbia", Written(city="washington", state="DC")),
        ("NYC", Written(city="new york")),
        ("Ohio", Written(city="ohio")),
        ("787", Written(city="787")),
        ("", Written()),
        (",", Written()),
    ],
)
def test_what_is_read(text: str, written: Written) -> None:
    assert read(text) == written


def test_one_city_has_one_key() -> None:
    assert key("Fort Worth") == key("Ft. Worth") == key("FT WORTH")
    assert key("Coeur d'Alene") == key("Coeur D Alene".replace(" A", "A"))
