"""`python -m app`: with a command its work without a window, otherwise the window."""

from __future__ import annotations

import sys

from app.cli import COMMANDS, run


def main(arguments: list[str]) -> int:
    """Exit code.  Qt is imported only for the window."""
    if any(argument in COMMANDS or argument in ("-h", "--help") for argument in arguments):
        return run(arguments)
    from app.bootstrap import main as open_window

    return open_window(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
