"""«Итоги года»: what the approved returns of a year say together, as a paper and a workbook."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, Deed
from app.core.periods import Quarter, last_full_quarter
from app.core.progress import SILENT, Progress
from app.core.text import NBSP
from app.models import FrozenReturn
from app.returns.codec import read_envelope, read_return
from app.returns.life import State
from app.returns.year import KeptQuarter, Missing, YearOfReturns
from app.usecases.accounts import today_of
from app.usecases.return_life import Life, lives, told


def year_summary(session: Session, year: int) -> YearOfReturns:
    """The latest version of each quarter that was not sent back.

    AppError when no return of the year stands.
    """
    known = lives(session)
    standing = {life.quarter: life for life in known if life.state is not State.SENT_BACK}  # the latest comes last
    quarters = [Quarter(year, number) for number in range(1, 5)]
    found = [standing[quarter] for quarter in quarters if quarter in standing]
    if not found:
        raise AppError(
            f"За {year}{NBSP}год нет ни одного утверждённого отчёта.",
            "Итоги складываются из утверждённых отчётов: сначала утвердите хотя бы один.", Deed.RETURNS,
        )
    today = today_of(session)
    before = standing.get(found[-1].quarter.year_before)
    missing = (Missing(q, _why(known, q, today)) for q in quarters if q not in standing)
    return YearOfReturns(
        year,
        tuple(_kept(session, life) for life in found),
        tuple(missing),
        _kept(session, before).ret if before is not None else None,
    )


def years_with_returns(session: Session) -> tuple[int, ...]:
    """Years in which a return stands, the latest first."""
    years = {life.quarter.year for life in lives(session) if life.state is not State.SENT_BACK}
    return tuple(sorted(years, reverse=True))


def _kept(session: Session, life: Life) -> KeptQuarter:
    row = session.execute(select(FrozenReturn.data, FrozenReturn.envelope).where(FrozenReturn.id == life.id)).one()
    envelope = read_envelope(row.envelope)
    state = told(life.standing[-1]) if life.standing else "утверждён, ещё не отправлен"
    return KeptQuarter(read_return(row.data), envelope, state)


def _why(known: tuple[Life, ...], quarter: Quarter, today: date) -> str:
    """Why a quarter has no return that stands; '' where nothing is known of it."""
    if any(life.quarter == quarter for life in known):
        return "он возвращён с замечаниями, исправленного ещё нет"
    if quarter > last_full_quarter(today):
        return "квартал не окончен" if quarter == Quarter.of(today) else "квартал не наступил"
    if any(life.quarter < quarter for life in known):
        return "он не утверждён"
    return "учёт в программе тогда не вёлся"


def summary_files(found: YearOfReturns, *, progress: Progress = SILENT) -> dict[str, bytes]:
    """PDF and workbook by file name.  Cancelled is raised from `progress`."""
    from app.reports.year_paper import year_pdf, year_xlsx  # reportlab and openpyxl are slow to import

    name = f"Итоги года_{found.last.ret.head.oktmo}_{found.year}"
    return {f"{name}.pdf": year_pdf(found, progress=progress), f"{name}.xlsx": year_xlsx(found, progress=progress)}
