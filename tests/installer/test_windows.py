"""What `make installer-windows` puts together: libraries by hash, nothing left out that is used, words for a person.

Neither Windows nor wine is needed here; the installed program itself is tried by `make test-installer-windows`.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
INSTALLER = ROOT / "installer"
WINDOWS = INSTALLER / "windows"
QT = ("pyside6-essentials", "shiboken6")
DAY = """
import importlib, json, pkgutil, sys, app, resources
for root in (app, resources):
    for module in pkgutil.walk_packages(root.__path__, root.__name__ + "."):
        if not module.name.endswith((".__main__", ".env")) and ".versions" not in module.name:
            importlib.import_module(module.name)
from app.cli import run
folder = sys.argv[1]
db = ["--db", folder + "/учёт.kurator", "--today", "05.10.2026"]
assert run([*db, "init", "--oktmo", "41612000"]) == 0
assert run([*db, "form", "--list", "ngos", "--out", folder + "/НКО.xlsx"]) == 0
assert run([*db, "import", "ngos", folder + "/НКО.xlsx", "--dry-run"]) in (0, 1, 2)
assert run([*db, "return", "2026-Q3", "--draft", "--out", folder, "--annexes"]) in (0, 1, 2)
assert run([*db, "summary", "2026", "--out", folder]) in (0, 1, 2)
print(json.dumps([module.__file__ for module in sys.modules.values() if getattr(module, "__file__", None)]))
"""


def room(name: str) -> ModuleType:
    """A script of installer/windows, which is no package."""
    found = importlib.util.spec_from_file_location(f"windows_{name}", WINDOWS / f"{name}.py")
    assert found is not None
    assert found.loader is not None
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    return made


def pins(name: str) -> dict[str, str]:
    """Package: version, as a list of requirements has it."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", text, re.MULTILINE))


# --- libraries -----------------------------------------------------------------------------------


def test_windows_runs_the_same_libraries_but_for_qt() -> None:
    here, there = pins("run.txt"), pins("windows.txt")
    assert here.keys() == there.keys()
    assert {name: there[name] for name in there if name not in QT} == {
        name: here[name] for name in here if name not in QT
    }
    assert {there[name] for name in QT} == {"6.9.3"}


@pytest.mark.parametrize("name", ["windows.txt", "windows-python.txt"])
def test_every_package_is_known_by_its_hash_and_by_no_address(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9.-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins(name))
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_qt_modules_that_are_packed_are_those_the_program_imports() -> None:
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py"))
    used = {module for text in sources for module in re.findall(r"^\s*from PySide6\.(\w+)", text, re.MULTILINE)}
    assert used == set(room("folder").QT_MODULES)


def test_nothing_that_a_days_work_loads_is_left_out(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", DAY, str(tmp_path)], cwd=ROOT, capture_output=True, text=True,
                          check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    folder = room("folder")
    files = json.loads(done.stdout.splitlines()[-1])
    loaded = [Path(name).as_posix().partition("/site-packages/")[2] for name in files]
    ours = [name for name in loaded if name and not name.startswith(("__editable__", "_virtualenv", "distutils-"))]
    assert len(ours) > 500
    left_out = [name for name in ours if name.endswith(".py") and not folder.kept(name)]
    assert left_out == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("PySide6/QtWidgets.pyd", True), ("PySide6/QtQml.pyd", False), ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/sqldrivers/qsqlite.dll", False), ("PySide6/translations/qtbase_ru.qm", True),
        ("PySide6/translations/qtbase_de.qm", False), ("PySide6/qml/QtQuick/a.qml", False),
        ("shiboken6/Shiboken.pyd", True), ("babel/locale-data/ru.dat", True), ("babel/locale-data/de.dat", False),
        ("PIL/_avif.cp313-win_amd64.pyd", False), ("PIL/_imaging.cp313-win_amd64.pyd", True),
        ("holidays/locale/ru/LC_MESSAGES/RU.mo", True), ("holidays/locale/de/LC_MESSAGES/DE.mo", False),
        ("lxml/etree.cp313-win_amd64.pyd", True), ("lxml/includes/etreepublic.pxd", False),
        ("reportlab-5.1.0.dist-info/licenses/LICENSE", True), ("reportlab-5.1.0.dist-info/RECORD", False),
        ("fontpkg_pt_sans/PTSans-Regular.ttf", True), ("sqlalchemy/testing/__init__.py", False),
        ("pypdfium2_raw/pdfium.dll", True), ("docx/templates/default.docx", True),
    ],
)  # fmt: skip
def test_what_of_a_library_is_packed(name: str, kept: bool) -> None:
    assert room("folder").kept(name) is kept


# --- the program and its Python --------------------------------------------------------------------


def test_the_folder_holds_all_of_the_program_and_nothing_of_its_makers(tmp_path: Path) -> None:
    room("folder").lay_source(tmp_path / "source")
    packed = {path.relative_to(tmp_path / "source").as_posix() for path in (tmp_path / "source").rglob("*")}
    for part in ("app", "resources", "docs/manual", "docs/pictures"):
        wanted = {path.relative_to(ROOT).as_posix() for path in (ROOT / part).rglob("*") if path.is_file()}
        missing = {name for name in wanted - packed if "__pycache__" not in name}
        assert missing <= {"app/models/migrations/rewrite_first.py"}
    assert {"start.py", "LICENSE", "NOTICE"} <= packed
    assert not [name for name in packed if "__pycache__" in name or "rewrite_first" in name]


