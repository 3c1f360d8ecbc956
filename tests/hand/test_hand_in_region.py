"""A form filled by hand among the region's returns: the same figures with its lists, intervals without them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.region.consolidate import Consolidation, consolidate
from app.region.expected import District
from app.returns.form import RowKind
from app.returns.hand_form import HandForm
from app.returns.snapshot import QuarterReturn
from app.usecases.quarter_returns import KeptReturn
from app.usecases.return_files import FileReport
from tests.hand import filling
from tests.hand.conftest import Honest

OTHER = "41603000"


def region(*returns: QuarterReturn) -> Consolidation:
    districts = tuple(District(ret.head.oktmo, ret.head.oktmo) for ret in returns)
    return consolidate(returns[0].head.quarter, {ret.head.oktmo: ret for ret in returns}, districts)


def elsewhere(ret: QuarterReturn) -> QuarterReturn:
    """The same NGOs served in another district too."""
    return replace(ret, head=replace(ret.head, oktmo=OTHER))


def read(report: FileReport) -> QuarterReturn:
    assert report.ret is not None
    return report.ret


def test_a_form_with_its_lists_consolidates_like_the_return_itself(
    honest: Honest, checked: Callable[..., FileReport]
) -> None:
    ret = honest.kept.ret
    whole, typed = region(ret), region(read(checked(honest.xlsx)))
    for spec in whole.form.rows:
        if spec.kind is not RowKind.TEXT:
            assert typed[f"{spec.measure}.quarter"].value == whole[f"{spec.measure}.quarter"].value, spec.measure
            assert not typed[f"{spec.measure}.quarter"].is_interval, spec.measure
    # By hand and by the program, in two districts: whoever has an ОГРН is one.
    both = region(elsewhere(ret), read(checked(honest.xlsx)))
    numbered = {one.number for one in ret.entities if one.number}
    keys = both["302.quarter"].parts
    assert numbered & keys[0].keys == numbered & keys[1].keys


def test_a_form_without_its_lists_makes_intervals_that_hold_the_truth(
    blank: bytes, form: HandForm, frozen: KeptReturn, checked: Callable[..., FileReport]
) -> None:
    filler = filling.Filler(blank, form)
    filling._head(filler, frozen.ret, frozen.envelope)
    filling._rows(filler, frozen.ret)
    filling._tables(filler, frozen.ret)
    report = checked(filler.saved())
    hand = read(report)
    assert "302" in report.bare
    told, truth = region(elsewhere(frozen.ret), hand), region(elsewhere(frozen.ret), frozen.ret)
    for code in report.bare:
        for period in ("quarter", "year"):
            figure, known = told[f"{code}.{period}"], truth[f"{code}.{period}"]
            assert figure.value is not None
            assert known.value is not None
            if figure.upper is None:
                assert figure.value == known.value
            else:
                assert figure.value <= known.value <= figure.upper, code
    assert told["302.quarter"].bare == (hand.head.oktmo,)
    assert told["301.quarter"].value == truth["301.quarter"].value
