"""Everything that SQLite alone understands: PRAGMA, triggers, its errors in a person's words.

The full-text index stands in `sqlite_search`.  Another database would need sisters of these two and nothing else.
"""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    String,
    create_engine,
    event,
    func,
)
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool
from sqlalchemy.schema import CreateIndex, CreateTable

from app.core.errors import AppError, Deed
from app.models import sqlite_search
from app.models.base import QuarterCode
from app.models.sqlite_guards import GUARDS, there

APPLICATION_ID = 0x4E4B4F47  # «NKOG» in the header of the file: it is ours
BUSY_SECONDS = 10
FAULT = sqlite3.DatabaseError  # what reading a damaged file by the bare driver raises
VERSION = sqlite3.sqlite_version
_PRAGMAS = (
    "foreign_keys = ON",
    "journal_mode = WAL",
    "synchronous = FULL",  # what was acknowledged survives a power cut
    "secure_delete = ON",  # what was erased under 152-ФЗ is not left lying in the file
    "temp_store = MEMORY",
)

_AS_DECLARED = "as_declared"


def triggers(metadata: MetaData) -> list[str]:
    """CREATE TRIGGER for every guard of SQL itself, in a fixed order.

    What may only be added stays as it is; a record (a table with an archive mark) is never deleted.
    """
    guards = dict(GUARDS)
    for table in metadata.sorted_tables:
        if "archived_on" in table.columns:
            lasting = table.info.get("lasting", ())  # what of such a record never changes beside its key
            guards[table.name] = (
                ("DELETE", "", "records are archived, never deleted"),
                ("INSERT", there(table.name, "id", "uuid"), "records are archived, never replaced"),
                (f"UPDATE OF {', '.join(('id', 'uuid', *lasting))}", "", "a record keeps its key"),
            )
    return [
        f"CREATE TRIGGER {table}_no_{verb.partition(' ')[0].lower()} BEFORE {verb} ON {table}"
        + (f" WHEN {condition}" if condition else "")
        + f" BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        for table in sorted(guards)
        for verb, condition, sentence in guards[table]
    ]


def keys_used_once(metadata: MetaData) -> None:
    """Lines may be deleted, but no later line may get the key of one: its history would be another's."""
    for table in metadata.tables.values():
        if "id" in table.columns and "archived_on" not in table.columns and table.name not in (*GUARDS, "unit"):
            table.dialect_options["sqlite"]["autoincrement"] = True


def values_as_declared(metadata: MetaData) -> None:
    """A column of SQLite takes any value; a CHECK of each table takes those of its declared types alone.

    So half a kopeck, a day that is not in the calendar or a quarter of another form are refused whoever
    writes them.  Other databases do that by the types themselves.
    """
    for table in metadata.tables.values():
        if table.info.get(_AS_DECLARED):
            continue
        table.info[_AS_DECLARED] = True
        words = " AND ".join(_as_declared(column) for column in table.columns)
        table.append_constraint(CheckConstraint(words, name=_AS_DECLARED).ddl_if(dialect="sqlite"))


def _as_declared(column: Column[Any]) -> str:
    name, kind = f'"{column.name}"', column.type
    if isinstance(kind, QuarterCode):
        return f"({name} IS NULL OR {name} GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]')"
    if isinstance(kind, Boolean):
        return f"({name} IS NULL OR {name} IN (0, 1))"
    if isinstance(kind, Date):
        return f"({name} IS NULL OR {name} = date({name}, '+0 days'))"  # counted anew: else 31.02 passes
    if isinstance(kind, DateTime | String):
        return f"typeof({name}) IN ('text', 'null')"
    if isinstance(kind, LargeBinary):
        return f"typeof({name}) IN ('blob', 'null')"
    return f"typeof({name}) IN ('integer', 'null')"


