"""The memory of a web process for what it has rendered."""

import sys
from collections import OrderedDict
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

_held: dict[str, int] = {}  # bytes, by the name of the cache: all threads share what is in it


class Memory(LocMemCache):
    """A local memory that holds `MAX_BYTES` at most: what was not asked for the longest goes first."""

    _cache: OrderedDict[str, bytes]  # by key, the one asked for last first

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, params)
        self._name = name
        self._most: int = params["OPTIONS"]["MAX_BYTES"]
        self._max_entries = sys.maxsize
        _held.setdefault(name, 0)

    @property
    def held(self) -> int:
        """Bytes of what is in it."""
        return _held[self._name]

    def _set(self, key: str, value: bytes, timeout: float | None = DEFAULT_TIMEOUT) -> None:
        _held[self._name] += len(value) - len(self._cache.get(key, b""))
        super()._set(key, value, timeout)  # type: ignore[misc]  # the stubs leave it out
        while self.held > self._most:
            self._delete(next(reversed(self._cache)))

    def _delete(self, key: str) -> bool:
        _held[self._name] -= len(self._cache.get(key, b""))
        return bool(super()._delete(key))  # type: ignore[misc]  # the stubs leave it out

    def clear(self) -> None:
        """Forget all of it."""
        super().clear()
        _held[self._name] = 0
