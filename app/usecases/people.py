"""People of the file: who may be chosen at the start, in which role, with which password.

A person is deactivated, never deleted.  While nobody is entered everything is allowed to whoever opened
the file; the first one entered is an administrator (docs/adr/0022).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import AppError, InvalidRecord
from app.core.roles import Role
from app.core.russian import ended
from app.core.text import fold
from app.models import Batch, JournalEntry, JournalValue, Person
from app.models.database import Database
from app.usecases.accounts import today_of
from app.usecases.guessing import Guesses

KIND = "people"
SHORTEST = 4  # signs of a password
LONGEST = 200
_NAMES = 120  # signs of a name or post
LEFT = "отключён"
"""The reason under which a person is put away."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One of the people.  has_password: she is asked for it.  left_on: the day she was deactivated."""

    id: int
    uuid: str
    name: str
    post: str
    role: Role
    has_password: bool
    left_on: date | None

    @property
    def active(self) -> bool:
        return self.left_on is None


def people(session: Session, *, everyone: bool = False) -> tuple[PersonRow, ...]:
    """Those who may be chosen, by name; everyone: the deactivated ones after them."""
    query = select(Person).order_by(Person.archived_on.isnot(None), Person.folded_name, Person.id)
    if not everyone:
        query = query.where(Person.archived_on.is_(None))
    return tuple(_row(person) for person in session.scalars(query))


def person_of(session: Session, id: int | None) -> PersonRow | None:
    """The active person of that id; None if there is none (any more)."""
    person = session.get(Person, id) if id is not None else None
    return _row(person) if person is not None and person.archived_on is None else None


def named(session: Session, name: str) -> PersonRow:
    """The active person of that name, case and ё aside.  AppError names those who may be chosen."""
    found = next((row for row in people(session) if fold(row.name) == fold(name)), None)
    if found is None:
        known = ", ".join(row.name for row in people(session)) or "никого"
        raise AppError(f"Человека «{name}» в файле нет.", ended(f"В файле записаны: {known}"))
    return found


def add_person(session: Session, name: str, *, post: str = "", role: Role = Role.OPERATOR) -> int:
    """Enter a person; returns the id.  The first one becomes an administrator, whatever is asked for.

    InvalidRecord without a name, or for a name that another active person bears.
    """
    first = not people(session)
    person = Person(role=Role.ADMINISTRATOR.value if first else role.value)
    _name(session, person, name, post)
    session.add(person)
    session.flush()
    return person.id


def change_person(session: Session, id: int, *, name: str, post: str, role: Role) -> None:
    """Change name, post and role.  InvalidRecord when the last administrator would be none any more."""
    person = _active(session, id)
    if role is not Role.ADMINISTRATOR and _is_last_administrator(session, person):
        raise InvalidRecord({"role": f"{person.name} — единственный администратор: сначала назначьте другого."})
    with session.no_autoflush:
        _name(session, person, name, post)
        person.role = role.value
    session.flush()


def deactivate(session: Session, id: int) -> None:
    """She is not chosen any more; what she wrote keeps her name.  AppError for the last administrator."""
    person = _active(session, id)
    if _is_last_administrator(session, person):
        raise AppError(
            f"{person.name} — единственный администратор файла.",
            "Сначала сделайте администратором другого человека.",
        )
    person.archived_on, person.archive_reason = today_of(session), LEFT
    session.flush()


def reactivate(session: Session, id: int) -> None:
    """She may be chosen again, with the role and the password she had."""
    person = session.get_one(Person, id)
    if person.archived_on is None:
        return
    if any(row.name == person.name or fold(row.name) == person.folded_name for row in people(session)):
        raise AppError(f"«{person.name}» уже есть среди действующих.", "Измените имя того, кто есть, и повторите.")
    person.archived_on = person.archive_reason = None
    session.flush()


def set_password(session: Session, id: int, password: str, again: str | None = None) -> None:
    """Set a person's password, in the place of any before.  again: the same typed once more.

    InvalidRecord for one that is too short or was typed differently.
    """
    person = _active(session, id)
    faults = {}
    if not SHORTEST <= len(password) <= LONGEST:
        faults["password"] = f"Пароль — не меньше {SHORTEST} знаков."
    elif again is not None and again != password:
        faults["again"] = "Повтор не совпал с паролем."
    if faults:
        raise InvalidRecord(faults)
    from argon2 import PasswordHasher  # imported only where a password is set or checked: cold start

    person.password = PasswordHasher().hash(password)
    session.flush()