def engine_of(path: Path) -> Engine:
    """An engine over the file.  Its transactions begin where SQLAlchemy begins them.

    Python's driver is told to begin none by itself (`isolation_level=None`): else a read would not
    be one consistent view, and DDL would outlive a rollback.  The execution option `immediate`
    takes the write lock at once; without it nothing can be written.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"isolation_level": None, "timeout": BUSY_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def settle(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = bool(connection.get_execution_options().get("immediate"))
        connection.exec_driver_sql(f"PRAGMA query_only = {0 if immediate else 1}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def let_go(engine: Engine) -> None:
    """Close every connection to the file.

    What reads after that — a page in memory fetches what lies behind a figure when it is opened — opens the file for
    itself and leaves it at once: a connection that stayed would keep others from moving or replacing the file.
    """
    engine.dispose()
    pool = engine.pool
    engine.pool = NullPool(pool._creator, _dispatch=pool.dispatch, dialect=pool._dialect)


def read_engine_of(path: Path) -> Engine:
    """An engine that reads a file nobody writes, such as a copy, and leaves nothing beside it."""
    return create_engine("sqlite://", creator=lambda: sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True))


def build(path: Path, metadata: MetaData, revision: str) -> None:
    """Write a new file with every table and trigger, marked as ours and with its revision."""
    engine = engine_of(path)
    try:
        with engine.execution_options(immediate=True).begin() as connection:
            keys_used_once(metadata)
            values_as_declared(metadata)
            for table in metadata.sorted_tables:
                connection.execute(CreateTable(table))
                # SQLAlchemy keeps indexes in a set: by name, a new file has the same bytes in every run.
                for index in sorted(table.indexes, key=lambda index: str(index.name)):
                    connection.execute(CreateIndex(index))
            for statement in (*triggers(metadata), *sqlite_search.STATEMENTS):
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
                " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            )
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (revision,))
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    finally:
        engine.dispose()


def sweep(engine: Engine) -> None:
    """Write the file anew, so that nothing of what was erased is left in it or in its write-ahead log.

    `secure_delete` zeroes what is deleted, yet not the stale copies of a row that a page keeps when it is split; a
    full-text index keeps the words of what was deleted until it is put in order.
    """
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA query_only = 0")
        indexes = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%USING fts5%'"
        for (name,) in cursor.execute(indexes).fetchall():
            cursor.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        cursor.close()
    finally:
        connection.close()


def _connection(path: Path, read_only: bool) -> sqlite3.Connection:
    """read_only: nothing is left beside the file, and its time stays."""
    if read_only:
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
    return sqlite3.connect(path, timeout=BUSY_SECONDS)


def schema_revision(path: Path, *, read_only: bool = False) -> str | None:
    """The revision the file says it has; None if it is no database of this program.

    Raw SQL, so that a start needs neither Alembic nor an engine.  sqlite3.DatabaseError if it is damaged.
    """
    with path.open("rb") as file:
        if file.read(16) != b"SQLite format 3\0":
            return None
    connection = _connection(path, read_only)
    try:
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        if mark != APPLICATION_ID:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None
    finally:
        connection.close()


def quick_check(path: Path, *, read_only: bool = False) -> list[str]:
    """What SQLite finds wrong with the structure of the file, in its own words; empty if sound."""
    connection = _connection(path, read_only)
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(5)")]
    finally:
        connection.close()
    return [] if found == ["ok"] else found


def fold_log(path: Path) -> None:
    """Fold the write-ahead log into the file; with the last connection closed SQLite removes it."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()


def faults_of_file(connection: Connection) -> list[str]:
    """What is wrong with the structure of the file or with the links between rows, in Russian."""
    told = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
    found = [f"Файл повреждён: {sentence}." for sentence in told if sentence != "ok"]
    for table, row_id, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5):
        found.append(f"Запись №\u00a0{row_id} таблицы «{table}» ссылается на то, чего нет в «{parent}».")
    return found


def schema_of(path: Path) -> list[str]:
    """Every CREATE statement of a file, tables before indexes before triggers, each kind by name."""
    connection = sqlite3.connect(path)
    try:
        found = connection.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
            f" AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '{sqlite_search.INDEX}_%'"  # it makes those itself
            " ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name"
        )
        return ["\n".join(line.rstrip() for line in sql.splitlines() if line.strip()) for (sql,) in found]
    finally:
        connection.close()


def schema_of_classes(metadata: MetaData, revision: str) -> list[str]:
    """The same for a file that is built from the classes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "schema.db"
        build(path, metadata, revision)
        return schema_of(path)


def damaged(path: Path) -> AppError:
    return AppError(
        f"Файл базы «{path.name}» повреждён.",
        "Ничего в нём не меняйте. Откройте последнюю резервную копию: она лежит в папке «копии» рядом с файлом.",
        Deed.RESTORE,
        about=path,
    )


def refusal(fault: BaseException, path: Path) -> AppError | None:
    """The Russian sentence for an error of SQLite that a person can act on; None for a fault of the program."""
    name = str(getattr(fault, "sqlite_errorname", "") or "")
    out_of_room = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_SHMSIZE")
    if name.startswith(out_of_room):
        return no_room(path)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return AppError(
            f"Файл «{path.name}» занят другой программой.",
            "Закройте её и повторите. Ничего не записано.",
            Deed.AGAIN,
        )
    if name.startswith("SQLITE_READONLY"):
        return read_only(path)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return damaged(path)
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return AppError(
            f"Файл «{path.name}» не читается или не записывается.",
            "Проверьте, на месте ли диск и папка, и откройте файл снова.",
            Deed.AGAIN,
            about=path,
        )
    return None


def json_text(column: Any, path: str) -> Any:
    """The text at a place of a column that holds JSON («$.head.package»); NULL where there is none."""
    return func.json_extract(column, path)


def no_room(path: Path) -> AppError:
    return AppError(
        f"На диске с файлом «{path.name}» кончилось место: запись не сделана, прежние записи целы.",
        "Освободите место и повторите.",
        Deed.FOLDER,
        about=path.parent,
    )


def read_only(path: Path) -> AppError:
    return AppError(
        f"Файл «{path.name}» доступен только для чтения.",
        "Перенесите его в свою папку или попросите администратора разрешить запись.",
        Deed.MOVE,
        about=path,
    )
