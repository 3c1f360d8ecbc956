"""An invented oblast: returns of its 18 territories by the district's own code, and a region's file that holds them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from app.core.clock import Clock
from app.core.periods import Quarter
from app.core.settings import Settings
from app.core.workdays import WorkCalendar
from app.models import ReceivedReturn
from app.returns.build import build
from app.returns.codec import canonical, fingerprint
from app.returns.records import (
    Agreement,
    Category,
    Centre,
    Need,
    Recipient,
    Records,
    Service,
    ServiceKind,
    Territory,
    Unit,
)
from app.returns.snapshot import QuarterReturn
from app.usecases.region_digests import keep_up
from app.usecases.region_setup import create_region
from tests.region_pure.districts import without_sets
from tests.returns.examples import money, ngo, number, support

Q1, Q2, Q3, Q4 = (Quarter(2026, n) for n in range(1, 5))
NAMES = {
    "41603000": "Бокситогорский", "41606000": "Волосовский", "41609000": "Волховский", "41612000": "Всеволожский",
    "41615000": "Выборгский", "41518000": "Гатчинский", "41621000": "Кингисеппский", "41624000": "Киришский",
    "41625000": "Кировский", "41627000": "Лодейнопольский", "41630000": "Ломоносовский", "41633000": "Лужский",
    "41636000": "Подпорожский", "41639000": "Приозерский", "41642000": "Сланцевский", "41754000": "Сосновоборский",
    "41645000": "Тихвинский", "41648000": "Тосненский",
}  # fmt: skip
MISSING, HELD_OVER, BARE, IDLE = "41642000", "41627000", "41630000", "41636000"
"""No return at all; one of the second quarter alone; numbers without sets; no service of any centre."""
CATEGORIES = (
    ("finance", "финансы и гранты", ("К4", "С3")), ("premises", "помещение", ("П1", "П2")),
    ("legal", "юридическая", ("К2", "С2")), ("accounting", "бухгалтерия и отчётность", ("К3", "С1")),
    ("registration", "регистрация", ("К1",)), ("training", "обучение", ("О1", "О2")),
    ("volunteers", "добровольцы", ("В2",)), ("information", "информация и продвижение", ("И1", "И2")),
    ("equipment", "оборудование и транспорт", ("П3",)), ("partners", "партнёры", ("В1",)), ("other", "прочее", ("М1",)),
)  # fmt: skip
CODES = {
    "К1": "Консультация по созданию и регистрации", "К2": "Консультация юридическая",
    "К3": "Консультация по бухгалтерии", "К4": "Консультация по грантам", "С1": "Бухгалтерское сопровождение",
    "С2": "Юридическое сопровождение", "С3": "Сопровождение заявки", "О1": "Семинар, школа, вебинар",
    "О2": "Стажировка", "П1": "Коворкинг", "П2": "Помещение для мероприятия", "П3": "Оборудование",
    "И1": "Публикация", "И2": "Размещение на карте", "В1": "Поиск партнёра", "В2": "Подбор добровольцев",
    "М1": "Методика",
}  # fmt: skip
CENTRES = ("Ресурсный центр «Опора»", "Ресурсный центр «Вместе»", "Центр развития НКО «Ладога»", "Дом НКО «Причал»")


def records_of(oktmo: str) -> Records:
    """A district's work of nine months, the same for the same code."""
    random = Random(int(oktmo))
    ngos = tuple(
        ngo(n, f"АНО «{NAMES[oktmo]} берег {n}»", "71400", *(("sonko",) if n % 3 else ()),
            uuid=f"{oktmo}-ngo-{n}", **number(int(oktmo[1:5]) % 1000 * 30 + n))
        for n in range(1, random.randint(9, 24))
    )  # fmt: skip
    ids = [one.id for one in ngos]
    centres = tuple(
        Centre(n, f"centre-{n}", CENTRES[n - 1], number(90000 + n)["ogrn"],
               agreements=(Agreement(str(n), date(2026, 1, 1), date(2026, 12, 31)),),
               plans={(2026, code): Decimal(random.randint(4, 40)) for code in random.sample(sorted(CODES), 5)})
        for n in sorted(random.sample(range(1, 5), random.randint(1, 3)))
    )  # fmt: skip
    effort = random.choice((0.3, 0.6, 1, 1.6))
    offered = {one.id: sorted(CODES)[one.id * 3 - 3 : one.id * 3 + 5] for one in centres}
    services = [] if oktmo == IDLE else [
        Service(
            id=n, uuid=f"{oktmo}-service-{n}", centre_id=(by := random.choice(centres).id),
            code=random.choice(offered[by]),
            provided_on=(day := date(2026, 1, 10) + timedelta(random.randint(0, 262))), account=Quarter.of(day),
            quantity=Decimal(1), hours=Decimal(2), people=2,
            recipients=tuple(Recipient(one) for one in random.sample(ids, random.randint(1, min(4, len(ids))))),
            evidence_kind="журнал", evidence_no=str(n) if random.random() > 0.05 else "",
        )
        for n in range(1, int(len(ids) * 9 * effort))
    ]  # fmt: skip
    needs = tuple(
        Need(n, f"{oktmo}-need-{n}", random.choice(ids), (chosen := random.choice(CATEGORIES))[0],
             day := date(2026, 1, 10) + timedelta(random.randint(0, 262)), Quarter.of(day), codes=chosen[2][:1],
             priority=random.choice(("normal", "normal", "high")), **_ended(random, day))
        for n in range(1, len(ids) * 2)
    )  # fmt: skip
    return Records(
        today=date(2026, 10, 5),
        territories=(Territory(oktmo, f"{NAMES[oktmo]} район", f"{NAMES[oktmo]} района", date(2006, 1, 1), None),),
        unit=Unit(administration="Администрация", name="Отдел"),
        settings=Settings(),
        calendar=WorkCalendar(),
        legal_form_rows={"71400": "113"},
        activity_titles={"9": "образование и культура"},
        catalogue=tuple(ServiceKind(code, title, "ед.") for code, title in CODES.items()),
        categories=tuple(Category(*one) for one in CATEGORIES),
        ngos=ngos,
        supports=tuple(
            support(n, random.choice(ids), "211", date(2026, 1 + random.randint(0, 8), 12),
                    **money(random.randint(20, 300) * 1000))
            for n in range(1, random.randint(2, 8))
        ),
        centres=centres,
        services=tuple(services),
        needs=needs,
    )  # fmt: skip