def remove_password(session: Session, id: int) -> None:
    """From now on she is chosen without a password."""
    _active(session, id).password = ""
    session.flush()


def sign_in(database: Database, id: int, password: str = "", guesses: Guesses | None = None) -> PersonRow:
    """From now on this person works with the open file, and the journal names her.

    AppError, with what to do, for a wrong password, too many of them, or a person who was deactivated.
    Takes some 50 ms where there is a password: argon2 is slow on purpose.
    """
    with database.read() as session:
        row = person_of(session, id)
        kept = session.get_one(Person, id).password if row is not None else ""
        helpers = [one.name for one in people(session) if one.role is Role.ADMINISTRATOR and one.id != id]
    if row is None:
        raise AppError("Этого человека в файле отключили.", "Выберите другого или попросите администратора.")
    if kept:
        _check(row.name, kept, password, helpers, guesses)
    database.person_id, database.actor = row.id, row.name
    return row


def _check(name: str, kept: str, password: str, helpers: list[str], guesses: Guesses | None) -> None:
    if guesses is not None:
        guesses.refuse_hurry(name)
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        PasswordHasher().verify(kept, password[: LONGEST + 1])
    except (VerificationError, InvalidHashError) as fault:
        pause = guesses.wrong(name) if guesses is not None else ""
        who = ended(f"Забыли — новый задаст администратор: {', '.join(helpers)}") if helpers else (
            "Забыли, а другого администратора нет — что делать, сказано в руководстве, «Люди»."
        )  # fmt: skip
        sentence = ended(f"Пароль не подошёл: {name}" if password else f"Введите пароль: {name}")
        raise AppError(sentence, f"Проверьте раскладку и CapsLock. {pause}{who}") from fault
    if guesses is not None:
        guesses.right(name)


def wrote(session: Session, id: int) -> int:
    """How many changes of the journal bear the person's name."""
    person = session.get_one(Person, id)
    return session.scalar(select(func.count()).select_from(Batch).where(Batch.actor == person.name)) or 0


def password_set_on(session: Session, id: int) -> date | None:
    """The day of the last change of her password, as the journal saw it; None if it never was set."""
    query = (
        select(JournalEntry.at)
        .join(JournalValue, JournalValue.entry_id == JournalEntry.id)
        .where(JournalEntry.table_name == Person.__tablename__, JournalEntry.record_id == str(id))
        .where(JournalValue.field == "password", JournalValue.after_digest.is_not(None))
        .order_by(JournalEntry.id.desc())
        .limit(1)
    )
    at = session.scalar(query)
    return at.date() if at is not None else None


def _name(session: Session, person: Person, name: str, post: str) -> None:
    name, post = " ".join(name.split()), " ".join(post.split())
    faults = {}
    if not fold(name):
        faults["name"] = "Напишите фамилию и инициалы."
    elif len(name) > _NAMES:
        faults["name"] = f"Длиннее {_NAMES} знаков."
    elif any(fold(row.name) == fold(name) and row.id != person.id for row in people(session)):
        faults["name"] = f"«{name}» уже есть среди людей."
    if len(post) > _NAMES:
        faults["post"] = f"Длиннее {_NAMES} знаков."
    if faults:
        raise InvalidRecord(faults)
    person.name, person.folded_name, person.post = name, fold(name), post


def _active(session: Session, id: int) -> Person:
    person = session.get(Person, id)
    if person is None or person.archived_on is not None:
        raise AppError("Этого человека в файле отключили.", "Обновите список: возможно, его правил другой.")
    return person


def _is_last_administrator(session: Session, person: Person) -> bool:
    others = [row for row in people(session) if row.role is Role.ADMINISTRATOR and row.id != person.id]
    return person.role == Role.ADMINISTRATOR.value and not others


def _row(person: Person) -> PersonRow:
    return PersonRow(
        person.id, person.uuid, person.name, person.post, Role(person.role), bool(person.password), person.archived_on
    )
