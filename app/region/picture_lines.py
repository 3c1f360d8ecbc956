"""Table 3 of every district out of digests: who is named in it, and what was planned and done since the year began."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from app.region.archive import HeldSource
from app.region.consolidate import ToldLine
from app.region.held import Held, Joint
from app.region.picture_cells import number
from app.returns.form import Form


def told_lines(sources: Sequence[HeldSource], joint: Joint, form: Form) -> Iterator[ToldLine]:
    """Each line of each district, in their order."""
    volume = next(one for one in form.service_columns if one.key == "volume")
    for oktmo, held in sources:
        layout, keys, numbers = held.layout, joint.places.get(held.id, {}), held.line_numbers
        offsets = layout.service_offsets
        for place, line in enumerate(held.lines):
            at = place * layout.line_width
            year = at + 1 + layout.service_width
            yield ToldLine(
                oktmo, keys.get(line.place, line.key), line.code, line.unit, number(numbers[at], volume.places),
                number(numbers[year + offsets["volume"]], volume.places) or Decimal(0),
                int(number(numbers[year + offsets["records"]], 0) or 0),
            )  # fmt: skip


def centre_names(sources: Iterable[Held], joint: Joint) -> dict[str, str]:
    """Key of a centre -> its name."""
    names: dict[str, str] = {}
    for held in {one.id: one for one in sources}.values():
        keys = joint.places.get(held.id, {})
        for line in held.lines:
            centre = keys.get(line.place, line.key)
            names[centre] = min(names.get(centre, line.name), line.name)
    return names
