import sys

import pytest

from lockgate.faces.terminal import (
    animated,
    colourful,
    fancy,
    hush,
    hushed,
    on_one_line,
    on_terminal,
    remark,
    style,
    visible,
    width,
)


@pytest.mark.parametrize(
    ("is_terminal", "environment", "colour", "moving"),
    [
        (True, {}, True, True),
        (False, {}, False, False),
        (True, {"NO_COLOR": "1"}, False, True),
        (True, {"NO_COLOR": ""}, True, True),
        (True, {"CI": "true"}, False, False),
        (True, {"TERM": "dumb"}, False, False),
        (False, {"FORCE_COLOR": "1"}, True, False),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        (True, {"FORCE_COLOR": "1", "CI": "true"}, True, False),
        (True, {"FORCE_COLOR": "1", "TERM": "dumb"}, False, False),
    ],
)
def test_colour_and_movement_follow_the_stream_and_the_environment(  # R1, R2
    stream, monkeypatch, *, is_terminal, environment, colour, moving
):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    shown_on = stream(is_terminal=is_terminal)
    assert (colourful(shown_on), animated(shown_on)) == (colour, moving)


def test_a_stream_that_is_not_there_or_closed_shows_nothing(stream):
    closed = stream(is_terminal=True)
    closed.close()
    assert [(colourful(one), animated(one), on_terminal(one)) for one in (None, closed)] == [(False, False, False)] * 2


@pytest.mark.parametrize(
    ("encoding", "beyond_ascii"),
    [("utf-8", True), ("UTF8", True), ("utf_8", True), ("latin-1", False), ("ascii", False)],
)
def test_letters_beyond_ascii_need_an_encoding_that_has_them(stream, encoding, beyond_ascii):
    assert fancy(stream(is_terminal=True, encoding=encoding)) is beyond_ascii


def test_no_stream_has_no_letters():
    assert fancy(None) is False


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, wörds\tand\nlines", "plain, wörds\tand\nlines"),
        ("\x1b[31mred\x1b]0;title\x07", "\\x1b[31mred\\x1b]0;title\\x07"),
        ("over\rwritten", "over\\rwritten"),
        ("c1 \x9b31m", "c1 \\x9b31m"),
        ("\u202eturned", "\\u202eturned"),
    ],
)
def test_a_text_from_outside_does_not_steer_the_terminal(text, shown):  # R3
    assert visible(text) == shown


def test_a_text_is_put_on_one_line():
    assert on_one_line(" two\n  lines\x07 ") == "two lines\\x07"


def test_style_leaves_a_plain_stream_plain(stream):
    assert style("x", "bold", "red", stream=stream(is_terminal=False)) == "x"
    assert style("x", "bold", "red", stream=stream(is_terminal=True)) == "\x1b[1;31mx\x1b[0m"
    assert style("x", stream=stream(is_terminal=True)) == "x"


def test_the_width_is_that_of_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "132")
    assert width() == 132


@pytest.mark.parametrize(
    ("is_terminal", "asked", "said"),
    [(False, False, "x\n"), (False, True, ""), (True, True, "x\n"), (True, False, "x\n")],
)
def test_remarks_stay_off_a_stderr_that_a_program_reads(stream, monkeypatch, is_terminal, asked, said):
    stderr = stream(is_terminal=is_terminal)
    monkeypatch.setattr(sys, "stderr", stderr)
    hush(hushed=asked)
    remark("x")
    assert (stderr.getvalue(), hushed()) == (said, said == "")


def test_a_remark_without_a_stderr_is_lost_quietly(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    remark("x")
    assert hushed() is False
