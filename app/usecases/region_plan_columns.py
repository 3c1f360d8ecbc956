"""The columns of the table of plans, as it is written to be filled and as it is read."""

from __future__ import annotations

from app.core.fields import Field, Kind, RecordType

TABLE = RecordType(
    key="region_plan",
    title="Планы центров",
    title_one="План",
    nouns=("план", "плана", "планов"),
    title_field="centre",
    fields=(
        Field("centre", "Центр", Kind.TEXT, required=True, width=40,
              aliases=("ресурсный центр", "наименование центра")),
        Field("ogrn", "ОГРН центра", Kind.OGRN, width=16, aliases=("огрн",),
              help="13 цифр: по ОГРН центр узнаётся без ошибки."),
        Field("territory_code", "Район", Kind.TEXT, width=34, aliases=("территория", "муниципальный район", "октмо")),
        Field("service_code", "Услуга", Kind.TEXT, width=40, aliases=("код услуги", "услуга каталога")),
        Field("year", "Год", Kind.YEAR, width=8),
        Field("volume", "Объём на год", Kind.AMOUNT, width=12, aliases=("объем", "плановый объём", "план"),
              help="В первой единице услуги по каталогу."),
        Field("money", "Деньги на год, ₽", Kind.MONEY, width=15, aliases=("деньги", "сумма", "сумма, ₽"),
              help="Какая часть субсидии идёт на этот объём: по ней считается цена единицы."),
        Field("done", "Сделано по отчётам", Kind.AMOUNT, width=12, aliases=("сделано",),
              help="Сколько сделано с начала года, по последнему отчёту района. Править не нужно: не принимается."),
        Field("told", "План по отчёту района", Kind.AMOUNT, width=12,
              help="План на год, как его знает район. Править не нужно: объём на год впишите слева."),
        Field("number", "№ соглашения", Kind.TEXT, width=14, aliases=("соглашение", "номер соглашения")),
        Field("starts_on", "Действует с", Kind.DATE, width=12),
        Field("ends_on", "Действует по", Kind.DATE, width=12, help="Последний день включительно."),
        Field("subsidy", "Субсидия, ₽", Kind.MONEY, width=15, aliases=("субсидия",)),
        Field("competition", "Конкурс", Kind.TEXT, width=28),
        Field("year_won", "Год победы", Kind.YEAR, width=8),
    ),
)  # fmt: skip
"""done and told come from the returns: they say what a row is about, and are never taken in."""
PACKAGES = RecordType(
    key="region_plan_package",
    title="Комплексы",
    title_one="Комплекс",
    nouns=("комплекс", "комплекса", "комплексов"),
    title_field="package",
    fields=(
        Field("package", "Комплекс", Kind.TEXT, required=True, width=30, aliases=("комплекс услуг",)),
        Field("codes", "Услуги комплекса", Kind.TEXT, required=True, width=22, aliases=("коды услуг", "услуги"),
              help="Коды каталога через пробел, например К1 К3."),
        Field("territory_code", "Район", Kind.TEXT, required=True, width=34, aliases=("территория",)),
        Field("year", "Год", Kind.YEAR, required=True, width=8),
        Field("volume", "Комплексов на год", Kind.AMOUNT, required=True, width=12, aliases=("объём на год", "объем"),
              help="Столько раз нужна в районе каждая услуга комплекса: в планах центров её должно быть столько же."),
    ),
)  # fmt: skip
"""A sheet of its own in the same book: what the oblast wants given, against which plans are held (check 45)."""
AGREEMENT = ("number", "starts_on", "ends_on", "subsidy", "competition", "year_won")
PLAN = ("territory_code", "service_code", "year", "volume", "money")
TOLD = ("done", "told")
