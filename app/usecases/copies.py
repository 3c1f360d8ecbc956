"""Copies of the open file: made by the program and by hand, kept in two places, thinned as they grow old."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.core.clock import Clock
from app.core.errors import AppError, Deed, reason_of
from app.core.progress import SILENT, Progress
from app.core.russian import plural
from app.core.settings import Settings
from app.core.thinning import Thinning, superfluous
from app.models.backup import look_at_copy, write_backup
from app.models.backup import look_at_structure as look_at_structure  # what the window asks of the room below
from app.models.copy_names import CopyName, fit_for_name
from app.models.copy_names import Why as Why
from app.models.copying import size_on_disk
from app.models.database import Database
from app.models.journal import chain_head
from app.usecases.copy_list import (
    CopyRow,
    copies_of,
    first_place,
    is_there,
    keep_list,
    kept_list,
    note_check,
    second_place,
)
from app.usecases.places import look_at_folder
from app.usecases.setup import settings

MANY_ROWS = 100
"""An import of more rows than these is offered a restore point before it."""
_OLD_DAYS = 3  # a copy older than that while there are changes: something keeps the program from copying
_SPARE_COPIES = 3  # so many more copies should find room, or it is told


@dataclass(frozen=True, slots=True)
class Made:
    """What was written.  second: the copy in the second place; trouble: why there is none there though one is named.

    thinned: how many old copies went.
    """

    first: CopyRow
    second: CopyRow | None = None
    trouble: AppError | None = None
    thinned: int = 0


@dataclass(frozen=True, slots=True)
class CopiesState:
    """How the copies stand.  newest: the newest sound one.  reminder: what a person should see to, '' if nothing."""

    newest: CopyRow | None
    reminder: str


def head_of(database: Database) -> str:
    """The last entry of the journal: a copy that holds it holds everything."""
    with database.read() as session:
        return chain_head(session)


def make_copy(database: Database, why: Why, about: str = "", *, progress: Progress = SILENT) -> Made:
    """Write a checked copy into each place, then thin the old ones.

    The second place failing fails nothing: `Made.trouble` says why.  AppError when the first one fails.
    """
    path, now = database.path, database.clock.local_now()
    folder = first_place(path)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as fault:
        raise AppError(f"Папка «{folder}» не создана: {reason_of(fault)}.", "Проверьте права на папку с файлом.",
                       Deed.FOLDER, about=path.parent) from fault  # fmt: skip
    name = CopyName(now, why, fit_for_name(about))
    first = _write(database, name, folder, False, progress)
    second, trouble = None, None
    other = second_place(path)
    if other is not None:
        try:
            if not is_there(other):
                raise _absent(other)
            second = _write(database, name, other, True, progress)
            keep_list(folder, {"second_at": now.isoformat()})
        except AppError as error:
            trouble = error
    return Made(first, second, trouble, thin(database))


def _write(database: Database, name: CopyName, folder: Path, second: bool, progress: Progress) -> CopyRow:
    name = name.free(database.path, folder)
    copy = write_backup(database.path, name.beside(database.path, folder), database.actor, progress)
    note_check(copy, name.at)
    return CopyRow(copy.path, name.at, name.why, name.about, copy.size, second, name.at, copy.faults, copy.journal_head)


def _absent(folder: Path) -> AppError:
    return AppError(f"Второго места для копий «{folder}» сейчас нет.", "Подключите диск или назовите другую папку.",
                    Deed.COPIES)  # fmt: skip


def make_point(database: Database, title: str, *, progress: Progress = SILENT) -> Made:
    """A restore point with a name: a copy that only a hand removes.  AppError for no name or one that is taken."""
    return make_copy(database, Why.POINT, refuse_point(database, title), progress=progress)


def refuse_point(database: Database, title: str) -> str:
    """The name of a point as a file can bear it; AppError for no name or one that is taken."""
    bare = fit_for_name(title)
    if not bare:
        raise AppError("У точки возврата нет названия.", "Назовите её так, чтобы узнать потом: «Перед сверкой».")
    if any(row.why is Why.POINT and row.about.casefold() == bare.casefold() for row in copies_of(database.path)):
        raise AppError(f"Точка «{bare}» уже есть.", "Назовите новую иначе или удалите прежнюю.")
    return bare


def check_copy(row: CopyRow, clock: Clock, *, progress: Progress = SILENT) -> CopyRow:
    """Open a copy and look at it anew; what was found is remembered and returned."""
    copy = look_at_copy(row.path, progress)
    now = clock.local_now()
    note_check(copy, now)
    return CopyRow(row.path, row.at, row.why, row.about, copy.size, row.second, now, copy.faults, copy.journal_head)


def remove_copy(database: Database, row: CopyRow) -> None:
    """Remove a copy by hand.  AppError for the only sound one."""
    others = [other for other in copies_of(database.path) if other.path != row.path and other.sound]
    if row.sound and not others:
        raise AppError("Это единственная проверенная копия.", "Сначала создайте другую.")
    try:
        row.path.unlink(missing_ok=True)
    except OSError as fault:
        raise AppError(f"Копия «{row.path.name}» не удалена: {reason_of(fault)}.",
                       "Закройте программу, где она открыта.", Deed.AGAIN) from fault  # fmt: skip


def thin(database: Database) -> int:
    """Remove copies that are too many for their age, in each place by itself; returns how many went.

    Points, copies before an upgrade or a restore, files that are not this file's and the newest sound copy stay.
    """
    with database.read() as session:
        rule = thinning_of(settings(session))
    now, gone = database.clock.local_now(), 0
    rows = copies_of(database.path)
    for second in (False, True):
        there = [row for row in rows if row.second is second and row.why.thinned]
        sound = [row.at for row in there if not row.faults]
        drop = superfluous((row.at for row in there), now, rule) - {max(sound, default=now)}
        for row in there:
            if row.at in drop:
                try:
                    row.path.unlink(missing_ok=True)
                    gone += 1
                except OSError:  # open in another program: it goes next time
                    continue
    return gone


def thinning_of(kept: Settings) -> Thinning:
    """The rule of a file by its settings."""
    return Thinning(days=kept.copy_days, weeks=kept.copy_weeks, months=kept.copy_months)


def copy_is_due(database: Database) -> bool:
    """Whether anything was written since the newest copy."""
    newest = next((row for row in copies_of(database.path, first_only=True) if row.sound), None)
    return newest is None or newest.head != head_of(database)


# --- the second place ---------------------------------------------------------------------------


def name_second_place(database: Database, folder: Path | None) -> str:
    """Name the folder for second copies, or none; returns what to tell of it, '' if it is well chosen.

    AppError where nothing can be written, or where the first copies or the file itself lie.
    """
    home = first_place(database.path)
    if folder is not None:
        if folder.absolute() in (home.absolute(), database.path.parent.absolute()):
            raise AppError("Здесь уже лежит сам файл с первыми копиями.", "Выберите другой диск: флешку, диск D.")
        look_at_folder(folder)
        folder.mkdir(parents=True, exist_ok=True)
    home.mkdir(exist_ok=True)
    keep_list(home, {"second": str(folder) if folder else "", "second_at": ""})
    if not kept_list(home):
        raise AppError(f"Папка «{home}» не принимает записи.", "Проверьте права на неё и повторите.", Deed.FOLDER,
                       about=home)  # fmt: skip
    return _same_disk(database.path, folder) if folder is not None else ""


def same_disk(one: Path, other: Path) -> bool:
    """Whether both lie on one volume: what breaks one takes the other with it."""
    try:
        if os.name == "nt" and one.anchor.casefold() == other.anchor.casefold():
            return True
        return os.stat(one).st_dev == os.stat(other).st_dev
    except OSError:
        return False


def _same_disk(database: Path, folder: Path) -> str:
    if not same_disk(database.parent, folder):
        return ""
    return "Второе место на том же диске: сломается он — пропадут и копии."


def state(database: Database) -> CopiesState:
    """What the status line says of the copies, and what a person should see to."""
    path, now = database.path, database.clock.local_now()
    rows = copies_of(path)
    newest = next((row for row in rows if row.sound), None)
    behind = newest is None or newest.head != head_of(database)
    return CopiesState(newest, _reminder(path, now, newest, behind))


def _reminder(path: Path, now: datetime, newest: CopyRow | None, behind: bool) -> str:
    home, other = first_place(path), second_place(path)
    room = _little_room(path, home)
    if room:
        return room
    if newest is None:
        return "Проверенной копии файла ещё нет."
    days = (now.date() - newest.at.date()).days
    if behind and days >= _OLD_DAYS:
        return f"Последней копии файла {plural(days, 'день', 'дня', 'дней')}."
    if other is None:
        return "Копии только рядом с файлом: назовите второе место, например флешку."
    if not is_there(other):
        last = _moment(kept_list(home).get("second_at"))
        if last is None:
            return f"Второго места для копий «{other}» нет: подключите диск."
        days = (now.date() - last.date()).days
        since = f"последняя копия там {plural(days, 'день', 'дня', 'дней')} назад" if days else "копия там сегодняшняя"
        return f"Диск со вторыми копиями не подключён: {since}."
    return _same_disk(path, other) or _little_room(path, other)


def _little_room(path: Path, folder: Path) -> str:
    place = folder if folder.is_dir() else path.parent
    try:
        free, wanted = shutil.disk_usage(place).free, size_on_disk(path) * _SPARE_COPIES + 64 * 2**20
    except OSError:
        return ""
    if free >= wanted:
        return ""
    return f"На диске с папкой «{place}» осталось {free // 2**20}\u00a0МБ: скоро копии не поместятся."


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


class CopyWatch:
    """Counts how long changes wait for a copy.  It has no clock of its own: who looks says what time it is."""

    def __init__(self, copied: str = "") -> None:
        self._copied = copied
        self._since: datetime | None = None

    def copied(self, head: str) -> None:
        """A copy holds everything up to this entry."""
        self._copied, self._since = head, None

    @property
    def waiting(self) -> bool:
        return self._since is not None

    def is_due(self, head: str, now: datetime, minutes: int) -> bool:
        """head: the journal's last entry now.  True once the first change that no copy holds is that old."""
        if head == self._copied:
            self._since = None
            return False
        if self._since is None or now < self._since:  # the clock was set back: count anew
            self._since = now
        return now - self._since >= timedelta(minutes=minutes)
