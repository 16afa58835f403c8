"""Applications with real resumes, and saved searches that will not tell of old news."""

from datetime import datetime, timedelta
from io import BytesIO

from django.http import QueryDict
from pypdf import PdfReader

from jobboard.alerts.models import SavedSearch
from jobboard.applications.models import Application, Message, Note, Rating
from jobboard.applications.resumes import kind_of
from jobboard.demo.resume import make_pdf
from jobboard.postings.models import Posting
from jobboard.postings.search import canonical_query


def test_each_application_is_valid_and_in_order(loaded: datetime) -> None:
    for application in Application.objects.select_related("posting").prefetch_related("steps"):
        application.full_clean()
        moments = [step.at for step in application.steps.all()]
        assert moments == sorted(moments)
        assert moments[0] == application.sent_at > application.posting.published_at
        assert moments[-1] <= loaded
        ended = min(filter(None, [application.posting.expires_at, application.posting.closed_at]))
        assert application.sent_at < ended


def test_applications_stand_in_every_state(loaded: datetime) -> None:
    assert set(Application.objects.values_list("state", flat=True)) == set(Application.State.values)
    assert Application.objects.filter(withdrawn_at__isnull=False).count() == 2


def test_only_postings_that_take_applications_here_have_some(loaded: datetime) -> None:
    assert set(Application.objects.values_list("posting__apply_by", flat=True)) == {"site"}


def test_a_resume_can_be_opened_and_read(loaded: datetime) -> None:
    for application in Application.objects.all():
        with application.resume.open() as file:
            data = file.read()
        assert kind_of(data) == ".pdf"
        text = PdfReader(BytesIO(data)).pages[0].extract_text()
        assert application.name in text
        assert "Experience" in text


def test_a_resume_takes_any_line() -> None:
    text = PdfReader(BytesIO(make_pdf(r"Zoë (Z) \ Ñandú", ["## Jobs", "", "word " * 60]))).pages[0].extract_text()
    assert r"Zoë (Z) \ Ñandú" in text
    assert text.count("word") == 60


def test_searches_are_kept_as_the_site_keeps_them(loaded: datetime) -> None:
    for search in SavedSearch.objects.all():
        search.full_clean()
        assert search.query == canonical_query(QueryDict(search.query))
        assert search.search(Posting.objects.live(loaded)).form.is_valid()
        assert search.deliveries.exists(), f"{search.name} has told of nothing"


def test_no_search_has_old_news_to_tell(loaded: datetime) -> None:
    assert not SavedSearch.objects.due(loaded + timedelta(minutes=5)).exists()
    for search in SavedSearch.objects.filter(paused_at=None):
        assert not search.untold(loaded).exists(), search.name


def test_a_paused_search_has_some_for_the_day_it_is_resumed(loaded: datetime) -> None:
    paused = SavedSearch.objects.get(paused_at__isnull=False)
    assert paused.untold(loaded).exists()
    assert not paused.deliveries.filter(posting__published_at__gte=paused.paused_at).exists()


def test_teams_have_made_up_their_minds_and_written(loaded: datetime) -> None:
    for kind in (Note, Message):
        assert kind.objects.exists()
        for each in kind.objects.select_related("application"):
            each.full_clean()
            assert each.application.sent_at < each.at <= loaded
    assert Rating.objects.filter(stars=5).exists()
    assert {"alert", "indeed", "linkedin"} <= set(Application.objects.values_list("source", flat=True))
    assert Message.objects.of_candidate().unread().exists()
    talk = Message.objects.filter(application__candidate__email="coder@demo.example").values_list(
        "by_candidate", flat=True
    )
    assert list(talk) == [False, True]
