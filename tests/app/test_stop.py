import io
import json
import sys

import pytest

from lockgate.app.stop import INTERRUPTED, Stop, tell
from lockgate.kernel.errors import LockgateError, RefusedError
from lockgate.kernel.secret import Secret


@pytest.mark.parametrize(
    ("stop", "lines"),
    [
        (Stop("What."), ("Error: What.",)),
        (Stop("What.", "Cause."), ("Error: What.", "Why:   Cause.")),
        (Stop("What.", "", "Way out."), ("Error: What.", "Do:    Way out.")),
        (Stop("Two\nlines.", " A  cause\n\n"), ("Error: Two lines.", "Why:   A cause")),
        (Stop("With \x1b[31mcolour and \x07bell."), ("Error: With \\x1b[31mcolour and \\x07bell.",)),
        (INTERRUPTED, ("Interrupted.",)),
    ],
)
def test_a_stop_is_a_line_each_for_what_is_known(stop, lines):
    assert stop.lines() == lines


def test_an_error_keeps_its_exit_code():
    assert (Stop.of(RefusedError("No.")).code, Stop.of(LockgateError("No.", why="w", do="d"))) == (
        5,
        Stop("No.", "w", "d", 2),
    )


def test_a_secret_is_masked_for_a_person_and_for_a_program():
    secret = Secret('sword "fish"')
    stop = Stop(f"The key {secret.reveal()} is wrong.")
    assert stop.lines() == ("Error: The key ••• is wrong.",)
    assert json.loads(stop.as_json())["error"]["what"] == "The key ••• is wrong."


def test_details_follow_the_three_lines(capsys):
    assert tell(Stop("What."), as_json=False, details="Traceback …") == 2
    assert capsys.readouterr().err == "Error: What.\nTraceback …\n"


def test_without_a_stderr_nothing_strays_to_stdout(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    assert tell(Stop("What.", code=5), as_json=False) == 5
    assert capsys.readouterr().out == ""


def test_the_code_is_returned_even_when_nobody_can_be_told(monkeypatch):
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)
    assert tell(Stop("What.", code=5), as_json=False) == 5
