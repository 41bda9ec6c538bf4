import json
import math
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

import pytest

from lockgate.faces.output import Fields, Table, as_json_text, show
from lockgate.kernel.secret import Secret

ROWS = Table(
    ("Name", "Rows", "State"),
    [("customers", 12_000, "ok"), ("a longer name", 3, "missing")],
    looks={"missing": "red"},
)


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Line:
    path: Path
    at: datetime


def test_asked_for_json_only_the_answer_is_printed(capsys):
    show({"rows": 3}, "never seen", as_json=True)
    assert capsys.readouterr().out == '{\n  "rows": 3\n}\n'


def test_all_that_answers_hold_becomes_json():
    answer = {
        "line": Line(Path("/a/b"), datetime(2026, 5, 4, 3, 2, tzinfo=UTC)),
        "lines": (Line(Path("c"), datetime(2026, 5, 4, tzinfo=UTC)) for _ in range(1)),
        "day": date(2026, 5, 4),
        "amount": Decimal("10.50"),
        "id": UUID(int=1),
        "names": frozenset({"b", "a"}),
        "colour": Colour.RED,
        "map": MappingProxyType({"k": "ü"}),
        "none": None,
    }
    assert json.loads(as_json_text(answer)) == {
        "line": {"path": "/a/b", "at": "2026-05-04T03:02:00+00:00"},
        "lines": [{"path": "c", "at": "2026-05-04T00:00:00+00:00"}],
        "day": "2026-05-04",
        "amount": "10.50",
        "id": "00000000-0000-0000-0000-000000000001",
        "names": ["a", "b"],
        "colour": "red",
        "map": {"k": "ü"},
        "none": None,
    }


@pytest.mark.parametrize("value", [b"bytes", object, math.nan])
def test_what_has_no_place_in_json_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        as_json_text({"value": value})


def test_a_secret_is_refused_until_it_is_revealed_on_purpose():
    secret = Secret("swordfish")
    with pytest.raises(TypeError, match="a Secret can't be shown as JSON"):
        as_json_text({"key": secret})
    assert as_json_text([secret.reveal()]) == '[\n  "swordfish"\n]'


@pytest.mark.parametrize(("encoding", "text"), [("utf-8", '"ü"'), ("ascii", '"\\u00fc"')])
def test_json_fits_the_encoding_of_stdout(stream, monkeypatch, encoding, text):
    monkeypatch.setattr(sys, "stdout", stream(is_terminal=False, encoding=encoding))
    assert as_json_text("ü") == text


def test_fields_stand_below_each_other(capsys):
    show(None, Fields({"URL": "http://x", "Ready": True, "Rows": 12_000, "Note": None}))
    assert capsys.readouterr().out == "URL    http://x\nReady  yes\nRows   12,000\nNote\n"


def test_in_a_pipe_a_table_is_plain_columns_that_are_never_cut(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "10")
    show(None, ROWS)
    assert capsys.readouterr().out == (
        "Name             Rows  State\ncustomers      12,000  ok\na longer name       3  missing\n"
    )


def test_a_table_without_rows_says_what_would_fill_it(capsys):
    show(None, Table(("Name",), [], empty="No sites yet: declare one in sites.yaml."))
    assert capsys.readouterr().out == "No sites yet: declare one in sites.yaml.\n"


def test_a_row_of_the_wrong_length_is_our_mistake_and_is_not_hidden():
    with pytest.raises(ValueError, match="zip"):
        show(None, Table(("Name", "Rows"), [("only one",)]))


def test_texts_from_outside_can_not_steer_the_terminal(capsys):
    show(None, "a\x1b[2Jb", Fields({"Name": "a\x07b"}), Table(("Name",), [("a\nb\x1b",)]))
    assert capsys.readouterr().out == "a\\x1b[2Jb\nName  a\\x07b\nName\na b\\x1b\n"


def test_colour_in_a_pipe_only_when_forced(capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    show(None, ROWS)
    assert capsys.readouterr().out.splitlines()[2] == "a longer name       3  \x1b[31mmissing\x1b[0m"


SCRIPT = """
    from lockgate.faces.output import Table, show
    show(None, Table(("Name", "Rows"), [("a [red]name[/red] :smile:", 12000), ("b\\x1b[2Jb", 3)]))
"""


def test_on_a_terminal_a_table_has_lines_and_takes_texts_as_they_are(on_a_terminal):
    shown = on_a_terminal(SCRIPT, NO_COLOR="1")
    assert [line.strip() for line in shown.splitlines()] == [
        "Name                          Rows",
        "─" * 34,
        "a [red]name[/red] :smile:   12,000",
        "b\\x1b[2Jb                        3",
    ]


def test_on_a_narrow_terminal_a_table_folds_and_loses_nothing(on_a_terminal):
    shown = on_a_terminal(SCRIPT, width=20, NO_COLOR="1")
    assert max(map(len, shown.splitlines())) <= 20
    cells = "".join(line[:11].strip() for line in shown.splitlines()[2:])
    assert cells == "a[red]name[/red]:smile:b\\x1b[2Jb"
