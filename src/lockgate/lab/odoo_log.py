"""What does an Odoo log say went wrong? Its last error, in the words of the exception."""

import re

from lockgate.lab.running import last_lines

RECORD = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) \S+ (?P<logger>\S+): (?P<text>.*)$")
EXCEPTION = re.compile(
    r"^(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception|Warning|Violation|Exit)\b.*|^[\w.]+\.exceptions\.\w+.*"
)

HARMLESS = "Couldn't bind the websocket"
"""Odoo's answer to every open browser page when it runs with several workers and no proxy before it."""


def last_trouble(log: str) -> str:
    """Return the last error of the log in one or two lines; its last lines when it names none."""
    lines = log.splitlines()
    for index in range(len(lines) - 1, -1, -1):
        record = RECORD.match(lines[index])
        if record and record["level"] in {"ERROR", "CRITICAL"}:
            told = _with_cause(record["text"], lines[index + 1 :])
            if HARMLESS not in told:
                return told
    raised = [line for line in lines if EXCEPTION.match(line)]
    if raised:
        return raised[-1].strip()
    return last_lines(log)


def _with_cause(text: str, following: list[str]) -> str:
    """Return the record's own text with the last exception of the traceback that belongs to it."""
    cause = ""
    for line in following:
        if RECORD.match(line):
            break
        if EXCEPTION.match(line):
            cause = line.strip()
    return f"{text.strip()} / {cause}" if cause else text.strip()
