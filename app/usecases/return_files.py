"""A return file read back: a hand-filled form checked, a file of the program compared with its own data."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.progress import SILENT, Progress
from app.exchange.return_files import ReturnFile, filled_form, read_return_file
from app.exchange.workbook_xml import Address
from app.returns.checks.report import Report, Severity
from app.returns.codec import fingerprint, read_return
from app.returns.form import FORMS
from app.returns.hand_filled import HandReturn, Known, read_hand_filled
from app.returns.hand_form import HandForm
from app.returns.hand_input import HandFault
from app.returns.snapshot import QuarterReturn
from app.usecases.form_words import shipped_form
from app.usecases.return_changes import Changed, changed_cells, is_untouched, unknown_envelope

_FILE_NAME = re.compile(r"НКО-47-кв_(\d{8})_(\d{4}-Q[1-4])_(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding of the control checks and where its cell lies in the file."""

    check: str
    severity: Severity
    cell: str
    place: str
    text: str


@dataclass(frozen=True)
class FileReport:
    """What a return file is.

    hand: filled by hand; else exported by the program, and then sha256 is that of its data.  ret: None
    when a form cannot be made out.  faults: wrong cells; findings: control checks of a hand-filled
    form; changed: cells of an exported file typed over; bare: unique rows «без состава».  data, envelope: their
    JSON as an exported file carries it, '' where it does not.
    """

    name: str
    hand: bool
    ret: QuarterReturn | None
    sha256: str = ""
    faults: tuple[HandFault, ...] = ()
    findings: tuple[PlacedFinding, ...] = ()
    changed: tuple[Changed, ...] = ()
    bare: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    data: str = ""
    envelope: str = ""

    @property
    def is_clean(self) -> bool:
        return not (self.faults or self.findings or self.changed)


def check_return_file(
    path: Path,
    *,
    known: Known | None = None,
    oktmo: str | None = None,
    quarter: Quarter | None = None,
    progress: Progress = SILENT,
) -> FileReport:
    """Reads a return file and tells everything that is wrong with it.

    known: settings, earlier returns, keys, where there are any.  oktmo, quarter: of whom and for when a
    return is expected.  AppError when the file is no return, a draft, or of an unknown form version.
    """
    file = read_return_file(path, progress=progress)
    if "draft" in file.hidden:
        raise AppError(f"«{file.name}» — черновик, а не отчёт.", "Утвердите отчёт в программе и возьмите его файл.")
    report = _hand_filled(file, known or Known()) if file.is_blank_form else _exported(file)
    expected = _expectations(report, oktmo, quarter)
    return replace(report, faults=(*report.faults, *expected))


# --- filled by hand ---------------------------------------------------------------------------


def _hand_filled(file: ReturnFile, known: Known) -> FileReport:
    form = shipped_form(file.hidden.get("form_version") or _only_version())
    found = read_hand_filled(form, filled_form(file, form, layout_of(form)), known)
    return FileReport(
        name=file.name,
        hand=True,
        ret=found.ret,
        faults=found.faults,
        findings=_placed(found.report, found),
        bare=found.bare,
        unchecked=tuple(one.text for one in found.report.unchecked),
    )


def _only_version() -> str:
    """A form that lost its hidden sheet is taken for the newest one."""
    return next(reversed(FORMS))


_LAYOUTS: dict[str, Mapping[str, Address]] = {}


def layout_of(form: HandForm) -> Mapping[str, Address]:
    """Where the cells of the form stand when it is given out; made once a version and run."""
    version = form.form.version
    if version not in _LAYOUTS:
        from app.reports.blank_form import blank_layout

        _LAYOUTS[version] = {cell: Address(*at) for cell, at in blank_layout(form).items()}
    return _LAYOUTS[version]


def _placed(report: Report, found: HandReturn) -> tuple[PlacedFinding, ...]:
    return tuple(
        PlacedFinding(f.check, f.severity, f.cell, found.places.get(f.cell, _SHEETS.get(f.cell, "")), f.text)
        for f in report.findings
    )


_SHEETS = {"1а": "1а Виды деятельности", "head.executor": "Титул", "head.signer": "Титул"}


# --- exported by the program ------------------------------------------------------------------


def _exported(file: ReturnFile) -> FileReport:
    data, sha256 = file.hidden.get("data", ""), file.hidden.get("sha256", "")
    if not data:
        raise AppError(f"В файле «{file.name}» нет данных отчёта.", "Возьмите файл у отправителя ещё раз.")
    faults: list[HandFault] = []
    if fingerprint(data) != sha256.lower():
        text = (
            "Данные отчёта изменены после утверждения: SHA-256 данных не равен записанному в файле. "
            "Возьмите файл у отправителя ещё раз."
        )
        faults.append(HandFault("hash", "", "_data", text))
    ret = read_return(data)
    untouched = is_untouched(file)  # then there is nothing to print the whole workbook anew for
    told, changed = ((), ()) if untouched else changed_cells(file, _as_exported(ret), ret)
    envelope = file.hidden.get("envelope", "")
    return FileReport(file.name, False, ret, sha256, (*faults, *told), (), changed, data=data, envelope=envelope)


def _as_exported(ret: QuarterReturn) -> ReturnFile:
    """The workbook that the program writes of these data, read as the file itself was."""
    from app.reports.return_sheet import return_xlsx

    with tempfile.TemporaryDirectory(prefix="kurator-") as folder:
        path = Path(folder) / "отчёт.xlsx"
        path.write_bytes(return_xlsx(ret, unknown_envelope()))
        return read_return_file(path)


# --- of whom, for when ------------------------------------------------------------------------


def _expectations(report: FileReport, oktmo: str | None, quarter: Quarter | None) -> tuple[HandFault, ...]:
    """What the file says of itself against its name, and against whom it is expected from."""
    if report.ret is None:
        return ()
    head = report.ret.head
    own = {"head.oktmo": head.oktmo, "head.quarter": str(head.quarter), "head.correction": str(head.correction)}
    wanted: dict[str, tuple[str, str]] = {}
    named = _FILE_NAME.search(report.name)
    if named is not None:
        wanted |= {cell: (value, "в имени файла") for cell, value in zip(own, named.groups(), strict=True)}
    if oktmo is not None:
        wanted["head.oktmo"] = (oktmo, "ожидается")
    if quarter is not None:
        wanted["head.quarter"] = (str(quarter), "ожидается")
    titles = {"head.oktmo": "ОКТМО", "head.quarter": "Период", "head.correction": "Вид документа"}
    told = {fault.cell for fault in report.faults}
    return tuple(
        HandFault("period" if cell == "head.quarter" else cell.removeprefix("head."), cell, "Титул",
                  f"{titles[cell]} отчёта — {own[cell] or 'не указан'}, а {how} {value}.")
        for cell, (value, how) in wanted.items()
        if value.upper() != own[cell].upper() and cell not in told
    )  # fmt: skip
