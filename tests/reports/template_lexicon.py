"""The marks of the sample return, its centres numbered in the order of table 3."""

from __future__ import annotations

from app.returns.form import FORM_2026_1
from app.returns.mark_values import Paper
from app.returns.marks import CentreName, Lexicon
from tests.reports.sample import sample_envelope, sample_return

RET = sample_return()
ENVELOPE = sample_envelope()


def sample_paper(*, draft: bool = False) -> Paper:
    return Paper(RET, ENVELOPE, draft)


def sample_lexicon() -> Lexicon:
    centres = dict.fromkeys((line.centre, line.centre_name) for line in RET.services)
    return Lexicon(
        FORM_2026_1,
        RET.activity_titles,
        {line.category: line.title for line in RET.needs},
        tuple(CentreName(number, uuid, name) for number, (uuid, name) in enumerate(centres, 1)),
        {line.code: line.title for line in RET.services},
    )
