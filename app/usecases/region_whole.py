"""The region's picture of a quarter out of the returns it took in: what pages, commands and papers share.

Made once for the same returns: a second page asks the file which versions stand.  Figures and the matrix come from the
digests kept beside the returns; returns are parsed when what lies behind is opened: annexes, holes, duplicates, checks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.collecting import paused_collecting
from app.core.errors import AppError, Deed
from app.core.latest import Latest
from app.core.periods import Quarter
from app.models import NeedCategory, NeedCategoryService
from app.region.checks import RegionCase, RegionFinding, run_region_checks, unchecked
from app.region.consolidate import Consolidation, consolidate
from app.region.contracts import Contracts
from app.region.costs import Costs, unit_costs
from app.region.coverage import Answers, Coverage, coverage
from app.region.duplicates import Justification, with_reasons
from app.region.expected import District, Earlier, Returns
from app.region.later import Later, LaterMap
from app.region.measures import Changes, Outlier, compared, in_both, of_districts
from app.region.picture import PictureCells
from app.region.picture_coverage import picture_coverage
from app.region.results import expected, valid_on
from app.region.seal import Hashes, Seal, seal
from app.returns.codec import fingerprint
from app.returns.records import Territory
from app.usecases.received import territories
from app.usecases.region_asked_keys import AskedKeys
from app.usecases.region_contracts import contracts
from app.usecases.region_found import Case, LaterKept, kept_faults
from app.usecases.region_picture import consolidation_of, fetching
from app.usecases.region_reasons import justified
from app.usecases.region_returns import Source, loaded, standing_sources

_KEPT_WHOLES = 4
AT_HAND = 400
"""Returns that fit into memory together: about 1 MB each."""


@dataclass(frozen=True)
class Whole:
    """A quarter of the region, frozen: it may be handed to any page.

    sources: versions of the quarter that stand; behind: those of the quarters before it that were looked at too
    (of the year, and the quarter before).  findings: of checks 43–46; unchecked: sentences on what of them could not
    be looked at.  contracts and costs: what the region keeps of centres, and ₽ a unit by it.
    """

    quarter: Quarter
    consolidation: Consolidation
    coverage: Coverage
    findings: Sequence[RegionFinding]
    unchecked: Sequence[str]
    contracts: Contracts
    sources: tuple[Source, ...]
    behind: tuple[Source, ...]
    districts: tuple[District, ...]
    returns: Returns = field(repr=False)
    earlier: Earlier = field(repr=False)
    later: LaterKept | None = field(repr=False, default=None)

    @property
    def is_large(self) -> bool:
        """Whether its returns do not fit into memory together."""
        return len(self.sources) + len(self.behind) > AT_HAND

    @cached_property
    def costs(self) -> Costs:
        return unit_costs(self.consolidation, self.contracts)

    @cached_property
    def seal(self) -> Seal:
        return seal(self.consolidation, self.hashes)

    def open(self) -> None:
        """Fetch all that lies behind, so that no page has to wait for it."""
        cover, told = self.coverage, self.consolidation
        for some in (told.returns, told.year_returns, self.findings, self.unchecked, cover.holes, cover.duplicates,
                     cover.promises, cover.centre_names):  # fmt: skip
            len(some)
        told.keys.of("")

    @property
    def missing(self) -> tuple[District, ...]:
        """Districts of which no return was taken in."""
        return self.consolidation.missing

    @property
    def is_empty(self) -> bool:
        """Nobody has reported."""
        return not self.sources

    @property
    def hashes(self) -> Hashes:
        """(ОКТМО, quarter) -> SHA-256 of the data, as intake kept it."""
        return _hashes((*self.sources, *self.behind))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed: to the quarter before, and to the same quarter a year ago; None where nobody reported then.

    outliers: districts that stand out per 1,000 NGOs.
    """

    before: Changes | None
    year_ago: Changes | None
    outliers: tuple[Outlier, ...]


def whole(session: Session, quarter: Quarter) -> Whole:
    """The picture of a quarter with all that lies behind it at hand; an empty one where nobody reported.

    Of a region so large that its returns do not fit into memory together, what lies behind is fetched when it is
    opened.  AppError when a return that was taken in is damaged.
    """
    found = glance(session, quarter)
    if not found.is_large:
        found.open()
    return found


