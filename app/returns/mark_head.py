"""Marks of the head of a return: who sends it, for when, its number, signers and hash."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.core.periods import ROMAN
from app.core.text import NBSP
from app.returns.mark_values import Paper, Shown, number, on_day, text

HEAD_TITLE = "Титул и подписи"
DRAFT = "ЧЕРНОВИК"


def _kind(paper: Paper) -> Shown:
    correction = paper.ret.head.correction
    return text(f"уточнённый №{NBSP}{correction}" if correction else "первичный")


def _hash(paper: Paper) -> Shown:
    """A draft has none that would hold tomorrow."""
    return text("" if paper.draft else paper.envelope.sha256)


HEAD_MARKS: Mapping[str, tuple[str, Callable[[Paper], Shown]]] = {
    "head.period": ("Период: III квартал 2026 г.", lambda p: text(p.ret.head.quarter.title)),
    "head.months": ("Период с начала года: 9 мес. 2026 г.", lambda p: text(p.ret.head.quarter.year_to_date_title)),
    "head.quarter": ("Квартал римской цифрой", lambda p: text(ROMAN[p.ret.head.quarter.number - 1])),
    "head.quarter_number": ("Квартал числом", lambda p: number(p.ret.head.quarter.number)),
    "head.year": ("Год", lambda p: number(p.ret.head.quarter.year)),
    "head.first_day": ("Первый день квартала", lambda p: on_day(p.ret.head.quarter.first_day)),
    "head.last_day": ("Последний день квартала", lambda p: on_day(p.ret.head.quarter.last_day)),
    "head.territory": ("Район", lambda p: text(p.ret.head.territory)),
    "head.territory_genitive": ("Район в родительном падеже", lambda p: text(p.ret.head.territory_genitive)),
    "head.oktmo": ("ОКТМО", lambda p: text(p.ret.head.oktmo)),
    "head.addressee": ("Адресат", lambda p: text(p.ret.head.addressee)),
    "head.administration": ("Администрация", lambda p: text(p.ret.head.administration)),
    "head.unit": ("Подразделение", lambda p: text(p.ret.head.unit)),
    "head.signer": ("Руководитель: фамилия и инициалы", lambda p: text(p.envelope.head.name)),
    "head.signer.post": ("Руководитель: должность", lambda p: text(p.envelope.head.post)),
    "head.executor": ("Исполнитель: фамилия и инициалы", lambda p: text(p.envelope.executor.name)),
    "head.executor.post": ("Исполнитель: должность", lambda p: text(p.envelope.executor.post)),
    "head.executor.phone": ("Исполнитель: рабочий телефон", lambda p: text(p.envelope.executor.phone)),
    "head.date": ("Дата отчёта (черновика — сегодня)", lambda p: on_day(p.envelope.frozen_on)),
    "head.due": ("Срок сдачи", lambda p: on_day(p.envelope.due_on)),
    "head.registration": ("Регистрационный №", lambda p: text(p.envelope.registration_no)),
    "head.kind": ("Вид документа: первичный, уточнённый № 1", _kind),
    "head.correction": ("№ уточнения, 0 у первичного", lambda p: number(p.ret.head.correction)),
    "head.reason": ("Причина уточнения", lambda p: text(p.ret.head.reason)),
    "head.form_version": ("Версия формы НКО-47-кв", lambda p: text(p.ret.head.form_version)),
    "head.sha256": ("Контрольная сумма данных (SHA-256)", _hash),
    "head.draft": ("Слово «ЧЕРНОВИК» в черновике", lambda p: text(DRAFT if p.draft else "")),
}
"""Mark -> its words and its value."""
