"""What does somebody need to repair a bug of ours? A log that can be pasted as it is: nothing secret, nothing missing.

R1  The traceback shows lines of code and never the values of variables.
R2  The value of an option, address or environment variable that looks like a secret is masked wherever it appears.
R3  So is every `Secret` in use, and the home folder is shown as `~`.
"""

import os
import platform
import re
import shlex
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

import platformdirs

from lockgate.faces.terminal import on_one_line
from lockgate.kernel.secret import Secret, scrub
from lockgate.programme.checkout import commit

KEPT_LOGS: Final = 20

_SECRET_NAME: Final = re.compile(
    r"passw|passphrase|_pwd$|secret|token|key$|credential|authorization|cookie", re.IGNORECASE
)
_USER_INFO: Final = re.compile(r"://[^/?#\s@:]*:([^/?#\s@]+)@")
_MIN_LENGTH_IN_ENVIRONMENT: Final = 6  # shorter ones (`1`, `true`) would mask half of the log and hide nothing


def secrets(args: Sequence[str], environment: Mapping[str, str]) -> tuple[Secret, ...]:
    """Return what looks like a secret around us; it is masked by `scrub` for as long as the answer is kept (R2)."""
    return tuple(Secret(value) for value in {*_in_arguments(args), *_in_environment(environment)})


def reason(error: BaseException) -> str:
    """Return in one line what the error says of itself."""
    return on_one_line(scrub("".join(traceback.format_exception_only(error))))


def details(error: BaseException) -> str:
    """Return where the error comes from (R1, R3)."""
    return scrub("".join(traceback.TracebackException.from_exception(error, capture_locals=False).format()).rstrip())


def write(error: BaseException, args: Sequence[str]) -> Path | None:
    """Write the log and return where it is, or None where no folder takes it."""
    now = datetime.now(UTC)
    text = report(error, args, os.environ, at=now)
    for folder in (platformdirs.user_state_path("lockgate") / "crashes", Path(tempfile.gettempdir())):
        try:
            path = _written(folder, f"lockgate-crash-{now:%Y%m%dT%H%M%S}-", text)
        except OSError:
            continue
        _forget_old(folder)
        return path
    return None


def report(error: BaseException, args: Sequence[str], environment: Mapping[str, str], *, at: datetime) -> str:
    """Return the text of the log."""
    hidden = secrets(args, environment)
    told = {
        "when": at.isoformat(timespec="seconds"),
        "lockgate": _version("lockgate"),
        "python": f"{platform.python_version()} {platform.python_implementation()}, {sys.executable}",
        "system": f"{platform.platform()}, {_distribution()}",
        "packages": ", ".join(f"{name} {_version(name)}" for name in _required()),
        "commit": commit(Path.cwd()) or "not in a git folder",
        "command": shlex.join(["lockgate", *map(scrub, args)]),  # masked first: quoting changes a value
    }
    lines = "\n".join(f"{name + ':':<10}{value}" for name, value in told.items())
    text = scrub(f"{lines}\n\n{details(error)}\n")
    del hidden  # it had to live until here
    return text.replace(home, "~") if len(home := str(Path.home())) > 1 else text


def _in_arguments(args: Sequence[str]) -> Iterator[str]:
    for word, following in zip(args, [*args, ""][1:], strict=True):
        name, given, value = word.partition("=")
        if name.startswith("--") and _SECRET_NAME.search(name):
            yield value if given else following
        yield from _USER_INFO.findall(word)


def _in_environment(environment: Mapping[str, str]) -> Iterator[str]:
    for name, value in environment.items():
        if _SECRET_NAME.search(name) and len(value) >= _MIN_LENGTH_IN_ENVIRONMENT:
            yield value
        yield from _USER_INFO.findall(value)


def _written(folder: Path, prefix: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    handle, path = tempfile.mkstemp(".log", prefix, folder)  # readable by its owner only
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    return Path(path)


def _forget_old(folder: Path) -> None:
    for old in sorted(folder.glob("lockgate-crash-*.log"))[:-KEPT_LOGS]:
        old.unlink(missing_ok=True)


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "missing"


def _required() -> list[str]:
    names = (re.match(r"[\w.-]+", line) for line in requires("lockgate") or () if "extra ==" not in line)
    return [name[0] for name in names if name]


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return "unknown distribution"