def glance(session: Session, quarter: Quarter, *, lists_kept: bool = False) -> Whole:
    """The same figures and matrix, quick: no return is parsed until somebody opens what lies behind.

    lists_kept: holes, duplicates and findings are those kept beside the returns, as a window wants that shows a page
    before they are found; who reads every return anyway (a paper, a command) finds them in what he has at hand.
    """
    with paused_collecting():
        known = territories(session)
        sources = standing_sources(session, looked_at(quarter))
        answers, held = need_map(session), contracts(session, quarter.year)
        lists_kept = lists_kept or len(sources) > AT_HAND
        key = (quarter, known, sources, tuple(answers.items()), held, lists_kept)
        found = _WHOLES.of(key) or _WHOLES.keep(key, _made(session, quarter, known, sources, answers, held, lists_kept))
    return _with_reasons(found, justified(session, quarter))


def looked_at(quarter: Quarter) -> tuple[Quarter, ...]:
    """The quarters whose returns make the picture: those of the year so far, and the one before (duplicates)."""
    return (*quarter.year_to_date, quarter.previous)


def reported(session: Session, quarter: Quarter) -> Whole:
    """The same for papers: AppError where nobody has reported."""
    found = whole(session, quarter)
    if found.is_empty:
        raise AppError(
            f"Отчётов за {quarter.title} ещё не принято: сводить нечего.",
            "Примите файлы районов (intake) или назовите другой квартал.", Deed.RETURNS,
        )
    return found


def comparison(session: Session, quarter: Quarter) -> Comparison:
    """Changes by quarter and by year, like with like, and who stands out."""
    from app.reports.region_districts import standing_out

    now = glance(session, quarter)
    before, ago = (_compared(session, now, other) for other in (quarter.previous, quarter.year_before))
    return Comparison(before, ago, standing_out(now.consolidation))


def _compared(session: Session, now: Whole, other: Quarter) -> Changes | None:
    """Changes from another quarter, counted out of digests, each when it is asked for."""
    then = {one.oktmo: one for one in standing_sources(session, [other])}
    if not then or now.is_empty:
        return None
    current = {one.oktmo: one for one in now.sources}
    both = in_both(now.districts, current, then)

    def side(quarter: Quarter, held: Mapping[str, Source]) -> Consolidation:
        sources = tuple(of_districts(both, held).values())
        told = consolidation_of(session, quarter, sources, both)
        return told or consolidate(quarter, loaded(session, sources).get(quarter, {}), both)

    return compared(side(now.quarter, current), side(other, then), now.districts)


def need_map(session: Session) -> Answers:
    """Category of needs -> codes of services that answer it, as the region's dictionary says."""
    link = NeedCategoryService
    found: dict[str, list[str]] = {code: [] for code in session.scalars(select(NeedCategory.code))}
    for category, code in session.execute(select(link.category_code, link.service_code).order_by(link.service_code)):
        found.setdefault(category, []).append(code)
    return {category: tuple(codes) for category, codes in sorted(found.items())}


def districts_of(known: tuple[Territory, ...], quarter: Quarter) -> tuple[District, ...]:
    """Who owes a return: territories of the last day, each with the former ones it continues, latest first."""
    owing = expected(known, quarter)
    former = _former(known, quarter)
    return tuple(District(one.code, one.name, tuple(former.get(one.code, ()))) for one in owing)


def _former(known: tuple[Territory, ...], quarter: Quarter) -> dict[str, list[str]]:
    """Code -> former territories from which a chain leads to it, latest first; it may have ended later itself."""
    last = quarter.last_day
    ended = [one for one in known if one.valid_from <= last and not valid_on(one, last)]
    successors = {one.code: one.successor for one in known}
    found: dict[str, list[str]] = defaultdict(list)
    for one in sorted(ended, key=lambda former: (former.valid_from, former.code), reverse=True):
        seen, code = {one.code}, one.code
        while (following := successors.get(code)) and following not in seen:
            seen.add(following)
            code = following
            found[code].append(one.code)
    return found


