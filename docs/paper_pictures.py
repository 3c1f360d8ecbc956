"""Writes docs/pictures/paper-1.png, paper-2.png and sheet.png: the return of a demo district on paper and as a sheet.

`python docs/paper_pictures.py [FOLDER [OUT]]`: FOLDER holds a demo made before (without it, one is made and
thrown away), OUT is where to write to.  The sheet is drawn by LibreOffice; where there is none, the
picture kept in the repository stays.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from app.usecases.demo import build_demo

OUT = Path(__file__).resolve().parent / "pictures"
WIDTH = 900  # pixels
PAPER = {"paper-1": 0, "paper-2": 1}  # the cover, and section 1
SHEET = 1  # the page of the workbook's section 1
FINE = 3  # drawn so many times larger, for letters to keep their distances
SHADES = 32  # of grey: a page has letters and rules, no pictures
EDGE = 24  # pixels round a sheet


# The office program shows figures as a Russian one does, whatever the language of the system.
RUSSIAN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>ru-RU</value></prop></item></oor:items>
"""


def page_picture(pdf: Path, page: int, wide: int = WIDTH, *, grey: bool = True) -> Image.Image:
    """A page as a picture so many pixels wide."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = document[page]
        picture: Image.Image = found.render(scale=FINE * wide / found.get_width(), grayscale=grey).to_pil()
        return picture.resize((picture.width // FINE, picture.height // FINE), Image.Resampling.LANCZOS)
    finally:
        document.close()


def keep(picture: Image.Image, target: Path) -> None:
    picture.quantize(SHADES).save(target, optimize=True)
    print(f"{target.name}: {picture.width}×{picture.height}, {target.stat().st_size // 1024} КБ")


def office_pdf(xlsx: Path, spare: Path) -> Path | None:
    """A workbook as an office program prints it; None where there is none."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return None
    profile = spare / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RUSSIAN, encoding="utf-8")
    command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(spare), str(xlsx)], check=True, capture_output=True, timeout=180)
    return spare / f"{xlsx.stem}.pdf"


def sheet_picture(xlsx: Path, spare: Path) -> Image.Image | None:
    """The sheet of section 1 as an office program prints it, without the empty rest of its page."""
    pdf = office_pdf(xlsx, spare)
    if pdf is None:
        return None
    page = page_picture(pdf, SHEET, WIDTH + 50)
    upper = page.crop((0, 0, page.width, page.height * 9 // 10))  # without the foot
    box = upper.point(lambda shade: 255 if shade < 250 else 0).getbbox()
    if box is None:
        return page
    return page.crop((box[0] - EDGE, box[1] - EDGE, box[2] + EDGE, box[3] + EDGE))


def main(argv: list[str]) -> int:
    out = Path(argv[2]) if len(argv) > 2 else OUT
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        spare = Path(temporary)
        folder = Path(argv[1]) if len(argv) > 1 else spare / "demo"
        if len(argv) < 2:
            build_demo(folder)
        pdf = next(folder.glob("НКО-47-кв_*.pdf"))
        for name, page in PAPER.items():
            keep(page_picture(pdf, page), out / f"{name}.png")
        sheet = sheet_picture(pdf.with_suffix(".xlsx"), spare)
        if sheet is None:
            print("LibreOffice не найден: sheet.png остаётся прежним")
        else:
            keep(sheet, out / "sheet.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
