"""`manage.py check --deploy` asks for an https address in the mails."""

import pytest

from jobboard.alerts.checks import PLAIN_HTTP, one_click_needs_https


@pytest.mark.parametrize(
    ("address", "found"), [("https://jobs.example", []), ("http://jobs.example", [PLAIN_HTTP]), ("", [PLAIN_HTTP])]
)
def test_one_click_unsubscribing_needs_https(settings, address, found):
    settings.SITE_URL = address
    assert one_click_needs_https() == found
