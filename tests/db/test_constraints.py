"""The database itself refuses what must not be kept, whichever program writes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Boolean, CheckConstraint, Date, String

from app.core.periods import Quarter
from app.models import Base
from app.models.base import Hundredths, QuarterCode
from app.usecases.calls import not_reached
from app.usecases.people import add_person
from app.usecases.reminders import remind
from app.usecases.row_plans import plan_row
from tests.factories import District, on


def _event(step: str, annuls: str = "NULL", sha256: str = "") -> str:
    """Something that happened to the frozen return."""
    return (
        "INSERT INTO return_event SELECT 1, id, "
        f"'{step}', '2026-07-01', '', '', '', '', '[]', {annuls}, '', NULL, '{sha256}', frozen_at, 'Куратор'"
        " FROM frozen_return"
    )


RECEIVED = ("received_return", "received_file", "region_answer")


def _received(correction: int = 0, result: str = "accepted", sha256: str = "a" * 64) -> str:
    """A return that the region took in."""
    return (
        "INSERT INTO received_return SELECT 1, 'отчёт.xlsx', frozen_at, 'Комитет', "
        f"'{sha256}', oktmo, quarter, {correction}, form_version, 0, '{result}', sha256, envelope, data, xlsx"
        " FROM frozen_return"
    )


def _set_aside(result: str = "faults", reason: str = "Не заполнено.", sha256: str = "a" * 64) -> str:
    """A file that the region set aside."""
    return (
        f"INSERT INTO received_file SELECT 1, 'отчёт.xlsx', frozen_at, 'Комитет', '{sha256}', '{result}', '{reason}',"
        " oktmo, quarter, 0, sha256, '[]', NULL FROM frozen_return"
    )


def _answered(step: str = "accepted", number: str = "1/2026") -> str:
    """An answer of the region."""
    return (
        f"INSERT INTO region_answer SELECT 1, '{step}', oktmo, quarter, 0, sha256, '2026-07-01', '{number}', '', '[]',"
        " xlsx, frozen_at, 'Комитет' FROM frozen_return"
    )


def _plan(volume: int = 1, year: int = 2026) -> str:
    """A plan of a centre that the region holds."""
    return (
        "INSERT INTO region_plan (id, centre_id, territory_code, service_code, year, volume, money)"
        f" SELECT 1, id, '41612000', 'К4', {year}, {volume}, 0 FROM centre"
    )


def _issued(number: int = 2, sha256: str = "a" * 64) -> str:
    """A комплект that the region issued."""
    return (
        f"INSERT INTO issued_package SELECT 1, {number}, '2026-07-01', 1, '{sha256}', xlsx, frozen_at, 'Комитет'"
        " FROM frozen_return"
    )


def _question(number: int = 1, title: str = "Залы") -> str:
    """A question to all districts."""
    return (
        f"INSERT INTO question SELECT 1, {number}, 'u', '{title}', '', '2026-07-01', '[]', '2026-07-01', frozen_at,"
        " 'Комитет' FROM frozen_return"
    )


def _answer() -> str:
    """An answer to a question that is not there: the CHECK is looked at before the key is."""
    return (
        "INSERT INTO question_answer SELECT 1, 1, oktmo, 'ответ.xlsx', 'a', '[]', '[]', xlsx, frozen_at, 'Комитет'"
        " FROM frozen_return"
    )


def _consolidated(number: int = 1, sha256: str = "a" * 64) -> str:
    """A consolidated return that was frozen."""
    return (
        f"INSERT INTO consolidated_return SELECT 1, quarter, {number}, '2026.1', frozen_at, 'Комитет', '{{}}',"
        f" '{sha256}', '[]', pdf, xlsx, xlsx FROM frozen_return"
    )


DOCUMENT = (
    "INSERT INTO document (id, uuid, register, record_id, name, kind, note, size, sha256, attached_on, attached_by)"
    " VALUES (1, 'u', 'ngo', 1, {}, 'other', '', {}, 'a', '2026-10-06', '')"
)
REFUSED = {
    "activity_origin": "UPDATE activity SET origin = 'own' WHERE code = '1'",
    "activity_term": "UPDATE activity SET valid_from = '2026-02-01', valid_to = '2026-01-01' WHERE code = '1'",
    "agreement_early_end": "UPDATE agreement SET ended_early_on = '2026-07-10'",  # no reason
    "agreement_end_account": "UPDATE agreement SET end_account = NULL",
    "agreement_promised": "UPDATE agreement SET promised = -1",
    "agreement_term": "UPDATE agreement SET ends_on = '2020-01-01'",
    "appeal_answered_on": "UPDATE appeal SET answered_on = '2026-06-30'",
    "appeal_channel": "UPDATE appeal SET channel = 'голубь'",
    "appeal_due_on": "UPDATE appeal SET due_on = '2026-06-30'",
    "appeal_sender": "UPDATE appeal SET ngo_id = NULL",
    "calendar_entry_kind": "UPDATE calendar_entry SET kind = 'иное'",
    "calendar_entry_term": "UPDATE calendar_entry SET ends_on = '2026-06-30'",
    "call_attempt_note": "UPDATE call_attempt SET outcome = 'note'",
    "call_attempt_outcome": "UPDATE call_attempt SET outcome = 'занято'",
    "centre_agreement_subsidy": "UPDATE centre_agreement SET subsidy = -1",
    "centre_agreement_term": "UPDATE centre_agreement SET ends_on = '2020-01-01'",
    "centre_agreement_year_won": "UPDATE centre_agreement SET year_won = 26",
    "centre_inn": "UPDATE centre SET inn = '470312345678'",
    "centre_ogrn": "UPDATE centre SET ogrn = '1'",
    "centre_plan_volume": "UPDATE centre_plan SET unit_cost = -1",
    "centre_plan_year": "UPDATE centre_plan SET year = 26",
    "contact_basis": "UPDATE contact SET basis = ''",
    "contact_consent": "UPDATE contact SET consent = '5'",
    "contribution_kind": "UPDATE contribution SET kind = 'иное'",
    "contribution_measure": "UPDATE contribution SET amount = 0",
    "contribution_term": "UPDATE contribution SET ends_on = '2020-01-01'",
    "contribution_volumes": "UPDATE contribution SET hours = -1",
    "event_kind": "UPDATE event SET kind = 'иное'",
    "event_volumes": "UPDATE event SET participants = -1",
    "frozen_return_correction": "INSERT INTO frozen_return SELECT 9, quarter, oktmo, -1, reason, form_version,"
    " frozen_at, frozen_by, data, sha256, envelope, pdf, xlsx FROM frozen_return",
    "frozen_return_reason": "INSERT INTO frozen_return SELECT 9, quarter, oktmo, 1, '', form_version,"
    " frozen_at, frozen_by, data, sha256, envelope, pdf, xlsx FROM frozen_return",
    "frozen_return_sha256": "INSERT INTO frozen_return SELECT 9, quarter, oktmo, 1, 'ещё', form_version,"
    " frozen_at, frozen_by, data, 'a', envelope, pdf, xlsx FROM frozen_return",
    "grant_application_amounts": "UPDATE grant_application SET asked = -1",
    "grant_application_decided": "UPDATE grant_application SET applied_on = '2026-12-01'",
    "grant_application_decision": "UPDATE grant_application SET decision = 'может быть', granted = 0",
    "grant_application_decision_account": "UPDATE grant_application SET decision_account = NULL",
    "grant_application_decision_on": "UPDATE grant_application SET decision_on = NULL, decision_account = NULL",
    "grant_application_granted": "UPDATE grant_application SET granted = 0",
    "grant_application_report": "UPDATE grant_application SET beneficiaries = -1",
    "grant_application_report_account": "UPDATE grant_application SET report_account = '2026-Q3'",
    "grant_application_reported": "UPDATE grant_application SET reported_on = '2026-06-01', report_account = '2026-Q3'",
    "grant_contest_limits": "UPDATE grant_contest SET grant_limit = total_limit + 1",
    "grant_contest_year": "UPDATE grant_contest SET year = 26",
    "legal_form_row": "UPDATE legal_form SET \"row\" = '117'",
    "legal_form_term": "UPDATE legal_form SET valid_from = '2026-02-01', valid_to = '2026-01-01'",
    "need_category_term": "UPDATE need_category SET valid_from = '2026-02-01', valid_to = '2026-01-01'",
    "need_closed_account": "UPDATE need SET closed_account = '2026-Q3'",
    "need_closed_by": "UPDATE need SET status = 'withdrawn', closed_on = opened_on, closed_account = '2026-Q3'",
    "need_closed_on": "UPDATE need SET closed_on = opened_on, closed_account = '2026-Q3'",
    "need_priority": "UPDATE need SET priority = 'срочно'",
    "need_reopens": "UPDATE need SET reopens_id = id",
    "need_service_kind": "UPDATE need_service SET kind = 'иначе'",
    "need_status": "UPDATE need SET status = 'забыта', closed_on = opened_on, closed_account = '2026-Q3'",
    "need_term": "UPDATE need SET status = 'closed_centre', closed_on = '2020-01-01', closed_account = '2026-Q3'",
    "ngo_body_without_ogrn": "UPDATE ngo SET kind = 'body' WHERE id = 1",
    "ngo_head": "UPDATE ngo SET is_branch = 1, head_id = id",
    "ngo_inn": "UPDATE ngo SET inn = '12' WHERE id = 1",
    "ngo_interval_reason": "UPDATE ngo_interval SET removed_on = '2026-07-02', removed_account = '2026-Q3'",
    "ngo_interval_removal": "UPDATE ngo_interval SET removed_on = '2026-07-02', removed_account = '2026-Q3',"
    " removal = '?'",
    "ngo_interval_removed_account": "UPDATE ngo_interval SET removed_account = '2026-Q3'",
    "ngo_interval_term": "UPDATE ngo_interval SET removed_on = '2020-07-02', removed_account = '2026-Q3',"
    " removal = 'moved'",
    "ngo_kind": "UPDATE ngo SET kind = 'иное', ogrn = NULL, inn = NULL WHERE id = 1",
    "ngo_kpp": "UPDATE ngo SET kpp = '47'",
    "ngo_life": "UPDATE ngo SET registered_on = '2020-01-01', liquidated_on = '2019-01-01'",
    "ngo_mark_mark": "UPDATE ngo_mark SET mark = 'хорошая'",
    "ngo_mark_term": "UPDATE ngo_mark SET valid_to = '2020-01-01'",
    "ngo_merged": "UPDATE ngo SET merged_into_id = id",
    "ngo_minjust_number": "UPDATE ngo SET minjust_number = '47'",
    "ngo_ogrn": "UPDATE ngo SET ogrn = '12' WHERE id = 1",
    "ngo_primary_record": "UPDATE ngo SET primary_where = 'Санкт-Петербург'",
    "ngo_status_status": "UPDATE ngo_status SET status = 'спит'",
    "ngo_year_figures": "UPDATE ngo_year SET staff = -1",
    "ngo_year_year": "UPDATE ngo_year SET year = 26",
    "not_duplicate_in_order": "INSERT INTO not_duplicate VALUES (1, 'b', 'a')",
    "offer_kind": "UPDATE offer SET kind = 'иное'",
    "offer_term": "UPDATE offer SET ends_on = '2020-01-01'",
    "package_volume_volume": "UPDATE package_volume SET volume = -1",
    "package_volume_year": "UPDATE package_volume SET year = 26",
    "partner_inn": "UPDATE partner SET kind = 'entrepreneur'",
    "partner_kind": "UPDATE partner SET kind = 'иное', inn = NULL",
    "partner_ogrn": "UPDATE partner SET ogrn = '1'",
    "personal_export_people": "INSERT INTO personal_export VALUES (1, '2026-07-01', 'Куратор', 'список', -1, 'Excel')",
    "personal_export_told": "INSERT INTO personal_export VALUES (1, '2026-07-01', 'Куратор', '', 1, 'Excel')",
    "person_name": "UPDATE person SET name = ''",
    "person_role": "UPDATE person SET role = 'master'",
    "practice_consent": "UPDATE practice SET published_on = '2026-07-02'",
    "practice_state_state": "UPDATE practice_state SET state = 'забыта'",
    "programme_term": "UPDATE programme SET ends_on = '2020-01-01'",
    "programme_year_planned": "UPDATE programme_year SET planned = -1",
    "programme_year_year": "UPDATE programme_year SET year = 26",
    "request_kind": "UPDATE request SET kind = 'иное'",
    "row_plan_act_no": "UPDATE row_plan SET act_no = ''",
    "row_plan_value": "UPDATE row_plan SET value = -1",
    "saved_view_name": "INSERT INTO saved_view VALUES ('ngo', '', '{}', 'Куратор', 1, 'a', NULL, NULL)",
    "service_code_term": "UPDATE service_code SET valid_from = '2026-02-01', valid_to = '2026-01-01'",
    "service_evidence": "UPDATE service SET evidence_kind = ''",
    "service_result": "UPDATE service SET result = 'успех'",
    "service_result_amount": "UPDATE service SET result_amount = 1",
    "service_volumes": "UPDATE service SET quantity = -1",
    "settlement_oktmo": "UPDATE settlement SET oktmo = '4' WHERE id = 1",
    "settlement_term": "UPDATE settlement SET valid_from = '2026-02-01', valid_to = '2026-01-01'",
    "support_amount": "UPDATE support SET amount = -1 WHERE form = '218'",
    "support_counts": "UPDATE support SET cases = -1",
    "support_entry": "UPDATE support SET entry_no = 5 WHERE form = '211'",
    "support_entry_account": "UPDATE support SET entry_account = '2026-Q3'",
    "contact_erased": "UPDATE contact SET erased_on = '2026-07-01', phone = '8 (813) 700-00-00'",
    "erasure_act_number": "INSERT INTO erasure_act VALUES (1, 0, '2026-07-01', NULL, 'К', '[]')",
    "erasure_reason": "INSERT INTO erasure VALUES (1, 'contact', 'u', 1, 'u', 'так', 'name', 1, '', 1)",
    "erasure_register": "INSERT INTO erasure VALUES (1, 'ngo', 'u', 1, 'u', 'dropped', 'name', 1, '', 1)",
    "support_form": "UPDATE support SET form = '219' WHERE form = '218'",
    "support_money": "UPDATE support SET amount = amount + 1 WHERE form = '211'",
    "support_published": "UPDATE support SET published_on = '2026-07-02'",
    "support_registered": "UPDATE support SET entry_no = 5, entered_on = decision_on, entry_account = account"
    " WHERE form = '218'",
    "support_sources": "UPDATE support SET local = -1 WHERE form = '218'",
    "support_term": "UPDATE support SET starts_on = '2026-07-02', ends_on = '2026-07-01'",
    "support_termination": "UPDATE support SET terminates_id = id WHERE form = '218'",
    "support_volumes": "UPDATE support SET area = -1",
    "territory_code": "UPDATE territory SET successor_code = code",
    "territory_kind": "UPDATE territory SET kind = 'город'",
    "territory_term": "UPDATE territory SET valid_to = '1999-01-01'",
    "unit_single": "INSERT INTO unit SELECT 2, administration, name, address, act, staff, council, site_section,"
    " site_updated_on, head_post, head_name, executor_post, executor_name, executor_phone, addressee FROM unit",
    "violation_returned": "UPDATE violation SET returned = 1",
    "violation_returned_account": "UPDATE violation SET returned_on = found_on",
    "violation_term": "UPDATE violation SET returned_on = '2020-01-01', returned_account = '2026-Q3'",
    "reminder_about": "UPDATE reminder SET about_id = NULL",
    "received_file_reason": _set_aside(reason=""),
    "received_file_result": _set_aside(result="accepted"),
    "received_file_sha256": _set_aside(sha256="a"),
    "received_return_correction": _received(correction=-1, result="corrected"),
    "received_return_result": _received(correction=1),
    "received_return_sha256": _received(sha256="a"),
    "consolidated_return_number": _consolidated(number=0),
    "consolidated_return_sha256": _consolidated(sha256="a"),
    "duplicate_reason_reason": "INSERT INTO duplicate_reason (id, quarter, key, reason, by, given_on)"
    " VALUES (1, '2026-Q3', 'ключ', '', 'я', '2026-10-25')",
    "issued_package_number": _issued(number=1),
    "issued_package_sha256": _issued(sha256="a"),
    "question_answer_sha256": _answer(),
    "question_number": _question(number=0),
    "question_title": _question(title=""),
    "region_plan_volume": _plan(volume=-1),
    "region_plan_year": _plan(year=26),
    "region_answer_number": _answered(number=""),
    "region_answer_step": _answered(step="lost"),
    "region_call_said": "INSERT INTO region_call (id, oktmo, quarter, called_on, whom, said, by)"
    " SELECT 1, min(code), '2026-Q3', '2026-10-25', '', 'обещали', 'я' FROM territory",
    "return_event_annuls": _event("sent", annuls="1"),
    "return_event_file": _event("sent", sha256="a"),
    "return_event_step": _event("lost"),
    "document_blob_sha256": "INSERT INTO document_blob VALUES (1, 'a', 1, x'00')",
    "document_blob_size": f"INSERT INTO document_blob VALUES (1, '{'a' * 64}', 0, x'00')",
    "document_name": DOCUMENT.format("''", 1),
    "document_size": DOCUMENT.format("'a'", 0),
    "template_file_sha256": "INSERT INTO template_file VALUES (1, 'a', x'00')",
}
"""CHECK constraint -> what it refuses."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed district that has a row in every table with a constraint."""
    with District(tmp_path_factory.mktemp("район"), today="2026-07-01") as d:
        ngo = d.ngo(
            sonko=True,
            lines={
                "contact": [{"name": "Сидорова А. П.", "basis": "согласие"}],
                "ngo_year": [{"year": 2025, "staff": 3}],
            },
        )
        other, centre, partner = d.ngo(), d.centre(), d.partner()
        money = d.support(ngo)
        d.save("support", {}, id=money, lines={"violation": [{"found_on": on("2026-07-01"), "text": "не по цели"}]})
        d.support(ngo, form="218")
        plan = {"year": 2026, "territory_code": "41612000", "volume": Decimal(5)}
        planned = {"centre_plan": [{**plan, "service_code": "К4"}]}
        d.save("centre", {"districts": ("41612000",)}, id=centre, lines=planned)
        d.save("package", {"name": "Старт", "codes": ("К1", "К4")}, lines={"package_volume": [plan]})
        service = d.service(centre, "К4", [ngo, None])
        need = d.need(ngo)
        d.save("need", {}, id=need, lines={"need_service": [{"service_id": service, "kind": "partly"}]})
        given = {"given_on": on("2026-07-01"), "kind": "money", "amount": Decimal(5)}
        d.agreement(partner, [ngo], starts="2026-07-01", ends="2026-12-31", contributions=[given])
        offer = {"partner_id": partner, "kind": "money", "text": "деньги", "offered_on": on("2026-07-01")}
        d.save("offer", offer)
        d.save("request", {"ngo_id": ngo, "kind": "money", "text": "деньги", "asked_on": on("2026-07-01")})
        d.practice(ngo)
        d.save("event", {"kind": "meeting", "title": "Совет", "held_on": on("2026-07-01")})
        d.save("appeal", {"ngo_id": ngo, "subject": "О зале", "channel": "letter", "received_on": on("2026-07-01")})
        d.write(remind, "Позвонить", on("2026-07-02"), register="ngo", about=ngo)
        d.save("calendar_entry", {"kind": "council", "title": "Совет", "starts_on": on("2026-07-01")})
        d.write(not_reached, ngo)
        programme = {"title": "Программа", "act": "пост. № 1", "starts_on": on("2026-01-01")}
        d.save("programme", programme, lines={"programme_year": [{"year": 2026, "planned": Decimal(5)}]})
        applied = {"contest_id": d.contest(), "ngo_id": other, "project": "Двор", "applied_on": on("2026-07-01")}
        decided = {"asked": Decimal(9), "decision": "supported", "decision_on": on("2026-07-01"), "granted": Decimal(9)}
        d.save("grant_application", applied | decided)
        d.write(plan_row, 2026, "301", Decimal(5), "1-р", date(2026, 1, 1))
        d.freeze_plainly(Quarter(2026, 1))
        d.write(add_person, "Тихонова А. С.", kind="people")
        return d.path


