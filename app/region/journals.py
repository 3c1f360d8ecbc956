"""What the returns of one district tell of its journal: was it cut, rewritten or begun anew since the last one?

A return carries the head of the journal and what its file had approved before (`Envelope.earlier`).  The region holds
the earlier returns themselves, so it sees a version that the file no longer knows, knows otherwise, or whose entry its
journal has lost.  A district that lies about both files is the business of the signature, not of a hash.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.periods import Quarter
from app.returns.snapshot import Earlier


@dataclass(frozen=True, slots=True)
class Anchor:
    """A received version, and where the district's journal stood when it was approved."""

    quarter: Quarter
    correction: int
    sha256: str
    head: str
    frozen_on: date
    earlier: tuple[Earlier, ...] = ()

    def names(self, other: Anchor) -> bool:
        """Whether its file had approved the other one before."""
        return any((one.quarter, one.correction) == (other.quarter, other.correction) for one in self.earlier)

    @property
    def title(self) -> str:
        kind = f", уточнённый №\u00a0{self.correction}" if self.correction else ""
        return f"отчёт за {self.quarter.title}{kind}"


def telling(versions: Sequence[Anchor]) -> Iterator[str]:
    """What does not fit, once a pair of versions; nothing of returns that do not say (older programs)."""
    ordered = sorted(versions, key=lambda one: (one.frozen_on, one.quarter, one.correction))
    for place, later in enumerate(ordered):
        said = {(one.quarter, one.correction): one for one in later.earlier}
        for former in ordered[:place]:
            if former.head and former.head == later.head:
                yield (
                    f"{_capital(later.title)}: журнал района стоит там же, где при утверждении, давшем {former.title}: "
                    "он урезан или файл восстановлен из копии."
                )
                continue
            if former.frozen_on == later.frozen_on and former.names(later):
                continue  # approved on one day, the other way round
            known = said.get((former.quarter, former.correction))
            if known is None:
                yield (
                    f"{_capital(later.title)}: в файле района уже не было того, что область приняла прежде "
                    f"({former.title}): журнал начат заново или файл восстановлен из копии."
                )
            elif known.sha256 != former.sha256:
                yield f"{_capital(later.title)}: в файле района {former.title} другой, чем приняла область."
            elif not known.held:
                yield (
                    f"{_capital(later.title)}: в журнале района нет записи, на которой утверждён {former.title}: "
                    "журнал переписан или урезан."
                )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
