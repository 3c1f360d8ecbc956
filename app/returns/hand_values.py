"""One cell of a hand-filled form as a value: what may be read without doubt is read, the rest is a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from app.core.alike import in_russian_letters
from app.core.fields import Kind
from app.core.identifiers import inn_fault, kpp_fault, ogrn_fault
from app.core.money import LARGEST
from app.core.parsed import EMPTY, Parsed, faulty
from app.core.russian import amount, integer
from app.core.text import fold
from app.core.value_dates import date_of
from app.core.value_numbers import number
from app.core.values import parse
from app.returns.hand_form import NO, YES, EntryKind
from app.returns.hand_input import FilledCell

_SHOWN = 40
_PLACES = {EntryKind.WHOLE: 0, EntryKind.FLAG: 0, EntryKind.DAYS: 1, EntryKind.AMOUNT: 2, EntryKind.SIGNED: 2}
NO_VALUE = "Вписана формула, значения её в файле нет: впишите число или сохраните файл в Excel или LibreOffice."


def read_cell(cell: FilledCell, kind: EntryKind, choices: Mapping[str, str] | None = None) -> Parsed:
    """The value of a cell: a Decimal, a date, a code of the choices, digits, text or a flag; None when empty.

    The fault is a Russian sentence that says what stands there.
    """
    if cell.is_empty:
        return faulty(NO_VALUE) if cell.formula else EMPTY
    if kind is EntryKind.CHOICE:
        return _choice(cell.value, choices or {})
    return _READERS[kind](cell.value, kind)


def shown(value: object) -> str:
    """What stands in the cell, in «…», not too long."""
    text = _plain(value)
    return f"«{text[:_SHOWN]}…»" if len(text) > _SHOWN else f"«{text}»"


def _plain(value: object) -> str:
    found = parse(Kind.TEXT, value).value
    return "" if found is None else str(found)


def _figure(value: object, kind: EntryKind) -> Parsed:
    """A figure of the kind; a number typed as text is read when nothing else stands there."""
    found = number(value, tolerant=False)
    if found.fault or found.value is None:
        return faulty(f"Здесь нужно число, а стоит {shown(value)}.")
    figure: Decimal = found.value
    if abs(figure) > LARGEST:
        return faulty(f"Число слишком велико: {shown(value)}.")
    if figure < 0 and kind is not EntryKind.SIGNED:
        return faulty(f"Здесь не бывает отрицательных чисел, а стоит {_number(figure)}.")
    if kind is EntryKind.FLAG and figure not in (0, 1):
        return faulty(f"Здесь ставят 1 (да) или 0 (нет), а стоит {_number(figure)}.")
    places = _PLACES[kind]
    exact = figure.quantize(Decimal(1).scaleb(-places))
    if exact != figure:
        if not places:
            return faulty(f"Здесь считают целыми, а стоит {_number(figure)}.")
        of = "одного знака" if places == 1 else "двух знаков"
        return faulty(f"После запятой не больше {of}, а стоит {_number(figure)}.")
    return Parsed(exact + 0 if exact else abs(exact))


def _number(value: Decimal) -> str:
    if value == value.to_integral_value():
        return integer(int(value))
    exponent = value.as_tuple().exponent
    return format(value, "f").replace(".", ",").replace("-", "−") if exponent < -2 else amount(value)  # type: ignore[operator]


def _day(value: object, kind: EntryKind) -> Parsed:
    found = date_of(value, tolerant=True)
    return faulty(f"Здесь нужна дата вида ДД.ММ.ГГГГ, а стоит {shown(value)}.") if found.fault else found


def _text(value: object, kind: EntryKind) -> Parsed:
    return parse(Kind.NOTE if kind is EntryKind.NOTE else Kind.TEXT, value)


def _digits(value: object) -> str:
    return _plain(value).replace(" ", "").replace("\u00a0", "")


def _ogrn(value: object, kind: EntryKind) -> Parsed:
    return _identifier(_digits(value), ogrn_fault)


def _inn(value: object, kind: EntryKind) -> Parsed:
    text = _digits(value)
    return _identifier(text, lambda number: inn_fault(number, entrepreneur=len(number) == 12))


def _kpp(value: object, kind: EntryKind) -> Parsed:
    return _identifier(_digits(value).upper(), kpp_fault)


def _either(value: object, kind: EntryKind) -> Parsed:
    """ОГРН or ИНН, told apart by their lengths."""
    text = _digits(value)
    if len(text) in (13, 15):
        return _identifier(text, lambda number: ogrn_fault(number, entrepreneur=len(number) == 15))
    if len(text) in (10, 12):
        return _inn(value, kind)
    return faulty(f"В ОГРН 13 цифр, в ИНН 10 или 12, а стоит {shown(value)}.")


def _identifier(text: str, fault_of: Callable[[str], str | None]) -> Parsed:
    fault = fault_of(text)
    return faulty(f"{text}: {fault[0].lower()}{fault[1:]}") if fault else Parsed(text)


def _yes_no(value: object, kind: EntryKind) -> Parsed:
    text = fold(_plain(value))
    if text in (YES, NO):
        return Parsed(text == YES)
    return faulty(f"Здесь пишут «да» или «нет», а стоит {shown(value)}.")


def _choice(value: object, choices: Mapping[str, str]) -> Parsed:
    """A code, or what the drop-down list shows for it; Latin letters that look like Russian ones are read so."""
    text = _plain(value)
    for candidate in (text, in_russian_letters(text, "I").upper(), text.replace(",", ".")):
        if candidate in choices:
            return Parsed(candidate)
    folded = fold(text)
    for code, title in choices.items():
        if folded and folded in (fold(title), fold(code)):
            return Parsed(code)
    return faulty(f"{shown(value)} нет в списке этой ячейки: выберите из раскрывающегося списка.")


_READERS: dict[EntryKind, Callable[[object, EntryKind], Parsed]] = {
    EntryKind.WHOLE: _figure,
    EntryKind.AMOUNT: _figure,
    EntryKind.SIGNED: _figure,
    EntryKind.DAYS: _figure,
    EntryKind.FLAG: _figure,
    EntryKind.DAY: _day,
    EntryKind.TEXT: _text,
    EntryKind.NOTE: _text,
    EntryKind.OGRN: _ogrn,
    EntryKind.INN: _inn,
    EntryKind.KPP: _kpp,
    EntryKind.NUMBER: _either,
    EntryKind.YES_NO: _yes_no,
}


def as_lines(text: Any, separators: str = ";\n") -> list[str]:
    """Parts of a cell that holds several: recipients, codes."""
    found = [str(text or "")]
    for separator in separators:
        found = [part for piece in found for part in piece.split(separator)]
    return [part.strip() for part in found if part.strip()]
