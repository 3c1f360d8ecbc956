"""Where the program begins on Windows: what `python -m app` does, run by kurator-nko.exe and kurator-nko-cli.exe.

The first has no console: what it has to say at the end stands in a message box.
"""

import io
import sys

TITLE = "Куратор НКО"
WARNING = 0x30 | 0x10000  # MB_ICONWARNING, MB_SETFOREGROUND


def begin() -> int:
    sys.frozen = True  # type: ignore[attr-defined]  # it is called by its own name, and its folder is its own
    if sys.stderr is not None:
        return main()
    said = sys.stdout = sys.stderr = io.StringIO()
    try:
        code = main()
    except BaseException as fault:  # a spoilt installation: nothing of the program may be there to tell it
        code = 3
        print(f"Программа не запускается ({type(fault).__name__}: {fault}). Поставьте её заново: "
              "файл учёта останется на месте.", file=said)  # fmt: skip
    if code and said.getvalue().strip():
        show(said.getvalue().strip())
    return code


def main() -> int:
    from app.__main__ import main as of_the_program

    return of_the_program(sys.argv[1:])


def show(text: str) -> None:
    import ctypes

    ctypes.windll.user32.MessageBoxW(None, text[-2000:], TITLE, WARNING)  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(begin())
