"""Where personal data may go out of a file: every command and every export is tried with planted values.

Nothing that leaves the file bears a contact person; what is meant to bear one is noted in the journal.
"""

from __future__ import annotations

import json
import logging
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.cli import COMMANDS
from app.core.periods import Quarter
from app.models import Contact, FrozenReturn
from app.records import LINES, REGISTERS
from app.records.ngo import NGO_LINES
from app.ui.errors import report_of
from app.usecases import contacts, exporting, quarter_returns, registers
from app.usecases.erasing import KIND as ERASING
from app.usecases.erasing import erase_contacts
from app.usecases.personal_exports import exports
from app.usecases.places import keep_log, log_file
from app.usecases.setup import save_unit
from tests.cli.desk import Desk
from tests.factories import District, on
from tests.pages import open_window
from tests.reports.reading import page_texts, sheets
from tests.returns.test_freezing import SIGNERS, a_quarter_of_work

NAME, PHONE, MAIL = "Тайнова Секретина Петровна", "+7 (921) 555-01-77", "taynova@example.ru"
POST, NUMBER = "казначейка-распорядительница", "ПД-773311"
PASSPORT, BORN = "4012 778899", "31.02.1979"
SECRETS = ("Тайнова", "555-01-77", "5550177", "taynova", POST, NUMBER)
PRIVATE = (*SECRETS, PASSPORT, BORN)
"""In a return and on the site also what a careless hand wrote into a note."""
_NEVER = ("паспорт", "passport", "birth", "рожден", "снилс")
Q3 = Quarter(2026, 3)


def plant(district: District) -> str:
    """A quarter of work; a contact person and a careless note at the NGO that was helped.  Returns its ОГРН."""
    district.write(save_unit, SIGNERS | {"administration": "Администрация района"})
    ngo = a_quarter_of_work(district)
    person = {"name": NAME, "post": POST, "phone": PHONE, "email": MAIL, "basis": "согласие", "consent": NUMBER,
              "consent_on": on("2026-01-12")}  # fmt: skip
    note = f"{NAME}, паспорт {PASSPORT}, род. {BORN}, {PHONE}, {MAIL}"
    district.save("ngo", {"note": note}, id=ngo, lines={"contact": [person]})
    return str(district.card("ngo", ngo).values["ogrn"])


def words_of(name: str, content: bytes) -> str:
    """All that can be read in a file: pages of a PDF, cells of a workbook, parts of an archive, else its text."""
    if name.endswith(".pdf"):
        return " ".join(page_texts(content)) + content.decode("latin-1")
    if name.endswith((".xlsx", ".docx")):
        cells = ""
        if name.endswith(".xlsx"):
            cells = " ".join(str(cell) for rows in sheets(content).values() for row in rows for cell in row)
        with zipfile.ZipFile(BytesIO(content)) as archive:  # hidden sheets, comments, properties
            return cells + " ".join(archive.read(part).decode("utf-8", "replace") for part in archive.namelist())
    return content.decode("utf-8", "replace")


def found(text: str, secrets: tuple[str, ...] = SECRETS) -> list[str]:
    return [secret for secret in secrets if secret in text]


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-07-01") as made:
        yield made


# --- commands -----------------------------------------------------------------------------------

NOT_TRIED = {
    "init": "makes an empty file",
    "demo": "makes a file of invented records",
    "import": "takes in; gives back the list's own rows",
    "check": "tells faults by number",
    "form": "knows no file of records",
    "answer": "takes in",
    "take-packet": "takes in",
    "packet": "goes back to the file that the working copy was made of",
    "working-copy": "the whole file, noted as an export before it is made",
    "sent": "takes in",
    "accepted": "takes in",
    "intake": "the region's: takes in returns, in which there are none",
    "recount": "the region's: counts anew what was taken in, and prints how many",
    "board": "the region's: tells codes and days",
    "receipt": "the region's: tells a number and a day",
    "remarks": "the region's: tells cells",
    "consolidate": "the region's: made of returns, in which there are none",
    "consolidated": "the region's: tells numbers and days",
    "coverage": "the region's: made of returns, in which there are none",
    "justify": "the region's: tells a key",
    "commission": "the region's: made of returns, in which there are none",
    "package": "the region's: dictionaries and plans",
    "plans": "the region's: plans of centres",
    "question": "the region's: a table of its own",
    "update": "the program, not the file; its copy lies beside the file",
}


def test_every_command_leaves_contact_persons_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk(tmp_path, capsys.readouterr)
    with District(tmp_path, today="2026-07-01") as district:
        ogrn = plant(district)
        district.at("2026-10-05").write(quarter_returns.freeze, Q3, kind="return", title="Утверждён")
    template = tmp_path / "форма.xlsx"
    template.write_bytes(_sheet_with("{{101}}"))
    out = tmp_path / "наружу"
    out.mkdir()
    typed: dict[str, tuple[str, ...]] = {
        "return": ("return", "2026-Q3", "--draft", "--annexes", "--out", str(out / "отчёт")),
        "returns": ("returns",),
        "diff": ("diff", "2026-Q3", "2026-Q3:draft"),
        "register": ("register", "--out", str(out / "реестр")),
        "extract": ("extract", "--ogrn", ogrn, "--out", str(out / "справка.pdf")),
        "fill": ("fill", str(template), "2026-Q3", "--out", str(out / "форма.xlsx")),
        "summary": ("summary", "2026", "--out", str(out / "итоги")),
        "ngo": ("ngo", "--ogrn", ogrn, "--out", str(out / "нко.pdf")),
        "backup": ("backup", "--out", str(tmp_path / "копия.db")),
    }
    assert set(typed) | set(NOT_TRIED) == set(COMMANDS), "a new command: may personal data go out by it?"
    for name, command in typed.items():
        for more in ((), ("--json",)):
            code, said, err = desk(*command, *more)
            assert code in (0, 1), (name, err)
            assert not found(said + err, PRIVATE), name
    files = [path for path in out.rglob("*") if path.is_file()]
    assert len(files) >= 10
    for path in files:
        private = PRIVATE if "отчёт" in str(path.parent) or "реестр" in str(path.parent) else SECRETS
        assert not found(words_of(path.name, path.read_bytes()), private), path.name
    with District.copied(desk.db, _folder(tmp_path), today="2026-10-06") as after:
        told = [(one.what, one.people, one.where) for one in after.read(exports)]
        assert told == [("файл учёта целиком", 1, "копия «копия.db»")] * 2, "a copy holds what the file holds"


