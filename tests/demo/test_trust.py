"""What the demo data shows of trust."""

from datetime import datetime

from django.test import Client
from pytest_django.asserts import assertContains

from jobboard.applications.response import rate_of
from jobboard.employers.models import Employer
from jobboard.moderation.models import Report, Signal
from jobboard.postings.models import Posting


def test_an_employer_has_a_logo_sites_and_a_verified_domain(client: Client, loaded: datetime) -> None:
    larkmere = Employer.objects.get(slug="larkmere-health")
    assert (larkmere.verified_domain, larkmere.sites.count()) == ("larkmere.example", 3)
    assert client.get(f"/logos/{larkmere.logo}-96.webp").status_code == 200
    assertContains(client.get(larkmere.get_absolute_url()), "Verified at larkmere.example")


def test_the_fraud_in_the_queue_stands_out(loaded: datetime) -> None:
    posting = Posting.objects.get(title__startswith="Remote Medical Coder - Immediate Start")
    kinds = set(posting.signals.values_list("kind", flat=True))
    assert {"chat", "check", "equipment", "identity", "domain"} <= kinds


def test_the_course_to_pay_for_in_the_queue_stands_out(loaded: datetime) -> None:
    posting = Posting.objects.get(title="Pro-Fee Coders, Large Physician Network")
    assert {"fee", "trial", "charts"} <= set(posting.signals.values_list("kind", flat=True))


def test_honest_postings_in_the_queue_do_not(loaded: datetime) -> None:
    waiting = Posting.objects.submitted()
    doubts = Signal.objects.exclude(kind__in=Signal.NEUTRAL).filter(posting__in=waiting)
    assert waiting.count() > 2
    assert doubts.values("posting").distinct().count() == 2


def test_one_live_posting_was_open_before(client: Client, loaded: datetime) -> None:
    posting = Posting.objects.live(loaded).get(fingerprint__reposts__gt=0)
    assert posting.employer.slug == "saltgrass-physicians"
    assertContains(client.get(posting.get_absolute_url()), "reposted once")


def test_one_employer_has_a_response_rate(loaded: datetime) -> None:
    rates = {each.slug: rate for each in Employer.objects.all() if (rate := rate_of(each, loaded))}
    assert rates == {"larkmere-health": (10, 11)}


def test_reports_wait_for_staff(loaded: datetime) -> None:
    assert [posting.reported for posting in Report.objects.queue()] == [2, 1]