def _ended(random: Random, day: date) -> dict[str, Any]:
    """Most needs are met by somebody within three months."""
    if random.random() > 0.7:
        return {}
    closed = min(day + timedelta(random.randint(5, 90)), date(2026, 9, 29))
    return {"status": "closed_other", "closed_on": closed, "closed_account": Quarter.of(closed), "closed_by": "сами"}


@cache
def returned(oktmo: str, quarter: Quarter) -> QuarterReturn:
    """The return of a territory for a quarter."""
    ret = build(records_of(oktmo), quarter).ret
    return without_sets(ret, ("210", "302", "4.finance.ngos")) if oktmo == BARE else ret


def returns(quarter: Quarter) -> dict[str, QuarterReturn]:
    """Those that reported for the quarter."""
    absent = {MISSING} | ({HELD_OVER} if quarter == Q3 else set())
    return {oktmo: returned(oktmo, quarter) for oktmo in NAMES if oktmo not in absent}


def region_file(path: Path, quarters: Iterable[Quarter] = (Q2, Q3), today: str = "2026-10-25") -> Path:
    """A region's file into which these returns were taken in."""
    given = {quarter: returns(quarter) for quarter in quarters}
    return with_returns(path, given, today)


def with_returns(path: Path, given: Mapping[Quarter, Mapping[str, QuarterReturn]], today: str = "2026-10-25") -> Path:
    """The same with these: the rows that intake writes, without the files they came in."""
    clock = Clock.fixed(date.fromisoformat(today))
    database = create_region(path, clock=clock, actor="Комитет", account="committee")
    with database.write("intake", "Приняты отчёты") as session:
        session.add_all(received(ret) for held in given.values() for ret in held.values())
    keep_up(database)
    database.close()
    return path


def received(ret: QuarterReturn) -> ReceivedReturn:
    """A return as intake keeps it."""
    data, head = canonical(ret), ret.head
    return ReceivedReturn(
        file_name=f"{head.oktmo}_{head.quarter}.xlsx", received_at=datetime(2026, 10, 20, 9, 0), received_by="Комитет",
        sha256=hashlib.sha256(f"{head.oktmo}{head.quarter}{head.correction}".encode()).hexdigest(), oktmo=head.oktmo,
        quarter=head.quarter, correction=head.correction, form_version=head.form_version, hand=False,
        result="corrected" if head.correction else "accepted", data=data, data_sha256=fingerprint(data), file=b"xlsx",
    )  # fmt: skip


def changed(ret: QuarterReturn, code: str, value: int) -> QuarterReturn:
    """The next correction of a return, with another figure in a row."""
    row = replace(ret.rows[code], quarter=Decimal(value), year=Decimal(value))
    head = replace(ret.head, correction=ret.head.correction + 1, reason="уточнили")
    return replace(ret, head=head, rows={**ret.rows, code: row})
