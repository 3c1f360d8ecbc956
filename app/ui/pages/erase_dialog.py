"""«Обезличить»: what goes, why, where it stays for a while; it cannot be undone, so it is said before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.core.fields import Field, Kind
from app.core.roles import Right
from app.core.russian import plural
from app.records.choices import ERASURE_REASONS
from app.ui.choice_editors import ChoiceEditor
from app.ui.dialogs import WIDTH, Dialog
from app.ui.form_row import FormLine, FormRow
from app.ui.short_words import short_name
from app.ui.widgets import wrapped
from app.usecases.contacts import ContactRow
from app.usecases.erased_copies import HoldingCopy
from app.usecases.erasing import Applicant, Before

_SHOWN = 5
_REASON = Field("reason", "Почему", Kind.CHOICE, required=True, width=50, dictionary="erasure_reason")


def _whose(one: ContactRow | Applicant) -> str:
    return short_name(one.ngo) if isinstance(one, ContactRow) else one.about


def _what_of(one: Applicant) -> str:
    return (
        f"Заявитель, {one.about}: имя сотрётся из обращения, из истории и из журнала, само обращение останется."
        " В содержании и ответе заменится только это имя: адрес и телефон, если они там есть, уберите сами."
        " Отменить это нельзя. Будет составлен акт."
    )


class EraseDialog(Dialog):
    """act: gets the code of the reason; of several persons each has its own, then it is ''."""

    right = Right.ERASE

    def __init__(self, before: Before, act: Callable[[str], object]) -> None:
        people = before.persons
        private = next((one for one in people if isinstance(one, Applicant)), None)
        whom = people[0].name if len(people) == 1 else plural(len(people), "человека", "человек", "человек")
        super().__init__(
            f"Обезличить: {whom}",
            _what_of(private) if private is not None else
            "Имя, должность, телефон, почта и № согласия сотрутся из карточки, из истории и из журнала; строка"
            " останется без имени. Отменить это нельзя: вернуть будет неоткуда. Будет составлен акт.",
            deed="Обезличить", act=self._do, leave="Не обезличивать", undoable=False,
        )  # fmt: skip
        self._deed = act
        self.told: list[str] = []
        self.row: FormRow | None = None
        if len(people) > 1:
            rows = zip(people, before.reasons, strict=True)
            self._say([f"{one.name}, {_whose(one)}: {ERASURE_REASONS[reason]}" for one, reason in rows], "Кого")
        else:
            self.row = FormRow(_REASON, ChoiceEditor(dict(ERASURE_REASONS), required=True))
            self.row.editor.fill(before.reasons[0])
            line = FormLine()
            line.add(self.row, 500)
            self.body.addWidget(line.finish())
        self._say([mention.told for mention in before.mentions], "То же сказано ещё здесь, программа это не тронет")
        self._say(before.papers, "Подписанные согласия среди документов карточки: сотрите их содержимое сами")
        self._say([f"{copy.name}: {copy.told}" for copy in before.copies], "Останется в копиях")
        if not before.copies:
            self._tell("Копий файла с этими данными в папках копий нет.")
        self._tell("Рабочие копии на других компьютерах и выгруженные файлы уничтожают отдельно.")

    def _say(self, lines: Sequence[str], head: str) -> None:
        if not lines:
            return
        more = [f"и ещё {len(lines) - _SHOWN}"] if len(lines) > _SHOWN else []
        self._tell("\n".join([f"{head}:", *(f"• {line}" for line in lines[:_SHOWN]), *more]))

    def _tell(self, text: str) -> None:
        self.told.append(text)
        self.body.addWidget(wrapped(text, WIDTH - 50, 13, tone="text2"))

    def _do(self) -> bool:
        reason, fault = self.row.read() if self.row is not None else ("", None)
        if self.row is not None:
            self.row.show_fault(fault or "")
        if fault:
            return False
        self._deed(reason)
        return True


def copies_told(copies: Sequence[HoldingCopy]) -> str:
    """For a notice: «останется в 3 копиях»."""
    if not copies:
        return "в копиях файла этих данных нет"
    return f"ещё в {plural(len(copies), 'копии', 'копиях', 'копиях')} файла, они названы в акте"
