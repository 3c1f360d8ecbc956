"""What goes back to a district: a receipt with its number, or remarks at cells, as a file its program opens."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.russian import day
from app.models import ReceivedFile, ReceivedReturn, RegionAnswer, Unit
from app.region.results import chain_of
from app.returns.answers import Answer, write_answer
from app.returns.life import Remark, Step
from app.usecases.accounts import today_of
from app.usecases.intake import set_aside_of
from app.usecases.received import Received, return_of, standing_return, standing_returns, territories
from app.usecases.region_remarks import refuse_unknown_cells

KIND = "intake"


def answers_to(session: Session, data_sha256: str) -> tuple[RegionAnswer, ...]:
    """What went back to a version, the latest last."""
    query = select(RegionAnswer).where(RegionAnswer.data_sha256 == data_sha256).order_by(RegionAnswer.id)
    return tuple(session.scalars(query))


def answered(session: Session, oktmo: str, quarter: Quarter | None, correction: int | None) -> str:
    """What went back to a version that was taken in, in words; '' for nothing."""
    v = ReceivedReturn
    data = session.scalar(
        select(v.data_sha256).where(v.oktmo == oktmo, v.quarter == quarter, v.correction == correction)
    )
    said = answers_to(session, data) if data is not None else ()
    if not said:
        return ""
    row = said[-1]
    if row.step == Step.ACCEPTED.value:
        return f"квитанция №\u00a0{row.number} от {day(row.answered_on)}"
    return f"замечания от {day(row.answered_on)}"


def receipt(session: Session, oktmo: str, quarter: Quarter) -> tuple[Answer, bytes]:
    """The receipt of the version that stands; made once, the same bytes whenever it is asked for.

    AppError: nothing was taken in, or remarks went back to this very version.
    """
    found = standing_return(session, oktmo, quarter)
    for kept in answers_to(session, found.data_sha256):
        if kept.step == Step.ACCEPTED.value:
            return _answer_of(session, kept), kept.file
        raise AppError(
            f"На этот отчёт {day(kept.answered_on)} отправлены замечания: квитанции на него не будет.",
            "Примите уточнённый отчёт района и выдайте квитанцию на него.",
        )
    on = today_of(session)
    return _kept(session, _answer(session, found, Step.ACCEPTED, number=_next_number(session, on.year)))


def remarks(
    session: Session, oktmo: str, quarter: Quarter, given: Sequence[Remark] = (), text: str = ""
) -> tuple[Answer, bytes]:
    """Remarks at cells: those given, else the faults of the latest file of this district that was set aside.

    The same remarks again are the same file.  AppError: nothing to say, nothing to say it of, or a receipt is out.
    """
    found, faults = _to_be_answered(session, oktmo, quarter, given=bool(given or text.strip()))
    if given and (stands := standing_returns(session, quarter).get(found.oktmo)) is not None:
        refuse_unknown_cells(return_of(session, stands.id), given)
    said = tuple(given) or tuple(Remark(fault["cell"], fault["text"]) for fault in faults)
    if not said and not text.strip():
        raise AppError(
            f"Замечаний к отчёту {oktmo} за {quarter.title} нет: файл принят без ошибок.",
            "Назовите их: --at ЯЧЕЙКА=ТЕКСТ или --text ТЕКСТ.",
        )
    for kept in answers_to(session, found.data_sha256):
        if kept.step == Step.ACCEPTED.value:
            raise AppError(
                f"На этот отчёт выдана квитанция №\u00a0{kept.number} от {day(kept.answered_on)}.",
                "Замечания к принятому отчёту не отправляются: попросите уточнённый.",
            )
        if _remarks_of(kept) == said and kept.text == text.strip():
            return _answer_of(session, kept), kept.file
    return _kept(session, _answer(session, found, Step.SENT_BACK, remarks=said, text=text.strip()))


def _to_be_answered(
    session: Session, oktmo: str, quarter: Quarter, *, given: bool
) -> tuple[Received, list[dict[str, str]]]:
    known = territories(session)
    codes = {territory.code for territory in known if chain_of(known, territory.code) == chain_of(known, oktmo)}
    aside = [one for one in set_aside_of(session, codes, quarter) if one.data_sha256 and one.correction is not None]
    stands = next((one for code, one in standing_returns(session, quarter).items() if code in codes), None)
    if stands is not None and (given or not aside or _is_settled(aside[-1], stands)):
        return stands, []
    if aside:
        return _as_received(aside[-1], chain_of(known, aside[-1].oktmo)), json.loads(aside[-1].faults)
    by_hand = set_aside_of(session, codes, quarter)
    if by_hand:
        raise AppError(
            f"Файл «{by_hand[-1].file_name}» заполнен от руки: за ним нет программы, которая открыла бы замечания.",
            "Перечень ячеек с ошибками печатает команда intake; пошлите его письмом.",
        )
    return standing_return(session, oktmo, quarter), []


def _is_settled(aside: ReceivedFile, stands: Received) -> bool:
    """Whether what stands has answered a file set aside: a later version, or the same one whole."""
    return (aside.correction or 0) < stands.correction or aside.data_sha256 == stands.data_sha256


def _as_received(row: ReceivedFile, chain: str) -> Received:
    assert row.quarter is not None
    return Received(row.id, row.file_name, row.received_at, row.oktmo, chain, row.quarter, row.correction or 0, False,
                    row.data_sha256)  # fmt: skip


def _answer(
    session: Session, found: Received, step: Step, *, number: str = "", text: str = "",
    remarks: tuple[Remark, ...] = (),
) -> Answer:  # fmt: skip
    return Answer(step, found.oktmo, found.quarter, found.correction, found.data_sha256, today_of(session), number,
                  _committee(session), text, remarks)  # fmt: skip


def _kept(session: Session, answer: Answer) -> tuple[Answer, bytes]:
    content = write_answer(answer)
    session.add(
        RegionAnswer(
            step=answer.step.value,
            oktmo=answer.oktmo,
            quarter=answer.quarter,
            correction=answer.correction,
            data_sha256=answer.sha256,
            answered_on=answer.on,
            number=answer.number,
            text=answer.text,
            remarks=json.dumps([[one.cell, one.text] for one in answer.remarks], ensure_ascii=False),
            file=content,
            at=session.info["clock"].now(),
            by=session.info["actor"],
        )
    )
    session.flush()
    return answer, content


def _answer_of(session: Session, kept: RegionAnswer) -> Answer:
    return Answer(Step(kept.step), kept.oktmo, kept.quarter, kept.correction, kept.data_sha256, kept.answered_on,
                  kept.number, _committee(session), kept.text, _remarks_of(kept))  # fmt: skip


def _remarks_of(kept: RegionAnswer) -> tuple[Remark, ...]:
    return tuple(Remark(cell, text) for cell, text in json.loads(kept.remarks))


def _next_number(session: Session, year: int) -> str:
    """«7/2026»: receipts of a year are numbered one after another."""
    of_year = RegionAnswer.number.endswith(f"/{year}")
    query = select(func.count()).where(RegionAnswer.step == Step.ACCEPTED.value, of_year)
    return f"{(session.scalar(query) or 0) + 1}/{year}"


def _committee(session: Session) -> str:
    unit = session.get(Unit, 1)
    return unit.administration if unit is not None else ""
