"""A centre that a form filled by hand names without its number is the one the other districts know by that name."""

from __future__ import annotations

from dataclasses import replace

from app.region.consolidate import consolidate
from app.region.keys import Keys
from app.returns.hand_keys import centre_named
from app.returns.snapshot import Entity, Members, QuarterReturn
from tests.region_pure.districts import EXPECTED, NORTH, Q3, SOUTH, sound

OGRN, OTHER = "1154799900012", "1154799900023"
NAME = "Ресурсный центр «Опорный мостик»"


def by_hand(ret: QuarterReturn, name: str) -> QuarterReturn:
    """The same return with one centre, by its name alone."""
    key = centre_named(name)
    bare = Members((key,), (key,), 0)
    return replace(ret, entities=(Entity(key, "centre", "", name),), members={**ret.members, "303": bare})


def known(ret: QuarterReturn, *centres: tuple[str, str, str]) -> QuarterReturn:
    """uuid, ОГРН and name of each centre."""
    keys = tuple(uuid for uuid, _, _ in centres)
    entities = tuple(Entity(uuid, "centre", number, name) for uuid, number, name in centres)
    return replace(ret, entities=entities, members={**ret.members, "303": Members(keys, keys, 0)})


def counted(north: QuarterReturn, south: QuarterReturn) -> int:
    value = consolidate(Q3, {NORTH: north, SOUTH: south}, EXPECTED)["303.quarter"].value
    assert value is not None
    return int(value)


def test_it_is_the_centre_of_that_name() -> None:
    north, south = known(sound(NORTH, "север"), ("а", OGRN, NAME)), by_hand(sound(SOUTH, "юг"), NAME.upper())
    assert counted(north, south) == 1
    assert Keys([south, north]).of(centre_named(NAME)) == OGRN


def test_where_two_centres_bear_the_name_nobody_is_guessed() -> None:
    north = known(sound(NORTH, "север"), ("а", OGRN, NAME), ("б", OTHER, NAME))
    assert counted(north, by_hand(sound(SOUTH, "юг"), NAME)) == 3


def test_another_name_is_another_centre() -> None:
    north = known(sound(NORTH, "север"), ("а", OGRN, NAME))
    assert counted(north, by_hand(sound(SOUTH, "юг"), "Ресурсный центр «Иной»")) == 2
