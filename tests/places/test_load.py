"""The places of the package, in the database."""

import pytest
from django.core.management import call_command

from jobboard.places import load
from jobboard.places.models import City, Release, ZipCode, find

pytestmark = pytest.mark.django_db


def test_the_whole_country_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_places")
    assert "ZIP codes" in capsys.readouterr().out
    assert ZipCode.objects.count() > 40_000
    assert City.objects.count() > 28_000
    for text, there in [
        ("Austin", "Austin, TX"),
        ("St Louis", "Saint Louis, MO"),
        ("nyc", "New York, NY"),
        ("Washington, DC", "Washington, DC"),
        ("San Juan, PR", "San Juan, PR"),
        ("santurce, PR", "Santurce, PR"),  # a part of San Juan with ZIP codes of its own
    ]:
        assert str(find(text)) == there
    austin = find("Austin, TX")
    assert austin.time_zone == "America/Chicago"
    assert abs(austin.latitude - 30.27) < 0.1
    assert not ZipCode.objects.filter(code="09001").exists()  # the military's, abroad
    call_command("load_places")
    assert "loaded already" in capsys.readouterr().out


def test_a_broken_load_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch, small_map: None) -> None:
    zips = [{"zip_code": "00001", "city": "Broken", "state": "TX", "lat": "1", "long": "1", "timezone": ""}]
    zips[0] |= {"zip_code_type": "STANDARD", "acceptable_cities": []}
    monkeypatch.setattr(load, "_zip_codes", lambda: [*zips, *zips])  # the same code twice
    with pytest.raises(Exception, match="duplicate key"):
        load.load(_now())
    assert ZipCode.objects.filter(code="78701").exists()
    assert not Release.objects.exists()


def _now() -> object:
    from django.utils import timezone

    return timezone.now()
