"""What is made of a posting, kept by each process for as long as the board holds the posting as it is.

A change gives a posting another slot, so what is kept under a slot is never out of date, and the board lists live ones
only. Rows are read, through `live`, for what is not kept.
"""

from collections.abc import Callable, Hashable, Iterable

from jobboard.postings.board import Board

type Key = tuple[int, int, Hashable]  # the board, the slot, and what else it depends on


class Slotted[T]:
    """Things of one kind, each made of one posting; what was made first goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Key, T] = {}

    def of(
        self, pks: Iterable[int], on: Board, make: Callable[[list[int]], dict[int, T]], by: Hashable = None
    ) -> list[T]:
        """Those of postings in this order, without those that are not live.

        `make` is asked once for all that are not kept, and answers by their ids; `by` is what else they depend on.
        """
        listed = list(pks)
        keys = {pk: (on.number, slot, by) for pk in listed if (slot := on.slot(pk)) is not None}
        found = {pk: one for pk, key in keys.items() if (one := self._kept.get(key)) is not None}
        if missing := [pk for pk in listed if pk not in found]:
            for pk, one in make(missing).items():
                found[pk] = one
                if pk in keys:
                    self._keep(keys[pk], one)
        return [found[pk] for pk in listed if pk in found]

    def _keep(self, key: Key, one: T) -> None:
        if len(self._kept) >= self._most:
            self._kept.pop(next(iter(self._kept)), None)
        self._kept[key] = one
