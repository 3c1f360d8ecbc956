"""What a command prints: by any code page, into a pipe that may be closed, onto a disk that may be full."""

from __future__ import annotations

import codecs
import json
import os
import sys
from collections.abc import Mapping
from typing import Any, TextIO

INTERRUPTED = 130
"""What shells expect of a command that Ctrl+C ended."""
_PLAIN = {
    "«": '"', "»": '"', "—": "-", "–": "-", "−": "-", "…": "...", "₽": "руб.", "№": "N", "²": "2", "≥": ">=", "≤": "<=",
    "×": "x", "·": "-", "\u00a0": " ", "ё": "е", "Ё": "Е",
}  # fmt: skip


def _plainly(fault: UnicodeError) -> tuple[str, int]:
    """What a code page lacks, by what it has: cp866 knows no «», ASCII no Russian at all."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    plain = (_PLAIN.get(sign, "?") for sign in fault.object[fault.start : fault.end])
    return "".join(part if part.isascii() or _fits(part, fault.encoding) else "?" for part in plain), fault.end


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


codecs.register_error("plainly", _plainly)


def use_any_code_page() -> None:
    """No sign of ours ends a command, whatever the terminal can show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="plainly")


def tell(text: str) -> None:
    """Print a text; who has closed the pipe has read enough.  OSError if it cannot be written."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        _into_nothing(sys.stdout)
    except OSError:
        _into_nothing(sys.stdout)
        raise


def tell_object(told: Mapping[str, Any]) -> None:
    """Print one JSON object; signs that the output cannot carry are written as \\uXXXX."""
    text = json.dumps(told, ensure_ascii=False)
    whole = _fits(text, getattr(sys.stdout, "encoding", None) or "utf-8")
    tell(text if whole else json.dumps(told))


def refuse(sentence: str) -> None:
    """One line on stderr."""
    try:
        print(" ".join(sentence.split()), file=sys.stderr, flush=True)
    except OSError:
        _into_nothing(sys.stderr)


def _into_nothing(stream: TextIO) -> None:
    """What is still held back is not flushed again at the exit, where it would print a traceback."""
    try:
        handle = os.open(os.devnull, os.O_WRONLY)
        os.dup2(handle, stream.fileno())
        os.close(handle)
    except (OSError, ValueError):
        return
