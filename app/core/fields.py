"""The words in which a register is declared once: kinds of values, fields, record types.

One `RecordType` drives the table, the form, the checks at entry, the import and the export of
its register (see `app/records`).  The kinds say what a value is; `app.core.values` reads and
shows them, `ui` maps a kind to an editor and `reports` to a number format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Values = Mapping[str, Any]
"""Values of one record by field key."""


class Kind(StrEnum):
    """What a value is.  In brackets the Python type that is kept."""

    TEXT = "text"  # str, one line
    NOTE = "note"  # str, several lines
    DATE = "date"  # datetime.date
    MONEY = "money"  # Decimal, roubles with kopecks
    AMOUNT = "amount"  # Decimal with two decimals: hours, m², volumes
    COUNT = "count"  # int ≥ 0
    YEAR = "year"  # int
    QUARTER = "quarter"  # periods.Quarter
    FLAG = "flag"  # bool
    CHOICE = "choice"  # str: code of a dictionary
    CHOICES = "choices"  # tuple[str, ...]: codes of a dictionary
    LINK = "link"  # int: id of a record of another register
    LINKS = "links"  # tuple[int, ...]
    OGRN = "ogrn"  # str of digits
    INN = "inn"
    KPP = "kpp"
    MINJUST = "minjust"
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a register.

    key: name of the value, and of the table's column unless the declaration exempts it.
    width: characters the content usually takes.  aliases: headings under which lists carry it.
    dictionary: for CHOICE(S).  register: for LINK(S).  listed: shown in the table by default.
    personal: personal data under 152-ФЗ.  computed: shown and exported, never typed or imported.
    nothing: the word of a link that names no record («граждане»).
    """

    key: str
    title: str
    kind: Kind
    required: bool = False
    width: int = 20
    aliases: tuple[str, ...] = ()
    group: str = ""
    help: str = ""
    dictionary: str = ""
    register: str = ""
    listed: bool = False
    personal: bool = False
    computed: bool = False
    imported: bool = True
    nothing: str = ""


def no_faults(values: Values) -> dict[str, str]:
    """The cross-field rules of a register that has none."""
    return {}


@dataclass(frozen=True, slots=True)
class RecordType:
    """One register as the whole program knows it.

    key: of the register, also its table's name.  nouns: one, few, many («мера», «меры», «мер»).
    validate: cross-field rules, field key -> Russian sentence; kinds and `required` are checked before.
    title_field: the field by which a record is named in lists of other registers.
    """

    key: str
    title: str
    title_one: str
    nouns: tuple[str, str, str]
    fields: tuple[Field, ...]
    title_field: str
    validate: Callable[[Values], dict[str, str]] = no_faults
    icon: str = "file-text"
    empty_hint: str = ""

    def __getitem__(self, key: str) -> Field:
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)

    @property
    def listed(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.listed)

    @property
    def typed(self) -> tuple[Field, ...]:
        """What a person may type or a list may bring."""
        return tuple(f for f in self.fields if not f.computed)
