"""What a rule of the region looks at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.periods import Quarter
from app.region.consolidate import Consolidation
from app.region.contracts import NO_CONTRACTS, Contracts
from app.region.expected import Returns
from app.region.keys import Keys
from app.returns.snapshot import NgoRow, QuarterReturn, ServiceRow


@dataclass(frozen=True, slots=True)
class RegionCase:
    """The consolidated quarter, the returns as they were given (unexpected ones too), and what the region keeps."""

    consolidation: Consolidation
    given: Returns
    contracts: Contracts = NO_CONTRACTS

    @property
    def quarter(self) -> Quarter:
        return self.consolidation.quarter

    @property
    def keys(self) -> Keys:
        return self.consolidation.keys

    @property
    def returns(self) -> Sequence[tuple[str, QuarterReturn]]:
        return self.consolidation.returns

    def name(self, oktmo: str) -> str:
        return self.consolidation.name(oktmo)

    def services(self) -> Iterator[tuple[str, ServiceRow]]:
        """Annexes Д of all districts."""
        for oktmo, ret in self.returns:
            for row in ret.annex_d:
                yield oktmo, row

    def on_record(self) -> Iterator[tuple[str, NgoRow]]:
        """Annexes Е of all districts."""
        for oktmo, ret in self.returns:
            for row in ret.annex_e:
                yield oktmo, row
