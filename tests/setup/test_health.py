"""/healthz and /readyz: who may ask, and what each says when a part is missing."""

import psycopg
import pytest
from django.db import connection
from django.test import Client

from jobboard import health


@pytest.fixture(autouse=True)
def production_redirects(settings) -> None:
    """Asked without TLS, as a load balancer asks, on a site that sends everybody else to https."""
    settings.SECURE_SSL_REDIRECT = True


def test_healthz_answers_anybody_without_a_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_when_all_is_there(client: Client, servers: None) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "migrations": "ok", "broker": "ok"}


@pytest.mark.django_db
def test_readyz_while_migrations_are_missing(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'accounts'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "migrations": "unavailable", "broker": "ok"}


@pytest.mark.django_db
def test_readyz_without_a_database_tells_that_and_no_more(client: Client, monkeypatch) -> None:
    def refuse(**_: object) -> None:
        raise psycopg.OperationalError("password authentication failed for user root at 10.0.0.7")

    monkeypatch.setattr(psycopg, "connect", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "unavailable", "migrations": "unavailable", "broker": "ok"}


@pytest.mark.django_db
def test_readyz_without_a_broker(client: Client, monkeypatch) -> None:
    nowhere = health.current_app.connection_for_write("redis://127.0.0.1:1//")
    monkeypatch.setattr(health.current_app, "connection_for_write", lambda **_: nowhere)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "migrations": "ok", "broker": "unavailable"}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
