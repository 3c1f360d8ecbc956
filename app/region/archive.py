"""What a picture out of digests fetches: versions, digests at once, returns and keys when they are opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.core.periods import Quarter
from app.region.held import Held, Joint
from app.region.keys import Keys
from app.returns.snapshot import QuarterReturn

HeldSource = tuple[str, Held]


class Version(Protocol):
    """A version that stands."""

    @property
    def id(self) -> int: ...
    @property
    def quarter(self) -> Quarter: ...


Versions = Mapping[str, Version]
"""By the ОКТМО the return carries."""


@dataclass(frozen=True)
class Archive:
    """What is fetched only when it is opened, by ids of returns."""

    held: Callable[[Sequence[int]], Mapping[int, Held]]
    returns: Callable[[Sequence[int]], Mapping[int, QuarterReturn]]
    keys: Callable[[Sequence[int]], Mapping[int, tuple[str, ...]]]
    texts: Callable[[Sequence[int]], Mapping[int, Mapping[str, str]]]
    codes: Callable[[Sequence[int]], Iterable[tuple[str, str]]]
    joint: Callable[[Sequence[int]], Joint]


class LaterKeys(Keys):
    """Keys over all returns given, made when a name or a key is first asked for."""

    def __init__(self, returns: Callable[[], object]) -> None:
        self._given = returns

    def __getattr__(self, name: str) -> object:
        if name not in ("_parent", "_names", "_ogrn_of"):
            raise AttributeError(name)
        Keys.__init__(self, self._given())  # type: ignore[arg-type]
        return self.__dict__[name]
