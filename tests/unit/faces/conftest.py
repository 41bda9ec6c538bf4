"""A stream that says of itself what it is, and a real terminal."""

import fcntl
import io
import os
import pty
import struct
import subprocess
import sys
import termios
from textwrap import dedent

import pytest

from lockgate.faces import terminal


@pytest.fixture(autouse=True)
def _plain(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "CI", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    yield
    terminal.hush(hushed=False)


class Stream(io.StringIO):
    """A stream that is a terminal or not, in an encoding."""

    def __init__(self, *, is_terminal, encoding="utf-8"):
        super().__init__()
        self._is_terminal = is_terminal
        self._encoding = encoding

    @property
    def encoding(self):
        return self._encoding

    def isatty(self):
        return self._is_terminal


@pytest.fixture
def stream():
    return Stream


@pytest.fixture
def on_a_terminal():
    """Run a script whose three streams are a real terminal of a given width; return all that it shows.

    Its stdout may go to a file instead.
    """

    def call(script, *, width=80, stdout=None, **environment):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        settings = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
        with subprocess.Popen(
            [sys.executable, "-c", dedent(script)],
            stdin=theirs,
            stdout=stdout or theirs,
            stderr=theirs,
            env={**settings, **environment},
        ) as running:
            os.close(theirs)
            shown = _read_all(ours)
        os.close(ours)
        assert running.returncode == 0, shown
        return shown.replace("\r\n", "\n")

    return call


def _read_all(terminal_end):
    shown = b""
    while True:
        try:
            some = os.read(terminal_end, 65536)
        except OSError:  # how Linux says that the other end was closed
            return shown.decode()
        if not some:
            return shown.decode()
        shown += some
