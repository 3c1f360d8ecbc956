"""The fixed dictionaries: code -> Russian title.  What an act may change lies in tables instead."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.roles import ROLE_TITLES

NGO_KINDS = {"legal": "юридическое лицо", "body": "объединение без образования юридического лица"}
NGO_STATUSES = {
    "active": "действует",
    "unverified": "не проверена",
    "inactive": "не ведёт деятельность",
    "liquidating": "ликвидируется",
}
MARKS = {
    "sonko": "СОНКО",
    "federal_register": "в реестре СОНКО",
    "iopu": "ИОПУ",
    "social_provider": "поставщик социальных услуг",
}
REMOVALS = {
    "liquidated": "ликвидирована",
    "excluded": "исключена",
    "moved": "переехала",
    "merged": "объединение карточек",
    "mistake": "учтена ошибочно",
}
SUPPORT_FORMS = {
    "211": "финансовая",
    "212": "имущественная",
    "213": "информационная",
    "214": "консультационная",
    "215": "подготовка и ДПО работников и добровольцев",
    "216": "налоговые льготы",
    "217": "закупки у СОНКО",
    "218": "иная",
}
RESULTS = {
    "registered": "НКО зарегистрировано",
    "registering": "в стадии регистрации",
    "applied": "заявка подана",
    "supported": "заявка поддержана",
}
# Evidence prints in the journal of services as it is kept, so its codes are the words themselves.
EVIDENCE = {
    word: word
    for word in (
        "журнал", "регистрационный список", "фото", "договор", "акт", "программа", "заявка",
        "регистрационный №", "ссылка", "протокол", "Добро.РФ", "документ",
    )
}  # fmt: skip
PRIORITIES = {"normal": "обычный", "high": "высокий"}
NEED_STATUSES = {
    "open": "открыта",
    "closed_centre": "закрыта РЦ",
    "closed_other": "закрыта администрацией или партнёром",
    "withdrawn": "снята",
}
NEED_LINKS = {"closes": "закрывает", "partly": "частично"}
PARTNER_KINDS = {"company": "организация", "entrepreneur": "индивидуальный предприниматель"}
CONTRIBUTIONS = {
    "money": "деньги",
    "goods": "товары",
    "pro_bono": "pro bono",
    "volunteers": "корпоративные добровольцы",
    "premises": "помещение",
}
PRACTICE_STATES = {
    "presented": "представлена",
    "checked": "проверена",
    "recommended": "рекомендована",
    "spread": "тиражирована",
}
EVENT_KINDS = {"training": "обучение", "meeting": "встреча с НКО", "business": "мероприятие с бизнесом"}
DECISIONS = {"supported": "поддержана", "refused": "отклонена"}
DOCUMENT_KINDS = {
    "decision": "решение",
    "agreement": "соглашение",
    "consent": "согласие",
    "charter": "устав",
    "report": "отчёт",
    "letter": "письмо",
    "photo": "фото",
    "other": "другое",
}

# The basis of processing under 152-ФЗ stands in papers as it is kept, so its codes are words themselves.
CONTACT_BASES = {
    "согласие": "согласие",
    "полномочия": "исполнение полномочий администрации",
    "договор": "договор с этим человеком",
    "ЕГРЮЛ": "общедоступные сведения ЕГРЮЛ",
}
ERASURE_REASONS = {
    "withdrawn": "согласие отозвано",
    "expired": "истёк срок хранения, цель обработки достигнута",
    "baseless": "нет основания обработки",
    "demanded": "требование самого человека",
    "dropped": "контакт убран из карточки",
}

ORIGINS = {"federal": "федеральный", "oblast": "областной", "municipal": "муниципальный"}
TERRITORY_KINDS = {
    "district": "муниципальный район",
    "municipal_okrug": "муниципальный округ",
    "urban_okrug": "городской округ",
}
LEGAL_FORM_ROWS = {
    "111": "111 общественные организации",
    "112": "112 фонды",
    "113": "113 АНО",
    "114": "114 религиозные",
    "115": "115 казачьи",
    "116": "116 прочие юрлица",
}
CALL_OUTCOMES = {
    "verified": "проверено",
    "not_reached": "не дозвонились",
    "closed": "не ведёт деятельность",
    "note": "заметка",
}
APPEAL_CHANNELS = {
    "letter": "письмо",
    "email": "электронная почта",
    "call": "звонок",
    "visit": "приём",
    "medo": "МСЭД",
    "site": "сайт, «Госуслуги»",
    "other": "иначе",
}
APPEAL_STATUSES = {"open": "в работе", "answered": "отвечено", "overdue": "просрочено"}
REMINDER_STATUSES = {"waiting": "ждёт", "due": "пора", "done": "сделано"}
CALENDAR_KINDS = {
    "contest": "конкурс",
    "council": "совет НКО",
    "event": "мероприятие",
    "term": "срок",
    "other": "иное",
}

FIXED: Mapping[str, Mapping[str, str]] = {
    "ngo_kind": NGO_KINDS,
    "ngo_status": NGO_STATUSES,
    "mark": MARKS,
    "removal": REMOVALS,
    "support_form": SUPPORT_FORMS,
    "result": RESULTS,
    "evidence": EVIDENCE,
    "priority": PRIORITIES,
    "need_status": NEED_STATUSES,
    "need_link": NEED_LINKS,
    "partner_kind": PARTNER_KINDS,
    "contribution": CONTRIBUTIONS,
    "practice_state": PRACTICE_STATES,
    "event_kind": EVENT_KINDS,
    "decision": DECISIONS,
    "contact_basis": CONTACT_BASES,
    "erasure_reason": ERASURE_REASONS,
    "document_kind": DOCUMENT_KINDS,
    "origin": ORIGINS,
    "territory_kind": TERRITORY_KINDS,
    "legal_form_row": LEGAL_FORM_ROWS,
    "appeal_channel": APPEAL_CHANNELS,
    "appeal_status": APPEAL_STATUSES,
    "reminder_status": REMINDER_STATUSES,
    "calendar_kind": CALENDAR_KINDS,
    "role": {role.value: title for role, title in ROLE_TITLES.items()},
}

TABLES = ("legal_form", "activity", "service_code", "need_category", "settlement", "territory")
"""Dictionaries kept in tables of the same names."""
