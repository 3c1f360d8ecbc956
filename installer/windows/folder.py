"""The program as Windows runs it, laid out in one folder: `python folder.py PYTHON.zip WHEELS FOLDER`.

    kurator-nko.exe, kurator-nko-cli.exe   put there by windows.sh
    python\\    CPython's own embeddable archive
    lib\\       what the wheels hold, without what this program never opens
    source\\    the program, its resources and manual
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "installer"))

from kept import (  # noqa: E402
    ICON_ENGINES,
    IMAGE_FORMATS,
    LOCALES,
    NOT_RUN,
    QT_MODULES,
    QT_WORDS,
    UNUSED_IMAGES,
    UNUSED_QT,
)

OBJDUMP = "x86_64-w64-mingw32-objdump"
PLUGINS = {"platforms": {"qwindows", "qoffscreen"}, "iconengines": ICON_ENGINES, "imageformats": IMAGE_FORMATS}
QT = ("__init__.py", "_config.py", "_git_pyside_version.py", "py.typed")
UNUSED_PYTHON = (
    # Asked for the name of the processor at every start, a second on a slow PC; wine has not the whole of WMI.
    "_wmi.pyd",
    "winsound.pyd",
    "python.exe", "pythonw.exe",  # kurator-nko.exe is what runs
)  # fmt: skip
UNUSED = (
    "*/tests/*", "*/test/*", "*/testing/*", "*.pyi", "*.pyx", "*.pxd", "*.pxi", "*.c", "*.h", "*.hpp", "*.rst",
    "*.dist-info/RECORD", "*/__pycache__/*", "bin/*", "Scripts/*",
    "lxml/includes/*", "lxml/html/*", "lxml/isoschematron/*", "lxml/objectify.*",
    "reportlab/graphics/samples/*", "reportlab/fonts/*",
    "stdnum/oui.dat", "stdnum/imsi.dat",
    "rapidfuzz/__pyinstaller/*", "pypdfium2_cli/*",
)  # fmt: skip
"""Of the wheels, as fnmatch reads it from the folder of libraries on."""


def matches(name: str, patterns: Iterable[str]) -> bool:
    return any(Path("/" + name).match("/" + pattern) or _below(name, pattern) for pattern in patterns)


def _below(name: str, pattern: str) -> bool:
    """*: anything at all, slashes too."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), "/" + name if pattern[0] == "*" else name) is not None


def kept(name: str) -> bool:
    """Whether a file of a wheel is packed; Qt's libraries are chosen afterwards by who asks for them."""
    path = Path(name)
    parts = path.parts
    if matches(name, UNUSED):
        return False
    if parts[0] in ("PySide6", "shiboken6"):
        if "plugins" in parts:
            return path.stem in PLUGINS.get(parts[-2], ())
        if "translations" in parts:
            return path.name == QT_WORDS
        if len(parts) > 2:
            return parts[1] == "support" and path.suffix == ".py"
        module = path.suffix == ".pyd" and path.stem in (*QT_MODULES, "Shiboken")
        return module or path.name in QT or path.suffix == ".dll"
    if "locale-data" in parts:
        return path.stem in LOCALES
    if parts[0] == "PIL":
        return path.name.partition(".")[0] not in UNUSED_IMAGES
    if parts[:2] == ("holidays", "locale"):
        return parts[2] == "ru"
    return True


def imports(path: Path) -> list[str]:
    """Names of the libraries that a program of Windows asks for."""
    told = subprocess.run([OBJDUMP, "-p", str(path)], capture_output=True, text=True, errors="replace", check=True)
    return re.findall(r"DLL Name: (\S+)", told.stdout)


def drop_unasked(folder: Path) -> None:
    """Of the libraries in Qt's folders only those stay that a module, a plugin or such a library asks for."""
    libraries = {path.name.lower(): path for path in folder.glob("*.dll")}
    queue = [*folder.glob("*.pyd"), *folder.glob("plugins/*/*.dll")]
    asked: set[str] = set()
    while queue:
        for name in map(str.lower, imports(queue.pop())):
            if name in libraries and name not in asked and not name.startswith(tuple(map(str.lower, UNUSED_QT))):
                asked.add(name)
                queue.append(libraries[name])
    for name, path in libraries.items():
        if name not in asked:
            path.unlink()


def lay_libraries(wheels: Path, folder: Path) -> None:
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            for entry in archive.infolist():
                name = re.sub(r"^[^/]+\.data/(purelib|platlib|data)/", "", entry.filename)
                if not entry.is_dir() and kept(name):
                    target = folder / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(entry))
    for name in ("shiboken6", "PySide6"):
        drop_unasked(folder / name)


def lay_source(folder: Path) -> None:
    left = shutil.ignore_patterns("__pycache__", f"{NOT_RUN}*")
    for name in ("app", "resources", "docs/manual", "docs/pictures"):
        shutil.copytree(ROOT / name, folder / name, ignore=left)
    for name in ("LICENSE", "NOTICE", "installer/windows/start.py"):
        shutil.copy(ROOT / name, folder)


def lay_python(archive: Path, folder: Path) -> str:
    """Unpacks CPython's embeddable archive and tells it where to look; returns the name of its library."""
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    for name in UNUSED_PYTHON:
        (folder / name).unlink(missing_ok=True)
    (library,) = folder.glob("python3[0-9]*.dll")
    (folder / f"{library.stem}._pth").write_text(f"{library.stem}.zip\n.\n..\\lib\n..\\source\n", encoding="utf-8")
    return library.name


def main(archive: Path, wheels: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    library = lay_python(archive, folder / "python")
    lay_libraries(wheels, folder / "lib")
    lay_source(folder / "source")
    print(library)


if __name__ == "__main__":
    main(*(Path(given).resolve() for given in sys.argv[1:]))
