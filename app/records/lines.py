"""What hangs on a record line by line: intervals of an NGO, recipients of a service, and so on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.core.fields import Field, Values, no_faults


@dataclass(frozen=True, slots=True)
class LineType:
    """One kind of lines of a register.

    key: its table's name.  parent_column: the column that names the record it hangs on.
    match: fields by which a given line without id is recognised as one already kept.
    accounts: (date field, field of the period of account it decides); an empty date field means a
    fact without a date: its period is the first one not frozen yet.
    gathered_as, by: the computed field of the register that gathers the values of the line's field
    `by`; `save` takes the gathered values as shorthand for the lines.
    signed: amounts that may be negative.
    """

    key: str
    title: str
    title_one: str
    parent_column: str
    fields: tuple[Field, ...]
    match: tuple[str, ...] = ()
    accounts: tuple[tuple[str, str], ...] = ()
    gathered_as: str = ""
    by: str = ""
    signed: frozenset[str] = frozenset()
    validate: Callable[[Values], dict[str, str]] = no_faults

    def __getitem__(self, key: str) -> Field:
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)

    @property
    def typed(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if not f.computed)
