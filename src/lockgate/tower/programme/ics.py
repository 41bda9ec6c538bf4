"""How does what is due come into somebody's own calendar? As a file of iCalendar (RFC 5545), a whole day for each.

I1  The same thing has the same id each time, so that a calendar takes it in once and moves it when its day moves.
I2  Text is escaped and lines are folded, so that no title can add a line of its own.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from lockgate.tower.programme.dates import Dated

_OCTETS: Final = 73
"""Of a line, so that with its fold it has no more than 75."""


def ics(found: Iterable[Dated], *, name: str, address: str, moment: datetime) -> str:
    """Return the file (I1, I2)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lockgate//Tower//EN", f"X-WR-CALNAME:{_text(name)}"]
    for one in found:
        lines += _event(one, address.rstrip("/"), moment)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


def _event(one: Dated, address: str, moment: datetime) -> list[str]:
    told = hashlib.sha256(f"{address} {one.kind} {one.key}".encode()).hexdigest()
    return [
        "BEGIN:VEVENT",
        f"UID:{told[:32]}@lockgate",  # I1
        f"DTSTAMP:{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{one.first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(one.title)}",
        f"DESCRIPTION:{_text(f'{one.kind}, {one.where}' if one.where else str(one.kind))}",
        f"URL:{address}{one.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(said: str) -> str:
    one_line = " ".join(said.split())
    return one_line.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """Yield the pieces of a line, none of which cuts a character in two (I2)."""
    piece, start = "", ""
    for character in line:
        if len((piece + character).encode()) > _OCTETS:
            yield start + piece
            piece, start = "", " "
        piece += character
    yield start + piece
