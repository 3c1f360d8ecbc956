"""`python -m app`: with a command its work without a window, otherwise the window."""

from __future__ import annotations

import sys

from app.cli import run
from app.core.account_file import has_ending

OF_THE_WINDOW = ("--db", "--today")


def main(arguments: list[str]) -> int:
    """Exit code.  Qt is imported only for the window."""
    if not opens_window(arguments):
        return run(arguments)
    from app.bootstrap import main as open_window

    return open_window(arguments)


def opens_window(arguments: list[str]) -> bool:
    """Nothing is asked for but the window, on a file or a day of one's own; a mistyped command is no window."""
    rest = list(arguments)
    while rest and rest[0].partition("=")[0] in OF_THE_WINDOW:
        taken = 1 if "=" in rest[0] else 2
        if len(rest) < taken:
            return False
        del rest[:taken]
    return not rest or (len(rest) == 1 and has_ending(rest[0]))  # a double click gives the name alone


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
