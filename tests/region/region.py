"""The region's desk: one file, and the commands that are typed for it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from app.cli import run
from app.usecases.blank_forms import blank_form
from app.usecases.form_words import shipped_form
from app.usecases.quarter_returns import KeptReturn
from tests.hand.filling import Filler, fill

TODAY = "25.10.2026"


@dataclass(frozen=True)
class Sent:
    """What a district sent: the name without its ending, and the approved return with its papers."""

    name: str
    kept: KeptReturn

    @property
    def xlsx(self) -> bytes:
        return self.kept.xlsx

    @property
    def pdf(self) -> bytes:
        return self.kept.pdf


class Region:
    """One file of the region, its folder of what came, and the commands."""

    def __init__(self, folder: Path, output: Callable[[], Any]) -> None:
        self.folder, self.db, self._output = folder, folder / "область.db", output
        self.incoming = folder / "пришло"
        self.incoming.mkdir()

    def __call__(self, *command: str, today: str = TODAY) -> tuple[int, str, str]:
        code = run(["--db", str(self.db), "--today", today, *command])
        said = self._output()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    def json(self, *command: str, today: str = TODAY) -> dict[str, Any]:
        _, out, err = self(*command, "--json", today=today)
        assert not err
        told: dict[str, Any] = json.loads(out)
        return told

    def came(self, name: str, content: bytes) -> Path:
        path = self.incoming / name
        path.write_bytes(content)
        return path

    def intake(self, *paths: Path, today: str = TODAY) -> dict[str, Any]:
        return self.json("intake", *map(str, paths or (self.incoming,)), today=today)

    def results(self, *paths: Path, today: str = TODAY) -> dict[str, str]:
        return {one["file"]: one["result"] for one in self.intake(*paths, today=today)["files"]}

    def place(self, oktmo: str) -> dict[str, Any]:
        """The district's place on the board."""
        places = self.json("board", "2026-Q3")["places"]
        return next(place for place in places if place["oktmo"] == oktmo)


def typed_into(kept: KeptReturn, over: Mapping[str, Any]) -> bytes:
    """A blank form filled by hand with a return's figures, some typed over."""
    filler = Filler(blank_form("2026.1"), shipped_form("2026.1"))
    fill(filler, kept.ret, kept.envelope)
    for cell, value in over.items():
        filler.type(cell, value)
    return filler.saved()


def zipped(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def letter(attachments: Mapping[str, bytes]) -> bytes:
    """An e-mail with a text, a picture of its signature, and attachments."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "rayon@example.org", "komitet@example.org", "Отчёт"
    message.set_content("Направляем отчёт.")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png", disposition="inline",
                           cid="<logo>")  # fmt: skip
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
