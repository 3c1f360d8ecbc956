"""Where a database may lie: not on a network share, nor in a folder that a cloud program copies.

SQLite loses data there (locks that do not lock, files swapped under it), so such places are
refused with a way out and not merely warned about.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from app.core.errors import AppError, Deed

NETWORK_FILE_SYSTEMS = {
    "nfs", "nfs3", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "davfs",
    "fuse.davfs", "fuse.davfs2", "fuse.sshfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.glusterfs",
    "vboxsf", "prl_fs", "vmhgfs", "fuse.vmhgfs-fuse",
}  # fmt: skip
_CLOUD = re.compile(
    r"^(onedrive|dropbox|yandex[. ]?disk|яндекс[. ]?диск|google ?(drive|диск)|googledrive|icloud ?drive|icloud"
    r"|nextcloud|owncloud|облако mail\.?ru|mail\.?ru cloud|cloud mail\.?ru|сберdisk|сбердиск)( [-–—(].*)?$",
    re.IGNORECASE,
)
_OCTAL = re.compile(r"\\([0-7]{3})")


def placement_refusal(path: Path) -> AppError | None:
    """Why a database must not lie at the path, or None."""
    whole = Path(os.path.abspath(path))
    cloud = next((part for part in whole.parts if _CLOUD.match(part)), None)
    if cloud is not None:
        return AppError(
            f"Файл базы лежит в папке «{cloud}», которую копирует облачная программа: так база теряет записи.",
            "Перенесите файл в обычную папку этого компьютера, например «Документы/Куратор НКО», и откройте его там.",
            Deed.MOVE,
            about=whole,
        )
    if on_network(whole):
        return AppError(
            f"Файл базы лежит на сетевом диске ({whole.parent}): так база теряет записи.",
            "Перенесите файл на диск этого компьютера и откройте его там; на сетевой диск кладите резервные копии.",
            Deed.MOVE,
            about=whole,
        )
    return None


def on_network(path: Path) -> bool:
    """Is the path on a share of another computer?"""
    if sys.platform == "win32":
        import ctypes

        if str(path).startswith("\\\\"):
            return True
        remote = 4  # DRIVE_REMOTE
        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == remote)
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system(path, mounts) in NETWORK_FILE_SYSTEMS


def file_system(path: Path, mountinfo: str) -> str:
    """The type of the file system that holds the path, by the text of /proc/self/mountinfo; '' if unknown."""
    best, kind = -1, ""
    whole = os.path.realpath(path)
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        point = _OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[4])
        inside = whole == point or whole.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best:  # of two mounts at one point the later lies on top
            best, kind = len(point), after.split(" ")[0]
    return kind
