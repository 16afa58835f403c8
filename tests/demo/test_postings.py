"""The 82 postings: each one whole, and all of them together as varied as the board they show."""

from collections import Counter
from datetime import datetime, timedelta

from jobboard.demo import pages
from jobboard.employers.models import Employer
from jobboard.postings import transparency
from jobboard.postings.forms import PostingForm
from jobboard.postings.models import Event, Posting, Template
from jobboard.postings.vocabulary import Apprentice, EmploymentType, PayUnit, Schedule, Workplace


def test_each_is_valid_and_complete(loaded: datetime) -> None:
    for posting in Posting.objects.select_related("employer"):
        posting.clean_fields(exclude=["created_by"])  # the constraints have been met, or it were not stored
        began = posting.published_at or posting.submitted_at or loaded
        assert not posting.missing(began), posting.title


def test_each_passes_the_form_that_employers_fill_in(loaded: datetime) -> None:
    for posting in Posting.objects.select_related("employer"):
        began = posting.published_at or loaded
        shown = PostingForm(instance=posting, at=began)
        data = {name: value for name in shown.fields if (value := shown[name].value()) is not None}
        again = PostingForm(data, instance=posting, at=began)
        assert again.is_valid(), (posting.title, again.errors)


def test_no_fact_of_a_file_is_unknown() -> None:
    timeline = {"stands", "days_old", "closes_in", "held_days_ago", "closed_days_ago", "reason", "outcome"}
    timeline |= {"confirmed_days_ago", "asked_days_ago", "paused_days_ago", "renews"}
    for employer in pages.employers():
        for page in pages.postings(employer.key):
            assert set(page.facts) <= timeline | set(Posting.CONTENT), page.key


def test_employers_are_valid_and_live_at_their_addresses(loaded: datetime) -> None:
    for employer in Employer.objects.all():
        employer.full_clean()
        before = employer.slug
        employer._save_under_free_slug()
        assert employer.slug in (before, f"{before}-2")


def test_descriptions_are_of_readable_length_and_all_different(loaded: datetime) -> None:
    texts = Posting.objects.values_list("description_text", flat=True)
    assert all(110 <= len(text.split()) <= 230 for text in texts)
    assert len({text[:60] for text in texts}) == 82


def test_dates_lie_where_a_reader_expects_them(loaded: datetime) -> None:
    live = Posting.objects.live(loaded)
    for posting in live:
        assert posting.published_at is not None
        assert posting.expires_at is not None
        assert loaded - timedelta(days=50) <= posting.published_at < loaded < posting.expires_at
        assert posting.closes_on == posting.last_day  # none is cut short by the longest life of a posting
    assert len({posting.published_at for posting in live}) == 60
    assert not Event.objects.filter(at__gt=loaded).exists()


def test_the_history_of_each_ends_in_its_state(loaded: datetime) -> None:
    last = {"live": "published", "expired": "published", "draft": "created"}
    beside = {"confirmed", "asked", "renewed"}  # what moves a posting to no other state
    for posting in Posting.objects.standing(loaded).prefetch_related("events"):
        *_, final = [event.kind for event in posting.events.all() if event.kind not in beside]
        assert final == last.get(posting.stands, posting.stands), posting.title


def test_teams_are_asked_confirm_pause_renew_and_keep_templates(loaded: datetime) -> None:
    live = Posting.objects.live(loaded)
    assert live.filter(confirmed_at__isnull=False).count() >= 30
    assert Posting.objects.to_ask(loaded).count() == 2  # and not half the board in the first minute
    assert live.filter(asked_at__isnull=False).count() == 1
    assert not Posting.objects.unanswered(loaded).exists()
    assert Posting.objects.paused(loaded).count() == 1
    renewal = Posting.objects.get(renewed_from__isnull=False)
    assert renewal.renewed_from.renewed_as(loaded) == renewal
    assert Template.objects.filter(employer__slug="larkmere-health").count() == 2


def test_some_state_everything_that_coders_ask_for(loaded: datetime) -> None:
    stated = [len(transparency.of_posting(each).stated) for each in Posting.objects.live(loaded)]
    assert max(stated) == 12
    assert min(stated) <= 8


def test_the_demo_employer_is_live_in_many_states(loaded: datetime) -> None:
    live = Posting.objects.live(loaded).filter(employer__slug="larkmere-health")
    assert live.count() >= 5
    assert len(set(live.exclude(state="").values_list("state", flat=True))) >= 4


def test_every_way_of_paying_and_working_is_shown(loaded: datetime) -> None:
    live = Posting.objects.live(loaded)

    def shown(column: str) -> set[str]:
        return set(live.order_by().values_list(column, flat=True).distinct()) - {""}

    assert shown("pay_unit") == set(PayUnit.values)
    assert shown("workplace") == set(Workplace.values)
    assert shown("schedule") == set(Schedule.values)
    assert shown("employment_type") == set(EmploymentType.values) - {EmploymentType.INTERNSHIP}
    assert shown("apprentice") == set(Apprentice.values) - {Apprentice.UNSTATED}
    assert len(shown("setting")) >= 11
    assert len(shown("state")) >= 18


def test_most_tell_their_pay_and_pay_is_of_this_world(loaded: datetime) -> None:
    postings = Posting.objects.all()
    assert 4 <= postings.filter(pay_min=None).count() <= 10
    for posting in Posting.objects.live(loaded).exclude(pay_hourly_min=None):
        assert 17 <= posting.pay_hourly_min <= posting.pay_hourly_max <= 56, posting.title


def test_code_pages_find_their_postings(loaded: datetime) -> None:
    live = Posting.objects.live(loaded)
    for system, code in [
        ("cpt", "20670"),
        ("cpt", "20702"),
        ("cpt", "99214"),
        ("cpt", "45385"),
        ("cpt", "66984"),
        ("hcpcs", "J1885"),
        ("icd-10-cm", "S52.501A"),
        ("icd-10-cm", "M54.50"),
        ("icd-10-cm", "E11.9"),
    ]:
        assert live.naming(system, code).exists(), code


def test_the_queue_holds_what_a_moderator_must_catch(loaded: datetime) -> None:
    waiting = " ".join(Posting.objects.submitted().values_list("description_text", flat=True))
    assert "Telegram" in waiting
    assert "cheque" in waiting
    assert "The trial is not paid" in waiting


def test_each_employer_has_a_share(loaded: datetime) -> None:
    counts = Counter(Posting.objects.values_list("employer__slug", flat=True))
    assert min(counts.values()) >= 5
