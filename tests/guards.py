"""Rules of the house that every test holds, whatever it tests."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.client import ClientHandler

# The metering of code pages and of keys; what sessions and rate limits need to work; that recovery codes were seen.
_MAY_BE_WRITTEN_BY_GET = re.compile(
    r"accounts_(meter|codeview)|imports_meter|django_session|usersessions_usersession|django_cache|mfa_authenticator"
)
_WRITES = re.compile(r"\b(INSERT INTO|UPDATE|DELETE FROM|TRUNCATE)\s+(?:ONLY\s+)?\"?(\w+)", re.IGNORECASE)


class GetWroteError(AssertionError):
    """A GET changed something that is not a reader's meter."""


def _refuse_writes(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    text = sql if isinstance(sql, str) else sql.as_string()
    for verb, table in _WRITES.findall(text):
        if not _MAY_BE_WRITTEN_BY_GET.fullmatch(table) and table.upper() not in {"SET", "OF", "SKIP"}:
            raise GetWroteError(f"a GET ran {verb} {table}")
    return execute(sql, params, many, context)


@pytest.fixture(autouse=True)
def a_get_never_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse a statement that writes while the test client answers a GET or HEAD."""
    answer = ClientHandler.__call__

    def guarded(self: ClientHandler, environ: dict[str, Any]) -> Any:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return answer(self, environ)
        with connection.execute_wrapper(_refuse_writes):
            return answer(self, environ)

    monkeypatch.setattr(ClientHandler, "__call__", guarded)
    return
