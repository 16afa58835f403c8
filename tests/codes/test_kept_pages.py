"""What is kept of a code page serves all who see the same, and holds nothing of any reader's own."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, User
from bench.reference import fill
from codes.models import Code, Favorite, Folder, License, PrivateNote, Release
from jobboard.memory import Memory
from tests.factories import DAY, make_posting, make_user

PAGE = "/codes/cpt/99990/"
TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b")  # of a form; by chance it may hold any short name

type BrowserOf = Callable[[User], Client]


@pytest.fixture
def code(reference: None) -> Code:
    return Code.objects.get(code="99990")


@pytest.fixture
def max_(db: None) -> User:
    """Max is a member too."""
    user = make_user("max@example.com", name="Max <b>Member</b>")
    Membership.objects.create(user=user, starts_at=timezone.now() - DAY)
    return user


def test_each_reader_sees_their_own_and_nobody_elses(code: Code, mia: User, max_: User, browser_of: BrowserOf) -> None:
    for user, words in ((mia, "Mind the tide"), (max_, "Harbormaster pays late & <i>little</i>")):
        PrivateNote.keep(user, code, words, timezone.now(), None)
    browsers = [browser_of(mia), browser_of(max_)]
    for _ in range(2):
        first, second = (TOKEN.sub("", browser.get(PAGE).text) for browser in browsers)
        assert "Mia" in first
        assert "Mind the tide" in first
        assert "Max" not in first
        assert "Harbormaster" not in first
        assert "Max &lt;b&gt;" in second
        assert "Harbormaster pays late &amp; &lt;i&gt;little&lt;/i&gt;" in second
        assert "Mia" not in second
        assert "Mind the tide" not in second


def test_what_is_kept_holds_nothing_of_a_reader(code: Code, mia: User, browser_of: BrowserOf) -> None:
    fill(code, *Code.objects.filter(code__in=["J9998", "A00.0", "99991"]).order_by("-system"), on=timezone.localdate())
    License.objects.get().accept(mia, timezone.now())
    PrivateNote.keep(mia, code, "Mind the tide", timezone.now(), None)
    Favorite.keep(mia, code, Folder.objects.create(user=mia, name="Gullfolder"), timezone.now())
    browser = browser_of(mia)
    text = browser.get(PAGE).text
    own = ["Mia", "Mind the tide", "Gullfolder", "An invented wording"]
    assert [words for words in own if words not in text] == []
    token = text.split('name="csrfmiddlewaretoken" value="')[1][:64]
    cache = caches["pages"]
    assert isinstance(cache, Memory)
    assert cache._cache  # something is kept
    for value in cache._cache.values():
        assert [words for words in [*own, token] if words.encode() in value] == []


def test_a_form_of_a_kept_page_can_be_sent(code: Code, mia: User, max_: User) -> None:
    for user in (mia, max_):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(user)
        token = browser.get(PAGE).text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        answer = browser.post("/me/codes/cpt/99990/star/", {"csrfmiddlewaretoken": token})
        assert answer.status_code == 302
    assert Favorite.objects.count() == 2


def test_staff_and_others_are_kept_apart(code: Code, mia: User, max_: User, browser_of: BrowserOf) -> None:
    User.objects.filter(pk=max_.pk).update(is_staff=True)
    assert '"/desk/"' not in browser_of(mia).get(PAGE).text
    assert '"/desk/"' in browser_of(max_).get(PAGE).text
    assert '"/desk/"' not in browser_of(mia).get(PAGE).text


def test_a_message_is_shown_once(code: Code, mia: User, browser_of: BrowserOf) -> None:
    browser = browser_of(mia)
    browser.get(PAGE)
    saved = browser.post("/me/codes/cpt/99990/note/", {"text": "Tide", "since": ""}, follow=True).text
    assert "Your note on 99990 is saved." in saved
    assert "Your note on 99990 is saved." not in browser.get(PAGE).text


def test_a_guest_is_led_back_to_the_address_they_asked_for(client: Client, code: Code) -> None:
    client.get(PAGE)
    client.get(PAGE)
    assert 'href="/accounts/login/?next=/codes/cpt/99990/%3Fsetting%3D%2522facility"' in (
        client.get(f"{PAGE}?setting=%22facility").text
    )
    assert "facility" not in client.get(PAGE).text.split("</header>")[0]


def test_another_locality_keeps_no_other_page(code: Code, mia: User, browser_of: BrowserOf) -> None:
    fill(code, *Code.objects.filter(code__in=["J9998", "A00.0", "99991"]).order_by("-system"), on=timezone.localdate())
    browser = browser_of(mia)
    browser.get(PAGE)
    before = len(caches["pages"]._cache)
    for number in range(3):
        assert f"Gull Island {number}, TX" in browser.get(f"{PAGE}?locality=0000{number}-00").text
    assert len(caches["pages"]._cache) == before + 3  # a payment block each


class TestMemory:
    """Bounded in bytes."""

    @pytest.fixture
    def memory(self) -> Memory:
        memory = Memory("of-a-test", {"OPTIONS": {"MAX_BYTES": 10_000}})
        memory.clear()
        return memory

    def test_what_was_not_asked_for_the_longest_goes_first(self, memory: Memory) -> None:
        memory.set("old", "a" * 4_000)
        memory.set("used", "b" * 4_000)
        memory.set("old", "c" * 4_000)
        memory.get("used")
        memory.set("new", "d" * 4_000)
        assert memory.get("old") is None
        assert memory.get("used") == "b" * 4_000
        assert memory.get("new") == "d" * 4_000

    def test_it_never_holds_more(self, memory: Memory) -> None:
        for number in range(100):
            memory.set(f"{number % 7}", "a" * 100 * number)
            assert memory.held == sum(map(len, memory._cache.values())) <= 10_000
        memory.delete("3")
        assert memory.held == sum(map(len, memory._cache.values()))
        memory.clear()
        assert memory.held == 0


def test_links_of_a_kept_page_lead_to_the_day_that_was_asked(code: Code, mia: User, browser_of: BrowserOf) -> None:
    fill(code, *Code.objects.filter(code__in=["J9998", "A00.0", "99991"]).order_by("-system"), on=timezone.localdate())
    make_posting(code_families=["cpt:9"])
    browser = browser_of(mia)
    day, other = f"{timezone.localdate() + DAY:%Y-%m-%d}", f"{timezone.localdate() + 2 * DAY:%Y-%m-%d}"
    for _ in range(2):
        for asked, not_asked in ((day, other), (other, day)):
            text = browser.get(f"{PAGE}?on={asked}").text
            assert f'href="/codes/cpt/99991/?on={asked}"' in text
            assert f"on={not_asked}" not in text
            assert "Jobs that need 99990" in text
        assert "?on=" not in browser.get(PAGE).text.replace('href="?on=', "")


def test_the_notice_is_of_the_edition_that_is_shown(client: Client, code: Code) -> None:
    Code.objects.filter(pk=code.pk).update(edition=2031)
    assert "CPT copyright 2030 American Medical Association." in client.get(PAGE).text
    assert "CPT copyright 2025 American Medical Association." in client.get("/codes/cpt/").text
    Release.objects.filter(dataset=Release.Dataset.OWN_TEXTS).update(effective=date(2032, 1, 1))
    for path in ("/codes/cpt/", "/codes/cpt/chapters/harbor-services-birds/", "/case2code/"):
        assert "CPT copyright 2031 American Medical Association." in client.get(path).text
