"""Keys for whoever a hand-filled form names: known ones where they are known, else made from number or name."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from functools import lru_cache

from app.core.text import fold, fold_name
from app.returns.snapshot import Entity

_SPACE = uuid.UUID("6f0b5b1e-5c0c-5d52-8a4e-47b0c1f1a000")
"""A namespace of our own: the same number or name gives the same key in every district and quarter."""
_NUMBER = re.compile(r"(?<!\d)(?:\d{15}|\d{13}|\d{12}|\d{10})(?!\d)")
_LABEL = re.compile(r"[(,]?\s*\b(?:ИНН|ОГРН)\b\s*:?\s*\)?", re.IGNORECASE)
CITIZENS = frozenset({"граждане", "жители", "население", "физические лица", "физлица"})


class Keys:
    """uuid of an NGO, body, centre or partner by its ОГРН or ИНН, else by its name.

    known: whoever earlier returns or records name already, so that a hand-filled quarter meets them.
    """

    def __init__(self, known: Iterable[Entity] = ()) -> None:
        self._by_number: dict[tuple[str, str], str] = {}
        self._by_name: dict[tuple[str, str], str] = {}
        self._numbers: dict[str, str] = {}
        self.entities: dict[str, Entity] = {}
        for entity in known:
            family = _family(entity.kind)
            if entity.number:
                self._by_number.setdefault((family, entity.number), entity.uuid)
            self._by_name.setdefault((family, _folded(entity.name)), entity.uuid)
            self._numbers[entity.uuid] = entity.number

    def of(self, kind: str, number: str | None, name: str | None) -> str:
        """The key of one that is named by number, name or both; kind: ngo, centre or partner."""
        if not number and not name:
            return ""
        family = _family(kind)
        named = (family, _folded(name or ""))
        key = self._by_number.get((family, number)) if number else None
        key = key or self._named(named, number)
        if key is None:
            key = _made(family, number or named[1])
        if number:
            self._by_number[family, number] = key
        if named[1]:
            self._by_name.setdefault(named, key)
        kept = self.entities.get(key)
        best = number or self._numbers.get(key, "") or (kept.number if kept else "")
        self._numbers[key] = best
        sort = "body" if kind == "ngo" and not best else kind
        if kept is None or not kept.number or not kept.name:
            self.entities[key] = Entity(key, sort, best, (kept.name if kept else "") or name or best)
        return key

    def _named(self, named: tuple[str, str], number: str | None) -> str | None:
        """One of the same name, unless both have numbers of one kind and these differ."""
        key = self._by_name.get(named) if named[1] else None
        if key is None:
            return None
        other = self._numbers.get(key, "")
        return None if number and other and len(number) == len(other) and number != other else key

    def recipient(self, text: str) -> str:
        """The key of a recipient written as a name, a number or both; '' for citizens."""
        number = _NUMBER.search(text)
        name = _LABEL.sub(" ", _NUMBER.sub(" ", text)).strip(" ,;()")
        if not number and fold(name) in CITIZENS:
            return ""
        return self.of("ngo", number[0] if number else None, name or None)


@lru_cache(10_000)
def centre_named(name: str) -> str:
    """The key that a form gives a centre of this name when it tells no number."""
    return _made("centre", _folded(name))


def _made(family: str, told: str) -> str:
    return str(uuid.uuid5(_SPACE, f"{family}:{told}"))


def practice_key(title: str) -> str:
    """The key of a practice that is known by its title alone."""
    return str(uuid.uuid5(_SPACE, f"practice:{fold(title)}"))


def _family(kind: str) -> str:
    """A body and the NGO it became are one family; a centre and its NGO are two records of one number."""
    return "ngo" if kind == "body" else kind


def _folded(name: str) -> str:
    return fold_name(name)
