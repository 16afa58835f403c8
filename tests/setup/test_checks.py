"""What a public site is warned of."""

import pytest

from jobboard.checks import PUBLIC_PASSWORD, no_demo_people_in_public


@pytest.mark.parametrize(
    ("production", "demo", "told"), [(True, True, [PUBLIC_PASSWORD]), (True, False, []), (False, True, [])]
)
def test_demo_people_on_a_public_site_are_an_error(settings, production: bool, demo: bool, told: list) -> None:
    settings.PRODUCTION, settings.DEMO_MODE = production, demo
    assert no_demo_people_in_public() == told
