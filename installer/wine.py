"""Tries what `make installer-windows` made, under wine: `python installer/wine.py out/installer`.

A new Windows 10 of wine's own, without a network: installed, worked with by commands and by the window, upgraded,
refused where it has to be, removed with the data left; then a stick.  What wine 8 has not and Windows 10 has is put in
beside (installer/windows/wine).  Real Windows is another matter: this says what is packed wrongly, not how it feels.
Prints what it measured; the first promise that is not kept ends it with exit 1.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from smoke import ROOT, SECONDS, TITLE, alone, check, measured, picture, screen, size, tell_measured, timed

KEY = "kurator-nko"
REFUSED = 2
HELD = 4
OWN_FILE = "учёт.kurator"
"""What a new file is called where none is named."""
UNINSTALL = "Microsoft\\Windows\\CurrentVersion\\Uninstall"
STAND_INS = {"bcryptprimitives": ["-ladvapi32"], "Windows.UI.ViewManagement": ["-lole32"]}
EVERY_MODULE = """
import importlib, pkgutil, sys
import app, resources
sys.frozen = True
for root in (app, resources):
    for module in pkgutil.walk_packages(root.__path__, root.__name__ + "."):
        if not module.name.endswith((".__main__", ".env")) and ".versions" not in module.name:
            importlib.import_module(module.name)
for name in ("reportlab.platypus", "openpyxl.chart", "docx", "alembic.command", "PIL.Image", "nacl.signing"):
    importlib.import_module(name)
print(len([name for name in sys.modules if name.startswith("app.")]))
"""


class Windows:
    """A PC of wine's: a drive, a person, and programs that run there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drive = folder / "wine/drive_c"
        self.prefix = alone()
        self.environment = {
            "WINEPREFIX": str(folder / "wine"), "WINEARCH": "win64", "WINEDEBUG": "-all", "HOME": str(folder / "home"),
            "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=", "LANG": "C.UTF-8", "PATH": os.environ["PATH"],
        }  # fmt: skip
        (folder / "home").mkdir()
        self.run("wineboot", "-i")
        self.run("wine", "winecfg", "-v", "win10")
        for name, libraries in STAND_INS.items():
            source, made = ROOT / f"installer/windows/wine/{name}.c", self.drive / f"windows/system32/{name}.dll"
            subprocess.run(["x86_64-w64-mingw32-gcc", "-shared", "-Os", "-s", "-o", str(made), str(source), *libraries],
                           check=True)  # fmt: skip
        (self.person,) = (path for path in (self.drive / "users").iterdir() if path.name != "Public")
        self.local = self.person / "AppData/Local"
        self.program = self.local / "Programs" / KEY

    def start(self, *command: str, display: str = "", stdin: int = subprocess.DEVNULL,
              **environment: str) -> subprocess.Popen[str]:  # fmt: skip
        environment = {**self.environment, **environment, **({"DISPLAY": display} if display else {})}
        return subprocess.Popen(
            [*self.prefix, *command], env=environment, cwd=self.folder, encoding="utf-8", errors="replace",
            stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *command: str, code: int | None = 0, display: str = "") -> str:
        with self.start(*command, display=display) as run:
            said, wrong = run.communicate(timeout=900)
        if code is not None and run.returncode != code:
            sys.exit(f"НЕ ДЕРЖИТСЯ: от {command} ждали код {code}, а был {run.returncode}\n"
                     f"{(said + wrong + self.told())[-2000:]}")  # fmt: skip
        return said.replace("\r", "")

    def command(self, *arguments: str, code: int = 0, program: Path | None = None) -> str:
        return self.run("wine", str((program or self.program) / f"{KEY}-cli.exe"), *arguments, code=code)

    def install(self, setup: Path, *options: str, code: int = 0) -> str:
        """Without a window; returns what was said."""
        self.run("wine", str(setup), "/S", *options, code=code)
        return self.told()

    def told(self) -> str:
        """The last sentence of an installation or a removal."""
        (found,) = list(self.drive.rglob("kurator-nko-setup.log")) or [None]
        return found.read_text(encoding="utf-16").strip() if found else ""

    def registry(self, key: str) -> str:
        """What stands below a key of the person's, '' where there is none; `query` would tell it in a code page."""
        told = self.folder / "registry.reg"
        told.unlink(missing_ok=True)
        self.run("wine", "reg", "export", f"HKCU\\Software\\{key}", there(told), "/y", code=None)
        text = told.read_text(encoding="utf-16") if told.is_file() else ""
        return text.replace("\\\\", "\\").replace('\\"', '"')

    def plug(self, letter: str, folder: Path) -> None:
        """A drive with a letter: `/D=` takes no quotes, and this wine quotes what has a space."""
        (self.folder / f"wine/dosdevices/{letter}:").symlink_to(folder)

    def believe_person(self) -> None:
        """wine 8 opens files by what is registered for everybody: what was registered for the person is told to it."""
        for key in (".kurator", "KuratorNKO.File"):
            self.registry(f"Classes\\{key}")
            told = self.folder / "registry.reg"
            text = told.read_text(encoding="utf-16").replace("[HKEY_CURRENT_USER\\", "[HKEY_LOCAL_MACHINE\\")
            told.write_text(text, encoding="utf-16")
            self.run("wine", "reg", "import", there(told))

    def stop(self) -> None:
        self.run("wineserver", "-k", code=None)
        self.run("wineserver", "-w", code=None)


