"""Why may this process not go on with a run? Who holds it and since when, or what differs."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from lockgate.kernel.errors import RefusedError, UnreachableError, UsageError
from lockgate.odoo.journal.rules import Lease


class RunHeld(RefusedError):
    """Another process works on this run."""


class RunLost(RefusedError):
    """This process worked on a run and another has taken it over."""


class InputChanged(UsageError):
    """The run was begun with other content than it is to be resumed with."""


class JournalUnwritable(UnreachableError):
    """What is done could not be recorded, so nothing more is done."""


def unwritable(path: object, error: Exception) -> JournalUnwritable:
    """Return the error of a journal that does not take another entry."""
    return JournalUnwritable(
        f"The journal {path} can't be written.",
        why=str(error),
        do="Make room or give the right to write, then resume the run: what is in doubt is looked up.",
    )


def held(name: str, lease: Lease) -> RunHeld:
    """Return the refusal of a run that another holds."""
    return RunHeld(
        f"The run {name!r} is at work elsewhere.",
        why=f"{lease.holder} has held it since {_moment(lease.since)}.",
        do=f"Wait for it to end. If it died on another machine, its hold ends at {_moment(lease.until)}.",
    )


def lost(name: str, lease: Lease | None) -> RunLost:
    """Return the refusal of a write by a process that lost the run."""
    who = f"{lease.holder} has held it since {_moment(lease.since)}." if lease else "Another process has had it."
    return RunLost(
        f"The run {name!r} was taken over.",
        why=who,
        do="Leave it to the other, or resume it when the other has ended.",
    )


def changed(name: str, before: Mapping[str, Any], now: Mapping[str, Any], *, begun: float) -> InputChanged:
    """Return the refusal of a run that was begun for something else."""
    differs = [key for key in {**before, **now} if before.get(key) != now.get(key)]
    return InputChanged(
        f"The run {name!r} was begun on {_moment(begun)} for something else.",
        why="; ".join(f"{key} was {_json(before.get(key))} and is {_json(now.get(key))}" for key in differs) + ".",
        do="Resume it with what it was begun with, or give the new run another name.",
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
