"""Who is one with whom, asked of the names kept beside the returns: no return is read for a key.

So a window asks, of a region of any size, and papers and commands of one whose returns do not fit into memory together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.models import REGION_NAME
from app.region.held import Joint
from app.region.keys import Keys, family
from app.usecases.region_picture import fetching, readers, reading
from app.usecases.region_returns import Source

N = REGION_NAME.c


class AskedKeys(Keys):
    """known: (family, key) -> name of those who need not be looked for; a name costs the returns that tell it."""

    def __init__(
        self, session: Session, joint: Joint, sources: Sequence[Source],
        known: Callable[[], Mapping[tuple[str, str], str]],
    ) -> None:  # fmt: skip
        self._engine, self._fetch = readers(session), fetching(session)
        self._joint, self._known = joint, known
        self._sources = {one.id: one for one in sources}
        self._told: dict[str, str] = {}
        self._found: dict[tuple[str, str], str] = {}

    def of(self, uuid: str) -> str:
        if uuid not in self._told:
            with reading(self._engine) as session:
                rows = session.connection().execute(select(N.key, N.return_id).where(N.name == uuid))
                key = next((key for key, id in rows if id in self._sources), uuid)
            self._told[uuid] = self._joint.of(key)
        return self._told[uuid]

    def name(self, key: str, kind: str = "ngo") -> str:
        place = family(kind), key
        if place not in self._found:
            known = self._known().get(place)
            self._found[place] = known if known is not None else min(self._names_of(*place), default=key)
        return self._found[place]

    def _names_of(self, kind: str, key: str) -> list[str]:
        alike = [key, *self._joint.alike(key)]
        with reading(self._engine) as session:
            query = select(N.return_id).where(or_(N.key.in_(alike), N.name.in_(alike))).distinct()
            ids = [id for id in session.connection().scalars(query) if id in self._sources]
        held = self._fetch(self._sources[id] for id in ids)
        return [
            entity.name
            for returns in held.values()
            for ret in returns.values()
            for entity in ret.entities
            if entity.name and family(entity.kind) == kind and self.of(entity.uuid) == key
        ]
