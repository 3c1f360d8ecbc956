"""The parts of a paper that are no running text: letterhead, facts, signatures, seal."""

from __future__ import annotations

from itertools import chain

import segno
from reportlab.lib.units import mm

from app.reports.blocks import Fact, Facts, Letterhead, Seal, Signature, Signatures
from app.reports.pages import Strip
from app.reports.pen import Pen
from app.reports.typeface import width, wrap

LETTER, SMALL, NOTE = 12.0, 10.5, 8.5
LEADING = 1.2
QR_SIDE = 25 * mm
FACT_PAD = 7.5  # above and under the words of a fact, points
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
    strips = []
    for number, row in enumerate(rows):
        strips.append(_fact_strip(row, room, block.paired, pad, number == 0, number == len(rows) - 1))
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


def _fact_strip(row: tuple[Fact, ...], room: float, paired: bool, pad: float, first: bool, last: bool) -> Strip:
    label = 41 * mm if paired else room * 0.75
    column = room / 2 if len(row) > 1 or (paired and not row[0].wide) else room
    texts = [
        (wrap(fact.label, SMALL, label - 2 * mm), wrap(fact.value, 11, column - label - 2 * mm, True)) for fact in row
    ]
    most = max(len(lines) for lines in chain.from_iterable(texts))
    height = most * 11 * LEADING + pad

    def draw(pen: Pen, x: float, top: float) -> None:
        if first:
            pen.horizontal(x, x + room, top, 0.9)
        for number, (labels, values) in enumerate(texts):
            start = x + number * column
            for index, line in enumerate(labels):
                pen.line(start, top - 10.25 - pad / 2 - index * 11 * LEADING, label, line, SMALL, "left")
            for index, line in enumerate(values):
                y = top - 10.25 - pad / 2 - index * 11 * LEADING
                if paired:
                    pen.line(start + label, y, column, line, 11, "left", bold=True)
                else:
                    pen.line(start, y, column - 3 * mm, line, 11, "right", bold=True)
        pen.horizontal(x, x + room, top - height, 0.9 if last and paired else 0.35)

    return Strip(height, draw, keep=True)


def signature_strips(block: Signatures, room: float) -> list[Strip]:
    """All signatures, never parted."""
    strips: list[Strip] = []
    for number, signature in enumerate(block.signatures):
        strips.append(_signature_strip(signature, room))
        if number == 0:
            strips.append(_stamp_strip(block.year))
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


def _stamp_strip(year: int) -> Strip:
    def draw(pen: Pen, x: float, top: float) -> None:
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
