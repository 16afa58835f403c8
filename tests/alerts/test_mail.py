"""The digest: what it says in text and HTML, why each posting matched, and the way out of it."""

import pytest
from django.core import mail

from jobboard.outbox.message import packed, unpacked
from tests.alerts.conftest import HOUR, NOON
from tests.factories import make_employer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://codeharbor.example"


@pytest.fixture
def digest(keep, publish):
    """A digest of one posting, with its search."""
    search = keep("credential=CPC&q=spine&state=TX", name="Spine & Texas")
    posting = publish(
        NOON + HOUR,
        title="Spine <coder>",
        employer=make_employer("Harbor & Sons"),
        credentials_required=["CPC", "COC"],
        remote_states=["TX", "OH"],
    )
    search.run(NOON + 2 * HOUR)
    (message,) = mail.outbox
    return search, posting, message


def test_it_names_the_posting_and_why_it_matched(digest):
    _, posting, message = digest
    assert message.to == ["ada@coders.example"]
    assert message.subject == "1 new job: Spine & Texas"
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    for body in (message.body, html):
        assert f"https://codeharbor.example{posting.get_absolute_url()}" in body
        assert "TX" in body
        assert "$30" in body
        assert "Why it fits: " in body
        for reason in ("Has your words: spine", "Accepts CPC", "open to people in Texas"):
            assert reason in body
    assert "Spine <coder>\nHarbor & Sons" in message.body
    assert "<coder>" not in html
    assert "Spine &lt;coder&gt;" in html


def test_it_says_how_to_stop_change_and_pause(digest):
    search, _, message = digest
    for body in (message.body, message.alternatives[0][0]):
        assert f"https://codeharbor.example/alerts/unsubscribe/{search.token}/" in body
        assert "https://codeharbor.example/me/alerts/" in body


def test_mail_programs_can_unsubscribe_with_one_click(digest):
    """RFC 8058, 3: both headers, an HTTPS address on a line of its own in clear, a token that names the list."""
    search, _, message = digest
    wire = unpacked(packed(message)).message().as_string()
    assert f"\nList-Unsubscribe: <https://codeharbor.example/alerts/unsubscribe/{search.token}/>\n" in wire
    assert "\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n" in wire


@pytest.mark.parametrize(
    ("frequency", "said"), [("at-once", "whenever"), ("daily", "every morning"), ("weekly", "every Monday")]
)
def test_it_says_how_often_it_comes(keep, publish, frequency, said):
    search = keep(frequency=frequency)
    publish(NOON + HOUR)
    search.run(search.turn_after(NOON + HOUR))
    (message,) = mail.outbox
    assert said in message.body
    assert said in message.alternatives[0][0]


def test_a_search_that_asks_nothing_lists_without_reasons(keep, publish):
    search = keep()
    publish(NOON + HOUR)
    search.run(NOON + 2 * HOUR)
    assert "Why it fits" not in mail.outbox[0].body


def test_a_name_with_line_breaks_cannot_add_headers(keep, publish):
    search = keep(name="Jobs\r\nBcc: everybody@example.com")
    publish(NOON + HOUR)
    search.run(NOON + 2 * HOUR)
    assert mail.outbox[0].subject == "1 new job: Jobs Bcc: everybody@example.com"
