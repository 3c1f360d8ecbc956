"""The region's answer to a return as a small file: a receipt, or remarks at cells.

JSON in UTF-8, so that it can be read without any program.  `check` is SHA-256 over the canonical
JSON of the rest: it shows a file cut or spoilt on its way, and proves nothing about its author.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.text import NBSP
from app.returns.life import Remark, Step

KIND = "НКО-47-кв: ответ"
VERSION = 1
LARGEST = 2_000_000  # bytes
_ENDINGS = {Step.ACCEPTED: "квитанция", Step.SENT_BACK: "замечания"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the region says of one version.  sha256: of the data that it took in.  number: of the receipt."""

    step: Step  # ACCEPTED or SENT_BACK
    oktmo: str
    quarter: Quarter
    correction: int
    sha256: str
    on: date
    number: str = ""
    by: str = ""
    text: str = ""
    remarks: tuple[Remark, ...] = ()

    @property
    def file_name(self) -> str:
        """`НКО-47-кв_41612000_2026-Q3_0_замечания.json`."""
        return f"НКО-47-кв_{self.oktmo}_{self.quarter}_{self.correction}_{_ENDINGS[self.step]}.json"


def write_answer(answer: Answer) -> bytes:
    """The file of an answer, the same bytes for the same answer."""
    told: dict[str, Any] = {
        "kind": KIND,
        "version": VERSION,
        "answer": answer.step.value,
        "oktmo": answer.oktmo,
        "quarter": str(answer.quarter),
        "correction": answer.correction,
        "sha256": answer.sha256,
        "on": answer.on.isoformat(),
        "number": answer.number,
        "by": answer.by,
        "text": answer.text,
        "remarks": [{"cell": remark.cell, "text": remark.text} for remark in answer.remarks],
    }
    return json.dumps(told | {"check": _check(told)}, ensure_ascii=False, indent=1).encode("utf-8")


def read_answer(content: bytes) -> Answer:
    """The answer in a file.  AppError when it is none, is spoilt, or comes from a newer program."""
    if len(content) > LARGEST:
        raise AppError("Файл слишком велик для квитанции или замечаний.", "Выберите файл, присланный областью.")
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as fault:
        raise _no_answer() from fault
    if not isinstance(told, dict) or told.get("kind") != KIND:
        raise _no_answer()
    if told.get("version") != VERSION:
        raise AppError("Ответ записан более новой программой.", "Обновите программу и откройте файл снова.")
    check = told.pop("check", "")
    if check != _check(told):
        raise AppError("Файл ответа испорчен при пересылке.", "Попросите область прислать его ещё раз.")
    try:
        step = Step(told["answer"])
        answer = Answer(
            step=step,
            oktmo=_text(told, "oktmo"),
            quarter=Quarter.parse(_text(told, "quarter")),
            correction=int(told["correction"]),
            sha256=_text(told, "sha256"),
            on=date.fromisoformat(_text(told, "on")),
            number=_text(told, "number"),
            by=_text(told, "by"),
            text=_text(told, "text"),
            remarks=tuple(Remark(_text(one, "cell"), _text(one, "text")) for one in told["remarks"]),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise _no_answer() from fault
    if step not in _ENDINGS:
        raise _no_answer()
    return answer


def _text(told: dict[str, Any], key: str) -> str:
    value = told[key]
    if not isinstance(value, str):
        raise TypeError(key)
    return value


def _check(told: dict[str, Any]) -> str:
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _no_answer() -> AppError:
    return AppError(
        "Это не квитанция и не замечания области.",
        f"Нужен файл вида «НКО-47-кв_…_квитанция.json» или «…_замечания.json», версия{NBSP}{VERSION}.",
    )
