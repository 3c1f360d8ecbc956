"""The parts of a paper that are no running text: letterhead, facts, signatures, seal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import segno
from reportlab.lib.units import mm

from app.reports.blocks import Fact, Facts, Letterhead, Seal, Signature, Signatures
from app.reports.pages import Draw, Strip
from app.reports.pen import Pen
from app.reports.typeface import width, wrap

LETTER, SMALL, NOTE = 12.0, 10.5, 8.5
LEADING = 1.2
QR_SIDE = 25 * mm
FACT_PAD = 7.5  # above and under the words of a fact, points
FACT, LONG_FACT, LONG = 11.0, 9.0, 4  # type of a fact; of one that would take more lines than that, not bold
PARTED = 24  # so many lines of a fact stand on one page
POST, STROKE = 72 * mm, 42 * mm


def letterhead_strip(block: Letterhead, room: float) -> Strip:
    """One strip: three texts side by side."""
    half, address = 82 * mm, room - 88 * mm
    sender = [line for part in block.sender for line in balanced(part, LETTER, half)]
    unit = wrap(block.unit, SMALL, half) if block.unit else ()
    to = wrap(block.addressee, LETTER, address)
    left = len(sender) * LETTER * LEADING + len(unit) * SMALL * LEADING + (6 if unit else 0) + 12 + LETTER
    right = 17 * mm + len(to) * LETTER * LEADING
    height = max(left, right) + 2

    def draw(pen: Pen, x: float, top: float) -> None:
        y = top - LETTER
        for line in sender:
            pen.line(x, y, half, line, LETTER, "left")
            y -= LETTER * LEADING
        y -= 4
        for line in unit:
            pen.line(x, y, half, line, SMALL, "left")
            y -= SMALL * LEADING
        pen.line(x, y - 10, half, block.registration, LETTER, "left")
        y = top - SMALL
        for line in block.corner:
            pen.line(x, y, room, line, SMALL, "right")
            y -= SMALL * LEADING
        y = top - 17 * mm - LETTER + 4
        for line in to:
            pen.line(x + room - address, y, address, line, LETTER, "left")
            y -= LETTER * LEADING

    return Strip(height, draw, keep=True)


def balanced(text: str, size: float, room: float) -> tuple[str, ...]:
    """As many lines as the room needs, of lengths as even as words allow: no word alone in the last one."""
    lines = wrap(text, size, room)
    while len(lines) > 1 and room > 20 * mm:
        narrower = wrap(text, size, room - 2 * mm)
        if len(narrower) > len(lines):
            break
        lines, room = narrower, room - 2 * mm
    return lines


def facts_strips(block: Facts, room: float, shrink: float = 1.0) -> list[Strip]:
    """A strip a row of facts, tied together; heavy rules above and under all of them.  shrink: of the spaces."""
    pad = FACT_PAD * (0.5 + shrink / 2)
    rows = _fact_rows(block)
    strips: list[Strip] = []
    for number, row in enumerate(rows):
        strips += _fact_row(row, room, block.paired, pad, number == 0, number == len(rows) - 1)
    if strips:
        strips[-1].keep = False
        strips.append(Strip(4 * mm * shrink, gap=True))
    return strips


def _fact_rows(block: Facts) -> list[tuple[Fact, ...]]:
    rows: list[tuple[Fact, ...]] = []
    for fact in block.facts:
        if block.paired and not fact.wide and rows and len(rows[-1]) == 1 and not rows[-1][0].wide:
            rows[-1] = (rows[-1][0], fact)
        else:
            rows.append((fact,))
    return rows


def _fact_row(
    row: tuple[Fact, ...], room: float, paired: bool, pad: float, first: bool, last: bool
) -> Iterator[Strip]:
    """One strip; several, each a part of the lines, where a fact is long enough for a page of its own."""
    label = 41 * mm if paired else room * 0.75
    column = room / 2 if len(row) > 1 or (paired and not row[0].wide) else room
    value = column - label - 2 * mm
    size = FACT if max(len(wrap(fact.value, FACT, value, True)) for fact in row) <= LONG else LONG_FACT
    bold = size == FACT
    texts = [(wrap(fact.label, SMALL, label - 2 * mm), wrap(fact.value, size, value, bold)) for fact in row]
    most = max(len(lines) for lines in chain.from_iterable(texts))
    for start in range(0, most, PARTED):
        lines = min(most - start, PARTED)
        ends = start + lines == most
        part = [(labels[start : start + PARTED], values[start : start + PARTED]) for labels, values in texts]
        height = lines * size * LEADING + (pad / 2 if start == 0 else 0) + (pad / 2 if ends else 0)
        lead = pad / 2 if start == 0 else 0.0
        rules = (first and start == 0, (0.9 if last and paired else 0.35) if ends else 0.0)
        draw = _fact_draw(part, label, column, room, size, lead, height, paired, rules)
        yield Strip(height, draw, keep=ends or start == 0)


def _fact_draw(
    texts: Sequence[tuple[Sequence[str], Sequence[str]]], label: float, column: float, room: float, size: float,
    lead: float, height: float, paired: bool, rules: tuple[bool, float],
) -> Draw:  # fmt: skip
    """Labels and values side by side; rules: whether one stands above, and the weight of the one under."""

    def draw(pen: Pen, x: float, top: float) -> None:
        if rules[0]:
            pen.horizontal(x, x + room, top, 0.9)
        baseline = top - lead - 0.93 * size
        for number, (labels, values) in enumerate(texts):
            start = x + number * column
            for index, line in enumerate(labels):
                pen.line(start, baseline - index * size * LEADING, label, line, min(SMALL, size), "left")
            for index, line in enumerate(values):
                y = baseline - index * size * LEADING
                if paired:
                    pen.line(start + label, y, column, line, size, "left", bold=size == FACT)
                else:
                    pen.line(start, y, column - 3 * mm, line, size, "right", bold=size == FACT)
        if rules[1]:
            pen.horizontal(x, x + room, top - height, rules[1])

    return draw


def signature_strips(block: Signatures, room: float) -> list[Strip]:
    """All signatures, never parted."""
    strips: list[Strip] = []
    for number, signature in enumerate(block.signatures):
        strips.append(_signature_strip(signature, room))
        if number == 0:
            strips.append(_stamp_strip(block.year, block.stamp))
        if signature.phone:
            strips.append(_phone_strip(signature.phone))
        strips.append(Strip(9 * mm, gap=True, keep=True))
    if strips:
        strips.pop()
        strips[-1].keep = False
    return strips


def _signature_strip(signature: Signature, room: float) -> Strip:
    post = [line for part in signature.post.split("\n") for line in balanced(part, LETTER, POST)]
    height = (len(post)) * LETTER * LEADING + 12

    def draw(pen: Pen, x: float, top: float) -> None:
        y = top - LETTER
        for line in post:
            pen.line(x, y, POST, line, LETTER, "left")
            y -= LETTER * LEADING
        y += LETTER * LEADING
        start, end = x + POST + 8 * mm, x + room
        pen.horizontal(start, start + STROKE, y - 2, 0.75)
        pen.line(start, y - 11, STROKE, "(подпись)", NOTE, "center", grey=0.25)
        name = start + STROKE + 6 * mm
        if signature.name:
            pen.line(name, y, end - name, signature.name, LETTER, "right")
        else:
            pen.horizontal(name, end, y - 2, 0.75)
        pen.line(name, y - 11, end - name, "(расшифровка подписи)", NOTE, "right", grey=0.25)

    return Strip(height, draw, keep=True)


def _stamp_strip(year: int, stamp: bool) -> Strip:
    def draw(pen: Pen, x: float, top: float) -> None:
        if stamp:
            pen.line(x, top - LETTER - 4, POST, "М.П.", LETTER, "left")
        start = x + POST + 8 * mm
        y = top - LETTER - 4
        for text, stroke in (("«", 8 * mm), ("» ", 26 * mm), (f" {year}\u00a0г.", 0.0)):
            pen.line(start, y, room := width(text, LETTER), text, LETTER, "left")
            start += room
            if stroke:
                pen.horizontal(start, start + stroke, y - 2, 0.75)
            start += stroke

    return Strip(LETTER * LEADING + 8, draw, keep=True)


def _phone_strip(phone: str) -> Strip:
    def draw(pen: Pen, x: float, top: float) -> None:
        pen.line(x, top - LETTER - 2, 180 * mm, f"Служебный телефон: {phone}", LETTER, "left")

    return Strip(LETTER * LEADING + 4, draw, keep=True)


def draw_seal(block: Seal, room: float) -> Strip:
    """Words at the left, the code at the right, at the very foot of the page."""
    side = QR_SIDE if block.payload else 0.0
    lines = [line for text in block.lines for line in wrap(text, NOTE, room - side - 8 * mm)]
    height = max(side, len(lines) * NOTE * 1.45)

    def draw(pen: Pen, x: float, top: float) -> None:
        bottom = top - height
        y = bottom + (len(lines) - 1) * NOTE * 1.45 + 6
        for line in lines:
            pen.line(x, y, room, line, NOTE, "left")
            y -= NOTE * 1.45
        if block.payload:
            _draw_code(pen, block.payload, x + room - side, bottom)

    return Strip(height + 4 * mm, lambda pen, x, top: draw(pen, x, top - 4 * mm), pinned=True)


def code_matrix(payload: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of the QR code of a payload, without its quiet zone; correction level M."""
    code = segno.make_qr(payload, error="m", boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def _draw_code(pen: Pen, payload: str, x: float, bottom: float) -> None:
    """Runs of dark modules as rectangles: no picture, sharp at any scale."""
    matrix = code_matrix(payload)
    module = QR_SIDE / len(matrix)
    path = pen.canvas.beginPath()
    for number, row in enumerate(matrix):
        y = bottom + QR_SIDE - (number + 1) * module
        start = None
        for index, dark in enumerate((*row, False)):
            if dark and start is None:
                start = index
            elif not dark and start is not None:
                path.rect(x + start * module, y, (index - start) * module, module)
                start = None
    pen.canvas.drawPath(path, stroke=0, fill=1)
