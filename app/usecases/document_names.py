"""Names and kinds of attached files: what came from outside is made safe to show and to write to a disk."""

from __future__ import annotations

import unicodedata
from pathlib import PurePath

LONGEST = 120  # characters of a name, its ending among them
_ENDING = 12
_RESERVED = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))})
_UNFIT = frozenset('<>:"/\\|?*')
STARTS_PROGRAMS = frozenset({
    ".appimage", ".bat", ".cmd", ".com", ".cpl", ".desktop", ".dll", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk",
    ".msc", ".msi", ".pif", ".ps1", ".py", ".reg", ".run", ".scr", ".sh", ".url", ".vb", ".vbe", ".vbs", ".wsf",
})  # fmt: skip
"""Endings of files that a click would run: they are saved and looked at, never opened from here."""
_KINDS = (
    ("consent", ("соглас", "152-фз", "персональн")),
    ("decision", ("решени", "распоряж", "постановлен", "приказ", "протокол")),
    ("agreement", ("соглашени", "договор", "контракт")),
    ("charter", ("устав", "положение")),
    ("report", ("отчет", "отчёт")),
    ("letter", ("письмо", "обращен", "заявлен")),
)


def safe_name(name: str) -> str:
    """The name without what a disk or an eye would stumble over, no longer than `LONGEST`; never empty."""
    shown = unicodedata.normalize("NFC", name)
    # Cc and Cf: control characters, and those that turn the direction of writing («exe.fdp» read as «pdf.exe»).
    kept = "".join(
        " " if unicodedata.category(c) in ("Zl", "Zp", "Zs") else "_" if c in _UNFIT else c
        for c in shown
        if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn", "Co")
    )
    kept = " ".join(kept.split()).strip(" .")
    ending = PurePath(kept).suffix
    ending = ending if len(ending) <= _ENDING and ending[1:].isalnum() else ""
    stem = kept.removesuffix(ending).rstrip(" .") if ending else kept
    stem = stem[: LONGEST - len(ending)].rstrip(" .") or "документ"
    if stem.partition(".")[0].upper() in _RESERVED:
        stem = f"_{stem}"
    return stem + ending


def starts_a_program(name: str) -> bool:
    """Would opening a file of this name run something?"""
    return PurePath(name).suffix.lower() in STARTS_PROGRAMS


def kind_by_name(name: str) -> str:
    """The kind of document that its name speaks of, «photo» for a picture, else «other»."""
    lowered = name.lower()
    for kind, words in _KINDS:
        if any(word in lowered for word in words):
            return kind
    return "photo" if lowered.endswith((".jpg", ".jpeg", ".png")) else "other"


def size_in_words(size: int) -> str:
    """«812 Б», «34 КБ», «2,4 МБ» (1024 to the next), non-breaking."""
    if size < 1024:
        return f"{size}\u00a0Б"
    if size < 1024 * 1024:
        return f"{round(size / 1024)}\u00a0КБ"
    return f"{size / 1024 / 1024:.1f}\u00a0МБ".replace(".", ",")
