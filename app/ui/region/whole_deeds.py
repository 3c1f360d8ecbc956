"""What is done with the consolidated return: written where the person says, and approved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.region.whole_page import WholePage


class WholeDeeds:
    """kept: the approved ones of the quarter, latest first."""

    def __init__(self, page: WholePage) -> None:
        self._page = page
        self.kept: tuple[Any, ...] = ()

    def read_kept(self) -> None:
        """Ask which were approved."""

    def open_kept(self, one: Any) -> None:
        """Say what changed since."""

    def save(self, kind: str) -> None:
        """Ask where to."""

    def save_to(self, kind: str, path: Path) -> None:
        """Write it."""

    def approve(self) -> None:
        """Keep it."""
