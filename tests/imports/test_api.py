"""The API: what it does for its key's employer, that it does nothing for anybody else, and what its errors say."""

import json
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.imports.models import Key, Meter
from jobboard.postings.models import Posting
from tests.factories import DAY, make_posting

pytestmark = pytest.mark.django_db
POSTINGS = "/api/v1/postings"
CONTENT = {
    "title": "Orthopedic coder",
    "description": "Code operative notes.",
    "roles": ["coder"],
    "employment_type": "full-time",
    "workplace": "remote",
    "remote_states": ["TX"],
    "pay_min": 28,
    "pay_max": "34.50",
    "pay_unit": "hour",
    "code_families": ["CPT 27"],
    "closes_on": None,
}
NO_POSTINGS = [
    b"",
    b"{",
    b"[]",
    b'"x"',
    b"null",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"title": NaN}',
    b'{"title": "\\ud800"}',
]


class Api:
    """A system that sends JSON with a key."""

    def __init__(self, secret: str) -> None:
        self.client, self.headers = Client(), {"Authorization": f"Bearer {secret}"}

    def __call__(self, method: str, path: str = "", body: object = None, **more: object) -> HttpResponse:
        data = body if isinstance(body, bytes) else json.dumps(body) if body is not None else ""
        return self.client.generic(method, POSTINGS + path, data, "application/json", headers=self.headers, **more)

    def put(self, reference: str = "R-1", query: str = "", **content: object) -> HttpResponse:
        return self("PUT", f"/{reference}{query}", CONTENT | content)


@pytest.fixture
def api(harbor: Employer, olga: User) -> Api:
    return Api(Key(employer=harbor, name="Nightly").make(timezone.now(), olga))


