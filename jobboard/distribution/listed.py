"""The pages in the site map: postings, the employers that hire, code pages and what leads to them."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.urls import reverse

from codes.models import Code, Heading
from codes.systems import System
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from jobboard.sitemaps import Listed, Page, Rows, Section


def postings(at: datetime) -> QuerySet[Posting]:
    """Live ones: `changed` is when one was published or last edited."""
    return Posting.objects.live(at).only("slug").annotate(changed=Greatest("edited_at", "published_at"))


def employers(at: datetime) -> QuerySet[Employer]:
    """Those that hire now: the page of any other asks not to be listed. `changed` is that of the newest posting."""
    own = Posting.objects.live(at).filter(employer=OuterRef("pk")).order_by().values("employer")
    newest = own.annotate(changed=Max(Greatest("edited_at", "published_at"))).values("changed")
    return Employer.objects.only("slug").annotate(changed=Subquery(newest)).exclude(changed=None)


def codes(at: datetime) -> QuerySet[Code]:  # noqa: ARG001 - a code's page does not hide by the hour
    """Every code page but those of codes that are not described, which ask not to be listed."""
    return Code.objects.exclude(title="").only("system", "code").annotate(changed=F("changed_at"))


def headings(at: datetime) -> QuerySet[Heading]:  # noqa: ARG001 - likewise
    """Chapters and blocks, but for those of CPT without a described code; `changed`: when their release was loaded."""
    described = Code.objects.filter(heading=OuterRef("pk")).exclude(title="")
    shown = ~Q(system=System.CPT) | Exists(described) | Exists(Heading.objects.filter(parent=OuterRef("pk")))
    return Heading.objects.filter(shown).only("system", "slug").annotate(changed=F("release__loaded_at"))


def entrances(at: datetime) -> Iterator[Page]:  # noqa: ARG001 - likewise
    """The pages from which everything else is reached."""
    yield Page(reverse("home"))
    yield Page(reverse("jobs"))
    yield Page(reverse("codes:index"))
    for system in System:
        yield Page(reverse("codes:system", args=[system]))


SECTIONS: list[Section] = [
    Listed("entrances", entrances),
    Rows("jobs", postings),
    Rows("employers", employers),
    Rows("codes", codes),
    Rows("chapters", headings),
]
