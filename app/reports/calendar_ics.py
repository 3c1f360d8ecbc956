"""A calendar as a file that other programs take in: iCalendar, RFC 5545."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_HOURS = re.compile(r"(\d{1,2}):(\d\d)(?:[–-](\d{1,2}):(\d\d))?")
_OCTETS = 75  # of a line


@dataclass(frozen=True, slots=True)
class IcsEvent:
    """uid: the same for the same thing in every file.  last: its last day.  at: «10:30», «10:30–12:00» or ''."""

    uid: str
    first: date
    last: date
    title: str
    at: str = ""
    place: str = ""
    kind: str = ""


def calendar_ics(events: Iterable[IcsEvent], made_at: datetime, name: str) -> bytes:
    """The file, UTF-8 with CRLF.  made_at: UTC.  Hours are those of the clock on the wall, without a zone."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kurator NKO//RU", "CALSCALE:GREGORIAN",
             "METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(name)}"]  # fmt: skip
    for event in events:
        lines += ["BEGIN:VEVENT", f"UID:{event.uid}@kurator-nko", f"DTSTAMP:{made_at:%Y%m%dT%H%M%SZ}", *_span(event),
                  f"SUMMARY:{_escaped(event.title)}"]  # fmt: skip
        if event.place:
            lines.append(f"LOCATION:{_escaped(event.place)}")
        if event.kind:
            lines.append(f"CATEGORIES:{_escaped(event.kind)}")
        lines.append("TRANSP:TRANSPARENT")
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _span(event: IcsEvent) -> list[str]:
    found = _HOURS.fullmatch(event.at)
    if found is None or event.last != event.first:
        return [f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}",
                f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"]  # fmt: skip
    start = f"{event.first:%Y%m%d}T{int(found[1]):02d}{found[2]}00"
    if not found[3]:
        return [f"DTSTART:{start}"]
    return [f"DTSTART:{start}", f"DTEND:{event.first:%Y%m%d}T{int(found[3]):02d}{found[4]}00"]


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> Iterable[str]:
    """Lines of at most 75 octets; the rest goes on after a blank, and no letter is parted."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
