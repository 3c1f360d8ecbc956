"""On what a folder of programs runs: `python glibc.py FOLDER` prints the oldest glibc, 2.36 or the like.

--floor 2.28: ends with exit 1 when something asks for a newer one, and says what does.
--of GLIBCXX: the same of another library's versions (libstdc++ has GLIBCXX and CXXABI).
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

Version = tuple[int, ...]


def asked(folder: Path, name: str = "GLIBC") -> dict[Path, Version]:
    """File -> the highest version that it asks for; those that ask for none are left out."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_file() or path.open("rb").read(4) != b"\x7fELF":
            continue
        told = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True).stdout
        told = told.replace("GLIBC_ABI_DT_RELR", "GLIBC_2.36")  # how addresses are written, not a symbol
        versions = [read(version) for version in re.findall(rf"\b{name}_([\d.]+)", told)]
        if versions:
            found[path] = max(versions)
    return found


def read(version: str) -> Version:
    return tuple(int(part) for part in version.split("."))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--floor", type=read)
    parser.add_argument("--of", default="GLIBC")
    options = parser.parse_args()
    found = asked(options.folder, options.of)
    beyond = [f"{path.name} ({'.'.join(map(str, version))})" for path, version in sorted(found.items())
              if options.floor and version > options.floor]  # fmt: skip
    if beyond:
        sys.exit(f"Слишком новое: {', '.join(beyond)}")
    print(".".join(map(str, max(found.values()))))
