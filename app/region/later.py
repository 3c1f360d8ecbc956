"""A list that is made when somebody first looks into it: what lies behind thousands of figures is opened one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

T = TypeVar("T")
K = TypeVar("K")


class Later(Sequence[T]):
    """Equal to a tuple of the same things; made once."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], Iterable[T]]) -> None:
        self._make = make
        self._made: tuple[T, ...] | None = None

    @property
    def all(self) -> tuple[T, ...]:
        if self._made is None:
            self._made = tuple(self._make())
        return self._made

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        return self.all[place]

    def __len__(self) -> int:
        return len(self.all)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Later):
            return self.all == other.all
        return isinstance(other, tuple) and self.all == other

    def __hash__(self) -> int:
        return hash(self.all)

    def __repr__(self) -> str:
        return repr(self.all)


class LaterMap(Mapping[K, T]):
    """A mapping that is made when somebody first looks into it."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], Mapping[K, T]]) -> None:
        self._make = make
        self._made: Mapping[K, T] | None = None

    @property
    def all(self) -> Mapping[K, T]:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __getitem__(self, key: K) -> T:
        return self.all[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)
