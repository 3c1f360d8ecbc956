"""Roles: every kind of write by every role, refused in one place with who may, and never half done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.roles import PROGRAM, Right, Rights, Role
from app.models import CalendarDay, FrozenReturn, Person, Unit
from app.models.journal import chain_head
from app.usecases import documents, people, setup
from app.usecases.dictionary_entries import save_entry
from app.usecases.history import recent_changes
from app.usecases.records import save
from app.usecases.return_texts import set_text
from app.usecases.undoing import undo_batch
from tests.factories import District

NAMES = {
    Role.ADMINISTRATOR: "Администратор А. А.",
    Role.HEAD: "Руководитель Р. Р.",
    Role.OPERATOR: "Оператор О. О.",
    Role.VIEWER: "Смотрящий С. С.",
}
WORKING = {Role.OPERATOR, Role.HEAD, Role.ADMINISTRATOR}
ONLY = {Role.ADMINISTRATOR}
MAY: dict[str, set[Role]] = {
    **dict.fromkeys(("edit", "import", "archive", "merge", "undo", "return", "packet", "demo"), WORKING),
    **dict.fromkeys(("settings", "region", "people", "erase", "restore"), ONLY),
    PROGRAM: set(Role),
}
"""Kind of a batch -> who may write it."""


class Office:
    """A district with one person of each role."""

    def __init__(self, district: District) -> None:
        self.district = district
        self.ids: dict[Role, int] = {}
        for role, name in NAMES.items():
            self.ids[role] = district.write(people.add_person, name, role=role, kind="people")
            if role is Role.ADMINISTRATOR:
                people.sign_in(district.database, self.ids[role])

    def sits(self, role: Role) -> District:
        people.sign_in(self.district.database, self.ids[role])
        return self.district


@pytest.fixture
def office(district: District) -> Office:
    return Office(district)


@pytest.mark.parametrize("kind", MAY)
@pytest.mark.parametrize("role", list(Role))
def test_each_kind_of_write_by_each_role(office: Office, role: Role, kind: str) -> None:
    district = office.sits(role)
    before = district.read(chain_head)

    def act(session: Session) -> None:
        save(session, "ngo", {"name": "Клуб", "kind": "body"})

    if role in MAY[kind]:
        district.write(act, kind=kind)
        assert district.read(chain_head) != before
        return
    with pytest.raises(AppError) as refused:
        district.write(act, kind=kind)
    who = "просмотр" if role is Role.VIEWER else f"может администратор: {NAMES[Role.ADMINISTRATOR]}"
    assert who in str(refused.value)
    assert refused.value.hint
    assert district.read(chain_head) == before


def a_frozen_return(session: Session) -> None:
    session.add(
        FrozenReturn(
            quarter=Quarter(2026, 1), oktmo="41612000", correction=0, reason="", form_version="2026.1",
            frozen_at=session.info["clock"].now(), frozen_by="", data="{}", sha256="0" * 64, envelope="{}",
            pdf=b"1", xlsx=b"2",
        )
    )  # fmt: skip
    session.flush()


ROWS: dict[str, tuple[Callable[[Session], object], set[Role]]] = {
    "frozen return": (a_frozen_return, {Role.HEAD}),
    "unit": (lambda s: setattr(s.get_one(Unit, 1), "name", "Отдел"), ONLY),
    "calendar": (lambda s: s.add(CalendarDay(day=date(2026, 7, 4), working=True, note="")), ONLY),
    "dictionary": (lambda s: save_entry(s, "activity", "99", "Другое", None, None, {}), ONLY),
    "person": (lambda s: s.add(Person(name="Н. Н.", folded_name="н н", role="administrator")), ONLY),
    "text of a return": (lambda s: set_text(s, Quarter(2026, 2), "704.note", "Совет"), WORKING),
    "columns of a list": (lambda s: setup._keep(s, "columns:ngo:1", "{}", ""), WORKING),
}
"""What is written, and who may, whatever the kind of the batch says."""


@pytest.mark.parametrize("what", ROWS)
@pytest.mark.parametrize("role", list(Role))
def test_rows_that_ask_for_a_role_ask_under_any_kind(office: Office, role: Role, what: str) -> None:
    act, who = ROWS[what]
    district = office.sits(role)
    for kind in ("edit", "undo", "import"):
        before = district.read(chain_head)
        if role in who:
            with district.database.rehearse(kind, "правка") as session:
                act(session)
                session.flush()
        else:
            with pytest.raises(AppError):
                district.write(act, kind=kind)
        assert district.read(chain_head) == before


def test_an_administrator_approves_while_there_is_no_head(district: District) -> None:
    first = district.write(people.add_person, NAMES[Role.ADMINISTRATOR], kind="people")
    people.sign_in(district.database, first)
    assert district.database.rights().why_not(Right.FREEZE) is None
    head = district.write(people.add_person, NAMES[Role.HEAD], role=Role.HEAD, kind="people")
    refused = district.database.rights().why_not(Right.FREEZE)
    assert refused is not None
    assert refused.message == (
        f"Утверждать отчёт может руководитель: {NAMES[Role.HEAD]} Ваша роль — администратор."
    )
    district.write(people.deactivate, head, kind="people")
    assert district.database.rights().why_not(Right.FREEZE) is None
    operator = district.write(people.add_person, NAMES[Role.OPERATOR], kind="people")
    people.sign_in(district.database, operator)
    refused = district.database.rights().why_not(Right.FREEZE)
    assert refused is not None
    assert f"администратор: {NAMES[Role.ADMINISTRATOR]}" in refused.message


def test_settings_are_not_undone_by_whoever_may_not_set_them(office: Office) -> None:
    district = office.sits(Role.ADMINISTRATOR)
    district.write(setup.save_settings, {"due_day": 12}, kind="settings")
    batch = district.read(recent_changes, 1)[0].id
    office.sits(Role.OPERATOR)
    with pytest.raises(AppError, match="настройки и справочники может администратор"):
        district.write(undo_batch, batch, kind="undo")
    office.sits(Role.ADMINISTRATOR)
    district.write(undo_batch, batch, kind="undo")
    assert district.read(setup.settings).due_day == 10


@pytest.mark.parametrize("role", list(Role))
def test_content_of_a_document_is_erased_by_an_administrator_alone(office: Office, role: Role) -> None:
    """It cannot be undone, so it asks for the same right as erasing a person, whatever the kind says."""
    district = office.sits(Role.ADMINISTRATOR)
    (scan,) = district.write(documents.attach, "ngo", district.ngo("АНО «Свет»"), [documents.NewFile("1.txt", b"1")])
    office.sits(role)
    if role in ONLY:
        district.write(documents.erase_content, scan)
        assert district.read(documents.document, scan).erased
        return
    with pytest.raises(AppError, match=r"просмотр|стирать персональные данные|Стирать персональные данные"):
        district.write(documents.erase_content, scan)
    assert not district.read(documents.document, scan).erased


def test_whoever_lost_her_role_meanwhile_has_lost_it(office: Office) -> None:
    district = office.sits(Role.OPERATOR)
    with district.database._writers.begin() as connection:
        connection.exec_driver_sql("UPDATE person SET role = 'viewer' WHERE id = ?", (office.ids[Role.OPERATOR],))
    with pytest.raises(AppError, match="просмотр"):
        district.ngo("АНО «Свет»")


def test_a_refusal_within_a_write_keeps_nothing_of_it(office: Office) -> None:
    district = office.sits(Role.OPERATOR)
    before = district.read(chain_head)

    def act(session: Session) -> None:
        save(session, "ngo", {"name": "Клуб", "kind": "body"})
        session.get_one(Unit, 1).name = "Отдел"

    with pytest.raises(AppError):
        district.write(act)
    assert district.read(chain_head) == before


def test_without_people_everything_is_allowed_and_nothing_is_kept_of_a_rehearsal(district: District) -> None:
    assert district.database.rights() == Rights()
    assert all(district.database.rights().why_not(right) is None for right in Right)
    before = district.read(chain_head)
    with district.database.rehearse("edit", "правка") as session:
        save(session, "ngo", {"name": "Клуб", "kind": "body"})
    assert district.read(chain_head) == before


def test_argon2_comes_only_with_a_password(repo: Path) -> None:
    import subprocess
    import sys

    code = "import sys, app.usecases.people, app.bootstrap; sys.exit('argon2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=repo, timeout=60).returncode == 0
