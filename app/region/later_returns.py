"""The returns behind a picture out of digests, fetched when somebody opens what lies behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.region.archive import Archive, Version
from app.region.consolidate import Parted, Source
from app.region.later import Later
from app.returns.snapshot import QuarterReturn


class LaterReturns(Later[Source], Parted):
    """The returns of the quarter; those of one district are fetched alone while nobody asked for all."""

    __slots__ = ("_archive", "_versions")

    def __init__(self, versions: Sequence[tuple[str, Version]], archive: Archive) -> None:
        super().__init__(lambda: opened(versions, archive))
        self._versions, self._archive = versions, archive

    def of(self, oktmo: str) -> list[QuarterReturn]:
        if self.is_made:
            return [ret for one, ret in self.all if one == oktmo]
        return [ret for _, ret in opened([one for one in self._versions if one[0] == oktmo], self._archive)]


def opened(sources: Sequence[tuple[str, Version]], archive: Archive) -> Iterator[Source]:
    """Each return under the district it counts for."""
    found = archive.returns([kept.id for _, kept in sources])
    return ((oktmo, found[kept.id]) for oktmo, kept in sources)


