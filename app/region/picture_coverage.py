"""Coverage out of digests: the matrix at once, holes and duplicates when their lists are opened."""

from __future__ import annotations

from collections.abc import Callable

from app.region.consolidate import Consolidation
from app.region.coverage import Answers, Coverage, DistrictSpots, codes_of, list_promises
from app.region.duplicates import NEAR_DAYS, list_duplicates
from app.region.expected import Earlier
from app.region.holes import list_holes
from app.region.later import Later, LaterMap
from app.region.picture import PictureCells
from app.region.picture_spots import PictureSpots


def picture_coverage(consolidation: Consolidation, earlier: Callable[[], Earlier], answers: Answers) -> Coverage:
    """As `coverage`.  consolidation: out of digests; earlier: fetches the returns of former quarters."""

    def spots_of(oktmo: str) -> DistrictSpots:
        return DistrictSpots(consolidation, oktmo, consolidation.returns_of(oktmo), answers)

    cells = consolidation.cells
    assert isinstance(cells, PictureCells)
    codes = codes_of(cells.codes(), answers)
    return Coverage(
        quarter=consolidation.quarter,
        spots=PictureSpots(consolidation, answers, [code for code, _ in codes], spots_of),
        categories=tuple((one.code, one.title) for one in consolidation.needs),
        codes=codes,
        holes=Later(lambda: list_holes(consolidation, answers)),
        duplicates=Later(lambda: list_duplicates(consolidation, earlier(), {}, NEAR_DAYS)),
        promises=Later(lambda: list_promises(consolidation)),
        centre_names=LaterMap(lambda: cells.centre_names),
    )
