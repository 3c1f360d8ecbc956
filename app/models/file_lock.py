"""One program at a time per file: a lock of the operating system on a small file beside the database.

The system itself lets go of it when a process dies, however it dies, so a stale file blocks nobody;
that it was left behind tells that the program did not end in order.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
from datetime import datetime
from pathlib import Path

from app.core.errors import AppError, Deed, reason_of
from app.models.sqlite_only import no_room

_PLACE = 1 << 20  # the locked byte lies far behind the text, which others may read
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class FileLock:
    """Held from `take` to `release`.  unclean: the last holder ended without releasing it."""

    def __init__(self, path: Path, handle: int, unclean: bool) -> None:
        self.path = path
        self.unclean = unclean
        self._handle: int | None = handle

    @classmethod
    def take(cls, database: Path, holder: str) -> FileLock:
        """Lock the database for this process; AppError if another one has it or nothing can be written."""
        path = database.with_name(database.name + ".lock")
        while True:
            existed = path.exists()
            try:
                handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            except OSError as fault:
                raise AppError(
                    f"В папку «{database.parent}» нельзя записывать: {_reason(fault)}.",
                    "Перенесите файл базы в свою папку и откройте его там.",
                    Deed.MOVE,
                    about=database,
                ) from fault
            if not _lock(handle):
                who = _holder(handle)
                os.close(handle)
                raise AppError(
                    f"Файл «{database.name}» уже открыт другой программой{who}.",
                    "Закройте её и попробуйте снова: с одним файлом работает одна программа.",
                    Deed.AGAIN,
                    about=database,
                )
            try:
                same = os.path.samestat(os.fstat(handle), os.stat(path))
            except FileNotFoundError:
                same = False
            if same:  # else its holder removed the file between our opening and locking it
                break
            os.close(handle)
        unclean = existed and os.fstat(handle).st_size > 0
        since = f"{datetime.now():%d.%m.%Y %H:%M}"
        about = {"who": holder, "host": socket.gethostname(), "pid": os.getpid(), "since": since}
        lock = cls(path, handle, unclean)
        try:
            os.ftruncate(handle, 0)
            os.write(handle, json.dumps(about, ensure_ascii=False).encode())
        except OSError as fault:
            lock.release()
            if fault.errno in _NO_ROOM:
                raise no_room(database) from fault
            raise AppError(
                f"В папку «{database.parent}» нельзя записывать: {_reason(fault)}.",
                "Проверьте, на месте ли диск, и откройте файл снова.",
                Deed.AGAIN,
                about=database,
            ) from fault
        return lock

    def release(self) -> None:
        """Let go and remove the file.  Calling it twice is harmless."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        if sys.platform == "win32":  # an open file cannot be removed there
            os.ftruncate(handle, 0)
            os.close(handle)
            try:
                self.path.unlink(missing_ok=True)
            except OSError:
                return
        else:
            self.path.unlink(missing_ok=True)
            os.close(handle)


def _lock(handle: int) -> bool:
    """Take the system's lock without waiting; False if another process has it."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _PLACE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _holder(handle: int) -> str:
    """« (Иванова И. И., компьютер BUH-2, с 14.10.2026 09:12)», or nothing if the file does not say."""
    try:
        about = json.loads(os.read(handle, 4096))
        return f" ({about['who']}, компьютер {about['host']}, с {about['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _reason(fault: OSError) -> str:
    return "она доступна только для чтения" if isinstance(fault, PermissionError) else reason_of(fault)
