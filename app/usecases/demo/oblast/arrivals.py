"""The files as they would arrive: by e-mail and on sticks, some twice, some edited, some that are no return."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import EmailMessage

from app.core.periods import Quarter
from app.reports.file_names import return_file_name
from app.usecases.blank_forms import blank_list
from app.usecases.demo.oblast import plan
from app.usecases.demo.oblast.hand import edited, packed
from app.usecases.demo.oblast.lives import Lived

NOW = plan.NOW
EDITED_CELL = ("1 Состав сектора", "E6", 777)
BY_HAND_NAMES = {Quarter(2026, 2): "Подпорожье, 2 квартал.xlsx", NOW: "Подпорожье, 3 квартал.xlsx"}
WRONG_NAMES = {
    plan.LOMONOSOV: ("Ломоносовский, 3 квартал.xlsx", "faults"),
    plan.GATCHINA: ("Гатчина, 3 квартал.xlsx", "territory"),
    plan.KINGISEPP: ("Кингисепп, 3 квартал.xlsx", "territory"),
}
NEVER_CAME = {(plan.KIRISHI, Quarter(2026, 2), 0)}
COPY = "Тосно, ещё раз.xlsx"
"""Stands after the names of the form: the intake of a folder goes by name."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file of `in/`.  results: file -> result of everything in it that is judged; a PDF beside has none."""

    name: str
    on: date
    content: bytes
    results: Mapping[str, str] = field(default_factory=dict)


def arrivals(districts: Mapping[str, Lived], lost: Lived) -> tuple[Arrival, ...]:
    """Everything that came, by name.  lost: the first quarter of a district out of the file that it has no more."""
    found = [one for oktmo in sorted(districts) for one in _of_district(oktmo, districts[oktmo], lost)]
    found += _beside(districts)
    return tuple(sorted(found, key=lambda one: one.name))


def _of_district(oktmo: str, lived: Lived, lost: Lived) -> Iterator[Arrival]:
    frozen = {**lived.frozen, **lost.frozen} if oktmo == lost.job.oktmo else lived.frozen
    for (quarter, correction), (on, xlsx, pdf) in sorted(frozen.items()):
        if (oktmo, quarter, correction) in NEVER_CAME:
            continue
        name = return_file_name(oktmo, quarter, correction, "xlsx")
        result = "corrected" if correction else "accepted"
        if quarter in lived.hand:
            yield Arrival(BY_HAND_NAMES[quarter], on, lived.hand[quarter], {BY_HAND_NAMES[quarter]: result})
        elif (oktmo, quarter) == (plan.LODEYNOYE, NOW):
            yield Arrival(name, on, edited(xlsx, *EDITED_CELL), {name: "changed"})
        elif (oktmo, quarter) == (plan.KIROVSK, NOW):
            members = {f"Кировский район/{name}": xlsx, f"Кировский район/{name[:-4]}pdf": pdf}
            yield Arrival("Кировский район.zip", on, packed(members), {name: result})
        elif (oktmo, quarter) == (plan.SOSNOVY_BOR, NOW):
            note = "Пояснение.txt"
            letter = _letter({name: xlsx, note: "Направляем отчёт за третий квартал.\n".encode()}, on)
            yield Arrival("Письмо из Соснового Бора.eml", on, letter, {name: result, note: "not_a_return"})
        else:
            yield Arrival(name, on, xlsx, {name: result})
        if (oktmo, quarter) == (plan.VOLOSOVO, NOW):
            yield Arrival(f"{name[:-4]}pdf", on, pdf)
    if None in lived.hand:
        name, result = WRONG_NAMES[oktmo]
        on = lived.frozen[NOW, 0][0] - timedelta(days=2)
        yield Arrival(name, on, lived.hand[None], {name: result})


def _beside(districts: Mapping[str, Lived]) -> Iterator[Arrival]:
    """A copy, a former quarter under a new name, and what is no return."""
    on, xlsx, _ = districts[plan.TOSNO].frozen[NOW, 0]
    yield Arrival(COPY, on + timedelta(days=2), xlsx, {COPY: "same"})
    _, old, _ = districts[plan.PRIOZERSK].frozen[NOW.previous, 0]
    name = return_file_name(plan.PRIOZERSK, NOW, 0, "xlsx")
    yield Arrival(name, on, old, {name: "period"})
    name = "Список организаций района.xlsx"
    yield Arrival(name, on, blank_list("ngos"), {name: "not_a_return"})
    name = "Фото с семинара.jpg"
    yield Arrival(name, on, b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(200), {name: "not_a_return"})


def _letter(attachments: Mapping[str, bytes], on: date) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"] = "otdel@demo-rayon.example", "komitet@demo-oblast.example"
    letter["Subject"] = "Отчёт за третий квартал"
    letter["Date"] = f"{on:%d} Oct {on:%Y} 10:00:00 +0300"
    letter.set_content("Добрый день! Отчёт во вложении.\n")
    for name, content in attachments.items():
        letter.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    letter.set_boundary("=" * 15 + "demo")
    return letter.as_bytes()