@pytest.fixture
def other_program(file: Path) -> Iterator[sqlite3.Connection]:
    """Another program that has the file open; what it writes is never kept."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("BEGIN")
    yield connection
    connection.rollback()
    connection.close()


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_constraint_refuses(other_program: sqlite3.Connection, name: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=f"CHECK constraint failed: ck_{name}$"):
        other_program.execute(REFUSED[name])


def test_every_constraint_has_its_example() -> None:
    names = {
        str(constraint.name).removeprefix("ck_")
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    general = {name for name in names if name.endswith(("_archive", "_as_declared"))}
    assert names - general == set(REFUSED)


def test_a_record_goes_to_the_archive_with_its_reason(other_program: sqlite3.Connection) -> None:
    for table in Base.metadata.tables.values():
        if other_program.execute(f"SELECT count(*) FROM {table.name}").fetchone() == (0,):
            continue
        if "archived_on" in table.columns:
            with pytest.raises(sqlite3.IntegrityError, match=f"ck_{table.name}_archive"):
                other_program.execute(f"UPDATE {table.name} SET archived_on = '2026-07-01'")


WRONG_KINDS = (
    (Hundredths, "0.5"), (QuarterCode, "'2026-4'"), (Date, "'2026-02-31'"), (Boolean, "2"), (String, "x'00'"),
)  # fmt: skip


def test_half_a_kopeck_and_the_31st_of_february_are_refused(other_program: sqlite3.Connection) -> None:
    """A column of SQLite takes any value: the constraint of its table does not."""
    tried = set()
    for table in Base.metadata.tables.values():
        if other_program.execute(f"SELECT count(*) FROM {table.name}").fetchone() == (0,):
            continue
        for column in table.columns:
            for kind, wrong in WRONG_KINDS:
                if isinstance(column.type, kind) and not column.primary_key and not column.foreign_keys:
                    if table.name in ("journal", "journal_value", "batch", "frozen_return", "return_event", *RECEIVED):
                        continue  # no UPDATE gets as far
                    if column.name == "uuid":
                        continue
                    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed"):
                        other_program.execute(f'UPDATE {table.name} SET "{column.name}" = {wrong}')
                    tried.add(kind)
    assert tried == {kind for kind, _ in WRONG_KINDS}


def test_citizens_stand_among_recipients_once(other_program: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        other_program.execute("INSERT INTO service_recipient (service_id, first_time) VALUES (1, 0)")


def test_every_key_of_another_table_holds_its_row(other_program: sqlite3.Connection) -> None:
    keys = [key for table in Base.metadata.tables.values() for key in table.foreign_keys]
    assert {key.ondelete for key in keys} == {"RESTRICT"}
    for statement in (
        "DELETE FROM territory WHERE code = '41612000'", "DELETE FROM need_category", "DELETE FROM service_code",
        "UPDATE need SET ngo_id = 404",
    ):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            other_program.execute(statement)
