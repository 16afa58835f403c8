"""What each tier may open, and what the meter says of it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse

from accounts.middleware import reader as reader_middleware
from accounts.models import CodeView, Membership, Meter
from accounts.reader import GUEST_COOKIE, Tier
from tests.accounts.conftest import guest_cookie_of, noon, reader_of, request_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db

GUEST_SPENT = (
    "0 code page views remaining. Guest accounts are limited to 1 page view. Register a free account to get 5 more."
)


def test_a_guest_opens_one_page_and_it_stays_open(guest):
    reader = reader_of(guest=guest)

    first = reader.open("cpt:20670")

    assert first.granted
    assert first.tier is Tier.GUEST
    assert first.meter == GUEST_SPENT
    assert not reader.open("cpt:20680").granted
    assert reader.open("cpt:20680").meter == GUEST_SPENT
    assert reader.open("cpt:20670").granted


def test_a_guest_view_opens_what_a_guest_may_see_and_no_more(guest):
    access = reader_of(guest=guest).open("cpt:20670")

    assert access.opens(Tier.GUEST)
    assert not access.opens(Tier.FREE)


def test_a_guest_whose_cookie_did_not_come_back_opens_nothing_and_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        access = reader_of().open("cpt:20670")

    assert not access.granted
    assert not access.opens(Tier.GUEST)
    assert access.meter.startswith("1 code page view remaining. Guest accounts are limited to 1 page view.")


def test_a_free_account_opens_five_pages(ann):
    reader = reader_of(user=ann)

    opened = [reader.open(f"cpt:{n}", noon()) for n in range(6)]

    assert [access.granted for access in opened] == [True] * 5 + [False]
    assert [access.remaining for access in opened] == [4, 3, 2, 1, 0, 0]
    assert opened[1].meter == (
        "3 code page views remaining. Free accounts are limited to 5 page views. "
        "Become a registered member to read every page."
    )
    assert opened[3].meter.startswith("1 code page view remaining. ")
    assert opened[0].opens(Tier.FREE)
    assert not opened[0].opens(Tier.REGISTERED)


def test_a_page_opened_before_costs_one_query_and_no_view(ann, django_assert_num_queries):
    reader_of(user=ann).open("cpt:20670")

    with django_assert_num_queries(1):
        again = reader_of(user=ann).open("cpt:20670")

    assert again.granted
    assert again.remaining == 4


def test_a_member_opens_every_page_uncounted(mia, django_assert_num_queries):
    reader = reader_of(user=mia)

    with django_assert_num_queries(1):
        opened = [reader.open(f"cpt:{n}") for n in range(8)]

    assert all(access.opens(Tier.REGISTERED) for access in opened)
    assert opened[0].meter == "Registered members read every code page."
    assert not CodeView.objects.exists()
    assert not Meter.objects.exists()


@pytest.mark.parametrize(
    ("moment", "registered"),
    [
        (timedelta(microseconds=-1), False),
        (timedelta(0), True),
        (timedelta(days=30, microseconds=-1), True),
        (timedelta(days=30), False),
    ],
)
def test_a_membership_counts_from_its_start_up_to_its_end(ann, moment, registered):
    start = noon()
    Membership.objects.create(user=ann, starts_at=start, ends_at=start + timedelta(days=30))

    access = reader_of(user=ann).open("cpt:20670", start + moment)

    assert access.opens(Tier.REGISTERED) is registered
    assert Membership.objects.valid(start + moment).exists() is registered, "both say when a membership counts"


def test_looking_at_the_meter_opens_nothing(ann, mia, guest):
    assert reader_of(user=ann).look().remaining == 5
    assert reader_of(guest=guest).look().remaining == 1
    assert reader_of(user=mia).look().meter == "Registered members read every code page."
    assert not CodeView.objects.exists()


def test_a_network_has_a_ceiling_that_the_meter_names(settings):
    settings.GUEST_VIEWS_PER_NETWORK_AND_DAY = 2
    for _ in range(2):
        assert reader_of(guest=uuid4()).open("cpt:20670", noon()).granted

    refused = reader_of(guest=uuid4()).open("cpt:20670", noon())

    assert not refused.granted
    assert refused.meter == (
        "0 code page views remaining today on your network. All guests of one network together are limited to "
        "2 page views a day. Register a free account to get 5 more."
    )
    assert reader_of(guest=uuid4()).open("cpt:20670", noon(2)).granted, "the next day it begins anew"


def test_signing_up_anew_does_not_get_past_the_network(settings, mia):
    settings.FREE_VIEWS_PER_NETWORK_AND_DAY = 7
    granted = []
    for _ in range(2):
        nora = make_user("nora@example.com")
        opened = [reader_of(user=nora).open(f"cpt:{n}", noon()) for n in range(5)]
        granted += [access.granted for access in opened]
        nora.delete()

    assert granted == [True] * 7 + [False] * 3
    assert opened[-1].meter == (
        "0 code page views remaining today on your network. All free accounts of one network together are limited to "
        "7 page views a day. Become a registered member to read every page."
    )
    assert reader_of(user=mia).open("cpt:20670").granted, "members are not counted"
    assert reader_of(guest=uuid4()).open("cpt:20670", noon()).granted, "guests are counted by themselves"
    assert reader_of(user=make_user("nora@example.com")).open("cpt:20670", noon(2)).granted


def test_a_guest_refused_by_the_network_keeps_their_own_view(settings, guest):
    settings.GUEST_VIEWS_PER_NETWORK_AND_DAY = 0

    assert not reader_of(guest=guest).open("cpt:20670").granted

    settings.GUEST_VIEWS_PER_NETWORK_AND_DAY = 20
    assert reader_of(guest=guest).open("cpt:20670").granted


def test_clearing_the_cookie_does_not_get_past_the_network(settings):
    settings.GUEST_VIEWS_PER_NETWORK_AND_DAY = 3

    granted = [reader_of(guest=uuid4()).open(f"cpt:{n}").granted for n in range(6)]

    assert granted == [True] * 3 + [False] * 3


def test_the_limits_are_settings(settings, ann, guest):
    settings.GUEST_CODE_VIEWS = 2
    settings.FREE_CODE_VIEWS = 1

    assert reader_of(guest=guest).look().meter == (
        "2 code page views remaining. Guest accounts are limited to 2 page views. "
        "Register a free account to get 1 more."
    )
    assert (
        reader_of(user=ann)
        .look()
        .meter.startswith("1 code page view remaining. Free accounts are limited to 1 page view.")
    )


def test_a_limit_that_was_lowered_holds_at_once(settings, ann):
    for n in range(4):
        reader_of(user=ann).open(f"cpt:{n}")
    settings.FREE_CODE_VIEWS = 2

    access = reader_of(user=ann).open("cpt:99213")

    assert not access.granted
    assert access.remaining == 0


def test_views_come_back_with_the_window(settings, ann):
    settings.FREE_CODE_VIEWS = 1
    settings.CODE_VIEW_WINDOW_DAYS = 7
    monday = datetime(2026, 3, 2, tzinfo=UTC)
    monday -= timedelta(days=monday.toordinal() % 7)

    assert reader_of(user=ann).open("cpt:20670", monday).granted
    assert not reader_of(user=ann).open("cpt:20680", monday + timedelta(days=6)).granted
    renewed = reader_of(user=ann).open("cpt:20680", monday + timedelta(days=7))

    assert renewed.granted
    assert "limited to 1 page view every 7 days." in renewed.meter
    assert reader_of(user=ann).open("cpt:20670", monday + timedelta(days=8)).granted, "what was opened stays open"


@pytest.mark.parametrize(
    "tamper",
    [
        lambda value: value[:-1] + ("A" if value[-1] != "A" else "B"),
        lambda value: str(uuid4()) + value[36:],
        lambda value: value.split(":")[0],
        lambda _: "",
        lambda _: "x" * 5000,
        lambda _: "\x00:é:" + "9" * 40,
    ],
    ids=["signature", "other guest", "unsigned", "empty", "long", "nonsense"],
)
def test_a_tampered_cookie_is_no_cookie(tamper):
    request = request_of()
    request.COOKIES[GUEST_COOKIE] = tamper(guest_cookie_of(uuid4()))

    from accounts.reader import Reader

    assert not Reader.of(request).open("cpt:20670").granted


class TestMiddleware:
    """The cookie, and who gets it."""

    def visit(self, *, asks: bool = True, **who):
        request = request_of(**who)

        def view(request):
            return HttpResponse(request.reader.open("cpt:20670").meter if asks else "")

        return reader_middleware(view)(request)

    def test_a_guest_whose_reader_is_asked_gets_a_cookie_that_counts(self):
        response = self.visit()

        cookie = response.cookies[GUEST_COOKIE]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert response["Cache-Control"] == "private"
        assert response["Vary"] == "Cookie"
        request = request_of()
        request.COOKIES[GUEST_COOKIE] = cookie.value
        assert (
            reader_middleware(lambda request: HttpResponse(request.reader.open("cpt:20670").granted))(request).content
            == b"True"
        )

    def test_a_guest_with_a_cookie_keeps_it(self, guest):
        assert GUEST_COOKIE not in self.visit(guest=guest).cookies

    def test_a_page_that_does_not_ask_sets_nothing(self):
        response = self.visit(asks=False)

        assert not response.cookies
        assert not response.has_header("Cache-Control")

    def test_an_account_gets_no_guest_cookie(self, ann):
        assert GUEST_COOKIE not in self.visit(user=ann).cookies


class TestNetwork:
    """Whom the ceiling takes for one network."""

    def network(self, address: str, **meta: str) -> str:
        return reader_of(REMOTE_ADDR=address, **meta).network

    def test_a_forged_forwarded_for_changes_nothing(self):
        plain = self.network("203.0.113.7")

        assert self.network("203.0.113.7", HTTP_X_FORWARDED_FOR="198.51.100.1") == plain

    def test_behind_one_proxy_only_its_own_entry_counts(self, settings):
        settings.TRUSTED_PROXIES = 1
        true = self.network("10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.7")

        assert self.network("10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.7") == true
        assert self.network("10.0.0.1", HTTP_X_FORWARDED_FOR="x, 198.51.100.1,203.0.113.7 ") == true
        assert self.network("10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.8") != true

    def test_behind_two_proxies_the_second_entry_from_the_right_counts(self, settings):
        settings.TRUSTED_PROXIES = 2
        true = self.network("10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.7, 10.0.0.2")

        assert self.network("10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.7, 10.0.0.2") == true

    def test_an_ipv6_network_is_a_64(self):
        assert self.network("2001:db8::1") == self.network("2001:db8::ffff:1")
        assert self.network("2001:db8::1") != self.network("2001:db8:0:1::1")

    def test_an_ipv4_client_of_a_dual_stack_server_is_one_ipv4_client(self):
        assert self.network("::ffff:203.0.113.7") == self.network("203.0.113.7")
        assert self.network("::ffff:203.0.113.7") != self.network("::ffff:198.51.100.1")

    @pytest.mark.parametrize("address", ["", "unix:", "fe80::1%eth0", "999.1.1.1", "203.0.113.7, 10.0.0.1"])
    def test_nonsense_is_no_error(self, address):
        assert self.network(address)

    def test_no_address_is_stored(self, guest):
        reader_of(guest=guest, REMOTE_ADDR="203.0.113.7").open("cpt:20670")

        assert not Meter.objects.filter(key__contains="203.0").exists()
