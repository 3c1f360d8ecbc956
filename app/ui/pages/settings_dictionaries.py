"""Settings: dictionaries, the map of needs and services, the chain of territories."""

from __future__ import annotations

from typing import Any

from app.core.fields import Field, Kind
from app.core.roles import Right
from app.core.russian import day
from app.records.choices import LEGAL_FORM_ROWS, ORIGINS, TERRITORY_KINDS
from app.ui.ask import ask_values
from app.ui.choice_editors import Combo
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.pages.package_line import PackageLine
from app.ui.pages.plain_table import PlainTable
from app.ui.widgets import Button, Card, row, separator
from app.usecases import setup
from app.usecases.dictionary_entries import ADDED, EDITED, MORE, DictionaryEntry, entries, save_entry
from app.usecases.dictionary_links import replace_territory

TERRITORIES = "territory"
DETAIL = {
    "activity": "Кем установлен",
    "service_code": "Единица, подтверждение",
    "legal_form": "Строка отчёта",
    "need_category": "Какие услуги отвечают",
    TERRITORIES: "Вид",
}
"""Head of the third column, where the dictionary has one."""
CODELESS = frozenset({"need_category"})
"""Dictionaries whose codes are the program's own: nobody reads them."""


class DictionariesPanel(Card):
    """One dictionary at a time; an entry is edited in a dialog, its days bound when it may be chosen."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(margin=16)
        self._desk, self._window = desk, window
        self.package = PackageLine(desk, window)
        line = separator()
        self.rows.addWidget(self.package)
        self.rows.addWidget(line)
        for part in (self.package, line):
            part.setVisible(not window.plan.region)  # комплекты go from the region to the districts
        self.chooser = Combo()
        self.chooser.setFixedWidth(320)
        self.chooser.setAccessibleName("Справочник")
        for key, title in EDITED.items():
            self.chooser.addItem(title, key)
        self.add = Button("Добавить", "plus", act=self._add)
        self.rows.addLayout(row(self.chooser, None, self.add))
        columns = (("Код", 110), ("Название", 420), ("", 230), ("Действует с", 110), ("По", 110))
        self.table = PlainTable(columns, fill=1, least=(84, 260, 140, 96, 96))
        self.table.setAccessibleName("Строки справочника")
        self.rows.addWidget(self.table, 1)
        self.entries: tuple[DictionaryEntry, ...] = ()
        self._own: frozenset[str] = frozenset()
        self.chooser.currentIndexChanged.connect(lambda _i: self.fill())
        self.table.opened.connect(self._open)

    @property
    def key(self) -> str:
        return str(self.chooser.currentData())

    def show_dictionary(self, key: str) -> None:
        self.chooser.setCurrentIndex(self.chooser.findData(key))

    def fill(self) -> None:
        if not self._window.plan.region:
            self.package.fill()
        key = self.key
        self.entries = self._desk.read(entries, key)
        if key == TERRITORIES:
            self._own = frozenset(t.code for t in self._desk.read(setup.chain))
            self.entries = tuple(sorted(self.entries, key=lambda e: e.code not in self._own))
        self.table.retitle(2, DETAIL.get(key, ""))
        self.table.setColumnHidden(0, key in CODELESS)
        self.table.setColumnHidden(2, key not in DETAIL)
        self.table.show_rows(
            [(e.code, e.title, self._detail(e), day(e.valid_from), day(e.valid_to)) for e in self.entries]
        )
        self.add.say("Записать преобразование" if key == TERRITORIES else "Добавить")
        self.add.setVisible(key in ADDED or key == TERRITORIES)

    def _detail(self, entry: DictionaryEntry) -> str:
        match self.key:
            case "activity":
                return ORIGINS.get(entry.more["origin"], "")
            case "service_code":
                return ", ".join(filter(None, (entry.more["unit"], entry.more["evidence"])))
            case "need_category":
                return ", ".join(entry.more["services"])
            case "legal_form":
                return LEGAL_FORM_ROWS.get(entry.more["row"], "")
            case "territory":
                ours = ", этот файл" if entry.code in self._own else ""
                return TERRITORY_KINDS.get(entry.more["kind"], "") + ours
        return ""

    def _open(self, line: int) -> None:
        self._edit(self.key, self.entries[line])

    def _add(self) -> None:
        """A new code, or the end of the territory that is chosen: that of this file unless it is another."""
        if self.key == TERRITORIES:
            line = self.table.row
            own = [e for e in self.entries if e.code in self._own]
            self._replace(self.entries[max(line, 0)] if line > 0 or not own else own[-1])
        else:
            self._edit(self.key, None)

    def _edit(self, key: str, entry: DictionaryEntry | None) -> None:
        fields = [Field("title", "Название", Kind.TEXT, required=True, width=60), *MORE.get(key, ())]
        fields += [Field("valid_from", "Действует с", Kind.DATE), Field("valid_to", "Последний день", Kind.DATE)]
        if entry is None and key not in CODELESS:
            fields.insert(0, Field("code", "Код", Kind.TEXT, required=True, width=10))

        def keep(values: dict[str, Any]) -> None:
            code = entry.code if entry else values.get("code") or self._free_code()
            named = values["title"] if key in CODELESS else code
            self._desk.write(
                "settings", f"Справочник «{EDITED[key]}»: {named}", save_entry, key, code, values["title"] or "",
                values["valid_from"], values["valid_to"], {spec.key: values[spec.key] for spec in MORE.get(key, ())},
                changed={"settings"},
            )  # fmt: skip
            self.fill()

        given = dict(ADDED.get(key, {}))
        if entry is not None:
            given = {"title": entry.title, "valid_from": entry.valid_from, "valid_to": entry.valid_to, **entry.more}
        if entry is None:
            title = f"{EDITED[key]}: новая запись"
        else:
            title = entry.title if key in CODELESS else f"{EDITED[key]}: {entry.code}"
        text = "Уже записанное остаётся как есть; новое выбирают только в дни действия."
        ask_values(self._window, self._desk, title, text, fields, "Записать", keep, given=given,
                   right=Right.SETTLE)  # fmt: skip

    def _free_code(self) -> str:
        """The next code of the district's own, where codes are the program's alone."""
        used = {entry.code for entry in self.entries}
        return next(code for number in range(1, 1000) if (code := f"own{number}") not in used)

    def _replace(self, former: DictionaryEntry) -> None:
        """A district became an okrug: its successor's code, name and first day."""
        fields = [
            Field("code", "Новый код ОКТМО", Kind.TEXT, required=True, width=10, help="8 цифр."),
            Field("name", "Название", Kind.TEXT, required=True, width=60),
            Field("name_genitive", "Название в родительном падеже", Kind.TEXT, required=True, width=60,
                  help="«Администрация …»: им подписан отчёт."),
            Field("kind", "Вид", Kind.CHOICE, required=True, dictionary="territory_kind"),
            Field("since", "Действует с", Kind.DATE, required=True),
        ]  # fmt: skip

        def replace(session: Any, values: dict[str, Any]) -> None:
            replace_territory(session, former.code, **{**values, "name_genitive": values["name_genitive"] or ""})

        def keep(values: dict[str, Any]) -> None:
            title = f"Территория: {former.title} — {values['name']}"
            self._desk.write("settings", title, replace, values, changed={"settings"})
            self.fill()

        ask_values(
            self._window, self._desk, f"Преобразование: {former.title}",
            "Прежняя территория закончится накануне. Отчёт получает код, который действует на последний день "
            "квартала; файл, записи и нарастающий итог остаются теми же.",
            fields, "Записать преобразование", keep, given={"kind": "municipal_okrug"}, right=Right.SETTLE,
        )  # fmt: skip
