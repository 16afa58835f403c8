"""The number beside each choice is what the choice would find together with all that is asked of other things."""

from datetime import datetime, timedelta
from random import Random

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from jobboard.postings import board
from jobboard.postings.facets import FACETS
from jobboard.postings.found import Found
from jobboard.postings.models import Posting
from jobboard.postings.search import PostingFilter
from tests.factories import make_employer, make_posting

pytestmark = pytest.mark.django_db


def some(random: Random, choices: list[tuple[str, str]], most: int) -> list[str]:
    return [value for value, _ in random.sample(choices, random.randrange(min(most, len(choices)) + 1))]


@pytest.fixture
def varied() -> None:
    """Forty postings, each of some of the first values of each vocabulary."""
    random, employer = Random(5), make_employer()  # noqa: S311 - the same ones every time
    for _ in range(40):
        columns: dict[str, object] = {}
        for facet in FACETS:
            for column in facet.columns:
                field = Posting._meta.get_field(column)
                choices = list(facet.choices[:5]) if column != "workplace" else [("remote", ""), ("hybrid", "")]
                many = some(random, choices, 3)
                columns[column] = many if hasattr(field, "base_field") else random.choice(choices)[0]
        if columns["workplace"] != "remote":
            columns["remote_states"] = []
        columns["roles"] = columns["roles"] or ["coder"]
        columns["years_min"] = random.choice([None, 0, 2, 4, 7])
        columns["published_at"] = timezone.now() - timedelta(hours=random.randrange(1, 20 * 24))
        make_posting(employer=employer, city="Austin", **columns)


def sql_count(query: str) -> int:
    return PostingFilter(QueryDict(query), Posting.objects.live(timezone.now())).qs.count()


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "workplace=remote",
        "credential=CPC&credential=COC&state=AL&pay=10",
        "q=coder",
        "posted=3&posted=7&experience=2",
    ],
)
def test_every_count_is_what_sql_finds(varied: None, asked: str) -> None:
    at = timezone.now()
    found = Found(PostingFilter(QueryDict(asked), Posting.objects.live(at)), board.current(at), at)
    for facet in FACETS:
        others = QueryDict(asked, mutable=True)
        others.pop(facet.name, None)
        counts = found.counts(facet)
        assert counts == {value: sql_count(f"{others.urlencode()}&{facet.name}={value}") for value in counts}
    assert len(found) == sql_count(asked)


def test_the_page_writes_them_beside_the_choices(client: Client) -> None:
    make_posting(specialties=["urology"], credentials_required=["CPC"])
    make_posting(specialties=["urology", "em"], credentials_preferred=["CCS"], workplace="hybrid", state="TX", city="X")
    page = client.get("/jobs/?specialty=urology&workplace=hybrid").text
    assert "<span>Urology</span><b>1</b>" in page
    assert "<span>Evaluation and management</span><b>1</b>" in page  # as one more specialty
    assert "<span>Remote</span><b>1</b>" in page  # instead of hybrid
    assert "<span>CPC (AAPC)</span><b>0</b>" in page
    assert ">Texas (1)</option>" in page
    assert ">Ohio (0)</option>" in page


def test_counts_follow_each_change_and_the_clock() -> None:
    at = timezone.now()
    first, second = make_posting(specialties=["urology"]), make_posting(specialties=["urology"])

    def urology(moment: datetime) -> int:
        return Found(PostingFilter(QueryDict("")), board.current(moment), moment).facets["specialty"]["urology"]

    assert urology(at) == 2
    Posting.objects.filter(pk=first.pk).update(specialties=["em"])
    assert urology(at) == 1
    assert urology(second.expires_at) == 0


def test_what_was_posted_lately_passes_with_the_clock() -> None:
    at = timezone.now()
    make_posting(published_at=at - timedelta(hours=20))

    def lately(moment: datetime) -> list[int]:
        return [*Found(PostingFilter(QueryDict("")), board.current(moment), moment).facets["posted"].values()]

    assert lately(at) == [1, 1, 1, 1]
    assert lately(at + timedelta(hours=5)) == [0, 1, 1, 1]
    assert lately(at + timedelta(days=13)) == [0, 0, 0, 1]


def test_a_posting_without_a_minimum_asks_for_no_experience(client: Client) -> None:
    for years, title in ((None, "Unsaid"), (0, "Novice"), (2, "Junior"), (5, "Senior")):
        make_posting(years_min=years, title=f"{title} coder")
    page = client.get("/jobs/?experience=2").text
    assert [name for name in ("Unsaid", "Novice", "Junior", "Senior") if f"{name} coder" in page] == [
        "Unsaid",
        "Novice",
        "Junior",
    ]
    assert "<span>None, or no minimum stated</span><b>2</b>" in page
    assert "<span>5 years at most</span><b>4</b>" in page
    assert "Experience: 2 years at most" in page  # the chip


def test_a_swap_brings_the_numbers_of_all_choices(client: Client) -> None:
    make_posting()
    part = client.get("/jobs/", headers={"HX-Request": "true", "HX-Target": "results"}).text
    numbers = part.split('data-numbers="')[1].split('"')[0].split()
    assert len(numbers) == sum(len(facet.choices) for facet in FACETS)
    assert set(numbers) == {"0", "1"}
