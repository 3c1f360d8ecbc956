"""A list that is made when somebody first looks into it: what lies behind thousands of figures is opened one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, overload

T = TypeVar("T")
K = TypeVar("K")


class Later(Sequence[T]):
    """Equal to a tuple of the same things; made once."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], Iterable[T]]) -> None:
        self._make = make
        self._made: tuple[T, ...] | None = None

    @property
    def is_made(self) -> bool:
        return self._made is not None

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


class Sized(Later[T]):
    """A list whose length is known before it is made."""

    __slots__ = ("_count",)

    def __init__(self, count: int, make: Callable[[], Iterable[T]]) -> None:
        super().__init__(make)
        self._count = count

    def __len__(self) -> int:
        return self._count


class OneByOne(Sequence[T]):
    """Things made of others — of lines of text mostly — each when it is asked for; so are those of a slice.

    Of tens of thousands a page shows the first.
    """

    __slots__ = ("_lines", "_made", "_make")

    def __init__(self, lines: Sequence[Any], make: Callable[[Any], T]) -> None:
        self._lines, self._make = lines, make
        self._made: dict[int, T] = {}

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> OneByOne[T]: ...
    def __getitem__(self, place: int | slice) -> T | OneByOne[T]:
        if isinstance(place, slice):
            return OneByOne(self._lines[place], self._make)
        at = range(len(self))[place]
        if at not in self._made:
            self._made[at] = self._make(self._lines[at])
        return self._made[at]

    def __len__(self) -> int:
        return len(self._lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def starting(self, words: str) -> OneByOne[T]:
        """Those whose line of text starts so."""
        return OneByOne([line for line in self._lines if line.startswith(words)], self._make)


class LaterList(Sequence[T]):
    """A list that somebody else keeps, fetched when it is first looked into."""

    __slots__ = ("_fetch", "_fetched")

    def __init__(self, fetch: Callable[[], Sequence[T]]) -> None:
        self._fetch = fetch
        self._fetched: Sequence[T] | None = None

    @property
    def fetched(self) -> Sequence[T]:
        if self._fetched is None:
            self._fetched = self._fetch()
        return self._fetched

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        return self.fetched[place]

    def __len__(self) -> int:
        return len(self.fetched)

    def __eq__(self, other: object) -> bool:
        return self.fetched == other

    __hash__ = None  # type: ignore[assignment]


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