def _with_reasons(found: Whole, reasons: Mapping[str, Justification]) -> Whole:
    """Reasons change with a word and ask for no new count."""
    if not reasons:
        return found
    duplicates = Later(lambda: with_reasons(found.coverage.duplicates, reasons))
    return replace(found, coverage=replace(found.coverage, duplicates=duplicates))


def _made(
    session: Session, quarter: Quarter, known: tuple[Territory, ...], sources: tuple[Source, ...], answers: Answers,
    held: Contracts, lists_kept: bool,
) -> Whole:  # fmt: skip
    districts = districts_of(known, quarter)
    consolidation = consolidation_of(session, quarter, sources, districts)
    later: LaterKept | None = None
    if consolidation is None:
        given = loaded(session, sources)
        returns: Returns = given.pop(quarter, {})
        earlier: Earlier = given
        consolidation = consolidate(quarter, returns, districts, earlier)
        cover = coverage(consolidation, earlier=earlier, answers=answers)
    else:
        fetch = fetching(session)
        former = tuple(one for one in sources if one.quarter != quarter)
        returns = LaterMap(lambda: fetch(one for one in sources if one.quarter == quarter).get(quarter, {}))
        earlier = LaterMap(lambda: fetch(former))
        cover = picture_coverage(consolidation, lambda: earlier, answers)
        if lists_kept:
            case_of = Case(consolidation, sources, answers, held, _inputs(quarter, known, sources, answers, held))
            later = LaterKept(session, case_of)
            consolidation, cover = _with_found(session, consolidation, cover, later, sources)
    whole_of = consolidation
    case = Later(lambda: [RegionCase(whole_of, returns, held)])
    return Whole(
        quarter=quarter,
        consolidation=consolidation,
        coverage=cover,
        findings=Later(lambda: later.kept.findings if later else run_region_checks(case[0])),
        unchecked=Later(lambda: later.kept.unchecked if later else unchecked(case[0])),
        contracts=held,
        sources=tuple(one for one in sources if one.quarter == quarter),
        behind=tuple(one for one in sources if one.quarter != quarter),
        districts=districts,
        returns=returns,
        earlier=earlier,
        later=later,
    )


def found_faults(session: Session) -> list[str]:
    """Where lists that are kept differ from those found anew, in Russian."""

    return kept_faults(session, lambda quarter: found_case(session, quarter))


def found_case(session: Session, quarter: Quarter) -> Case | None:
    """What the lists of a quarter are found in; None where figures are not kept beside its returns."""
    known, sources = territories(session), standing_sources(session, looked_at(quarter))
    answers, held = need_map(session), contracts(session, quarter.year)
    told = consolidation_of(session, quarter, sources, districts_of(known, quarter))
    if told is None:
        return None
    return Case(told, sources, answers, held, _inputs(quarter, known, sources, answers, held))


def _inputs(
    quarter: Quarter, known: tuple[Territory, ...], sources: Sequence[Source], answers: Answers, held: Contracts
) -> str:
    """SHA-256 of all that a quarter's lists hang on."""
    versions = "\n".join(f"{one.quarter.year}{one.quarter.number}{one.oktmo}{one.data_sha256}" for one in sources)
    return fingerprint(f"{(quarter, known, dict(answers), held)!r}\n{versions}")


def _with_found(
    session: Session, consolidation: Consolidation, cover: Coverage, later: LaterKept, sources: Sequence[Source]
) -> tuple[Consolidation, Coverage]:
    """The same with lists that were found before, and keys for which no return is read."""
    cells = consolidation.cells
    assert isinstance(cells, PictureCells)
    keys = AskedKeys(session, cells.joint, sources, lambda: later.names)
    found = replace(
        cover, holes=Later(lambda: later.kept.holes), duplicates=Later(lambda: later.kept.duplicates.all),
    )
    return replace(consolidation, keys=keys), found


def _hashes(sources: Iterable[Source]) -> dict[tuple[str, Quarter], str]:
    return {(one.oktmo, one.quarter): one.data_sha256 for one in sources}


_WHOLES: Latest[object, Whole] = Latest(_KEPT_WHOLES)


def forget() -> None:
    """Let what was made be made anew: for measuring a page as the first one after a start."""
    _WHOLES.clear()
