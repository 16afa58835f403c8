"""What a machine asks about the site: /healthz whether the process lives, /readyz whether it can serve people."""

import logging
from collections.abc import Callable
from functools import cache

import psycopg
from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

PATIENCE = 3  # seconds for each answer; who asks wants one soon, whatever it is

logger = logging.getLogger(__name__)


@login_not_required
@require_safe
@never_cache
def healthz(_: HttpRequest) -> HttpResponse:
    """200 while this process answers; looks at nothing else, so that a slow database does not get it restarted."""
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(_: HttpRequest) -> JsonResponse:
    """200 when database, migrations and broker are there, else 503; JSON {part: "ok" or "unavailable"}.

    Why a part is unavailable goes to the log, not to the public.
    """
    parts = {"database": _ask_database, "migrations": _ask_migrations, "broker": _ask_broker}
    answers: dict[str, str] = {}
    for name, ask in parts.items():
        wanting = name == "migrations" and answers["database"] != "ok"
        answers[name] = "unavailable" if wanting else _answer(name, ask)
    return JsonResponse(answers, status=200 if set(answers.values()) == {"ok"} else 503)


def _answer(name: str, ask: Callable[[], None]) -> str:
    try:
        ask()
    except (psycopg.Error, DatabaseError, OSError, OperationalError) as error:
        logger.warning("%s is not ready: %s", name, error)
        return "unavailable"
    return "ok"


def _ask_database() -> None:
    """Open a connection of our own: the pool would keep us waiting for one until its own patience ends."""
    with psycopg.connect(**(connection.get_connection_params() | {"connect_timeout": PATIENCE})) as own:
        own.execute("SELECT 1")


def _ask_migrations() -> None:
    if missing := _last_migrations() - MigrationRecorder(connection).applied_migrations().keys():
        raise DatabaseError(f"migrations are not applied: {sorted(missing)}")


@cache
def _last_migrations() -> frozenset[tuple[str, str]]:
    """The (app, name) that each app's migrations end with in this code."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _ask_broker() -> None:
    with current_app.connection_for_write(connect_timeout=PATIENCE) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=PATIENCE)
