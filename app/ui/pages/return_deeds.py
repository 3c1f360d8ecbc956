"""What is done with a return: typed cells, explanations, approval, correction, papers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from app.core.fields import Field, Kind
from app.core.roles import Right
from app.core.russian import plural
from app.reports.file_names import protocol_file_name, return_file_name, whole_file_name
from app.returns.checks import Finding
from app.returns.form import RowKind
from app.ui.ask import ask_values
from app.usecases import quarter_returns, return_texts, row_plans
from app.usecases.places import write_file

if TYPE_CHECKING:
    from app.ui.pages.return_page import ReturnPage

REGISTRATION = "head.registration_no"
NUMBER = Field("registration", "Регистрационный №", Kind.TEXT, width=40,
               help="Напечатается с датой утверждения; пусто — впишут на бумаге.")  # fmt: skip


class ReturnDeeds:
    """Deeds of the page of one return."""

    def __init__(self, page: ReturnPage) -> None:
        self._page = page
        self.folder = Path.home()
        self.freezing = False

    # --- typed cells

    def type_into(self, cell: str, text: str) -> None:
        """Open the dialog of a typed cell; text: what was typed already."""
        page = self._page
        if page.frozen or page.draft is None:
            page.window_.notify("Отчёт утверждён: чтобы изменить, составьте уточнённый.")
            return
        code, _, column = cell.rpartition(".")
        if column == "plan":
            self._plan(code)
        elif column == "note":
            self._note(code, text)

    def _note(self, code: str, typed: str) -> None:
        page = self._page
        assert page.draft is not None
        quarter = page.draft.ret.head.quarter
        spec = page.form.row(code)
        known = page.desk.read(return_texts.texts, quarter).get(f"{code}.note", "")
        is_text = spec.kind is RowKind.TEXT
        told = "Текст этой строки отчёта." if is_text else "Графа 10: причина отклонения или примечание."
        earlier = None if known else page.desk.read(return_texts.earlier_text, quarter, f"{code}.note")
        if earlier is not None and not typed:
            told += f" Взято из отчёта за {earlier.quarter.title}: сохранится, только если записать."
        elif earlier is not None:
            told += f" В отчёте за {earlier.quarter.title} стояло: «{shorten(earlier.text, 160, placeholder='…')}»."
        offered = known or (earlier.text if earlier is not None else "")

        def keep(values: dict[str, object]) -> None:
            page.desk.write(
                "return", f"Отчёт: примечание к строке {code}", return_texts.set_text,
                quarter, f"{code}.note", str(values["text"] or ""), changed={"return"},
            )  # fmt: skip

        dialog = ask_values(
            page.window_, page.desk, f"{code} «{spec.title}»", told,
            [Field("text", "Текст", Kind.NOTE, width=60)], "Записать", keep, given={"text": typed or offered},
        )  # fmt: skip
        if earlier is not None and not typed:
            dialog.rows["text"].editor.box.selectAll()  # her own word takes its place at once

    def _plan(self, code: str) -> None:
        page = self._page
        assert page.draft is not None
        head = page.draft.ret.head
        spec = page.form.row(code)
        kind = Kind.AMOUNT if spec.places and not spec.is_money else Kind.MONEY if spec.is_money else Kind.COUNT
        acts = [plan for plan in page.desk.read(row_plans.plans, head.quarter.year) if plan.code == code]
        given = {"value": acts[-1].value if kind is not Kind.COUNT else int(acts[-1].value),
                 "act_no": acts[-1].act_no, "act_on": acts[-1].act_on} if acts else {}  # fmt: skip

        def keep(values: dict[str, object]) -> None:
            page.desk.write(
                "return", f"Отчёт: план строки {code} на {head.quarter.year} год", row_plans.plan_row,
                head.quarter.year, code, values["value"], values["act_no"], values["act_on"], changed={"return"},
            )  # fmt: skip

        ask_values(
            page.window_, page.desk, f"План на {head.quarter.year} год: {code} «{spec.title}»",
            "План ставится и меняется только актом.",
            [Field("value", "План", kind, required=True), Field("act_no", "№ акта", Kind.TEXT, required=True, width=20),
             Field("act_on", "Дата акта", Kind.DATE, required=True)],
            "Записать план", keep, given=given,
        )  # fmt: skip

    def explain(self, finding: Finding, text: str) -> None:
        """Keep the explanation of a warning and count anew."""
        page = self._page
        assert page.quarter is not None
        page.desk.write(
            "return", f"Отчёт: пояснение к контролю {finding.check}", quarter_returns.explain,
            page.quarter, finding.check, finding.cell, text, changed={"return"},
        )  # fmt: skip

    # --- approval

    def approve(self) -> None:
        """The official step: asks first; a correction needs its reason."""
        page = self._page
        if page.draft is None or page.quarter is None or self.freezing:
            return
        report = page.draft.report
        warned = ""
        if report.unexplained:
            rest = plural(len(report.unexplained), "предупреждение", "предупреждения", "предупреждений")
            warned = f" Без пояснения останется {rest}: это покажет приложение Г."
        known = page.desk.read(return_texts.texts, page.quarter).get(REGISTRATION, "")
        given, fields = {"registration": known}, [NUMBER]
        if page.draft.frozen_versions:
            number = page.draft.frozen_versions
            fields.insert(0, Field("reason", "Причина уточнения", Kind.TEXT, required=True, width=60))
            title, deed = f"Отчёт за {page.quarter.title} уже утверждён", "Составить уточнённый"
            text = f"Прежний останется как есть. Область получит уточнённый отчёт №\u00a0{number} с вашей причиной."
        else:
            title, deed = f"Утвердить отчёт за {page.quarter.title}", "Утвердить"
            text = "Цифры, PDF и Excel сохранятся и больше не изменятся. Исправит их только уточнённый отчёт."
        ask_values(
            page.window_, page.desk, title, text + warned, fields, deed, self._freeze, given=given, undoable=False,
            right=Right.FREEZE,
        )

    def _freeze(self, values: dict[str, str | None]) -> None:
        page, reason = self._page, values.get("reason") or ""
        registration = values.get("registration") or ""
        assert page.quarter is not None
        quarter = page.quarter
        self.freezing = True

        def freeze(session, progress):
            return_texts.set_text(session, quarter, REGISTRATION, registration)
            return quarter_returns.freeze(session, quarter, reason=reason, progress=progress)

        def done(kept: quarter_returns.KeptReturn) -> None:
            self.freezing = False
            page.correcting = False
            page.kept = kept
            page.window_.notify(f"Отчёт за {quarter.title} утверждён. Сохраните PDF на подпись и Excel к отправке.")

        def failed(error: BaseException) -> None:
            self.freezing = False
            page.window_.tell(error)
            page.compute()

        page.desk.write_later(
            "return", f"Утверждён отчёт за {quarter.title}", freeze,
            changed={"return"}, done=done, failed=failed, undoable=False,
        )  # fmt: skip

    # --- papers

    def save(self, kind: str) -> None:
        """Ask where, and write the kept paper: kind is pdf or xlsx."""
        page = self._page
        if page.kept is None:
            return
        name = return_file_name(page.kept.oktmo, page.kept.quarter, page.kept.correction, kind)
        words = {"pdf": "PDF (*.pdf)", "xlsx": "Excel (*.xlsx)"}[kind]
        path, _ = QFileDialog.getSaveFileName(page, "Сохранить отчёт", str(self.folder / name), words)
        if path:
            page.window_.guarded(self.save_to)(kind, Path(path))

    def save_to(self, kind: str, path: Path) -> None:
        """Write the bytes of the approved paper to a file."""
        page = self._page
        if page.kept is None:
            return
        write_file(path, page.kept.pdf if kind == "pdf" else page.kept.xlsx)
        self.folder = path.parent
        page.window_.notify(f"Сохранено: {path.name}")

    def printed(self) -> None:
        """The paper on the screen: the approved one, else the draft marked ЧЕРНОВИК."""
        page = self._page
        if page.frozen and page.kept is not None:
            self._show_return(page.kept.pdf)
        elif page.draft is not None:
            page.desk.read_later(
                "Печатается черновик", lambda session, made: quarter_returns.draft_papers(session, made)[0], page.draft,
                done=page.window_.guarded(self._show_return), failed=page.window_.tell,
            )  # fmt: skip

    def print_annexes(self) -> None:
        """The same paper with annexes Д and Е, which are printed on request alone."""
        page = self._page
        shown = page.kept if page.frozen else page.draft
        if shown is None:
            return
        page.desk.read_later(
            "Печатаются приложения Д и Е", quarter_returns.whole_paper, shown, with_progress=True,
            done=page.window_.guarded(self._show_whole), failed=page.window_.tell,
        )  # fmt: skip

    def protocol(self) -> None:
        """Findings as a paper."""
        if self._page.draft is not None:
            paper = quarter_returns.protocol_paper(self._page.draft)
            self._show_pdf(paper, self._name(protocol_file_name), whole=True)

    def save_printed(self) -> None:
        """Ask where, and write the paper that is on the screen."""
        shown = self._page.printed
        path, _ = QFileDialog.getSaveFileName(self._page, "Сохранить PDF", str(self.folder / shown.name), "PDF (*.pdf)")
        if path:
            self.save_printed_to(Path(path))

    def save_printed_to(self, path: Path) -> None:
        write_file(path, self._page.printed.content)
        self.folder = path.parent
        self._page.window_.notify(f"Сохранено: {path.name}")

    def _name(self, named: Callable[..., str], *ending: str) -> str:
        """The name of a file of the return on the page; a draft says so in it."""
        page = self._page
        head = page.ret.head
        name = named(head.oktmo, head.quarter, head.correction, *ending)
        return name if page.frozen or named is protocol_file_name else name.replace(".", "_черновик.")

    def _show_return(self, content: bytes) -> None:
        self._show_pdf(content, self._name(return_file_name, "pdf"))

    def _show_whole(self, content: bytes) -> None:
        self._show_pdf(content, self._name(whole_file_name), whole=True)

    def _show_pdf(self, content: bytes, name: str, *, whole: bool = False) -> None:
        page = self._page
        page.printed.show_pdf(content, name, whole=whole)
        page.stack.setCurrentWidget(page.printed)
        page.printed.area.setFocus()
        page.say_hint(f"Страниц: {page.printed.count} · Esc — вернуться к отчёту")
