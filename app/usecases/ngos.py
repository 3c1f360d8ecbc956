"""What happens to an NGO while it is on record: taken on, removed, registered, merged, verified."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, InvalidRecord
from app.core.russian import day
from app.models import Ngo, NgoInterval
from app.records.choices import REMOVALS
from app.usecases.accounts import account_for, today_of
from app.usecases.records import write
from app.usecases.registers import card
from app.usecases.tables import record
from app.usecases.titles import quoted


def take_on_record(session: Session, id: int, on: date, *, status: str = "unverified") -> None:
    """Put an NGO that was removed on record again, with its status from that day.

    AppError when it is on record already; InvalidRecord for a day before its removal or ahead.
    """
    ngo = _ngo(session, id)
    if _open_interval(session, ngo) is not None:
        raise AppError(f"{quoted(ngo.name)} уже на учёте.")
    if ngo.merged_into_id is not None:
        raise AppError("Карточка объединена с другой.", "На учёте та, что осталась.")
    _add_lines(session, id, ngo_interval={"taken_on": on}, ngo_status={"since": on, "status": status})


def remove_from_record(
    session: Session, id: int, on: date, reason: str, *, liquidated_on: date | None = None
) -> None:
    """End the interval on record on a day.  reason: a code of `choices.REMOVALS`.

    AppError when it is not on record; InvalidRecord for an unknown reason or an unfit day.
    """
    ngo = _ngo(session, id)
    if reason not in REMOVALS:
        raise InvalidRecord({"removal": "Укажите, почему снята с учёта."})
    interval = _open_interval(session, ngo)
    if interval is None:
        raise AppError(f"{quoted(ngo.name)} сейчас не на учёте.", "Снимать нечего.")
    lines = [dict(line) for line in card(session, "ngo", id).lines["ngo_interval"]]
    for line in lines:
        if line["id"] == interval.id:
            line |= {"removed_on": on, "removal": reason}
    values = {"liquidated_on": liquidated_on} if liquidated_on else {}
    write(session, "ngo", values, id=id, lines={"ngo_interval": lines})


def register_body(session: Session, id: int, values: Mapping[str, Any]) -> None:
    """An unregistered body became a legal entity: its kind changes, its key stays.

    values: ogrn, inn, okopf and registered_on at least; name and others if they changed.
    It counts as a legal entity from the period of account of the day of its ОГРН.
    """
    ngo = _ngo(session, id)
    if ngo.kind != "body":
        raise AppError(f"{quoted(ngo.name)} уже юридическое лицо.")
    needed = {
        "ogrn": "Укажите ОГРН из выписки.",
        "inn": "Укажите ИНН.",
        "okopf": "Укажите правовую форму.",
        "registered_on": "Укажите дату регистрации.",
    }
    missing = {key: sentence for key, sentence in needed.items() if not values.get(key)}
    if missing:
        raise InvalidRecord(missing)
    write(session, "ngo", {**values, "kind": "legal"}, id=id)


def merge(session: Session, loser: int, winner: int, on: date | None = None, *, fill: bool = True) -> None:
    """Two cards of one NGO become one: the loser leaves the records and points to the winner.

    What was recorded on the loser stays there; returns count it under the winner.  fill: the winner is
    given the numbers it lacks.
    """
    lost, kept = _ngo(session, loser), _ngo(session, winner)
    when = on or today_of(session)
    refusal = merge_refusal(session, loser, winner)
    if refusal is not None:
        raise refusal
    interval = _open_interval(session, lost)
    if interval is not None:
        if when < interval.taken_on:
            raise InvalidRecord({"on": f"Карточка на учёте только с {day(interval.taken_on)}."})
        account = account_for(session, when)  # before the line is touched: a query would flush it half filled in
        interval.removed_on, interval.removal, interval.removed_account = when, "merged", account
    lost.merged_into_id = kept.id
    session.flush()
    if not fill:
        return
    names = ("minjust_number", "registered_on", "address", "phone", "email", "site")
    taken = {key: getattr(lost, key) for key in names}
    if lost.kind == kept.kind:
        taken["inn"] = lost.inn
    missing = {key: value for key, value in taken.items() if value and not getattr(kept, key)}
    if missing:
        write(session, "ngo", missing, id=winner)


def merge_refusal(session: Session, loser: int, winner: int) -> AppError | None:
    """Why these two cannot become one, or None."""
    lost, kept = _ngo(session, loser), _ngo(session, winner)
    if lost.id == kept.id:
        return AppError("Это одна и та же карточка.", "Выберите две разные.")
    for ngo in (lost, kept):
        if ngo.merged_into_id is not None:
            return AppError(f"{quoted(ngo.name)} уже объединена с другой карточкой.", "Выберите ту, что осталась.")
    if lost.kind == "legal" and kept.kind == "body":
        return AppError("Останется карточка без юридического лица.", "Объедините наоборот: в карточку с ОГРН.")
    if lost.ogrn and not kept.ogrn:
        return AppError("Останется карточка без ОГРН.", "Объедините наоборот: в карточку с ОГРН.")
    if lost.ogrn and kept.ogrn and lost.ogrn != kept.ogrn:
        return AppError(
            f"У карточек разные ОГРН: {lost.ogrn} и {kept.ogrn}. Это разные организации.",
            "Если ОГРН указан ошибочно, сначала исправьте его.",
        )
    return None


def any_merged(session: Session) -> bool:
    """Did any card go into another?  Lists of cards leave such ones out, which costs nothing where there are none."""
    return session.scalar(select(Ngo.id).where(Ngo.merged_into_id.is_not(None)).limit(1)) is not None


def verify(session: Session, id: int, on: date | None = None) -> None:
    """The curator looked: what the card says is so.  An unverified NGO becomes an active one."""
    when = on or today_of(session)
    status = card(session, "ngo", id).values["status"]
    values: dict[str, Any] = {"verified_on": when, "verified_by": session.info.get("actor", "")}
    if status == "unverified":
        _add_lines(session, id, ngo_status={"since": when, "status": "active"})
    write(session, "ngo", values, id=id)


def change_status(session: Session, id: int, status: str, basis: str = "", on: date | None = None) -> None:
    """Another status from a day (today), on some ground; the curator looked, so that it is verified too."""
    when = on or today_of(session)
    _add_lines(session, id, ngo_status={"since": when, "status": status, "basis": basis})
    write(session, "ngo", {"verified_on": when, "verified_by": session.info.get("actor", "")}, id=id)


def _ngo(session: Session, id: int) -> Ngo:
    ngo: Ngo = record(session, "ngo", id)
    return ngo


def _open_interval(session: Session, ngo: Ngo) -> NgoInterval | None:
    return session.scalar(select(NgoInterval).where(NgoInterval.ngo_id == ngo.id, NgoInterval.removed_on.is_(None)))


def _add_lines(session: Session, id: int, **added: Mapping[str, Any]) -> None:
    """Add a line of each named kind; a status of the same day is replaced."""
    lines = card(session, "ngo", id).lines
    given = {}
    for key, line in added.items():
        kept = [dict(one) for one in lines[key]]
        if key == "ngo_status":
            kept = [one for one in kept if one["since"] != line["since"]]
        given[key] = [*kept, line]
    write(session, "ngo", {}, id=id, lines=given)
