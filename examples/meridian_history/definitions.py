"""How did the definitions change? The workspace is set back to how it began, then changed day by day, as people do.

C1  At the end every file is as the sample has it, but that the days on which waves go live are as far from now as they
    were from the day on which the sample was written, and in no blackout at the turn of the year.
C2  Where git is there, each change is a commit of its day: so it can be asked how the programme stood then.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from lockgate.kernel.errors import UsageError

from .days import Days
from .scene import Happening, Scene

SAMPLE: Final = Path(__file__).parents[1] / "meridian"
WRITTEN_ON: Final = date(2026, 11, 21)
BEGIN: Final = -300
_WAVES: Final = "programme/waves.yaml"
_GATES: Final = "programme/gates.yaml"
_SITES: Final = "programme/sites.yaml"
_GO_LIVE: Final = re.compile(r"(?<=go_live: )\d{4}-\d\d-\d\d")
_PILOT_MOVED: Final = timedelta(weeks=4)
_PRODUCTION: Final = re.compile(r"\n\[instances\.production\]\n(?:.+\n)+")
_PEAK: Final = re.compile(r" +constraints:\n.+Christmas business.+\n")
_NIGHT: Final = timedelta(hours=23)


@dataclass(frozen=True)
class Change:
    """What somebody changed: a file, and what it says from then on; nothing when it is not there."""

    day: int
    by: str
    why: str
    file: str
    text: str


def require_fresh(root: Path) -> None:
    """Stop unless the folder holds the sample as it is shipped."""
    differ = [str(file) for file in _files() if not _is_same(root / file, SAMPLE / file)]
    if differ:
        raise UsageError(
            f"{root} is no fresh copy of the sample.",
            why=f"It differs in {', '.join(differ)}.",
            do="Name a folder that is not there yet: the sample is copied into it.",
        )


def changed(root: Path, days: Days) -> list[Change]:
    """Return the changes in their order, the first version of each file that has several at the head (C1)."""
    waves = _go_live(_text(root / _WAVES), days.now.date())
    toml, calendars, people = (
        _text(root / file) for file in ("lockgate.toml", "programme/calendars.yaml", "programme/people.yaml")
    )
    sites = _text(root / _SITES)
    before_conveyors = _without(
        sites, "Quality, Maintenance, Planning]\n        owner: daan", "Quality, Planning]\n        owner: daan"
    )
    return [
        Change(BEGIN, "bart", "", "lockgate.toml", _PRODUCTION.sub("", toml)),
        Change(BEGIN, "bart", "", _WAVES, _pilot_earlier(waves)),
        Change(BEGIN, "bart", "", _GATES, ""),
        Change(BEGIN, "bart", "", "programme/calendars.yaml", _without(calendars, "07:00-13:00", "07:00-15:30")),
        Change(BEGIN, "bart", "", "programme/people.yaml", _without(people, ", deputy: ilias", "")),
        Change(BEGIN, "bart", "Begin the programme", _SITES, _PEAK.sub("", before_conveyors)),
        Change(-205, "karin", "Ask what our own sites have to show", _GATES, _text(root / _GATES)),
        Change(-149, "bart", "Move the pilot by four weeks", _WAVES, waves),
        Change(-110, "lars", "Declare the production instance", "lockgate.toml", toml),
        Change(-88, "georg", "Köln ends at one on Fridays", "programme/calendars.yaml", calendars),
        Change(-66, "daan", "Keep Christmas free in Ghent", _SITES, before_conveyors),
        Change(-34, "hanne", "Name a deputy for order to cash", "programme/people.yaml", people),
        Change(-12, "lars", "Look after the conveyors of Ghent in Odoo", _SITES, sites),
    ]


def begin(root: Path, changes: list[Change], days: Days) -> None:
    """Give the workspace its first version, in a repository of its own where git is there (C2)."""
    if shutil.which("git") and not (root / ".git").exists():
        _git(root, days, "init", "--quiet", "--initial-branch=main", ".")
    first = [change for change in changes if change.day == BEGIN]
    for change in first:
        _write(root, change)
    _commit(root, first[-1], days)


def later(scene: Scene, changes: list[Change]) -> Iterator[Happening]:
    """Yield the changes after the first version."""
    for change in changes:
        if change.day > BEGIN:
            yield Happening(scene.days.at(change.day, change.why), partial(_make, scene, change))


def _make(scene: Scene, change: Change) -> None:
    _write(scene.root, change)
    _commit(scene.root, change, scene.days)
    scene.look()


def _write(root: Path, change: Change) -> None:
    file = root / change.file
    if change.text:
        file.write_text(change.text, encoding="utf-8")
    else:
        file.unlink(missing_ok=True)


def _commit(root: Path, change: Change, days: Days) -> None:
    if (root / ".git").is_dir() and shutil.which("git"):
        _git(root, days, "add", "--all", ".")
        _git(root, days, "commit", "--quiet", "--no-verify", "--message", change.why, by=change.by, day=change.day)


def _git(root: Path, days: Days, *words: str, by: str = "bart", day: int = BEGIN) -> None:
    """Run git as that person at that day, with nobody's settings."""
    at = days.at(day, " ".join(words[-1:])).isoformat()
    who = {f"GIT_{part}_NAME": by for part in ("AUTHOR", "COMMITTER")}
    mail = {f"GIT_{part}_EMAIL": f"{by}@meridian.example" for part in ("AUTHOR", "COMMITTER")}
    when = {f"GIT_{part}_DATE": at for part in ("AUTHOR", "COMMITTER")}
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    environment = {**os.environ, **who, **mail, **when, **nobody}
    subprocess.run(["git", "-C", str(root), *words], check=True, env=environment, stdin=subprocess.DEVNULL)


def _go_live(waves: str, today: date) -> str:
    """Return the waves with days that are as far from today as they were (C1)."""
    weeks = timedelta(weeks=round((today - WRITTEN_ON).days / 7))

    def moved(found: re.Match[str]) -> str:
        day = date.fromisoformat(found.group()) + weeks
        while (day.month, day.day) >= (12, 21) or (day.month, day.day) <= (1, 5):
            day += timedelta(weeks=1)
        return day.isoformat()

    return _GO_LIVE.sub(moved, waves)


def _pilot_earlier(waves: str) -> str:
    return _GO_LIVE.sub(lambda found: (date.fromisoformat(found.group()) - _PILOT_MOVED).isoformat(), waves, count=1)


def _without(text: str, now: str, before: str) -> str:
    """Return the text as it was before; it has to have what was changed."""
    if now not in text:
        raise ValueError(f"the sample no longer says {now!r}")
    return text.replace(now, before, 1)


def _files() -> list[Path]:
    return sorted(
        file.relative_to(SAMPLE) for file in SAMPLE.rglob("*") if file.is_file() and file.suffix in {".yaml", ".toml"}
    )


def _is_same(file: Path, other: Path) -> bool:
    return file.is_file() and _text(file) == _text(other)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")
