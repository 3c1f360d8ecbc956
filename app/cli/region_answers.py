"""What `intake` says of filled tables of questions: beside the returns, and apart from them."""

from __future__ import annotations

from typing import Any

from app.usecases.region_question_answers import ANSWER_TITLES, TakenAnswer

LISTED = 20


def told_answer(one: TakenAnswer) -> dict[str, Any]:
    """An answer in the object of --json."""
    return {
        "file": one.file,
        "inside": one.inside or None,
        "result": one.result.value,
        "question": one.number,
        "oktmo": one.oktmo or None,
        "rows": one.rows,
        "reason": one.reason,
        "faults": [{"place": fault.place, "text": fault.text} for fault in one.faults],
    }


def answer_lines(one: TakenAnswer) -> list[str]:
    """An answer in the text, with the cells that are wrong."""
    about = ", ".join(part for part in (f"вопрос №\u00a0{one.number}" if one.number else "", one.oktmo) if part)
    lines = [f"{one.file}: {ANSWER_TITLES[one.result]}{f' ({about})' if about else ''}"]
    if one.reason and not one.faults:
        lines.append(f"  {one.reason}")
    lines += [f"  {fault.place or 'файл'}: {fault.text}" for fault in one.faults[:LISTED]]
    return [*lines, *([f"  И ещё {len(one.faults) - LISTED}."] if len(one.faults) > LISTED else [])]
