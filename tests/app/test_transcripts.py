"""Each file in `transcripts` is read as: what it shows, then runs of `lockgate` with what each says and how it ends.

`$ NAME=value lockgate words` begins a run; `exit N` is its code; `stdout:` and `stderr:` are followed by what is said,
indented by two blanks; a stream that is not named must stay empty. `…` stands for any text, and alone on a line for any
lines. An escape character is written `\\e`.
"""

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@dataclass
class Told:
    words: list[str]
    environment: dict[str, str]
    code: int = 0
    said: dict[str, list[str]] = field(default_factory=lambda: {"stdout": [], "stderr": []})


def read(text):
    runs, stream = [], None
    for line in text.splitlines():
        if line.startswith("$ "):
            words = shlex.split(line[2:])
            verb = words.index("lockgate")
            runs.append(Told(words[verb + 1 :], dict(word.split("=", 1) for word in words[:verb])))
            stream = None
        elif line.startswith("exit "):
            runs[-1].code = int(line.removeprefix("exit "))
        elif line in {"stdout:", "stderr:"}:
            stream = line.removesuffix(":")
        elif runs and stream and (line.startswith("  ") or not line):
            runs[-1].said[stream].append(line.removeprefix("  "))
    return runs


def pattern(lines):
    while lines and not lines[-1]:
        lines = lines[:-1]
    return "".join("(?:.*\n)*?" if line == "…" else f"{line_pattern(line)}\n" for line in lines)


def line_pattern(line):
    return re.escape(line).replace("\\\\e", "\x1b").replace("…", ".*")


def shown(text):
    return "".join(f"{line.rstrip()}\n" for line in text.rstrip().splitlines())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_program_answers_as_written(file, lockgate, monkeypatch):
    runs = read(file.read_text(encoding="utf-8"))
    assert runs, "a transcript without a run shows nothing"
    for told in runs:
        with monkeypatch.context() as patch:
            for name, value in told.environment.items():
                patch.setenv(name, value)
            ran = lockgate(*told.words)
        for stream, text in (("stdout", ran.out), ("stderr", ran.err)):
            assert re.fullmatch(pattern(told.said[stream]), shown(text)), f"{told.words} {stream}:\n{text}"
        assert ran.code == told.code
