"""Each of sixty kinds of faults, planted into a sound district, is told by the check that it is meant for."""

from __future__ import annotations

import pytest

from app.usecases.demo.story import tell_district
from tests.honest import plants_sector, plants_services, plants_support
from tests.honest.districts import live, sound_shape
from tests.honest.planting import PLANTS, Plant, Sound

MODULES = (plants_sector, plants_support, plants_services)  # importing them fills PLANTS
SEED = 5


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """A district at the end of 2026-Q2, its return not yet approved."""
    shape = sound_shape()
    _, records = live(tell_district(shape, SEED), tmp_path_factory.mktemp("sound"), SEED)
    return Sound(records, shape.last)


def test_the_district_is_sound(sound: Sound) -> None:
    assert not sound.report.errors, [(f.check, f.text) for f in sound.report.errors]


def test_sixty_kinds_of_faults() -> None:
    assert len(PLANTS) >= 60
    assert len({plant.id for plant in PLANTS}) == len(PLANTS)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.id)
def test_a_planted_fault_is_told(sound: Sound, plant: Plant) -> None:
    told = plant.findings(sound)

    assert [f for f in told if f.check == plant.code and f.severity is plant.severity], [
        (f.check, str(f.severity), f.cell, f.text) for f in told
    ]
