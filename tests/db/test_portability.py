"""Another database could take this one's place: schema and queries are plain enough for PostgreSQL.

What SQLite alone understands stands in `app/models/sqlite_only.py` and `sqlite_search.py`, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql import ClauseElement

from app.core.periods import Quarter
from app.models import Base
from app.models.journal import chain_head, last_entry_at, verify
from app.usecases import (
    appeals,
    backup,
    calendar_days,
    calls,
    charted,
    completion,
    contacts,
    documents,
    drafts,
    duplicates,
    erasing,
    everything,
    history,
    importing,
    mailing,
    many,
    merging,
    ngo_history,
    ngo_passport,
    ngo_story,
    opening,
    overview,
    pasted,
    people,
    personal_exports,
    quarter_returns,
    recipients,
    registers,
    reminders,
    return_calendar,
    return_compare,
    return_life,
    saved_views,
    setup,
    states,
    support,
    tasks,
    year_summary,
)
from app.usecases.undoing import undo_batch
from tests.factories import District
from tests.returns.test_freezing import SIGNERS
from tests.usecases.colleagues import copy_for, packet, taken

ROOT = Path(__file__).resolve().parents[2]
ONLY_SQLITE = re.compile(
    r"\b(GLOB|PRAGMA|ROWID|SQLITE_\w+|IFNULL|GROUP_CONCAT|INSTR|STRFTIME|JULIANDAY|DATETIME\(|TOTAL\(|REPLACE INTO"
    r"|INSERT OR|AUTOINCREMENT|WITHOUT ROWID|MATCH|NOCASE|PRINTF|UNIXEPOCH|JSON_EACH|TYPEOF)\b|(?<!\w)IS NOT 1\b",
    re.IGNORECASE,
)
REGISTERS = (
    "ngo", "support", "service", "need", "partner", "agreement", "offer", "request", "practice", "centre", "package",
    "event", "programme", "grant_contest", "grant_application", "appeal", "reminder", "calendar_entry",
)  # fmt: skip
DICTIONARIES = ("legal_form", "activity", "service_code", "need_category", "settlement", "territory")


def for_postgresql(statement: Any) -> str:
    return str(statement.compile(dialect=postgresql.dialect()))


@pytest.mark.parametrize("name", Base.metadata.tables)
def test_the_schema_compiles_for_postgresql(name: str) -> None:
    table = Base.metadata.tables[name]
    for statement in (CreateTable(table), *(CreateIndex(index) for index in table.indexes)):
        assert not ONLY_SQLITE.search(for_postgresql(statement))


@contextmanager
def executed() -> Iterator[list[ClauseElement]]:
    """Every statement that goes to a database meanwhile."""
    seen: list[ClauseElement] = []

    def note(_: Any, statement: Any, *__: Any) -> None:
        if isinstance(statement, ClauseElement):
            seen.append(statement)

    event.listen(Engine, "before_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_execute", note)


def common_work(district: District) -> None:
    """What a day asks of the file: registers in every order, cards, dictionaries, the return, history, undo."""
    ngo = district.ngo("АНО «Свет»", sonko=True)
    district.at("2026-08-12").support(ngo, amount="50 000")
    with district.database.read() as session:
        for register in REGISTERS:
            ids = registers.find(session, register)
            registers.find(session, register, search="свет", descending=True, archived=True)
            registers.suggest(session, register, "свет")
            registers.rows(session, register, ids)
            for id in ids[:1]:
                registers.card(session, register, id)
        for dictionary in DICTIONARIES:
            registers.choices(session, dictionary)
        quarter_returns.draft(session, Quarter(2026, 3))
        history.record_history(session, "ngo", ngo)
        history.changes(session, actor="Куратор", register="ngo", text="правка", first=last_entry_at(session))
        (history.actors(session), history.written_by(session, 2))
        latest = history.recent_changes(session)[0].id
        verify(session)
        (chain_head(session), last_entry_at(session))
        (setup.unit(session), setup.settings(session), setup.work_calendar(session), setup.territories(session))
    with district.database.write("undo", "Отмена") as session:
        undo_batch(session, latest)


def work_of_a_card(district: District) -> None:
    """What the page of an NGO asks: its story and passport, documents, former states."""
    ngo = district.ngo("АНО «Свет»")
    district.need(ngo)
    district.practice(ngo)
    with district.database.write("edit", "Документ") as session:
        (scan,) = documents.attach(session, "ngo", ngo, [documents.NewFile("скан.pdf", b"%PDF")])
    with district.database.read() as session:
        story = ngo_story.story(session, ngo)
        ngo_story.told(session, story.moments)
        ngo_passport.passport_paper(session, ngo)
        (documents.content_of(session, scan), documents.totals(session), documents.document_faults(session))
        first = states.states_of(session, "ngo", ngo)[-1].batch_id
        states.state_card(session, "ngo", ngo, first)
    district.write(states.restore_state, "ngo", ngo, first)
    district.write(documents.erase_content, scan)


def work_of_a_week(district: District) -> None:
    """What the daily workplace asks: finding, views, tasks, appeals, calls, mailing, deeds over many, merging."""
    today = district.clock.today()
    svet, twin = district.ngo("АНО «Свет»", email="svet@example.ru"), district.ngo("АНО Свет", ogrn=None, inn=None)
    appeal = {"ngo_id": svet, "subject": "О помещении", "received_on": today, "channel": "letter"}
    id = district.save("appeal", appeal)
    district.write(reminders.remind, "Позвонить", today, register="ngo", about=twin)
    district.write(calls.verified, svet)
    district.write(saved_views.save_view, "ngo", "Свет", saved_views.View(search="свет"))
    district.write(many.verify, [svet, twin])
    with district.database.read() as session:
        (everything.everything(session, "свет"), saved_views.views(session, "ngo"), duplicates.pairs(session))
        (tasks.tasks(session), tasks.badge(session), appeals.made_from(session, id, "need"))
        (calls.called(session, svet), calls.unverified(session), reminders.reminders_of(session, "ngo", svet))
        (completion.entered(session, "support", "purpose"), pasted.named_by_list(session, "ngo", "АНО «Свет»"))
        (mailing.mailing(session, "ngo", [svet], mailing.To.EITHER), mailing.labels(session, "ngo", [svet]))
        (merging.compare(session, twin, svet), personal_exports.exports(session), overview.overview(session))
        (charted.by_quarter(session, Quarter(2026, 3)), charted.by_form(session, Quarter(2026, 3)))
        (charted.by_settlement(session, Quarter(2026, 3)), charted.by_category(session))
    district.write(appeals.answer, id)
    district.write(duplicates.tell_apart, svet, [twin])
    district.write(merging.merge_cards, twin, svet, kind="merge")
    district.write(personal_exports.note_export, "Список", 1, "буфер обмена", kind="export")


def work_of_people(district: District) -> None:
    """What roles, 152-ФЗ and a second clerk ask."""
    person = {"name": "Белова Анна", "phone": "+7 921 555-01-01", "basis": "согласие"}
    ngo = district.ngo("АНО «Свет»", lines={"contact": [person]})
    first = district.write(people.add_person, "Ермакова Л. В.", kind="people")
    people.sign_in(district.database, first)
    (row,) = district.read(contacts.contacts, "белова")
    district.write(contacts.record_consent, row.id, "5", district.clock.today())
    district.write(contacts.withdraw, row.id)
    copy = copy_for(district, "Ермакова Л. В.")
    people.sign_in(copy.database, first)
    copy.save("ngo", {"note": "была на встрече"}, id=ngo)
    taken(district, packet(copy))
    copy.close()
    with district.database.read() as session:
        (people.people(session), people.wrote(session, first), people.password_set_on(session, first))
        (erasing.look_before(session, [row.id]), erasing.erasures(session), drafts.last_change(session, "ngo", ngo))
    district.write(erasing.erase_contacts, [row.id], kind=erasing.KIND)


def work_of_a_quarter(district: District) -> None:
    """What a quarter asks: a list taken in, balances, the return and its life, the register, what is told of a year."""
    quarter = Quarter(2026, 2)
    listed = district.database.path.with_name("Список.csv")
    listed.write_text("Наименование;ИНН\nФонд «Заря»;\nАНО «Свет»;\n", encoding="utf-8")
    district.write(opening.save_opening, Quarter(2026, 1), {"101.year": 0}, bare=["101.year"])
    with district.database.write("import", "Список") as session:
        importing.write(session, importing.preview(session, "ngo", listed), accept_doubtful="all")
    district.write(setup.save_unit, SIGNERS)
    ngo = district.ngo("АНО «Маяк»", address="г. Выборг")
    money = district.support(ngo, day="2026-06-01")
    district.write(support.enter_in_register, money)
    district.write(quarter_returns.freeze, quarter, kind="return")
    district.at("2026-07-08").write(return_life.send, quarter, "почтой", on=district.clock.today())
    district.write(return_life.send_back, quarter, on=district.clock.today(), text="Нет гранта")
    district.write(quarter_returns.freeze, quarter, reason="Учтён грант", kind="return")
    with district.database.read() as session:
        version = return_compare.Version
        return_compare.compare(session, version(quarter, 0), version(quarter, 1))
        return_life.lives(session)
        return_calendar.calendar_of_year(session, 2026)
        year_summary.year_summary(session, 2026)
        recipients.register_of_recipients(session)
        recipients.federal_file(session)
        ngo_history.history_paper(session, card=ngo)
        overview.overview(session)
        calendar_days.month(session, 2026, 7)
        calls.called(session, ngo)
        calls.outcomes(session, [ngo], district.clock.today())
    assert backup.check_database(district.database).sound


def test_every_query_compiles_for_postgresql(tmp_path: Path) -> None:
    for name in ("quarter", "week", "people"):
        (tmp_path / name).mkdir()
    with executed() as seen:
        with District(tmp_path) as district:
            common_work(district)
            work_of_a_card(district)
        with District(tmp_path / "quarter") as district:
            work_of_a_quarter(district)
        with District(tmp_path / "week") as district:
            work_of_a_week(district)
        with District(tmp_path / "people") as district:
            work_of_people(district)
    texts = {for_postgresql(statement) for statement in seen}
    assert len(texts) > 150
    assert [text for text in texts if ONLY_SQLITE.search(text)] == []


def test_a_word_of_sqlite_would_be_found() -> None:
    words = ("SELECT group_concat(x)", "INSERT OR REPLACE INTO t", "SELECT ifnull(a, 1)", "a MATCH 'x'", "PRAGMA x")
    for text in words:
        assert ONLY_SQLITE.search(text), text
    assert not ONLY_SQLITE.search("SELECT ngo.id, coalesce(ngo.name, '') FROM ngo WHERE ngo.folded LIKE '%x%'")


def test_sqlite_is_named_in_few_places() -> None:
    """The driver and PRAGMA: where a file is copied, opened, read raw; nowhere in a use case."""
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "app").rglob("*.py")
        if re.search(r"\bimport sqlite3\b|PRAGMA|exec_driver_sql|CREATE TRIGGER", path.read_text(encoding="utf-8"))
    }
    assert found <= {
        "app/models/sqlite_only.py",
        "app/models/sqlite_search.py",  # its full-text index
        "app/models/copying.py",  # the online backup is SQLite's own
        "app/models/database.py",  # its errors
        "app/models/migrations/__init__.py",  # keys off around a migration
        "app/models/migrations/versions/0001_first.py",
    }
