"""A district to try the use cases on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories import District


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    """An empty file of Всеволожский район on 1 July 2026."""
    with District(tmp_path) as found:
        yield found


@pytest.fixture
def svet(district: District) -> int:
    return district.ngo("АНО «Свет»", phone="8 (81370) 00-001", activities=("1",))
