"""«Справка для комиссии»: of a chosen centre or district as a PDF, written where the person says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.region.picture_page import PicturePage


class CommissionDeed:
    """The deed of a page."""

    def __init__(self, page: PicturePage) -> None:
        self._page = page

    def ask(self) -> None:
        """Whom the paper is of."""

    def save_to(self, kind: str, key: str, path: Path) -> None:
        """Write it."""
