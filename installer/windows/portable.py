"""The folder as an archive for a stick: `python portable.py PROGRAM FILE.zip`."""

import sys
import zipfile
from pathlib import Path

NAME = "kurator-nko"
MARK = "portable.txt"


def main(program: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(program.rglob("*")):
            if path.is_file():
                archive.write(path, f"{NAME}/{path.relative_to(program).as_posix()}")
        archive.writestr(f"{NAME}/{MARK}", "")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
