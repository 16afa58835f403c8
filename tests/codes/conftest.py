"""An invented code reference: a Tabular List about gulls, our own texts on counting them, and who reads them.

Every text of the content folder carries a word that starts with "sentinel", so that a test can prove where it shows up.
"""

import dataclasses
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, User
from codes.loaders import icd10cm_package, own_texts
from codes.loaders.merge import merge
from codes.loaders.outcome import Outcome
from codes.loaders.staged import StagedCode
from tests.factories import DAY, make_user

FIXTURES = Path(__file__).parent / "fixtures"
TABULAR = FIXTURES / "icd10c-tabular-April-1-2026.xml"
LISTING = FIXTURES / "code-list-April-2026.txt"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def icd(db: None) -> Outcome:
    """The invented Tabular List, loaded."""
    return merge(icd10cm_package.read(TABULAR, LISTING), AT)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Our own texts in a folder that a test may change."""
    return Path(shutil.copytree(FIXTURES / "content", tmp_path / "content"))


@pytest.fixture
def own(db: None) -> Outcome:
    """Our own texts, loaded."""
    return own_texts.load(AT, FIXTURES / "content")


@pytest.fixture
def reference(icd: Outcome, own: Outcome) -> None:
    """Everything that the project ships."""


@pytest.fixture
def october(reference: None) -> None:
    """A second release of the invented Tabular List: a title and terms changed, A00.9 divided, A10.0XXA gone."""
    later = icd10cm_package.read(TABULAR, LISTING)
    later = dataclasses.replace(
        later,
        checksum="later",
        version="FY2027 October",
        effective=date(2026, 10, 1),
        last_day=date(2027, 9, 30),
    )
    later.codes[1].title = "Gull fever with terrible itching"
    terms = next(note for note in later.notes if note.code == "A00.0")
    terms.text, terms.html = (words.replace("Beach", "Sand") for words in (terms.text, terms.html))
    later.codes[2].billable = False
    later.codes.insert(3, StagedCode("A00.91", "Gull fever at night", "a00-a09", parent="A00.9"))
    later.codes = [row for row in later.codes if row.code != "A10.0XXA"]
    merge(later, AT + timedelta(days=1))


@pytest.fixture
def ann(db: None) -> User:
    """Ann has a free account."""
    return make_user("ann@example.com", name="Ann Coder")


@pytest.fixture
def mia(db: None) -> User:
    """Mia is a registered member."""
    user = make_user("mia@example.com", name="Mia Member")
    Membership.objects.create(user=user, starts_at=timezone.now() - DAY)
    return user


@pytest.fixture
def guest_browser(client: Client, reference: None) -> Client:
    """A browser whose guest cookie is there, with no page opened yet."""
    client.get("/codes/icd-10-cm/b20/")
    return client


@pytest.fixture
def browser_of() -> Callable[[User], Client]:
    """Browsers of signed-in people."""

    def browser(user: User) -> Client:
        client = Client()
        client.force_login(user)
        UserSession.objects.create(user=user, session_key=client.session.session_key, ip="127.0.0.1")  # as allauth
        return client

    return browser
