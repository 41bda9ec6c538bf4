"""How is a file that goes with records shown? By what its content is; it has no name, and nobody is believed.

A1  JSON is laid out, a table is a table, a text a text and a picture a picture. All else is a download.
A2  A page of HTML is shown in a frame of its own that runs nothing, reaches nothing and is nobody.
A3  A long file is shown by its beginning.
"""

import csv
import io
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SHOWN_CHARACTERS: Final = 200_000
SHOWN_ROWS: Final = 500
_PICTURES: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
_SAMPLE_LINES: Final = 5
SEALED: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
"""What a page of HTML out of a file may do: be looked at (A2)."""


class Form(StrEnum):
    """What a file is (A1)."""

    JSON = "json"
    TABLE = "table"
    TEXT = "text"
    PICTURE = "picture"
    PAGE = "page"
    OTHER = "other"


@dataclass(frozen=True)
class View:
    """What is shown of a file."""

    form: Form
    type: str
    """Its media type."""
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    cut: bool = False
    """True when there is more of it."""


def view_of(content: bytes) -> View:
    """Return what is shown of a file."""
    picture = next((name for mark, name in _PICTURES.items() if content.startswith(mark)), None)
    if picture:
        return View(Form.PICTURE, picture)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return View(Form.OTHER, "application/octet-stream")
    if "\0" in text:
        return View(Form.OTHER, "application/octet-stream")
    return _read(text)


def _read(text: str) -> View:
    start = text.lstrip()[:15].casefold()
    if start.startswith(("<!doctype html", "<html")):
        return View(Form.PAGE, "text/html")
    if start[:1] in {"{", "["}:
        try:
            laid_out = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
        except (ValueError, RecursionError):
            """It only begins like JSON."""
        else:
            return _cut(View(Form.JSON, "application/json", laid_out))
    rows = _table(text)
    if rows:
        return View(Form.TABLE, "text/csv", rows=rows[: SHOWN_ROWS + 1], cut=len(rows) > SHOWN_ROWS + 1)
    return _cut(View(Form.TEXT, "text/plain", text))


def _cut(view: View) -> View:
    return View(view.form, view.type, view.text[:SHOWN_CHARACTERS], cut=len(view.text) > SHOWN_CHARACTERS)


def _table(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a text whose first lines have the same number of cells, more than one; else none."""
    sample = text.splitlines()[:_SAMPLE_LINES]
    delimiter = max(",;\t", key=(sample[0] if sample else "").count)
    if len(sample) < 2 or not sample[0].count(delimiter):  # noqa: PLR2004 - headings and a row
        return ()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        for row in reader:
            rows.append(tuple(row))
            if len(rows) > SHOWN_ROWS + 1:
                break
    except csv.Error:
        return ()
    return tuple(rows) if len({len(row) for row in rows[:_SAMPLE_LINES] if row}) == 1 else ()
