"""The oldest glibc on which a folder of programs runs: `python glibc.py FOLDER` prints 2.36 or the like."""

import re
import subprocess
import sys
from pathlib import Path


def oldest(folder: Path) -> tuple[int, int]:
    """The highest version of a symbol that anything in the folder asks of glibc."""
    needed = (2, 0)
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_file() or path.open("rb").read(4) != b"\x7fELF":
            continue
        told = subprocess.run(["objdump", "-T", str(path)], capture_output=True, text=True, check=True).stdout
        for major, minor in re.findall(r"GLIBC_(\d+)\.(\d+)", told):
            needed = max(needed, (int(major), int(minor)))
    return needed


if __name__ == "__main__":
    print("{}.{}".format(*oldest(Path(sys.argv[1]))))