# --- a return and the site ------------------------------------------------------------------------


def test_a_return_bears_no_private_data(district: District) -> None:
    """Neither its paper with every annex, nor its workbook, nor its data."""
    plant(district)
    district.at("2026-10-05").write(quarter_returns.freeze, Q3, kind="return", title="Утверждён")
    kept = district.read(quarter_returns.kept, Q3)
    assert kept is not None
    whole = district.read(quarter_returns.whole_paper, kept)
    for name, content in (("отчёт.pdf", kept.pdf), ("полный.pdf", whole), ("отчёт.xlsx", kept.xlsx)):
        text = words_of(name, content)
        assert "Светлый берег" in text or name == "отчёт.pdf"
        assert not found(text, PRIVATE), name
    with district.database.read() as session:
        (data,) = session.scalars(select(FrozenReturn.data))
    assert json.loads(data)
    assert not found(str(data), PRIVATE)


def test_no_register_asks_for_a_passport_or_a_birthday() -> None:
    asked = [
        f"{kind.key}.{field.key}"
        for kind in REGISTERS.values()
        for field in (*kind.fields, *(f for line in LINES[kind.key] for f in line.fields))
        if any(word in f"{field.key} {field.title}".lower() for word in _NEVER)
    ]
    assert asked == []
    contact = next(line for line in NGO_LINES if line.key == "contact")
    assert {f.key for f in contact.fields if f.personal} == {"name", "post", "phone", "email"}


# --- tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("register", REGISTERS)
def test_a_table_leaves_contact_persons_out(district: District, register: str) -> None:
    plant(district)
    ids = district.read(registers.find, register)
    fields = [field.key for field in REGISTERS[register].fields]
    note_free = [key for key in fields if key != "note"]
    pdf = district.read(exporting.register_pdf, register, ids, fields=note_free)
    assert not found(words_of("x.pdf", pdf)), "paper"
    xlsx = words_of("x.xlsx", district.read(exporting.register_xlsx, register, ids))
    if register == "ngo":  # what a hand wrote into a note goes out as a note, and a hint says not to
        assert found(xlsx, (POST, NUMBER)) == []
    else:
        assert not found(xlsx)


FORMS = ("xlsx", "pdf", "docx", "copy")


def exported(district: District, form: str, fields: Sequence[str]) -> tuple[str, int]:
    """The words of an export of every NGO, and how many people it says it holds."""
    made = district.read(exporting.export, "ngo", district.read(registers.find, "ngo"), form, fields=fields)
    content = words_of(f"x.{form}", made.content) if made.content else ""
    return content + made.text + made.html, made.people


@pytest.mark.parametrize("form", FORMS)
def test_an_export_holds_persons_only_when_they_are_asked_for_and_may_be_used(district: District, form: str) -> None:
    plant(district)
    plain = [field.key for field in exporting.offered("ngo") if not field.personal and field.key != "note"]
    assert not found(exported(district, form, plain)[0])
    asked = ["name", "contact.name", "contact.phone", "contact.email"]
    text, people = exported(district, form, asked)
    assert people == 1, "it is noted by this count"
    assert found(text, ("Тайнова", "taynova"))
    (person,) = district.read(contacts.contacts)
    district.write(contacts.withdraw, person.id)
    for stage in ("withdrawn", "erased"):
        text, people = exported(district, form, asked)
        assert people == 0, stage
        assert not found(text), stage
        assert "обезличено" not in text
        if stage == "withdrawn":
            district.write(erase_contacts, [person.id], kind=ERASING)


# --- the log and the report -----------------------------------------------------------------------


def test_the_log_and_the_report_of_a_fault_bear_no_values(district: District, qtbot: Any) -> None:
    """A fault of the database names its values in its message: neither the log nor the report repeats it."""
    plant(district)
    district.close()
    keep_log()
    try:
        window = open_window(qtbot, district.path, today="2026-10-05")
        with pytest.raises(IntegrityError, match="CHECK") as fault:
            window.window.desk.write("edit", "x", _without_basis)
        assert NAME in str(fault.value), "else this test says nothing"
        window.window.tell(fault.value)
        shown = window.dialog.findChildren(QPlainTextEdit)[0].toPlainText()
        assert "IntegrityError" in shown
        assert not found(shown + report_of(fault.value))
        window.close()
        logged = log_file().read_text(encoding="utf-8")
        assert "IntegrityError" in logged
        assert not found(logged)
    finally:
        for handler in list(logging.getLogger("app").handlers):
            logging.getLogger("app").removeHandler(handler)
            handler.close()


def _without_basis(session: Session) -> None:
    session.add(Contact(ngo_id=1, name=NAME, phone=PHONE, email=MAIL, basis=""))
    session.flush()


def _sheet_with(mark: str) -> bytes:
    from openpyxl import Workbook

    book, buffer = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = mark
    book.save(buffer)
    return buffer.getvalue()


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "после"
    folder.mkdir()
    return folder