def test_python_looks_nowhere_but_in_the_folder(tmp_path: Path) -> None:
    archive = tmp_path / "python.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for name in ("python313.dll", "python3.dll", "python.exe", "_wmi.pyd", "python313._pth", "python313.zip"):
            packed.writestr(name, "import site")
    folder = tmp_path / "python"
    assert room("folder").lay_python(archive, folder) == "python313.dll"
    assert (folder / "python313._pth").read_text().split() == ["python313.zip", ".", "..\\lib", "..\\source"]
    assert sorted(path.name for path in folder.iterdir()) == ["python3.dll", "python313._pth", "python313.dll",
                                                              "python313.zip"]  # fmt: skip


def test_an_archive_of_another_python_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "python-3.12.9-embed-amd64.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("python312.dll", "")
    with pytest.raises(SystemExit, match="не встраиваемый CPython 3"):
        room("cpython").main(archive, tmp_path / "python.zip")
    assert not (tmp_path / "python.zip").exists()


# --- what the launcher starts ------------------------------------------------------------------------


def started(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, list[str]]:
    """start.py as kurator-nko.exe runs it, without a console: its code, and what Windows would show in a box."""
    start, texts = room("start"), list[str]()
    with monkeypatch.context() as patch:
        patch.setattr(start, "show", texts.append)  # a box of Windows' own
        patch.setattr(sys, "argv", ["start.py", *arguments])
        patch.setattr(sys, "frozen", False, raising=False)
        patch.setattr(sys, "stderr", None)
        patch.setattr(sys, "stdout", None)
        return start.begin(), texts


def test_what_a_program_without_a_console_refuses_is_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code, (text,) = started(monkeypatch, "--db", str(tmp_path / "нет.kurator"), "check")
    assert code == 2
    assert "нет.kurator" in text


def test_a_spoilt_installation_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "app.__main__", None)
    code, (text,) = started(monkeypatch)
    assert code == 3
    assert "Поставьте её заново" in text


def test_the_icon_is_sharp_at_every_size(tmp_path: Path) -> None:
    made = tmp_path / "kurator-nko.ico"
    subprocess.run([sys.executable, str(INSTALLER / "icon.py"), str(INSTALLER / "share/kurator-nko.svg"), str(made)],
                   check=True)  # fmt: skip
    with Image.open(made) as icon:
        assert {16, 20, 24, 32, 48, 256} <= {width for width, _ in icon.info["sizes"]}


# --- the installation ----------------------------------------------------------------------------------

SETUP = (WINDOWS / "setup.nsi").read_text(encoding="utf-8")
BUILD = (INSTALLER / "windows.sh").read_text(encoding="utf-8")


def test_what_is_asked_of_the_build_is_given_by_it() -> None:
    given = set(re.findall(r'-D"?([A-Z]+)=', BUILD))
    own = set(re.findall(r"!define (?:/math )?(\w+)", SETUP))
    used = {name for name in re.findall(r"\$\{([A-Z]+)\}", SETUP) if name not in own}
    assert used == given
    assert not re.search(r"\d+\.\d+\.\d+", SETUP), "the version is the program's own"


def test_what_is_packed_is_what_is_removed() -> None:
    removed = set(re.findall(r'(?:RMDir /r|Delete) "\$\{folder\}\\([^"]+)"', SETUP))
    laid = {"python", "lib", "source"}
    laid |= {f"{name}.exe" for name in re.findall(r"^launcher (\S+)", BUILD, re.MULTILINE)}
    laid |= set(re.findall(r'>"\$program/([^"]+)"', BUILD))
    assert removed == laid | {"uninstall.exe"}
    for name in ("python", "lib", "source"):
        assert f'folder / "{name}"' in (WINDOWS / "folder.py").read_text(encoding="utf-8")
    assert f'"{room("portable").MARK}"' in SETUP.replace("$INSTDIR\\", "").replace("$INSTDIR.new\\", "")


def test_a_refusal_says_what_and_that_nothing_was_changed() -> None:
    refusals = re.findall(r'(?:!insertmacro Refuse|StrCpy \$Refusal) "([^"]*[^"$ ][^"]*)"', SETUP)
    sentences = [text for text in refusals if text != "$Refusal"]
    assert len(sentences) >= 8
    assert all(text.endswith((".", "$INSTDIR")) and re.search("[а-я]", text) for text in sentences)
    assert all("нажмите ок" not in text.lower() for text in sentences)
    assert SETUP.count("SetErrorLevel ${REFUSED}") == 2, "one where a person may try again, one for a broken disk"


def test_no_right_of_an_administrator_is_asked_for_and_nothing_of_others_is_touched() -> None:
    assert "RequestExecutionLevel user" in SETUP
    assert "HKLM" not in SETUP
    assert "$PROGRAMFILES" not in SETUP
    manifest = (WINDOWS / "launcher.manifest").read_text(encoding="utf-8")
    for wanted in ('level="asInvoker"', "PerMonitorV2", "<activeCodePage", "longPathAware"):
        assert wanted in manifest


@pytest.mark.parametrize("script", ["windows.sh", "windows/compile.sh"])
def test_the_scripts_are_sound(script: str) -> None:
    subprocess.run(["sh", "-n", str(INSTALLER / script)], check=True)
