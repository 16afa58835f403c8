"""Who sees whose profile: the setting, the team, the block, the suspension, one by one."""

import pytest
from django.utils import timezone

from accounts.models import Profile
from jobboard.employers.models import Employer, Member
from jobboard.talent.models import Block
from jobboard.talent.visible import employers_seeing, seen_by
from tests.factories import make_employer, make_member, make_user
from tests.talent.conftest import list_of, page_of

pytestmark = pytest.mark.django_db


def sees(as_, user, employer, person):
    """Whether a member finds somebody, by the list and by the address alike."""
    listed = "1 person" in as_(user).get(list_of(employer)).text
    status = as_(user).get(page_of(employer, person)).status_code
    assert listed == (status == 200)
    assert status in (200, 404)
    return listed


def show(nora, visibility):
    Profile.objects.filter(user=nora).update(visibility=visibility)


def test_verified_employers_see_those_who_are_open_to_them(as_, rita, nora, harbor_verified):
    assert sees(as_, rita, harbor_verified, nora)


def test_an_employer_that_is_not_verified_does_not(as_, rosa, nora, rival):
    assert not sees(as_, rosa, rival, nora)
    assert "is not verified" in as_(rosa).get(list_of(rival)).text


@pytest.mark.parametrize("visibility", ["applied", "verified"])
def test_an_employer_with_an_application_sees_its_sender(as_, rosa, nora, rival, sent, visibility):
    show(nora, visibility)
    application = sent(nora, rival)
    assert sees(as_, rosa, rival, nora)

    application.withdraw(timezone.now())
    assert not sees(as_, rosa, rival, nora)


def test_those_who_hid_or_opened_to_others_are_not_seen(as_, rita, rosa, nora, harbor_verified, rival, sent):
    sent(nora, rival)
    show(nora, "applied")
    assert not sees(as_, rita, harbor_verified, nora)
    show(nora, "hidden")
    assert not sees(as_, rosa, rival, nora)


def test_viewers_strangers_and_guests_see_nobody(as_, client, victor, rosa, carl, stella, nora, harbor_verified):
    for address in (
        list_of(harbor_verified),
        page_of(harbor_verified, nora),
        f"{list_of(harbor_verified)[:-7]}requests/",
    ):
        assert as_(victor).get(address).status_code == 403
        for stranger in (rosa, carl, stella):
            assert as_(stranger).get(address).status_code == 404
        assert client.get(address)["Location"].startswith("/accounts/login/")


def test_suspension_ends_it_at_once(as_, rita, nora, harbor_verified, asked):
    asked.accept(timezone.now())
    harbor_verified.suspend(timezone.now())

    for address in (list_of(harbor_verified), page_of(harbor_verified, nora)):
        assert as_(rita).get(address).status_code == 403
    for verb in ("open", "ask"):
        assert as_(rita).post(f"{page_of(harbor_verified, nora)}{verb}/", {"message": "Hi"}).status_code == 403


def test_a_team_mate_is_never_seen(as_, rita, nora, harbor_verified):
    """Whatever the team: who works beside somebody anywhere does not learn that they look around."""
    other = make_employer("Third", slug="third")
    make_member(other, Member.Role.VIEWER, nora)
    assert sees(as_, rita, harbor_verified, nora)

    Member.objects.create(employer=other, user=rita, role="recruiter")
    assert not sees(as_, rita, harbor_verified, nora)


def test_a_block_holds_for_all_eyes_of_that_team(as_, rita, rosa, nora, harbor_verified, rival):
    Block.objects.add(timezone.now(), nora, rival)
    assert sees(as_, rita, harbor_verified, nora)

    Member.objects.create(employer=harbor_verified, user=rosa, role="recruiter")
    assert not sees(as_, rosa, harbor_verified, nora)
    Block.objects.add(timezone.now(), nora, harbor_verified)
    assert not sees(as_, rita, harbor_verified, nora)


def test_an_account_that_is_closed_is_not_seen(as_, rita, nora, harbor_verified):
    nora.is_active = False
    nora.save()
    assert not sees(as_, rita, harbor_verified, nora)


def test_after_an_agreement_a_hidden_one_is_in_no_search_and_still_in_touch(as_, rita, nora, harbor_verified, asked):
    asked.accept(timezone.now())
    show(nora, "hidden")

    assert "Nobody yet" in as_(rita).get(list_of(harbor_verified)).text
    assert as_(rita).get(page_of(harbor_verified, nora)).status_code == 200


def test_the_start_leads_to_a_team_or_to_hiring(as_, rita, victor, carl, harbor_verified):
    assert as_(rita).get("/hiring/people/")["Location"] == list_of(harbor_verified)
    assert as_(victor).get("/hiring/people/")["Location"] == "/hiring/"
    assert as_(carl).get("/hiring/people/")["Location"] == "/hiring/"


def test_only_those_who_may_look_are_led_there(as_, rita, victor, harbor_verified):
    assert list_of(harbor_verified) in as_(rita).get("/hiring/").text
    assert list_of(harbor_verified) not in as_(victor).get("/hiring/").text


def test_the_owner_reads_the_same_rule_from_the_other_side(nora, harbor_verified, rival, sent, asked):
    """employers_seeing and seen_by are one rule: compared over every combination that matters."""
    third = make_employer("Third", slug="third")
    make_member(third, "owner", make_user("tom@third.example"))
    make_member(harbor_verified, "owner", make_user("helen@harbor.example"))
    make_member(rival, "owner", make_user("ruth@rival.example"))
    sent(nora, rival)

    def both(visibility):
        show(nora, visibility)
        profile = Profile.objects.get(user=nora)
        owners = Member.objects.filter(role="owner").select_related("employer", "user")
        seeing = {me.employer for me in owners if seen_by(me).filter(user=nora).exists()}
        assert seeing == set(employers_seeing(profile))
        return {employer.name for employer in seeing}

    assert both("hidden") == set()
    assert both("applied") == {"Rival Billing"}
    assert both("verified") == {"Rival Billing", "Harbor Coding"}
    Employer.objects.filter(pk=third.pk).update(verified_at=timezone.now())
    assert both("verified") == {"Rival Billing", "Harbor Coding", "Third"}
    Block.objects.add(timezone.now(), nora, third)
    assert both("verified") == {"Rival Billing", "Harbor Coding"}
    rival.suspend(timezone.now())
    assert both("verified") == {"Harbor Coding"}
