"""What the demo data shows of trust: sites, a logo, verified domains, what stands out in postings, reports."""

from collections import Counter
from datetime import datetime

from PIL import Image, ImageDraw

from accounts.models import User
from jobboard.demo.ages import DAY, HOUR
from jobboard.demo.pages import Page
from jobboard.employers import logos
from jobboard.employers.models import Employer, EmployerEvent, Site
from jobboard.moderation.looks import look_over
from jobboard.moderation.looks.known import take_fingerprints
from jobboard.moderation.models import PayRange, Report
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import State

SIDE = 320  # pixels of a logo


def add_pages(pages: list[Page], at: datetime) -> None:
    """Complete the pages of employers that were just added, as far as their files say."""
    for page in pages:
        employer = Employer.objects.get(slug=page.key)
        Site.objects.bulk_create(Site(employer=employer, **site) for site in page.facts.get("sites", []))
        if "verified_days_ago" in page.facts:
            employer.verified_at = at - page.facts["verified_days_ago"] * DAY
            employer.verified_domain = employer.domain
            words = f"A mail at {employer.domain} was confirmed."
            employer.record(EmployerEvent.Kind.VERIFIED, employer.verified_at, None, words)
        if "logo" in page.facts:
            employer.logo = logos.store(_drawn(page.facts["logo"]))
        employer.save()


def _drawn(colors: list[str]) -> Image.Image:
    """A picture of waves in two colors."""
    picture = Image.new("RGB", (SIDE, SIDE), colors[0])
    draw = ImageDraw.Draw(picture)
    for row in range(3):
        for column in range(-1, 3):
            left, top = column * 160 + row % 2 * 80, 40 + row * 85
            draw.arc((left, top, left + 160, top + 110), 200, 340, fill=colors[1], width=22)
    return picture


def look_at(postings: list[Posting], at: datetime) -> None:
    """Reckon what jobs of each kind pay, and look over those that staff have before them or that were open before."""
    PayRange.objects.renew(at)
    take_fingerprints(len(postings))
    named = Counter((each.employer_id, each.title) for each in postings)
    for posting in Posting.objects.filter(pk__in=[each.pk for each in postings]).select_related("employer"):
        stands = posting.state_at(at)
        reposted = stands == State.LIVE and named[posting.employer_id, posting.title] > 1
        if stands in (State.SUBMITTED, State.HELD) or posting.changed_since_approval or reposted:
            look_over(posting, at)


def add_reports(page: Page, at: datetime) -> None:
    """Store what a coder reported, where the posting is still to be found."""
    reader = User.objects.get(email=page.facts["email"])
    for facts in page.facts.get("reports", []):
        employer, title = facts["employer"], facts["title"]
        posting = Posting.objects.live(at).filter(employer__slug=employer, title=title).first()
        if posting:
            moment = at - facts["days_old"] * DAY - HOUR
            Report(posting=posting, by=reader, kind=facts["kind"], words=facts["words"], at=moment).save()
