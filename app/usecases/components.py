"""What the program is made of: each library with its version, its licence and the text of it, all readable offline."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from app import __version__
from app.models import sqlite_only

LIBRARIES = (
    "PySide6-Essentials", "shiboken6", "alembic", "argon2-cffi", "argon2-cffi-bindings", "Babel", "cffi",
    "charset-normalizer", "et-xmlfile", "fontpkg", "fontpkg-pt-sans", "fontpkg-pt-serif", "holidays", "lxml", "Mako",
    "MarkupSafe", "openpyxl", "pillow", "platformdirs", "pycparser", "PyNaCl", "pypdfium2", "python-calamine",
    "python-dateutil", "python-docx", "python-stdnum", "RapidFuzz", "reportlab", "segno", "six", "snowballstemmer",
    "SQLAlchemy", "typing-extensions",
)  # fmt: skip
"""Every library of requirements/run.txt: a test holds them together."""
_TEXT = re.compile(r"(^|/)(licen[cs]e|copying|notice)[^/]*$|/licenses/", re.IGNORECASE)
_SHIPPED = {"LGPL-3.0-only": ("LGPL-3.0", "GPL-3.0"), "MIT": ("MIT",)}
"""Texts kept with the program, for libraries that come without their own."""


@dataclass(frozen=True, slots=True)
class Component:
    """name and version as published; licence: its short name; text: the whole of it."""

    name: str
    version: str
    licence: str
    text: str


def components() -> tuple[Component, ...]:
    """The program itself, Python, SQLite, then libraries by name; those that are not installed are left out."""
    own = Component("Куратор НКО", __version__, "Apache-2.0", _own_text())
    python = Component("Python", platform.python_version(), "PSF-2.0", _shipped("Python"))
    given = "SQLite передан авторами в общественное достояние (public domain): sqlite.org/copyright.html"
    sqlite = Component("SQLite", sqlite_only.VERSION, "общественное достояние", given)
    libraries = sorted(_libraries(), key=lambda component: component.name.casefold())
    return (own, python, sqlite, *libraries)


def _libraries() -> Iterator[Component]:
    for name in LIBRARIES:
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        licence = _licence(found)
        yield Component(name, found.version, licence, _text(found, licence))


def _licence(found: Distribution) -> str:
    """The short name: an expression, else the classifier, else the first line of what is declared."""
    about = found.metadata
    if "License-Expression" in about:
        return str(about["License-Expression"])
    declared = [line.split(" :: ")[-1] for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    plain = str(about["License"] or "").strip().splitlines() if "License" in about else []
    return ", ".join(name for name in declared if "License" in name) or (plain[0][:60] if plain else "—")


def _text(found: Distribution, licence: str) -> str:
    """The licence files that came with a library, one after the other; else the text kept with the program."""
    texts: dict[str, str] = {}
    for file in found.files or ():
        if _TEXT.search(str(file)) and not str(file).endswith((".py", ".pyc")):
            try:
                text = Path(str(file.locate())).read_text(encoding="utf-8", errors="replace").strip()
            except OSError:
                continue
            texts.setdefault(text, str(file))
    if not texts:
        names = next((names for key, names in _SHIPPED.items() if key in licence), ())
        return "\n\n\n".join(_shipped(name) for name in names)
    return "\n\n\n".join(texts)


def _shipped(name: str) -> str:
    return resources.files("resources").joinpath("licences", f"{name}.txt").read_text(encoding="utf-8").strip()


def _own_text() -> str:
    """LICENSE and NOTICE beside the source, or where the package keeps them."""
    root = Path(__file__).resolve().parents[2]
    if (root / "LICENSE").is_file():
        return "\n\n\n".join((root / name).read_text(encoding="utf-8").strip() for name in ("NOTICE", "LICENSE"))
    try:
        return _text(distribution("kurator-nko"), "Apache-2.0")
    except PackageNotFoundError:
        return ""
