"""Where an applicant came from: carried from the link to the posting to what is sent, in addresses, not in a cookie."""

import pytest
from django.urls import reverse

from jobboard.applications.models import Application
from jobboard.postings.sources import Origin, Source, carried
from tests.applications import files
from tests.applications.test_resumes import upload

pytestmark = pytest.mark.django_db


def link_to_apply(client, posting, query="", referrer=None):
    """What the button on a posting's page leads to."""
    headers = {"Referer": referrer} if referrer else {}
    page = client.get(f"{posting.get_absolute_url()}{query}", headers=headers).text
    return page.partition('data-apply href="')[2].partition('"')[0]


def send(client, address):
    data = {"name": "Ben Ortiz", "agreed": "on", "file": upload(files.pdf(), "cv.pdf")}
    return client.post(address, data, follow=True)


@pytest.mark.parametrize("mark", ["alert", "feed", "indeed", "linkedin"])
def test_the_mark_of_a_link_stays_with_the_application(as_, ben, rex, posting, mark):
    send(as_(ben), link_to_apply(as_(ben), posting, f"?from={mark}"))
    sent = Application.objects.get()
    assert sent.source == mark
    assert Source(mark).label in as_(rex).get(sent.get_hiring_url()).text


def test_another_site_is_kept_by_its_name(as_, ben, rex, posting):
    send(as_(ben), link_to_apply(as_(ben), posting, referrer="https://www.board.example/q?secret=1"))
    sent = Application.objects.get()
    assert (sent.source, sent.source_host) == ("external", "www.board.example")
    assert "www.board.example" in as_(rex).get(sent.get_hiring_url()).text


def test_it_survives_signing_in_and_leaves_no_cookie(client, posting):
    address = link_to_apply(client, posting, "?from=indeed")
    response = client.get(address)
    assert "from%3Dindeed" in response["Location"]
    assert not client.cookies


def test_without_a_mark_the_address_is_plain_and_nothing_is_known(as_, ben, posting):
    address = link_to_apply(as_(ben), posting)
    assert address == reverse("apply", args=[posting.pk, posting.slug])
    send(as_(ben), address)
    assert Application.objects.get().source == "direct"


def test_an_old_title_in_the_address_loses_no_mark(as_, ben, posting):
    address = reverse("apply", args=[posting.pk, "old"])
    assert as_(ben).get(f"{address}?from=alert")["Location"].endswith("?from=alert")


@pytest.mark.parametrize(
    "words", ["", "king", "external", "external:", "alert:www.x.example", "external:<script>", "external:" + "a." * 99]
)
def test_made_up_marks_say_nothing(words):
    assert carried(words) == Origin(Source.DIRECT)


@pytest.mark.parametrize("origin", [Origin(Source.ALERT), Origin(Source.EXTERNAL, "www.x.example")])
def test_what_is_carried_is_read_again(origin):
    assert carried(origin.carried) == origin
