"""A page whose every block is filled, with every data set loaded: complete, and read by few queries."""

from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from bench.reference import fill
from codes.blocks import BLOCKS
from codes.models import Code, Favorite, Folder, License, PrivateNote
from jobboard.postings import board
from jobboard.postings.models.queryset import families_of
from tests.factories import make_posting

CPT, HCPCS, ICD = "/codes/cpt/99990/", "/codes/hcpcs/j9998/", "/codes/icd-10-cm/a00.0/"
MOST = 10

type BrowserOf = Callable[[User], Client]


@pytest.fixture
def full(reference: None) -> None:
    """Every data set around one code of each system, and a job that needs each."""
    today = timezone.localdate()
    codes = [Code.objects.get(code=code) for code in ("99990", "J9998", "A00.0")]
    fill(*codes, few=Code.objects.get(code="99991"), on=today, partners=12)
    for code in codes:
        make_posting(code_families=families_of(code.system, code.code)[-1:])
    board.build_ahead()  # as a process does when it starts


@pytest.fixture
def kept_of_mia(full: None, mia: User) -> User:
    """Mia accepted the AMA's terms, and keeps a note and a favorite in a folder on each page."""
    License.objects.get().accept(mia, timezone.now())
    folder = Folder.objects.create(user=mia, name="Gulls")
    for code in Code.objects.filter(code__in=["99990", "J9998", "A00.0"]):
        Favorite.keep(mia, code, folder, timezone.now())
        PrivateNote.keep(mia, code, "Mind the tide", timezone.now(), None)
    return mia


def test_every_block_has_something_to_say_on_one_of_the_pages(kept_of_mia: User, browser_of: BrowserOf) -> None:
    texts = [" ".join(browser_of(kept_of_mia).get(page).text.split()) for page in (CPT, HCPCS, ICD)]
    for block in BLOCKS:
        shown = [text for text in texts if f'<section class="code-block gated" id="{block.kind.slug}"' in text]
        sections = [text.split(f'id="{block.kind.slug}"')[1].split("</section>")[0] for text in shown]
        assert any("Nothing on" not in section for section in sections), block.kind.slug


def queries(browser: Client, page: str) -> list[str]:
    """What one request of a page asks the database: session, user, reader and ledger too, but no BEGIN and the like."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(page).status_code == 200
    return [each["sql"] for each in asked if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]


@pytest.mark.parametrize("page", [CPT, HCPCS, ICD])
class TestQueries:
    """At most so many, nothing being kept of any page before."""

    def test_of_a_member(self, kept_of_mia: User, browser_of: BrowserOf, page: str) -> None:
        asked = queries(browser_of(kept_of_mia), f"{page}?locality=00001-00")
        assert len(asked) <= MOST, "\n".join(asked)

    @pytest.mark.usefixtures("full")
    def test_of_a_free_account_when_it_is_counted_and_later(self, ann: User, browser_of: BrowserOf, page: str) -> None:
        browser = browser_of(ann)
        for _ in range(2):
            asked = queries(browser, page)
            assert len(asked) <= MOST, "\n".join(asked)
            caches["pages"].clear()

    @pytest.mark.usefixtures("full")
    def test_of_a_guest_without_a_cookie_when_it_is_counted_and_later(self, client: Client, page: str) -> None:
        for _ in range(3):
            asked = queries(client, page)
            assert len(asked) <= MOST, "\n".join(asked)
            caches["pages"].clear()
