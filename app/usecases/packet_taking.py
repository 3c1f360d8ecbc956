"""A packet of a working copy into the file: one batch, through the same verbs by which a clerk writes.

So periods of account, checks at entry and rules of the registers hold for what comes as for what is typed.
A record that is refused leaves the others: each is written whole or not at all.  Seeing and taking are one
thing: a preview is a taking in `Database.rehearse`, of which nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core.errors import AppError, InvalidRecord
from app.core.progress import SILENT, Progress
from app.core.russian import integer
from app.exchange.packets import Packet, PacketRecord, broken, newer, read_packet
from app.models import Batch, JournalEntry, JournalValue
from app.models.journal import holds_entry
from app.models.schema import REVISIONS
from app.records import REGISTERS
from app.usecases import duplicates, merging, ngos, records
from app.usecases.accounts import Accounts
from app.usecases.import_plan import Outcome
from app.usecases.packet_plan import FieldPlan, Hers, PacketPreview, PacketRow
from app.usecases.packet_texts import Absent, Keys, carried, in_order
from app.usecases.packet_weighing import KIND, Weighing, look_at_names, weigh_fields, weigh_lines
from app.usecases.return_records import is_told
from app.usecases.standing import standing
from app.usecases.tables import MODELS
from app.usecases.titles import quoted, titles
from app.usecases.working_copy import identity, mark_of

__all__ = ["KIND", "FieldPlan", "Hers", "PacketPreview", "PacketRow", "read_packet", "take", "title_of"]


def take(
    session: Session, packet: Packet, *, hers: Hers = "mine", apart: Collection[str] = (), progress: Progress = SILENT
) -> PacketPreview:
    """Write what the packet brings; of a value that both changed, what `hers` says (mine unless told otherwise).

    apart: `place`s of rows that are not to be taken for the card of the same number that is there already; they
    are left out.  AppError, and nothing is written, for a packet of another file or of a newer program.
    The same packet twice changes nothing.  Flushes, never commits.
    """
    _refuse_stranger(session, packet)
    with standing(session):
        taking = _Taking(session, packet, hers, set(apart))
        rows = taking.run(progress)
    made = PacketPreview(packet, rows, taking.written)
    if session.info.get("kind") == KIND:
        session.info["title"] = title_of(made)
    session.flush()
    return made


def title_of(made: PacketPreview) -> str:
    """The title of the batch: it names the colleague."""
    counts = made.counts
    parts = [f"новых {integer(counts.new)}"] if counts.new else []
    changed = made.written - counts.new
    parts += [f"изменённых {integer(changed)}"] if changed > 0 else []
    return f"Из рабочей копии ({made.packet.made_for}): {', '.join(parts) or 'без изменений'}"


def _refuse_stranger(session: Session, packet: Packet) -> None:
    if packet.schema not in REVISIONS:
        raise newer()
    if mark_of(session) is not None:
        raise AppError("Это рабочая копия, а пакеты принимают в основном файле.", "Откройте основной файл.")
    if packet.of != identity(session):
        raise AppError(
            f"Пакет ({packet.made_for}) — из копии другого файла.", "Откройте файл, с которого сделана та копия."
        )
    if not holds_entry(session, packet.base):
        raise AppError(
            "Рабочая копия сделана позже, чем последняя запись этого файла: файл вернули к старой копии.",
            "Откройте файл, с которого делали рабочую копию, или внесите изменения вручную.",
        )


class _Taking:
    """One packet on its way into the file."""

    def __init__(self, session: Session, packet: Packet, hers: Hers, apart: set[str]) -> None:
        self.session, self.packet, self.hers, self.apart = session, packet, hers, apart
        self.keys = Keys(session)
        self.names = {record.uuid: record.title for record in packet.records}
        self.rows: dict[str, PacketRow] = {}
        self.done: set[str] = set()
        query = select(JournalEntry.id).where(JournalEntry.hash == packet.base)
        self.base = session.scalar(query) or 0

    @property
    def written(self) -> int:
        return len(self.done)

    def run(self, progress: Progress) -> tuple[PacketRow, ...]:
        order = self._in_order()
        self.rows = {f"{r.register}:{r.uuid}": PacketRow(r.register, r.uuid, r.title) for r in self.packet.records}
        for number, record in enumerate(order):
            if number % 20 == 0:
                progress.step(number, len(order), "Сверено записей")
            self._whole(record, self._save)
        for record in order:
            if record.merged_into:
                self._whole(record, self._merge)
        for record in order:
            if record.told_apart:
                self._whole(record, self._tell_apart)
        for record in reversed(order):  # what names others goes before them
            if record.archived is not None:
                self._whole(record, self._archive)
        for row in self.rows.values():
            self._settle(row)
        return tuple(self.rows.values())

    def _in_order(self) -> list[PacketRecord]:
        """What others name comes first; within a register too (a branch after its head)."""
        place = {register: number for number, register in enumerate(in_order())}
        strangers = {record.register for record in self.packet.records} - set(place)
        if strangers:
            raise newer()
        if len({(r.register, r.uuid) for r in self.packet.records}) != len(self.packet.records):
            raise broken("запись названа дважды")
        for record in self.packet.records:
            look_at_names(record)
        waiting = sorted(self.packet.records, key=lambda record: (place[record.register], not record.new))
        fresh = {record.uuid for record in waiting if record.new}
        found: list[PacketRecord] = []
        while waiting:
            ready = [r for r in waiting if not (_links_within(r) & fresh)] or waiting
            found += ready
            fresh -= {record.uuid for record in ready}
            taken = {id(record) for record in ready}
            waiting = [record for record in waiting if id(record) not in taken]
        return sorted(found, key=lambda record: place[record.register])

    def _whole(self, record: PacketRecord, act: Callable[[PacketRecord, PacketRow], bool]) -> None:
        """Do it with a record, or leave nothing of it and say why."""
        row = self.rows[f"{record.register}:{record.uuid}"]
        if row.outcome is Outcome.REJECTED:
            return
        step = self.session.begin_nested()
        known = self.keys.id(record.register, record.uuid)
        try:
            if act(record, row):
                self.done.add(row.place)
            self.session.flush()
            step.commit()
            return
        except InvalidRecord as refused:
            row.notes.append(_faults(record.register, refused))
        except Absent as absent:
            row.notes.append(f"{absent.one.title}: записи, на которую она ссылается, здесь нет.")
        except IntegrityError:
            row.notes.append("Такую запись файл не принимает: проверьте её в рабочей копии.")
        except AppError as refused:
            row.notes.append(str(refused))
        step.rollback()
        if known is None:
            self.keys.drop(record.register, record.uuid)
        if row.place not in self.done:
            row.outcome = Outcome.REJECTED
        else:
            row.notes.insert(0, "Изменения приняты, но не всё.")

    def _save(self, record: PacketRecord, row: PacketRow) -> bool:
        id = self._found(record, row)
        if row.same_as and row.place in self.apart:
            row.apart = True
            row.notes.append("Не принята: у вас осталась своя карточка.")
            row.outcome = Outcome.REJECTED
            return False
        kept = self.session.get_one(MODELS[record.register], id) if id is not None else None
        w = Weighing(self.session, self.keys, self.names, row.place, self.hers)
        back = False
        if kept is not None and kept.archived_on is not None:
            if record.archived is not None:
                return False
            back = self._comes_back(record, row, kept, w)
            if not back:
                row.fields = w.plans
                return False
        elif kept is None and record.archived is not None:
            return False  # made and put away in the copy: nothing of it is wanted here
        weigh_fields(w, record.register, record.fields, kept)
        weigh_lines(w, id, record.lines)
        row.fields, row.notes = w.plans, [*row.notes, *w.notes]
        if kept is not None and not back and w.idle:
            return False
        if kept is not None and getattr(kept, "merged_into_id", None) is not None:
            raise AppError("Карточка здесь объединена с другой.", "Внесите изменения в ту, что осталась.")
        if back and id is not None:
            records.restore(self.session, record.register, id)
        if kept is None:
            w.also["uuid"] = record.uuid
        made = id
        if kept is None or not w.idle:
            made = records.write(self.session, record.register, w.values, id=id, lines=w.lines, also=w.also)
        assert made is not None
        self.keys.add(record.register, record.uuid, made)
        if kept is None or back:
            row.outcome = Outcome.NEW
        self._tell_accounts(record, row, made, told=is_told(record.register, (*w.values, *w.also), w.lines))
        return True

    def _found(self, record: PacketRecord, row: PacketRow) -> int | None:
        """The record of the file that is meant: by its key, else by what may stand in the file once alone."""
        id = self.keys.id(record.register, record.uuid)
        if id is None:
            id = self._namesake(record) if record.new else None
            if id is not None:
                row.same_as = titles(self.session, record.register, [id]).get(id, "")
                self.keys.add(record.register, record.uuid, id)
        if id is None and not record.new:
            raise AppError("Записи здесь нет.", "Пакет составлен не с этого файла.")
        return id

    def _namesake(self, record: PacketRecord) -> int | None:
        """A live NGO of the same ОГРН and КПП; the support that a taken application brought by itself."""
        hers = {name: trail[-1] for name, trail in record.fields.items()}
        model = MODELS[record.register]
        if record.register == "ngo" and hers.get("ogrn") and record.archived is None:
            query = select(model.id).where(
                model.ogrn == hers["ogrn"], model.kpp == (hers.get("kpp") or ""), model.archived_on.is_(None)
            )
            return self.session.scalar(query)
        if record.register == "support" and hers.get("application_id") and not hers.get("terminates_id"):
            application = self.keys.id("grant_application", str(hers["application_id"]))
            query = select(model.id).where(
                model.application_id == application, model.archived_on.is_(None), model.terminates_id.is_(None)
            )
            return self.session.scalar(query) if application is not None else None
        return None

    def _comes_back(self, record: PacketRecord, row: PacketRow, kept: Any, w: Weighing) -> bool:
        """The record lies in the archive here.  Where an undo of an earlier packet put it, it is taken anew."""
        if record.restored or self._undone(record.register, kept.id):
            return True
        hers = "изменена" if record.fields or record.lines else "действует"
        return w.plan("archive", "Архив", f"в архиве: {kept.archive_reason}", hers, disputed=True)

    def _undone(self, register: str, id: int) -> bool:
        query = (
            select(Batch.kind)
            .join(JournalEntry, JournalEntry.batch_id == Batch.id)
            .join(JournalValue, JournalValue.entry_id == JournalEntry.id)
            .where(JournalEntry.table_name == register, JournalEntry.record_id == str(id))
            .where(JournalValue.field == "archived_on")
            .order_by(JournalEntry.id.desc())
            .limit(1)
        )
        return self.session.scalar(query) == "undo"

    def _merge(self, record: PacketRecord, row: PacketRow) -> bool:
        loser, winner = (self.keys.id("ngo", key) for key in (record.uuid, record.merged_into or ""))
        if loser is None or winner is None:
            raise AppError("Карточки, с которой её объединили, здесь нет.", "Объедините карточки вручную.")
        kept = self.session.get_one(MODELS["ngo"], loser)
        if kept.merged_into_id == winner or loser == winner:
            return False
        name = titles(self.session, "ngo", [winner]).get(winner, "")
        row.fields.append(FieldPlan(f"{row.place}:merge", "Объединение", "—", f"объединена с {quoted(name)}"))
        ngos.merge(self.session, loser, winner)
        merging.move_contacts(self.session, loser, winner)  # also those that came to it here since the fork
        return True

    def _tell_apart(self, record: PacketRecord, row: PacketRow) -> bool:
        own = self.keys.id("ngo", record.uuid)
        if record.register != "ngo" or own is None:
            return False
        others = [id for key in record.told_apart if (id := self.keys.id("ngo", key)) is not None and id != own]
        fresh = duplicates.not_told_apart(self.session, own, others)
        for id, name in titles(self.session, "ngo", fresh).items():
            told = f"{quoted(name)} — другая организация"
            row.fields.append(FieldPlan(f"{row.place}:apart:{id}", "Похожая карточка", "—", told))
        duplicates.tell_apart(self.session, own, fresh)
        return bool(fresh)

    def _archive(self, record: PacketRecord, row: PacketRow) -> bool:
        id = self.keys.id(record.register, record.uuid)
        kept = self.session.get(MODELS[record.register], id) if id is not None else None
        if kept is None or kept.archived_on is not None:
            return False
        plan = FieldPlan(
            f"{row.place}:archive", "Архив", "действует", f"в архиве: {record.archived}",
            self._touched(record.register, kept.id),
        )  # fmt: skip
        row.fields.append(plan)
        w = Weighing(self.session, self.keys, self.names, row.place, self.hers)
        if not w.chosen(plan.key, disputed=plan.disputed):
            return False
        records.archive(self.session, record.register, kept.id, record.archived or "убрано в рабочей копии")
        return True

    def _touched(self, register: str, id: int) -> bool:
        """Was the record changed here since the fork, otherwise than by packets?"""
        own = (JournalEntry.table_name == register) & (JournalEntry.record_id == str(id))
        line = (JournalEntry.owner_table == register) & (JournalEntry.owner_id == str(id))
        query = (
            select(JournalEntry.id)
            .join(Batch, Batch.id == JournalEntry.batch_id)
            .where(own | line, JournalEntry.id > self.base, Batch.kind.not_in((KIND, "undo")))
            .where(Batch.undone_by_id.is_(None))
            .limit(1)
        )
        return self.session.scalar(query) is not None

    def _tell_accounts(self, record: PacketRecord, row: PacketRow, id: int, *, told: bool) -> None:
        """told: of what changed a return tells something."""
        if Accounts.of(self.session).closed is None:
            return
        late = records.late_for(self.session, record.register, id)
        if row.outcome is Outcome.NEW and late is not None:
            row.notes.append(f"Отчёт за {late.title} утверждён: запись учтётся как поступившая позже.")
        elif row.outcome is not Outcome.NEW and told:
            touched = records.frozen_touched(self.session, record.register, id)
            if touched is not None:
                row.notes.append(f"Учтена в утверждённом отчёте за {touched.title} Проверьте, не нужен ли уточнённый.")

    def _settle(self, row: PacketRow) -> None:
        if row.outcome is Outcome.REJECTED:
            return
        if row.disputed or (row.same_as and row.fields):
            row.outcome = Outcome.DOUBTFUL
        elif row.place in self.done and row.outcome is not Outcome.NEW:
            row.outcome = Outcome.CHANGED


def _links_within(record: PacketRecord) -> set[str]:
    """Keys of records of the same register that it names."""
    own = [one.name for one in carried(record.register).values() if one.register == record.register]
    return {key for name in own if name in record.fields and (key := record.fields[name][-1]) is not None}


def _faults(register: str, refused: InvalidRecord) -> str:
    """Every fault with the title of its field."""
    known = {field.key: field.title for field in REGISTERS[register].fields}
    told = []
    for key, text in refused.faults.items():
        title = known.get(key, "")
        told.append(text if not title or title.lower() in text.lower() else f"{title}: {text[0].lower()}{text[1:]}")
    return " ".join(told)
