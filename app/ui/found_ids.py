"""Ids of an answer of which only the first are at hand: the rest is asked for when something needs it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import overload


class FoundIds(Sequence[int]):
    """What a table shows: count ids in order, the first of them known at once.

    complete: asks for all of them; it is called once, by whoever looks past what is at hand.
    """

    def __init__(self, ids: array[int], count: int, complete: Callable[[], array[int]]) -> None:
        self._ids, self._count, self._complete = ids, count, complete

    @property
    def whole(self) -> bool:
        return len(self._ids) >= self._count

    @property
    def at_hand(self) -> array[int]:
        """The first ids, or all of them by now."""
        return self._ids

    @property
    def all(self) -> array[int]:
        if not self.whole:
            self.take(self._complete())
        return self._ids

    def take(self, ids: array[int]) -> None:
        """All the ids have come.  The count that is shown stays: if it changed meanwhile, the page asks again."""
        if self.whole:
            return
        ids = ids[: self._count]
        ids.extend([-1] * (self._count - len(ids)))
        self._ids = ids

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> array[int]: ...
    def __getitem__(self, place: int | slice) -> int | array[int]:
        if isinstance(place, slice):
            end = self._count if place.stop is None else place.stop
            known = 0 <= end <= len(self._ids)
        else:
            known = 0 <= place < len(self._ids)
        return (self._ids if known else self.all)[place]

    def __iter__(self) -> Iterator[int]:
        return iter(self.all)

    def __contains__(self, id: object) -> bool:
        return id in self._ids or (not self.whole and id in self.all)

    def index(self, id: int, start: int = 0, stop: int | None = None) -> int:
        try:
            return self._ids.index(id)
        except ValueError:
            if self.whole:
                raise
            return self.all.index(id)
