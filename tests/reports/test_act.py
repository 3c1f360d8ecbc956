"""The act of an erasing: what order 179 of Roskomnadzor asks, the backups, the extract of the journal; printed anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.errors import AppError
from app.models.copy_names import Why
from app.models.database import Database
from app.models.journal import chain_head
from app.usecases import copies
from app.usecases.documents import NewFile, attach
from app.usecases.erasing import KIND, erase_contacts, erasures, repeat_erasures
from app.usecases.personal_papers import act_paper
from app.usecases.setup import save_unit
from tests.factories import District, on
from tests.reports.reading import page_sizes, page_texts

UNIT = {
    "administration": "Администрация Всеволожского района", "address": "188640, г. Всеволожск, Колтушское шоссе, 138",
    "head_post": "заместитель главы", "head_name": "Ермакова Л. В.", "executor_post": "Главный специалист",
    "executor_name": "Соколова И. Н.", "executor_phone": "8 (81370) 24-001",
}  # fmt: skip
PERSON = {"name": "Тайнова Секретина Петровна", "phone": "+7 (921) 555-01-77", "basis": "согласие", "consent": "7",
          "consent_on": on("2026-01-12"), "withdrawn_on": on("2026-06-20")}  # fmt: skip


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-07-01") as found:
        found.write(save_unit, UNIT)
        yield found


def erased(district: District) -> int:
    """Two persons of one NGO are erased, a backup of that day holds them; its ОГРН is told."""
    ngo = district.ngo("АНО «Светлый берег»", lines={"contact": [
        PERSON, {"name": "Ильина О. В.", "post": "директор", "basis": "ЕГРЮЛ", "keep_until": on("2026-06-01")},
    ]})  # fmt: skip
    copies.make_copy(district.database, Why.OPENING)
    scan = NewFile("Согласие Тайновой.pdf", b"%PDF-1.4 ...")
    district.write(attach, "ngo", ngo, [scan], "consent", on("2026-01-12"))
    ids = [line["id"] for line in district.card("ngo", ngo).lines["contact"]]
    district.at("2026-07-02").write(erase_contacts, ids, kind=KIND)
    return ngo


def text_of(pdf: bytes) -> str:
    return " ".join(page_texts(pdf))


def test_it_says_what_the_order_asks(district: District) -> None:
    ngo = erased(district)
    pdf = district.read(act_paper, 1)
    text = text_of(pdf)
    for said in (
        "АКТ № 1 об уничтожении персональных данных", "2 июля 2026 г.",
        "Администрация Всеволожского района", "188640, г. Всеволожск, Колтушское шоссе, 138",  # the operator
        "«Куратор НКО», файл учёта «район.db»",  # the system
        "контакт № 1", "контакт № 2", "АНО «Светлый берег»", str(district.card("ngo", ngo).values["ogrn"]),
        "фамилия, имя, отчество; телефон; номер согласия", "фамилия, имя, отчество; должность",  # kinds of data
        "согласие отозвано", "истёк срок хранения",  # reasons
        "файл переписан целиком",  # the way
        "Уничтожить вручную: контакт № 1 — документ № 1 от 12.01.2026",
        "Данные уничтожил(а): Куратор", "Заместитель главы", "Ермакова Л. В.", "Соколова И. Н.", "(подпись)",
    ):  # fmt: skip
        assert said in text, said
    assert not [word for word in ("Тайнова", "Ильина", "555-01-77") if word in text]
    assert set(page_sizes(pdf)) == {(210, 297)}


def test_it_names_the_backups_and_what_lies_out_of_reach(district: District) -> None:
    erased(district)
    text = text_of(district.read(act_paper, 1))
    (copy,) = district.read(erasures)[0].copies
    assert f"{copy.name} 01.07.2026 исчезнет не позднее 01.07.2028" in text
    assert "Копии, сделанные для работы на другом компьютере" in text
    assert "уничтожение повторяется" in text


def test_its_extract_is_of_the_journal(district: District) -> None:
    erased(district)
    head = district.read(chain_head)
    text = text_of(district.read(act_paper, 1))
    assert head[:16] in text, "the last entry is that of the act"
    for event in ("обезличен контакт № 1", "обезличен контакт № 2", "составлен акт № 1", "Куратор, curator"):
        assert event in text, event


def test_it_is_printed_again_as_it_was(district: District) -> None:
    erased(district)
    first = district.read(act_paper, 1)
    _copy(district).unlink()
    assert district.at("2027-03-01").read(act_paper, 1) == first
    with pytest.raises(AppError, match="Акта №\u00a02 нет"):
        district.read(act_paper, 2)


def test_the_act_of_a_repeated_erasing_says_so(district: District) -> None:
    erased(district)
    known = district.read(erasures)
    with Database.open(_copy(district), clock=district.clock, actor="Куратор") as restored:
        with restored.write(KIND, "После возврата") as session:
            assert repeat_erasures(session, known) == 2
        with restored.read() as session:
            text = text_of(act_paper(session, 2))
    assert "АКТ № 2" in text
    assert "первый раз они уничтожены актом № 1" in text
    assert "составлен акт № 2" in text
    assert "составлен акт № 1" not in text


def test_without_backups_and_address_it_says_so(district: District) -> None:
    district.write(save_unit, {"address": ""})
    ngo = district.ngo(lines={"contact": [PERSON]})
    district.write(erase_contacts, [district.card("ngo", ngo).lines["contact"][0]["id"]], kind=KIND)
    text = text_of(district.read(act_paper, 1))
    assert "Таких копий в папках копий нет." in text
    assert "Адрес оператора ____" in text


def _copy(district: District) -> Path:
    (found,) = (district.path.parent / "копии").glob("*.db")
    return found
