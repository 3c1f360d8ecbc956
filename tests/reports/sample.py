"""A whole return by hand: an invented district with every kind of row, table and annex."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from app.core.money import percent
from app.core.periods import Quarter
from app.returns.form import FORM_2026_1, RowKind, RowSpec
from app.returns.snapshot import (
    Average,
    Entity,
    Envelope,
    Head,
    NeedFigures,
    NeedLine,
    NeedRow,
    NgoRow,
    PracticeCard,
    ProtocolRow,
    QuarterReturn,
    RegisterRow,
    Row,
    ServiceFigures,
    ServiceLine,
    ServiceRow,
    Signer,
)

QUARTER = Quarter(2026, 3)
TEXTS = {
    "201": "«Поддержка СОНКО на 2025–2027 годы», постановление от 12.12.2024 № 4108",
    "701": "Отдел по работе с некоммерческими организациями",
    "702": "Постановление администрации от 14.02.2025 № 312",
    "703": "2 штатные единицы",
    "704": "Совет действует с 2023 года, 11 членов",
    "705": "zarechny.example/nko, обновлён 28.09.2026",
}
NOTES = {
    "117": "Нет сведений за год: 23 НКО",
    "222": "Мероприятия перенесены на IV\u00a0квартал: в доме культуры идёт ремонт",
    "223": "выпуски к фестивалю практик",
}
ACTIVITIES = (
    "социальное обслуживание, поддержка и защита граждан",
    "подготовка населения к преодолению последствий стихийных бедствий и катастроф",
    "помощь пострадавшим, беженцам и вынужденным переселенцам",
    "охрана окружающей среды и защита животных",
    "охрана объектов и территорий исторического, культового и культурного значения, мест захоронений",
    "бесплатная или льготная юридическая помощь, правовое просвещение",
    "профилактика социально опасных форм поведения",
    "благотворительность, поддержка благотворительности и добровольчества",
    "образование, просвещение, наука, культура, здравоохранение, физкультура и спорт",
)
NAMES = (
    "АНО «Заречный свет»",
    "Местная общественная организация ветеранов «Память и дело» Заречного района",
    "Фонд «Тёплый дом»",
    "АНО «Центр семейных инициатив „Ладья“»",
    "Казачье общество «Хутор Ключевой»",
    "Союз многодетных «Семеро»",
    "ТОС «Речная улица»",
    "Православный приход храма в селе Ёлкино",
)
CENTRES = (
    ("5d0c7d1e-0000-4000-8000-000000000001", "АНО «Ресурсный центр „Опора“»"),
    ("5d0c7d1e-0000-4000-8000-000000000002", "Региональный центр поддержки НКО «Мост»"),
)
SERVICES = (
    ("К1", "Консультация по созданию и регистрации НКО, уставу", "конс."),
    ("К2", "Юридическая консультация", "конс."),
    ("К4", "Консультация по грантам и проектированию", "конс."),
    ("С1", "Бухгалтерское сопровождение", "НКО×мес."),
    ("О1", "Семинар, школа, вебинар", "меропр."),
    ("П2", "Помещение для мероприятия", "ч"),
)
NEEDS = (
    ("money", "Финансы и гранты"),
    ("premises", "Помещение"),
    ("legal", "Юридическая"),
    ("accounting", "Бухгалтерия и отчётность"),
    ("registration", "Регистрация"),
    ("training", "Обучение"),
)


def ngo_key(number: int) -> str:
    return f"0a1b2c3d-0000-4000-8000-{number:012d}"


def _ogrn(number: int) -> str:
    first = f"12347000{number:04d}"
    return first + str(int(first) % 11 % 10)


def _row(spec: RowSpec, random: Random) -> Row:
    if spec.kind is RowKind.TEXT:
        return Row(spec.code, note=TEXTS[spec.code])
    cents = Decimal(random.randrange(1_000, 98_000_000)) / 100 if spec.places else Decimal(random.randrange(0, 90))
    quarter = cents.quantize(Decimal(1).scaleb(-spec.places))
    year = quarter if spec.kind is RowKind.STOCK else quarter * 2
    plan = year * 2 if random.random() < 0.4 else None
    return Row(
        spec.code,
        quarter,
        year,
        plan=plan,
        percent=percent(year, plan) if plan else None,
        before=(year * Decimal("0.9")).quantize(Decimal(1).scaleb(-spec.places)) if random.random() < 0.9 else None,
        note=NOTES.get(spec.code, ""),
    )


def _services(random: Random) -> tuple[ServiceLine, ...]:
    def figures(times: int) -> ServiceFigures:
        records = random.randrange(1, 30) * times
        return ServiceFigures(
            records, records + 12, Decimal(records), Decimal(records) * Decimal("1.5"), 9 * times, records * 2, 3,
            records - 1, 1, Average(Decimal(records * 7), 3),
        )  # fmt: skip

    return tuple(
        ServiceLine(key, name, code, title, unit, Decimal(120) if code != "П2" else None, figures(1), figures(3))
        for key, name in CENTRES
        for code, title, unit in SERVICES
    )


def _register(rows: int, random: Random, pending: bool) -> tuple[RegisterRow, ...]:
    found = []
    for number in range(1, rows + 1):
        decided = QUARTER.first_day + timedelta(days=random.randrange(80))
        name = NAMES[number % 6]
        form = ("211", "212", "213", "214", "215")[number % 5]
        size = {"211": "1\u00a0234\u00a0567,50\u00a0₽", "212": "помещение на ул. Речной, д. 4, 86,4\u00a0м²"}
        found.append(
            RegisterRow(
                number=None if pending else 200 + number,
                entered_on=None if pending else decided + timedelta(days=2),
                decision_on=decided,
                decision_no=f"{300 + number}-р",
                termination=not pending and number == rows,
                ngo=ngo_key(number % 6),
                name=name,
                short_name="АНО «ЗС»" if number % 6 == 0 else "",
                address="188600, Ленинградская область, г. Заречный, ул. Речная, д. 12, пом. 3-Н",
                ogrn=_ogrn(number % 6),
                inn=f"47030{number % 6:05d}",
                activities=("1", "8", "9"),
                form=form,
                amount=Decimal("1234567.50") if form == "211" else Decimal(0),
                size=size.get(form, "3\u00a0консультации, 4,5\u00a0ч"),
                starts_on=decided,
                ends_on=decided + timedelta(days=365),
                violations="",
                account=QUARTER,
                published_on=None if pending else decided + timedelta(days=3),
            )
        )
    return tuple(found)


def sample_return(*, entries: int = 24, correction: int = 0) -> QuarterReturn:
    """The same return each time; entries: rows of annex А."""
    random = Random(47)
    rows = {spec.code: _row(spec, random) for spec in FORM_2026_1.rows}
    rows["101"] = replace(rows["101"], quarter=Decimal(180), year=Decimal(180), before=Decimal(172))
    rows["203"] = replace(
        rows["203"], quarter=Decimal("1284500.00"), year=Decimal("3874200.50"), before=Decimal("3512000.00")
    )
    rows["210"] = Row("210", Decimal(27), Decimal(12), Decimal(15), before=Decimal(54))
    rows["211.3"] = replace(rows["211.3"], quarter=Decimal("1234.50"), year=Decimal("1234567890.50"))
    needs = tuple(
        NeedLine(code, title, NeedFigures(9, 4, 2, 1, 1, 9, 2, 11, 3, 0), NeedFigures(6, 14, 6, 3, 2, 9, 2, 17, 3, 1))
        for code, title in NEEDS
    )
    return QuarterReturn(
        head=Head(
            form_version="2026.1",
            oktmo="41699000",
            territory="Заречный муниципальный район",
            territory_genitive="Заречного муниципального района",
            quarter=QUARTER,
            correction=correction,
            reason="Уточнено число получателей имущественной поддержки" if correction else "",
            administration="Администрация Заречного муниципального района Ленинградской области",
            unit="Отдел по работе с некоммерческими организациями",
            addressee="Комитет общественных коммуникаций Ленинградской области",
            records={"ngos": 180, "support": 48, "services": 1212, "needs": 74},
        ),
        rows=rows,
        activities={str(number): 40 - number for number in range(1, len(ACTIVITIES) + 1)},
        activity_titles={str(number): title for number, title in enumerate(ACTIVITIES, 1)},
        services=_services(random),
        needs=needs,
        members={},
        entities=(
            *(Entity(ngo_key(number), "ngo", _ogrn(number), name) for number, name in enumerate(NAMES)),
            *(Entity(key, "centre", "", name) for key, name in CENTRES),
            Entity("partner-1", "partner", "4703099999", "ООО «Заречный хлеб»"),
        ),
        annex_a=_register(entries, random, pending=False),
        annex_a_pending=_register(3, random, pending=True),
        annex_b=tuple(
            NeedRow(
                str(100 + number), ngo_key(number % 8), NEEDS[number % 6][0], ("К4", "С3"),
                date(2026, 5, 12) + timedelta(days=number), "high" if number % 4 == 0 else "normal",
                "closed_centre" if number % 3 == 0 else "open",
                date(2026, 9, 1) if number % 3 == 0 else None,
                "АНО «Ресурсный центр „Опора“»: К4 от 01.09.2026" if number % 3 == 0 else "",
            )
            for number in range(1, 20)
        ),
        annex_v=tuple(
            PracticeCard(
                f"practice-{number}", title, ngo_key(number), "partner-1",
                "Пожилые жители дальних деревень месяцами не выезжают к врачу и в магазин.",
                "Одинокие люди старше 70 лет, 120 человек",
                "Раз в две недели автобус партнёра объезжает одиннадцать деревень. В нём едут фельдшер, волонтёры и "
                "продавец лавки; по дороге принимают заявки на ремонт и дрова.",
                "Автобус партнёра, 14 волонтёров, 180 000 ₽ в год", "За 2025 год: 24 рейса, 1 430 посещений",
                "Журнал рейсов, письма сельских старост", "Партнёр с транспортом и договор с поликлиникой",
                "8 (81370) 40-000", "https://zarechny.example/praktiki/avtobus", True,
                (("presented", date(2026, 2, 3)), ("checked", date(2026, 3, 17))),
            )
            for number, title in enumerate(("Автобус «Добрая дорога»", "Школьная мастерская реставраторов"))
        ),
        annex_g=(
            ProtocolRow("warning", "17", "222.year", "55,0\u00a0% годового плана вместо 75\u00a0%.",
                        "Мероприятия перенесены на IV\u00a0квартал: ремонт дома культуры."),
            ProtocolRow("warning", "42", "223.quarter", "Рост вдвое: 31 против 14 во II\u00a0квартале.",
                        "Серия публикаций к районному фестивалю практик."),
            ProtocolRow("warning", "23", "301.quarter", "4 услуги из 212 без подтверждения."),
            ProtocolRow("unchecked", "14", "", "Не проверялось: первый отчёт."),
            ProtocolRow("late", "", "211.2.quarter",
                        "Решение № 298-р, АНО «Заречный свет», от 25.06.2026: поступило позже, учтено здесь."),
        ),
        annex_d=tuple(
            ServiceRow(
                f"service-{number}", date(2026, 7, 1) + timedelta(days=number), CENTRES[number % 2][0],
                SERVICES[number % 6][0], Decimal(1), Decimal("1.5"), 3, (ngo_key(number % 8), ""),
                (ngo_key(number % 8),) if number % 3 else (), "журнал", f"Ж-{number}", ("101",), QUARTER,
            )
            for number in range(60)
        ),
        annex_e=tuple(
            NgoRow(ngo_key(number), "legal", _ogrn(number), "470301001", NAMES[number % 8], "71400", "active",
                   ("sonko",), "" if number % 5 else "Санкт-Петербург")
            for number in range(70)
        ),
    )


def sample_envelope() -> Envelope:
    return Envelope(
        sha256=hashlib.sha256("пример".encode()).hexdigest(),
        frozen_on=date(2026, 10, 12),
        frozen_by="Ермакова Л. В.",
        journal_head=hashlib.sha256("журнал".encode()).hexdigest(),
        registration_no="01-14/2317",
        due_on=date(2026, 10, 12),
        head=Signer("заместитель главы администрации", "В.\u00a0А.\u00a0Сомов"),
        executor=Signer(
            "главный специалист отдела по работе с НКО", "Л.\u00a0В.\u00a0Ермакова", "8 (81370) 40-000, доб. 12"
        ),
        program_version="0.1.0",
    )
