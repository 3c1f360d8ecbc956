"""The region's desk and districts that sent real returns, as the tests of the intake have them."""

from __future__ import annotations

from tests.region.conftest import by_hand, district_of, region, sent

__all__ = ["by_hand", "district_of", "region", "sent"]