def there(path: Path) -> str:
    """A path of this machine as wine calls it."""
    return "Z:" + str(path).replace("/", "\\")


def look_at_installed(pc: Windows, version: str) -> None:
    check("программа на месте", (pc.program / f"{KEY}.exe").is_file())
    check("есть в меню «Пуск»", list(pc.person.rglob(f"Start Menu/Programs/{TITLE}.lnk")))
    check("файл .kurator открывает она", f'{KEY}.exe" "%1"' in pc.registry("Classes\\KuratorNKO.File"))
    told = pc.registry(f"{UNINSTALL}\\{KEY}")
    check("есть в списке программ, с версией", TITLE in told and version in told)
    try:
        with zipfile.ZipFile(ROOT / "build/windows/python.zip") as archive:
            archive.extract("python.exe", pc.program / "python")
        script = pc.folder / "все.py"
        script.write_text(EVERY_MODULE, encoding="utf-8")
        count = pc.run("wine", str(pc.program / "python/python.exe"), "-X", "utf8", str(script))
    finally:
        (pc.program / "python/python.exe").unlink()
    check(f"все {count.strip()} модулей программы находят своё", int(count) > 300)


def work(pc: Windows, out: Path) -> None:
    """Commands, and the same on this machine: the papers of one demo are the same wherever they are made."""
    with timed("Windows: --help, с"):
        check("команда работает", "demo" in pc.command("--help"))
    with timed("Windows: demo, с"):
        pc.command("demo", "--out", there(out))
    here = pc.folder / "здесь"
    subprocess.run([sys.executable, "-m", "app", "demo", "--out", str(here)], cwd=ROOT, check=True, capture_output=True)
    names = sorted(path.name for path in here.glob("*.xlsx") if not path.name.startswith("НКО-47"))
    same_bytes = all((here / name).read_bytes() == (out / name).read_bytes() for name in names)
    check("списки примера те же, что на Linux, побайтно", len(names) == 4 and same_bytes)
    told = pc.command("--db", there(out / "demo.db"), "--json", "returns")
    same = subprocess.run([sys.executable, "-m", "app", "--db", str(here / "demo.db"), "--json", "returns"], cwd=ROOT,
                          check=True, capture_output=True, text=True).stdout  # fmt: skip
    returns = json.loads(told)["returns"]
    check("и хеши утверждённых отчётов", len(returns) >= 4 and returns == json.loads(same)["returns"])
    db = there(out / "свой учёт.db")
    pc.command("--db", db, "init", "--oktmo", "41612000")
    rejects = there(out / "не принято.xlsx")
    pc.command("--db", db, "import", "ngos", there(out / "НКО.xlsx"), "--rejects", rejects, code=1)
    pc.command("--db", db, "return", "2026-Q3", "--draft", "--out", there(out / "черновик"))
    check("список Excel принят, черновик отчёта собран", len(list((out / "черновик").iterdir())) == 2)
    pc.command("--db", db, "backup", "--out", there(out / "копия.db"))
    check("копия записана и цела", "в порядке" in pc.command("--db", there(out / "копия.db"), "check"))


@contextmanager
def window(pc: Windows, file: Path, shown: Path) -> Iterator[str]:
    """Double click on a file of accounts; the window is pictured and stays open within."""
    pc.believe_person()
    pc.stop()  # a desktop that began without a screen would show none
    with screen() as display:
        begun = time.monotonic()
        run = pc.start("wine", "start", "/wait", "/unix", str(file), display=display)
        seen = ["xdotool", "search", "--onlyvisible", "--name", TITLE]
        while subprocess.run(seen, env={**os.environ, "DISPLAY": display}, capture_output=True, check=False).returncode:
            if run.poll() is not None or time.monotonic() - begun > SECONDS:
                sys.exit("НЕ ДЕРЖИТСЯ: окно не открылось двойным щелчком по файлу")
            time.sleep(0.02)
        measured["Windows: окно на экране, с"] = round(time.monotonic() - begun, 2)
        time.sleep(20)  # the pages of a file come after the window; this is a picture, not a test of them
        picture(display, shown)
        check(f"окно открыто двойным щелчком: {shown}", run.poll() is None)
        yield display
        pc.run("wine", "taskkill", "/im", f"{KEY}.exe", display=display)
        run.communicate(timeout=SECONDS)


