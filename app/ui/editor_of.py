"""Which editor a field has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.core.fields import Field, Kind
from app.records import REGISTERS
from app.ui.choice_editors import ChoiceEditor, ChoicesEditor, LinksEditor
from app.ui.completing import CompletedEditor
from app.ui.desk import Desk
from app.ui.editors import DateEditor, Editor, FlagEditor, LineEditor, NoteEditor
from app.ui.field_text import FieldText
from app.ui.link_editor import LinkEditor
from app.usecases import registers
from app.usecases.completion import is_completed
from app.usecases.pasted import named_by_list
from app.usecases.titles import Choice, titles


def editor_of(field: Field, desk: Desk, words: FieldText, of: str = "") -> Editor:
    """The editor of a field's kind, with the choices of its dictionary or register.

    of: the register or the lines whose field it is; texts entered there before are then offered.
    """

    def suggest(text: str) -> Sequence[Choice]:
        return desk.read(registers.suggest, field.register, text)

    def absent() -> str:
        if desk.read(registers.count, field.register):
            return ""
        record_type = REGISTERS[field.register]
        many = record_type.nouns[2]
        return f"{many[0].upper()}{many[1:]} пока нет: добавьте в «{record_type.title}»."

    match field.kind:
        case Kind.DATE:
            return DateEditor(field, desk.clock.today)
        case Kind.NOTE:
            return NoteEditor()
        case Kind.FLAG:
            return FlagEditor(field.title)
        case Kind.CHOICE:
            return ChoiceEditor(words.choices(field.dictionary), required=field.required)
        case Kind.CHOICES:
            return ChoicesEditor(words.choices(field.dictionary), partial(words.title, field.dictionary))
        case Kind.LINK:
            return LinkEditor(suggest, field.nothing, absent)
        case Kind.LINKS:
            adder = LinkEditor(suggest, absent=absent)
            return LinksEditor(
                adder,
                lambda key: desk.read(titles, field.register, [key]).get(key, str(key)),
                lambda text: desk.read(named_by_list, field.register, text),
            )
        case Kind.TEXT if of and is_completed(of, field):
            return CompletedEditor(field, partial(words.entered, of, field.key))
        case _:
            return LineEditor(field)
