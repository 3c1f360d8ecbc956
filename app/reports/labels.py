"""Address labels: A4 with 24 of 70×37 mm, three in a row, as they are sold for printers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.reports.typeface import BOLD, REGULAR, register, wrap

ACROSS, DOWN = 3, 8
ON_A_SHEET = ACROSS * DOWN
WIDTH, HEIGHT = 70 * mm, 37 * mm
ABOVE = (297 * mm - DOWN * HEIGHT) / 2  # the sheet is a millimetre higher than its labels
SIDE, TOP = 6 * mm, 4 * mm  # printers miss the edges, and labels lie a little off
TO = "Руководителю"
SIZES = (11.0, 10.0, 9.0, 8.0, 7.0)
LEADING = 1.18


@dataclass(frozen=True, slots=True)
class Envelope:
    """To whom: the organisation and where it is."""

    name: str
    address: str


def labels_pdf(labels: Sequence[Envelope], *, first: int = 1) -> bytes:
    """first: the place on the first sheet where printing begins, 1 … 24: a sheet begun may be used up."""
    register()
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle("Наклейки с адресами")
    for number, label in enumerate(labels, first - 1):
        place = number % ON_A_SHEET
        if place == 0 and number > first - 1:
            canvas.showPage()
        row, column = divmod(place, ACROSS)
        _draw(canvas, label, column * WIDTH, A4[1] - ABOVE - row * HEIGHT)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Canvas, label: Envelope, left: float, top: float) -> None:
    """The lines from the top of a label, in the largest type that holds them all."""
    room, height = WIDTH - 2 * SIDE, HEIGHT - 2 * TOP
    for size in SIZES:
        name, address = wrap(label.name, size, room, bold=True), wrap(label.address, size, room)
        if (1 + len(name) + len(address)) * size * LEADING <= height:
            break
    else:
        fits = int(height / (size * LEADING)) - 1
        name = name[: max(1, fits - len(address))] if len(address) < fits else name[:2]
        address = address[: fits - len(name)]
    y = top - TOP - size
    lines = [(REGULAR, TO), *((BOLD, line) for line in name), *((REGULAR, line) for line in address)]
    for face, line in lines:
        canvas.setFont(face, size)
        canvas.drawString(left + SIDE, y, line)
        y -= size * LEADING
