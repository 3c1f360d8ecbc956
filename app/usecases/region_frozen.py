"""The consolidated return frozen: numbered, with its hash, the hashes of what went in, and the bytes of its papers."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, Deed
from app.core.periods import Quarter
from app.core.progress import SILENT, Progress
from app.core.text import NBSP
from app.models import ConsolidatedReturn, ReceivedReturn
from app.returns.codec import fingerprint
from app.usecases.accounts import clock_of
from app.usecases.received import territories
from app.usecases.region_papers import PaperFile, made_papers, paper_name
from app.usecases.region_returns import Source, standing_sources
from app.usecases.region_whole import looked_at, reported

KIND = "consolidate"
Went = tuple[Quarter, str, int, str]
"""A return that went in: quarter, ОКТМО, correction, SHA-256 of its data."""


@dataclass(frozen=True, slots=True)
class FrozenWhole:
    """A consolidated return that was frozen.  number: among those of its quarter; frozen_on: its day in the office."""

    id: int
    quarter: Quarter
    number: int
    frozen_at: datetime
    frozen_on: date
    frozen_by: str
    sha256: str
    sources: tuple[Went, ...]

    @property
    def title(self) -> str:
        return f"Свод за {self.quarter.title}, №{NBSP}{self.number}"


@dataclass(frozen=True, slots=True)
class Since:
    """A district whose return stands otherwise than when the consolidated one was frozen.  was: None for none."""

    oktmo: str
    name: str
    quarter: Quarter
    was: int | None
    now: int

    @property
    def text(self) -> str:
        """«Волховский муниципальный район: уточнённый № 1 за II квартал 2026 г.»"""
        if self.was is None:
            return f"{self.name}: пришёл отчёт за {self.quarter.title}"
        return f"{self.name}: уточнённый №{NBSP}{self.now} за {self.quarter.title}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A frozen one in the list.  since: of the latest of its quarter, which districts have changed; else empty.

    replaced: the quarter has a later one.
    """

    frozen: FrozenWhole
    replaced: bool
    since: tuple[Since, ...]

    @property
    def stands(self) -> bool:
        """Is it what the returns say?"""
        return not self.replaced and not self.since


def freeze_whole(session: Session, quarter: Quarter, *, progress: Progress = SILENT) -> FrozenWhole:
    """Freeze the quarter under the next number; the same one while no other return has come.

    AppError where nobody reported.  Missing districts and findings do not forbid it: the papers name them.
    """
    found = reported(session, quarter)
    last = latest_frozen(session, quarter)
    sources = _went((*found.sources, *found.behind))
    if last is not None and last.sources == sources:
        return last
    number = last.number + 1 if last is not None else 1
    pdf, xlsx, html = made_papers(session, found, number=number, progress=progress)
    row = ConsolidatedReturn(
        quarter=quarter,
        number=number,
        form_version=found.consolidation.form.version,
        frozen_at=session.info["clock"].now(),
        frozen_by=session.info["actor"],
        data=found.seal.data,
        sha256=found.seal.sha256,
        sources=json.dumps([[str(one[0]), *one[1:]] for one in sources]),
        pdf=pdf.content,
        xlsx=xlsx.content,
        html=zlib.compress(html.content, 9),
    )
    session.add(row)
    session.flush()
    return _frozen(session, row)


def latest_frozen(session: Session, quarter: Quarter) -> FrozenWhole | None:
    """The one with the highest number."""
    found = frozen_wholes(session, quarter)
    return found[0].frozen if found else None


def frozen_wholes(session: Session, quarter: Quarter | None = None) -> tuple[Listed, ...]:
    """Those that were frozen, the latest quarter and number first, and whether they are still what the returns say."""
    c = ConsolidatedReturn
    query = select(c.id, c.quarter, c.number, c.frozen_at, c.frozen_by, c.sha256, c.sources)
    if quarter is not None:
        query = query.where(c.quarter == quarter)
    listed: list[Listed] = []
    for row in session.execute(query.order_by(c.quarter.desc(), c.number.desc())):
        frozen = _frozen(session, row)
        replaced = bool(listed) and listed[-1].frozen.quarter == frozen.quarter
        listed.append(Listed(frozen, replaced, () if replaced else changed_since(session, frozen)))
    return tuple(listed)


def changed_since(session: Session, frozen: FrozenWhole) -> tuple[Since, ...]:
    """Returns that stand now and did not go in, by quarter and district; of former territories under their own name."""
    names = {one.code: one.name for one in territories(session)}
    before = {(quarter, oktmo): (correction, digest) for quarter, oktmo, correction, digest in frozen.sources}
    return tuple(
        Since(one.oktmo, names.get(one.oktmo, one.oktmo), one.quarter, was[0] if was else None, one.correction)
        for one in standing_sources(session, looked_at(frozen.quarter))
        if (was := before.get((one.quarter, one.oktmo))) is None or was[1] != one.data_sha256
    )


def kept_papers(session: Session, quarter: Quarter, number: int | None = None) -> tuple[PaperFile, ...]:
    """The bytes as they were written then: PDF, workbook, page.  AppError where none was frozen."""
    c = ConsolidatedReturn
    query = select(c).where(c.quarter == quarter).order_by(c.number.desc())
    if number is not None:
        query = query.where(c.number == number)
    row = session.scalars(query.limit(1)).first()
    if row is None:
        raise AppError(
            f"Утверждённого свода за {quarter.title} нет.",
            "Утвердите его: consolidate с ключом --freeze.", Deed.RETURNS,
        )
    try:
        contents = {"pdf": row.pdf, "xlsx": row.xlsx, "html": zlib.decompress(row.html)}
    except zlib.error:
        raise AppError(
            f"Страница свода за {quarter.title} не читается: файл области повреждён.",
            "Проверьте файл командой check и возьмите последнюю копию.", Deed.COPIES,
        ) from None
    return tuple(PaperFile(paper_name(quarter, ext, row.number), content) for ext, content in contents.items())


def whole_faults(session: Session) -> list[str]:
    """Frozen ones whose data do not fit their hash, or whose returns are not those that are here."""
    v = ReceivedReturn
    held = {
        (row.quarter, row.oktmo, row.correction, row.data_sha256)
        for row in session.execute(select(v.quarter, v.oktmo, v.correction, v.data_sha256))
    }
    found = []
    for row in session.scalars(select(ConsolidatedReturn).order_by(ConsolidatedReturn.id)).yield_per(5):
        try:
            frozen = _frozen(session, row)
        except (ValueError, TypeError):
            found.append(f"Свод за {row.quarter.title}, №{NBSP}{row.number}: перечень его отчётов не читается.")
            continue
        if fingerprint(row.data) != row.sha256:
            found.append(f"{frozen.title}: цифры не сходятся с контрольной строкой свода.")
        gone = [one for one in frozen.sources if one not in held]
        if gone:
            codes = ", ".join(dict.fromkeys(one[1] for one in gone))
            found.append(f"{frozen.title}: отчётов, из которых он составлен, в файле нет ({codes}).")
    return found


def _went(sources: tuple[Source, ...]) -> tuple[Went, ...]:
    return tuple(sorted((one.quarter, one.oktmo, one.correction, one.data_sha256) for one in sources))


def _frozen(session: Session, row: Any) -> FrozenWhole:
    sources = tuple(
        (Quarter.parse(quarter), oktmo, correction, digest)
        for quarter, oktmo, correction, digest in json.loads(row.sources)
    )
    on = clock_of(session).day_of(row.frozen_at)
    return FrozenWhole(row.id, row.quarter, row.number, row.frozen_at, on, row.frozen_by, row.sha256, sources)
