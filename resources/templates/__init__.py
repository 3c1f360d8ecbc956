"""An example of a committee's form with marks; fictional, for no committee has published one."""

from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent / "Мониторинг НКО.xlsx"
