"""The file of a комплект: the same bytes for the same one, read back whole, and one clear sentence for any other."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import AppError
from app.returns import package_codec
from app.returns.package import (
    Activity,
    Category,
    FormTerm,
    LegalForm,
    Package,
    PlannedVolume,
    Service,
    SpecialDay,
    TerritoryTerm,
)
from app.returns.package_codec import KIND, fingerprint, kind_of, read_package, write_package

SENT = Package(
    number=3,
    on=date(2027, 1, 12),
    previous=2,
    by="Комитет общественных коммуникаций",
    due_day=12,
    activities=(Activity("19", "Реабилитация ветеранов", "federal", date(2026, 1, 1)),),
    legal_forms=(LegalForm("70400", "Фонд", "фонд", "112"),),
    services=(Service("К4", "Консультация по грантам", "конс.", "журнал", True, 4),),
    categories=(Category("finance", "Финансы и гранты", 1, ("К4", "С3")),),
    forms=(FormTerm("2026.1", date(2024, 1, 1), date(2026, 12, 31)), FormTerm("2027.1", date(2027, 1, 1))),
    calendar=(SpecialDay(date(2027, 1, 11), False, "Перенос"),),
    territories=(
        TerritoryTerm("41618000", "Гатчинский район", "Гатчинского района", "district", date(2006, 1, 1),
                      date(2024, 5, 12), "41518000"),
        TerritoryTerm("41518000", "Гатчинский округ", "Гатчинского округа", "municipal_okrug", date(2024, 5, 13)),
    ),
    plans=(PlannedVolume("АНО «Опора»", "", "41518000", "К4", 2027, Decimal("120.50")),),
)  # fmt: skip


def signed(told: dict[str, Any]) -> bytes:
    """A file whose check fits, whatever it says."""
    bare = {key: value for key, value in told.items() if key != "check"}
    return json.dumps(bare | {"check": package_codec.check_of(bare)}, ensure_ascii=False).encode()


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    told = json.loads(write_package(SENT))
    change(told)
    return signed(told)


def test_a_package_is_read_back_as_it_was_written() -> None:
    content = write_package(SENT)
    assert read_package(content) == SENT
    assert read_package(b"\xef\xbb\xbf" + content) == SENT  # saved anew by an editor
    assert write_package(read_package(content)) == content
    assert kind_of(content) == KIND
    assert [kind_of(other) for other in (b"", b"[]", b'{"kind": 5}', b"[" * 200_000)] == [""] * 4
    assert SENT.file_name == "НКО-47_комплект_3_2027-01-12.json"
    assert SENT.title == "№\u00a03 от 12.01.2027"
    assert json.loads(content)["check"] == fingerprint(SENT)
    assert fingerprint(replace(SENT, due_day=13)) != fingerprint(SENT)


def test_an_empty_package_is_one_too() -> None:
    bare = Package(1, date(2027, 1, 12))
    assert read_package(write_package(bare)) == bare


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Это не комплект региона."),
        (b"\xff\xfe\x00", "Это не комплект региона."),
        (b"[" * 200_000, "Это не комплект региона."),
        (b'{"kind": "\xd0\x9d\xd0\x9a\xd0\x9e-47-\xd0\xba\xd0\xb2"}', "Это не комплект региона."),
        (b"9" * 6_000_000, "Файл слишком велик для комплекта: больше 5\u00a0МБ."),
        (b'{"number": ' + b"9" * 5000 + b"}", "Это не комплект региона."),
        (b'{"number": NaN}', "Это не комплект региона."),
        (write_package(SENT).replace(b"120.50", b"920.50"), "Файл комплекта испорчен при пересылке."),
        (write_package(SENT)[:-40], "Это не комплект региона."),
        (write_package(SENT).replace("Перенос".encode(), b"\\ud800"), "Файл комплекта испорчен при пересылке."),
        (changed(lambda told: told.update(version=2)), "Комплект записан более новой программой."),
    ],
)  # fmt: skip
def test_what_is_no_package_is_told_in_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(AppError) as refused:
        read_package(content)
    assert refused.value.message == sentence
    assert refused.value.hint


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda t: t.update(number=0), "начало файла: № комплекта меньше 1"),
        (lambda t: t.update(number=True), "начало файла, number: не понято «True»"),
        (lambda t: t.update(previous=3), "начало файла: прежний № не меньше своего"),
        (lambda t: t.update(due_day=31), "сроки: день сдачи отчёта — от 1 до 28"),
        (lambda t: t.update(more=1), "начало файла: незнакомое поле «more»"),
        (lambda t: t.pop("by"), "начало файла: нет поля «by»"),
        (lambda t: t.update(on="12.01.2027"), "начало файла, on: не понято «12.01.2027»"),
        (lambda t: t.update(on="2027-02-30"), "начало файла, on: не понято «2027-02-30»"),
        (lambda t: t.update(plans={}), "планы центров: это не список"),
        (lambda t: t["plans"].append(5), "планы центров, строка 2: здесь не запись"),
        (lambda t: t["plans"].append(t["plans"][0]), "планы центров, строка 2: «АНО «Опора» · 41518000 · К4 · 2027»"),
        (lambda t: t["plans"][0].update(volume="-1.00"), "планы центров, строка 1, volume: не понято «-1.00»"),
        (lambda t: t["plans"][0].update(volume=120.5), "планы центров, строка 1, volume: не понято «120.5»"),
        (lambda t: t["plans"][0].update(year=20270), "планы центров, строка 1: год 20270"),
        (lambda t: t["plans"][0].update(centre=""), "планы центров, строка 1: пустое поле «centre»"),
        (lambda t: t["plans"].extend([t["plans"][0]] * 20_000), "планы центров: строк больше 20000"),
        (lambda t: t["services"][0].update(code="К 4"), "каталог услуг, строка 1: код «К 4»"),
        (lambda t: t["services"][0].update(title="а" * 1001), "каталог услуг, строка 1, title: не понято «ааа"),
        (lambda t: t["services"][0].update(title="а\0"), "каталог услуг, строка 1, title: не понято"),
        (lambda t: t["services"][0].update(valid_from="2027-01-02", valid_to="2027-01-01"),
         "каталог услуг, строка 1: последний день раньше первого"),
        (lambda t: t["categories"][0].update(services=["К4", "К4"]), "категории потребностей, строка 1, services"),
        (lambda t: t["activities"][0].update(origin="мой"), "виды деятельности, строка 1: чей это вид: «мой»"),
        (lambda t: t["legal_forms"][0].update(row="117"), "правовые формы, строка 1: строки отчёта «117» нет"),
        (lambda t: t["territories"][1].update(successor_code="41618000"), "территории: 41618000: преемники идут по"),
        (lambda t: t["territories"].pop(), "территории: преемника 41518000 в комплекте нет"),
        (lambda t: t["forms"][1].update(valid_from="2024-01-01"), "версии формы: 2026.1 и 2027.1 начинаются в один"),
    ],
)  # fmt: skip
def test_a_package_wrong_in_itself_is_refused_with_the_place(change: Any, sentence: str) -> None:
    with pytest.raises(AppError) as refused:
        read_package(changed(change))
    assert sentence in refused.value.message
    assert refused.value.message.startswith("В комплекте ошибка: ")


@given(st.data())
def test_whatever_stands_in_its_place_a_file_is_read_or_refused(data: st.DataObject) -> None:
    """No value of any kind, in any field, ends in anything but the комплект itself or a sentence."""
    told = json.loads(write_package(SENT))
    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=5,
    )
    for _ in range(data.draw(st.integers(1, 3))):
        where = data.draw(st.sampled_from(sorted(set(told) - {"kind", "version", "check"})))
        part = told[where]
        if isinstance(part, list) and part and isinstance(part[0], dict) and data.draw(st.booleans()):
            field = data.draw(st.sampled_from(sorted(part[0])))
            part[0][field] = data.draw(anything)
        else:
            told[where] = data.draw(anything)
    try:
        content = signed(told)
    except UnicodeEncodeError:
        return
    try:
        package = read_package(content)
    except AppError:
        return
    assert read_package(write_package(package)) == package


@given(st.binary(max_size=200), st.integers(0, 2000))
def test_spoilt_bytes_never_pass(noise: bytes, at: int) -> None:
    content = write_package(SENT)
    spoilt = content[:at] + noise + content[at + len(noise) :]
    try:
        package = read_package(spoilt)
    except AppError:
        return
    assert package == SENT