def errors(response: HttpResponse, status: int = 422) -> dict[str, str]:
    """The fields that a problem names."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    return {each["field"]: each["message"] for each in problem.get("errors", [])}


class TestWriting:
    def test_a_new_posting_is_a_draft(self, api: Api, harbor: Employer, olga: User) -> None:
        response = api.put()
        assert response.status_code == 201
        posting = Posting.objects.get()
        assert (posting.employer, posting.created_by, posting.reference) == (harbor, olga, "R-1")
        said = response.json()
        assert (said["verdict"], said["state"], said["missing"]) == ("new", "draft", {})
        assert said["url"] == settings.SITE_URL + posting.get_absolute_url()
        assert said["content"]["pay_max"] == 34.5
        assert said["content"]["code_families"] == "CPT 27"
        assert said["content"]["apply_by"] == "site"

    def test_the_same_again_changes_nothing(self, api: Api) -> None:
        api.put()
        before = Posting.objects.values().get()
        response = api.put()
        assert (response.status_code, response.json()["verdict"]) == (200, "unchanged")
        assert Posting.objects.values().get() == before

    def test_what_it_gives_can_be_sent_back(self, api: Api) -> None:
        api.put()
        content = api("GET", "/R-1").json()["content"]
        assert api("PUT", "/R-1", content).json()["verdict"] == "unchanged"
        assert api("PUT", "/R-1", content | {"title": "Other"}).json()["verdict"] == "changed"
        assert Posting.objects.get().title == "Other"

    def test_what_is_left_out_is_empty(self, api: Api) -> None:
        api.put()
        assert api("PUT", "/R-1", {"title": "Bare"}).status_code == 200
        posting = Posting.objects.get()
        assert (posting.description, posting.roles, posting.pay_min, posting.apply_by) == ("", [], None, "site")

    def test_review_when_it_asks_for_it(self, api: Api) -> None:
        assert api.put(query="?review=true").json()["state"] == "submitted"
        assert api.put(query="?review=true").json()["verdict"] == "unchanged"
        lacking = errors(api("PUT", "/R-2?review=true", {"title": "Coder"}))
        assert set(lacking) == {"description", "roles", "employment_type", "workplace"}
        assert not Posting.objects.filter(reference="R-2").exists()

    def test_the_days_limit_is_told(self, api: Api, settings) -> None:
        settings.POSTINGS_PER_DAY = 1
        assert api.put("R-1", "?review=true").json()["note"] == "goes to review"
        said = api.put("R-2", "?review=true").json()
        assert (said["state"], said["note"]) == ("draft", "not sent to review: 1 a day are the most")

    @pytest.mark.parametrize(
        ("content", "field", "words"),
        [
            ({"title": ""}, "title", "required"),
            ({"title": None}, "title", "string"),
            ({"title": "a\x00b"}, "title", "Null characters"),
            ({"roles": ["wizard"]}, "roles", "wizard is not one"),
            ({"roles": "coder"}, "roles", "list"),
            ({"roles": [1]}, "roles.0", "string"),
            ({"salary": 3}, "salary", "no such field"),
            ({"pay_min": "a lot"}, "pay_min", "decimal"),
            ({"pay_min": 1e30}, "pay_min", "digits"),
            ({"pay_min": 50, "pay_max": 40}, "", "below the lowest"),
            ({"closes_on": "2020-01-01"}, "closes_on", "has passed"),
            ({"closes_on": "soon"}, "closes_on", "date"),
            ({"apply_url": "javascript:x", "apply_by": "url"}, "apply_url", "valid URL"),
            ({"workplace": "moon"}, "workplace", "moon is not one"),
        ],
    )
    def test_a_mistake_is_named_with_its_field(self, api: Api, content: dict, field: str, words: str) -> None:
        found = errors(api.put(**content))
        assert words in found[field]
        assert not Posting.objects.exists()

    @pytest.mark.parametrize("reference", ["a%20b", "-x", "x" * 61, "%C3%A9", "..%2F.."])
    def test_a_reference_that_is_none(self, api: Api, reference: str) -> None:
        response = api.put(reference)
        assert response.status_code in (404, 422)
        assert not Posting.objects.exists()

    @pytest.mark.parametrize("body", NO_POSTINGS)
    def test_a_body_that_is_no_posting(self, api: Api, body: bytes) -> None:
        response = api("PUT", "/R-1", body)
        assert response.status_code in (400, 422)
        assert response["Content-Type"] == "application/problem+json"

    def test_a_body_that_is_too_long(self, api: Api) -> None:
        errors(api.put(description="x" * 13_000_000), 413)

    def test_what_has_ended_stays(self, api: Api, harbor: Employer) -> None:
        make_posting("closed", employer=harbor, reference="R-1")
        assert "has ended" in errors(api.put(title="Other"))["reference"]


class TestReading:
    def test_one(self, api: Api, harbor: Employer) -> None:
        posting = make_posting("sent-back", employer=harbor, reference="R-1")
        said = api("GET", "/R-1").json()
        assert (said["id"], said["state"], said["sent_back_reason"]) == (posting.pk, "sent-back", "Name the pay.")
        errors(api("GET", "/R-2"), 404)

    def test_all_page_by_page(
        self, api: Api, harbor: Employer, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(5):
            make_posting(employer=harbor, reference=f"R-{number}")
        make_posting("draft", employer=harbor)
        seen, query = [], "?limit=2"
        while query is not None:
            with django_assert_num_queries(3):  # the key, its count, the postings
                page = api("GET", query).json()
            seen += [each["reference"] for each in page["postings"]]
            query = page["next"] and page["next"].removeprefix(settings.SITE_URL + POSTINGS)
        assert seen == ["R-0", "R-1", "R-2", "R-3", "R-4", ""]

    def test_in_one_state(self, api: Api, harbor: Employer) -> None:
        make_posting(employer=harbor, reference="R-1")
        make_posting("draft", employer=harbor, reference="R-2")
        assert [each["reference"] for each in api("GET", "?state=draft").json()["postings"]] == ["R-2"]

    @pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "after=-1", f"after={10**30}", "state=lost"])
    def test_a_list_that_cannot_be_asked_for(self, api: Api, query: str) -> None:
        assert set(errors(api("GET", f"?{query}"))) == {query.partition("=")[0]}


class TestClosing:
    def test_once_and_again(self, api: Api, harbor: Employer) -> None:
        make_posting(employer=harbor, reference="R-1")
        said = api("POST", "/R-1/close", {"outcome": "filled-here"}).json()
        assert (said["verdict"], said["state"], said["outcome"]) == ("closed", "closed", "filled-here")
        assert api("POST", "/R-1/close", {"outcome": "filled-here"}).json()["verdict"] == "unchanged"
        assert "closed already" in errors(api("POST", "/R-1/close", {"outcome": "cancelled"}))["outcome"]

    @pytest.mark.parametrize(
        "body", [{}, {"outcome": ""}, {"outcome": "lost"}, {"outcome": 1}, {"outcome": "x", "y": 1}]
    )
    def test_with_an_outcome_alone(self, api: Api, harbor: Employer, body: dict) -> None:
        make_posting(employer=harbor, reference="R-1")
        errors(api("POST", "/R-1/close", body))
        assert Posting.objects.get().closed_at is None

    def test_what_is_not_there(self, api: Api) -> None:
        errors(api("POST", "/R-1/close", {"outcome": "cancelled"}), 404)


class TestWho:
    @pytest.mark.parametrize("header", ["", "Bearer", "Bearer nonsense", "Basic abc", "Bearer chb_\u00e9"])
    def test_without_a_key_there_is_nothing(self, header: str) -> None:
        for method, path in (("GET", ""), ("GET", "/R-1"), ("PUT", "/R-1"), ("POST", "/R-1/close")):
            response = Client().generic(
                method, POSTINGS + path, headers={"Authorization": header.encode().decode("latin-1")}
            )
            errors(response, 401)
            assert response["WWW-Authenticate"].startswith("Bearer")

    def test_a_sign_in_is_no_key(self, as_, olga: User) -> None:
        errors(as_(olga).get(POSTINGS), 401)

    def test_anothers_postings_are_not_there(self, api: Api, rival: Employer) -> None:
        theirs = make_posting(employer=rival, reference="R-1")
        assert api("GET").json()["postings"] == []
        errors(api("GET", "/R-1"), 404)
        errors(api("POST", "/R-1/close", {"outcome": "cancelled"}), 404)
        assert api.put().status_code == 201, "the same reference is free here"
        theirs.refresh_from_db()
        assert theirs.closed_at is None

    def test_a_suspended_employers_key(self, api: Api) -> None:
        Employer.objects.update(suspended_at=timezone.now())
        errors(api("GET"), 403)
        errors(api.put(), 403)

    def test_a_key_takes_so_many_requests_a_minute(self, api: Api, settings) -> None:
        settings.API_REQUESTS_PER_MINUTE = 2
        Meter.objects.update(minute=timezone.now() - DAY, requests=500)
        assert [api("GET").status_code for _ in range(3)][:2] == [200, 200]
        Meter.objects.update(minute=timezone.now().replace(second=0, microsecond=0), requests=2)
        response = api("GET")
        assert response.status_code == 429
        assert 0 < int(response["Retry-After"]) <= 60

    def test_nobody_else_is_kept_from_it(self, api: Api) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert strict.put(f"{POSTINGS}/R-1", CONTENT, "application/json", headers=api.headers).status_code == 201


class TestDocs:
    def test_they_are_a_page_without_inline_code(self, client: Client) -> None:
        page = client.get("/api/docs")
        assert page.status_code == 200
        for words in ("Write or change a posting", "/api/v1/postings/{reference}/close", "code_families", "RFC 9457"):
            assert words in page.text
        assert "cdn" not in page.text.lower()

    def test_the_schema_names_every_field_and_its_words(self, client: Client) -> None:
        schema = client.get("/api/openapi.json").json()
        content = schema["components"]["schemas"]["Content"]
        assert content["additionalProperties"] is False
        assert content["properties"]["workplace"]["enum"] == ["remote", "hybrid", "on-site"]
        assert "coder" in content["properties"]["roles"]["items"]["enum"]
        assert content["required"] == ["title"]


@pytest.mark.django_db(transaction=True)
def test_the_same_new_posting_sent_twice_at_once_is_one(api: Api) -> None:
    barrier, statuses = Barrier(2), []

    def send() -> None:
        barrier.wait()
        try:
            statuses.append(Api(api.headers["Authorization"].removeprefix("Bearer ")).put().status_code)
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 201]
    assert Posting.objects.count() == 1


@pytest.mark.parametrize(
    ("method", "path", "known"),
    [
        ("GET", "", "state, limit, after"),
        ("GET", "/R-1", "none"),
        ("PUT", "/R-2", "review"),
        ("POST", "/R-1/close", "none"),
    ],
)
def test_query_parameters_that_a_call_does_not_know_are_refused(api: Api, method: str, path: str, known: str) -> None:
    api.put()
    body = {"PUT": CONTENT, "POST": {"outcome": "cancelled"}}.get(method)
    response = api(method, f"{path}?submit=true", body)
    assert response.status_code == 422
    told = {"field": "submit", "message": f"There is no such query parameter. This call knows {known}."}
    assert response.json()["errors"] == [told]
    assert [posting.closed_at for posting in Posting.objects.all()] == [None]
