"""What single registers ask beyond their declarations: rules that look at other records, and what is filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from app.core.russian import day, roubles
from app.core.settings import Settings
from app.core.workdays import WorkCalendar
from app.models import (
    CalendarDay,
    CentreService,
    GrantApplication,
    GrantContest,
    LegalForm,
    NeedCategoryService,
    Ngo,
    NgoStatus,
    ServiceCode,
    Setting,
    Territory,
)
from app.records.support import LEGAL_FORMS, REGISTERED_FORMS, SOURCES
from app.usecases.record_entry import Entry, LineEntry
from app.usecases.standing import settlement_of
from app.usecases.titles import holds, quoted

ZERO = Decimal(0)


def prepare(entry: Entry) -> None:
    """Fill in what follows from what was given."""
    fill = _PREPARE.get(entry.register)
    if fill:
        fill(entry)


def rule_faults(entry: Entry) -> dict[str, str]:
    """Faults that only other records show, by field."""
    rules = _RULES.get(entry.register)
    return rules(entry) if rules else {}


def _prepare_ngo(entry: Entry) -> None:
    known: date | None = entry.given.get("taken_on")
    before = known is None and entry.is_new and _is_first_list(entry)
    taken = known or (_start_of_records(entry) if before else entry.today)
    status = entry.given.get("status")
    if entry.values.get("primary_where") and "primary_here" not in entry.given:
        entry.values["primary_here"] = False
    intervals, statuses = entry.lines["ngo_interval"], entry.lines["ngo_status"]
    if entry.is_new and not intervals:
        intervals.append(LineEntry(None, {"taken_on": taken, "before_records": before}))
    if entry.is_new and not statuses:
        since = min((line.values["taken_on"] for line in intervals if line.values.get("taken_on")), default=taken)
        statuses.append(LineEntry(None, {"since": since, "status": status or "unverified", "basis": ""}))
    if not entry.is_new and status and status != current_status(entry):
        same_day = [line for line in statuses if line.values.get("since") == entry.today]
        if same_day:
            same_day[0].values["status"] = status
        else:
            statuses.append(LineEntry(None, {"since": entry.today, "status": status, "basis": ""}))
    for line in entry.lines["ngo_mark"]:
        if line.is_new and not line.values.get("since"):
            line.values["since"] = taken
    if not entry.is_new and entry.before["kind"] == "body" and entry.values["kind"] == "legal":
        entry.values["legal_account"] = entry.accounts.of_day(entry.values.get("registered_on") or entry.today)


def _is_first_list(entry: Entry) -> bool:
    """Is this a list brought in before the first return?  Then its NGOs were on record before the program."""
    return entry.session.info.get("kind") == "import" and entry.accounts.closed is None


def _start_of_records(entry: Entry) -> date:
    """The first day of the year whose return is due, or the day of the ОГРН if that is later."""
    return max(entry.accounts.first_open.first_day, entry.values.get("registered_on") or date.min)


def _prepare_support(entry: Entry) -> None:
    values = entry.values
    if values.get("terminates_id"):
        return
    if values.get("form") == "211":
        named = [key for key in SOURCES if values.get(key)]
        old = entry.before.get("amount")
        amount = values.get("amount") or ZERO
        if not named and amount >= ZERO:  # a sum below nought is refused as the sum, not as a source
            values["local"] = amount
        elif len(named) == 1 and not entry.is_new and values[named[0]] == old and not set(SOURCES) & set(entry.given):
            values[named[0]] = values.get("amount") or ZERO  # the one source follows a corrected sum


def _prepare_need(entry: Entry) -> None:
    codes = entry.lines["need_code"]
    if entry.is_new and not codes and entry.values.get("category_code"):
        query = (
            select(ServiceCode)
            .join(NeedCategoryService, NeedCategoryService.service_code == ServiceCode.code)
            .where(NeedCategoryService.category_code == entry.values["category_code"])
            .order_by(NeedCategoryService.id)
        )
        opened = entry.values.get("opened_on") or entry.today
        answers = [code.code for code in entry.session.scalars(query) if holds(code, opened)]
        codes += [LineEntry(None, {"service_code": code}) for code in answers]


def _prepare_centre(entry: Entry) -> None:
    plans = [line for line in entry.lines["centre_plan"] if not line.values.get("territory_code")]
    if plans:
        own = entry.session.scalars(select(Territory).where(Territory.own)).all()
        valid = [t for t in own if t.valid_from <= entry.today and (t.valid_to is None or entry.today <= t.valid_to)]
        for line in plans:
            line.values["territory_code"] = valid[0].code if valid else None


def _settings(entry: Entry) -> Settings:
    return Settings.of({row.key: row.value for row in entry.session.scalars(select(Setting))})


def _prepare_contest(entry: Entry) -> None:
    settings = _settings(entry)
    for key, limit in (("grant_limit", settings.grant_limit), ("total_limit", settings.contest_limit)):
        if entry.values.get(key) is None:
            entry.values[key] = limit


def _prepare_appeal(entry: Entry) -> None:
    """The term follows the day of receipt unless it was given."""
    received: date | None = entry.values.get("received_on")
    if received is not None and (entry.values.get("due_on") is None or _follows(entry)):
        kept = {row.day: row.working for row in entry.session.scalars(select(CalendarDay))}
        entry.values["due_on"] = WorkCalendar(kept).answer_due(received, _settings(entry).appeal_days)


def _follows(entry: Entry) -> bool:
    return not entry.is_new and "due_on" not in entry.given and entry.changed("received_on")


def _ngo_faults(entry: Entry) -> dict[str, str]:
    faults: dict[str, str] = {}
    values, session = entry.values, entry.session
    if not entry.is_new and entry.row.merged_into_id is not None:
        faults["name"] = "Карточка объединена с другой: правьте ту, что осталась."
    if values.get("ogrn") and entry.changed("ogrn", "kpp"):
        same = session.scalar(
            select(Ngo).where(
                Ngo.ogrn == values["ogrn"], Ngo.kpp == (values.get("kpp") or ""), Ngo.archived_on.is_(None),
                Ngo.id != (0 if entry.is_new else entry.row.id),
            )
        )  # fmt: skip
        if same is not None:
            kpp = f" и КПП {same.kpp}" if same.kpp else ""
            where = f"ОГРН {same.ogrn}{kpp} уже у записи {quoted(same.name)}"
            faults["ogrn"] = f"{where}: откройте её или объедините карточки."
    if values.get("head_id") and entry.changed("head_id"):
        head = session.get(Ngo, values["head_id"])
        if not entry.is_new and values["head_id"] == entry.row.id:
            faults["head_id"] = "НКО не может быть головной сама для себя."
        elif head is not None and head.is_branch:
            faults["head_id"] = "Это тоже филиал: укажите головную организацию."
    form = session.get(LegalForm, values["okopf"]) if values.get("okopf") else None
    is_sonko = any(line.values.get("mark") == "sonko" for line in entry.lines["ngo_mark"])
    if form is not None and not form.may_be_sonko and is_sonko and entry.changed("okopf"):
        faults["okopf"] = f"{form.title} не может быть СОНКО: снимите отметку или исправьте форму."
    if values.get("settlement") and values.get("primary_here") and entry.changed("settlement", "primary_here"):
        place = settlement_of(session, values["settlement"])
        territory = session.get(Territory, place.territory_code) if place is not None else None
        if territory is not None and not territory.own:
            faults["settlement"] = f"{place.name if place else ''} — не в этом районе."
    return faults


def _support_faults(entry: Entry) -> dict[str, str]:
    values = entry.values
    faults: dict[str, str] = {}
    if values.get("entry_no") and values.get("form") not in REGISTERED_FORMS:
        faults["form"] = f"Мера внесена в реестр под №\u00a0{values['entry_no']}: такую форму в реестр не вносят."
    ngo = entry.session.get(Ngo, values.get("ngo_id") or 0)
    if ngo is None or values.get("terminates_id") or not entry.changed("ngo_id", "form", "decision_on"):
        return faults
    decided: date | None = values.get("decision_on")
    if values.get("form") in LEGAL_FORMS:
        faults |= _money_recipient_faults(ngo, decided)
        if ngo.liquidated_on and decided and decided > ngo.liquidated_on:
            faults["decision_on"] = f"Получатель ликвидирован {day(ngo.liquidated_on)}: такая поддержка невозможна."
    if decided and _not_yet_registered(ngo, decided):
        faults.setdefault("decision_on", f"Получатель зарегистрирован только {day(ngo.registered_on)}.")
    if values.get("event_id") and values.get("form") != "215":
        faults["event_id"] = "Мероприятие указывают только у обучения."
    return faults


def _money_recipient_faults(ngo: Ngo, decided: date | None) -> dict[str, str]:
    if ngo.kind == "body":
        return {"ngo_id": "Объединение без юридического лица не может получить деньги, имущество, льготу или договор."}
    if decided and ngo.registered_on and decided < ngo.registered_on:
        return {"decision_on": f"Получатель зарегистрирован только {day(ngo.registered_on)}."}
    missing = [word for word, value in (("ОГРН", ngo.ogrn), ("ИНН", ngo.inn)) if not value]
    if missing:
        return {"ngo_id": f"У получателя не заполнен {' и '.join(missing)}: сначала заполните карточку НКО."}
    return {}


def _not_yet_registered(ngo: Ngo, when: date) -> bool:
    """Was it, on that day, neither registered nor an unregistered body (check 21)?"""
    return (
        ngo.kind == "legal" and ngo.registered_on is not None and ngo.legal_account is None and when < ngo.registered_on
    )


def _service_faults(entry: Entry) -> dict[str, str]:
    values, faults = entry.values, {}
    code = entry.session.get(ServiceCode, values.get("service_code") or "")
    provided: date | None = values.get("provided_on")
    if code is None or provided is None:
        return {}
    if entry.changed("service_code", "provided_on") and not holds(code, provided):
        faults["service_code"] = f"На {day(provided)} услуги «{code.title}» нет в каталоге."
    if code.hours_required and not values.get("hours") and entry.changed("service_code", "hours"):
        faults["hours"] = f"Для услуги {code.code} укажите часы."
    for index, line in enumerate(entry.lines["service_recipient"]):
        ngo = entry.session.get(Ngo, line.values.get("ngo_id") or 0)
        if line.is_new and ngo is not None and code.code != "К1" and _not_yet_registered(ngo, provided):
            faults[f"service_recipient.{index}.ngo_id"] = f"Зарегистрирована только {day(ngo.registered_on)}."
    return faults


def _need_faults(entry: Entry) -> dict[str, str]:
    values, faults = entry.values, {}
    ngo = entry.session.get(Ngo, values.get("ngo_id") or 0)
    opened: date | None = values.get("opened_on")
    if ngo is not None and opened and entry.changed("ngo_id", "opened_on") and _not_yet_registered(ngo, opened):
        faults["opened_on"] = f"НКО зарегистрирована только {day(ngo.registered_on)}."
    if not entry.is_new:
        if entry.changed("category_code") and entry.accounts.is_closed(entry.row.account):
            faults["category_code"] = (
                f"Потребность уже учтена в отчёте за {entry.row.account.title}: снимите её и запишите новую."
            )
        if entry.before["status"] != "open" and values["status"] == "open":
            faults["status"] = "Закрытая потребность не открывается снова: нажмите «Возобновить»."
    if values.get("status") == "closed_centre" and values.get("closed_on"):
        links = [line.values for line in entry.lines["need_service"]]
        closing = [link["service_id"] for link in links if link.get("kind") == "closes" and link.get("service_id")]
        days = list(
            entry.session.scalars(select(CentreService.provided_on).where(CentreService.id.in_(closing)))
        )
        if days and min(days) > values["closed_on"]:
            faults["closed_on"] = f"Закрыта раньше, чем оказана услуга ({day(min(days))})."
    return faults


def _application_faults(entry: Entry) -> dict[str, str]:
    values, faults = entry.values, {}
    granted, contest = values.get("granted") or ZERO, entry.session.get(GrantContest, values.get("contest_id") or 0)
    if contest is None or not granted or not entry.changed("granted", "contest_id", "decision"):
        return {}
    if granted > contest.grant_limit:
        faults["granted"] = f"Больше предела одного гранта: {roubles(contest.grant_limit)}."
    others = entry.session.scalars(
        select(GrantApplication.granted).where(
            GrantApplication.contest_id == contest.id, GrantApplication.archived_on.is_(None),
            GrantApplication.id != (0 if entry.is_new else entry.row.id),
        )
    )  # fmt: skip
    total = sum(others, ZERO) + granted
    if total > contest.total_limit and "granted" not in faults:
        faults["granted"] = f"Всего по конкурсу {roubles(total)}: больше предела {roubles(contest.total_limit)}."
    ngo = entry.session.get(Ngo, values.get("ngo_id") or 0)
    if ngo is not None:
        faults |= _money_recipient_faults(ngo, values.get("decision_on"))
    return faults


def current_status(entry: Entry) -> str | None:
    """The status of a kept NGO today, or None."""
    query = (
        select(NgoStatus.status)
        .where(NgoStatus.ngo_id == entry.row.id, NgoStatus.since <= entry.today)
        .order_by(NgoStatus.since.desc())
        .limit(1)
    )
    return entry.session.scalar(query)


def day_after(last: date) -> date:
    """The first day on which what lasted up to and with `last` holds no more."""
    return last + timedelta(days=1)


_PREPARE: dict[str, Callable[[Entry], None]] = {
    "ngo": _prepare_ngo,
    "support": _prepare_support,
    "need": _prepare_need,
    "centre": _prepare_centre,
    "grant_contest": _prepare_contest,
    "appeal": _prepare_appeal,
}
_RULES: dict[str, Callable[[Entry], dict[str, str]]] = {
    "ngo": _ngo_faults,
    "support": _support_faults,
    "service": _service_faults,
    "need": _need_faults,
    "grant_application": _application_faults,
}
