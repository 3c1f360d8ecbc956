"""What is made when somebody first looks into it: a list, a list one by one, a mapping.

What lies behind thousands of figures is opened one figure at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, overload

T = TypeVar("T")
K = TypeVar("K")


class Later(Sequence[T]):
    """Equal to a tuple of the same things; made once.

    make: gives the things, or somebody else's list of them that makes them one by one: that list is kept as it is.
    count: how many there will be, where that is known before they are made.
    """

    __slots__ = ("_count", "_made", "_make")

    def __init__(self, make: Callable[[], Iterable[T]], count: int | None = None) -> None:
        self._make, self._count = make, count
        self._made: Sequence[T] | None = None

    @property
    def is_made(self) -> bool:
        return self._made is not None

    @property
    def all(self) -> Sequence[T]:
        """A tuple, or the list that was given."""
        if self._made is None:
            made = self._make()
            self._made = made if isinstance(made, tuple | OneByOne) else tuple(made)
        return self._made

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        return self.all[place]

    def __iter__(self) -> Iterator[T]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all) if self._count is None else self._count

    def __eq__(self, other: object) -> bool:
        return bool(self.all == (other.all if isinstance(other, Later) else other))

    def __hash__(self) -> int:
        return hash(self.all)

    def __repr__(self) -> str:
        return repr(self.all)


class OneByOne(Sequence[T]):
    """Things made of others — of lines of text mostly — each when it is asked for; so are those of a slice.

    Of however many a page makes those that it shows.
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