def upgrade(pc: Windows, setup: Path, file: Path) -> None:
    mark = pc.program / "VERSION"
    version = mark.read_text()
    mark.write_text("0.0.9\n")
    with timed("Windows: обновление, с"):
        pc.install(setup)
    check("более новая версия становится на место прежней", mark.read_text() == version)
    copies = [path for path in (file.parent / "копии").glob("*") if "перед обновлением" in path.name]
    check("обновлена, сначала сделав копию файла, с которым работали", len(copies) == 1)
    mark.write_text("99.0\n")
    check("старая поверх новой не ставится", "новее" in pc.install(setup, code=REFUSED))
    mark.write_text(version)
    check("и ничего не меняет", sorted(path.name for path in pc.program.parent.iterdir()) == [KEY])
    spoilt = pc.folder / setup.name
    content = bytearray(setup.read_bytes())
    content[len(content) // 2] ^= 1
    for what, kept in (("испорченный", content), ("скопированный не целиком", content[: len(content) // 2])):
        spoilt.write_bytes(kept)
        with pc.start("wine", str(spoilt), "/S") as run:
            run.communicate(timeout=300)
        check(f"{what} setup.exe не ставится", run.returncode == REFUSED and mark.read_text() == version)
    stranger = pc.folder / "чужое"
    (stranger / "папка").mkdir(parents=True)
    (stranger / "папка/письмо.txt").touch()
    pc.plug("d", stranger)
    check("в чужую папку не ставится", "это не" in pc.install(setup, "/D=D:\\папка", code=REFUSED))
    whole = file.read_bytes()
    file.write_bytes(b"?" * 100)
    check("без копии не обновляется", "не сделана" in pc.install(setup, code=REFUSED))
    file.write_bytes(whole)
    broken = pc.program / "source/start.py"
    broken.unlink()
    pc.program.rename(pc.program.with_name(f"{KEY}.old"))  # as if the power had gone between two renamings
    pc.install(setup)
    mended = broken.is_file() and [path.name for path in pc.program.parent.iterdir()] == [KEY]
    check("испорченная и оборванная установка исправляется", mended)


def remove(pc: Windows, data: Path) -> None:
    pc.run("wine", str(pc.program / "uninstall.exe"), "/S", f"_?={there(pc.program)}")
    left = [path.name for path in pc.program.iterdir()] if pc.program.exists() else []
    check("удалена целиком", left in ([], ["uninstall.exe"]))  # started so, it cannot remove itself
    told = pc.registry("Classes") + pc.registry(UNINSTALL)
    check("и из меню, и из реестра", TITLE not in told and not list(pc.person.rglob(f"{TITLE}.lnk")))
    check("данные остались", (data / OWN_FILE).is_file())
    check("и сказано где", f"AppData\\Local\\{KEY}" in pc.told())


def carry(pc: Windows, packed: Path, setup: Path) -> None:
    """A folder on a stick, which is another letter tomorrow."""
    stick = pc.folder / "флешка"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(stick)
    before = sorted(path for path in pc.person.rglob("*") if "Temp" not in path.parts)
    pc.command("init", "--oktmo", "41612000", program=stick / KEY)
    check("на носителе файл рядом с программой", (stick / KEY / "data" / OWN_FILE).is_file())
    stick = stick.rename(pc.folder / "другая буква")
    pc.plug("f", stick)
    place = f"/D=F:\\{KEY}"
    pc.install(setup, place)
    pc.command("returns", program=stick / KEY)
    data = stick / KEY / "data"
    beside = stick / f"{KEY}.old"
    beside.mkdir()
    data.rename(beside / "data")
    said = pc.install(setup, place, code=REFUSED)
    check("чужая папка рядом не стирается", "есть ваши файлы" in said)
    shutil.copy(stick / KEY / "VERSION", beside)  # as if the power had gone after the second renaming
    pc.install(setup, "/NOBACKUP", place)
    kept = (data / OWN_FILE).is_file() and list(data.rglob("*перед обновлением*")) and not beside.exists()
    check("носитель переехал и обновлён: файл на месте, копия сделана", kept)
    after = sorted(path for path in pc.person.rglob("*") if "Temp" not in path.parts)
    check("на компьютере ничего не осталось", after == before and TITLE not in pc.registry("Classes"))


def main(folder: Path) -> None:
    (setup,), (packed,) = folder.glob("*-setup.exe"), folder.glob("*-portable.zip")
    for path in (setup, packed):
        measured[f"{path.name}, МБ"] = round(path.stat().st_size / 2**20, 1)
    place = Path(tempfile.mkdtemp(prefix="ПК Анны "))
    pc = Windows(place)
    try:
        check("сети нет", pc.prefix)
        with timed("setup.exe /S, с"):
            pc.install(setup)
        measured["Windows: установлено, МБ"] = size(pc.program)
        look_at_installed(pc, setup.name.split("-")[2])
        out = pc.folder / "пример"
        work(pc, out)
        file = (out / "demo.db").rename(out / "учёт.kurator")
        with window(pc, file, ROOT / "out/installer-window-windows.png"):
            check("поверх открытой не ставится", "открыт" in pc.install(setup, code=HELD))
        upgrade(pc, setup, file)
        pc.command("init", "--oktmo", "41612000")
        data = pc.local / KEY
        check("данные — в папке человека", (data / OWN_FILE).is_file())
        remove(pc, data)
        carry(pc, packed, setup)
    finally:
        pc.stop()
        shutil.rmtree(place, ignore_errors=True)
    tell_measured(" (под wine)")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
