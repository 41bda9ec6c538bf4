"""What does the lab remember between commands? One small file that only its owner can read."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from lockgate.kernel.errors import UsageError
from lockgate.kernel.secret import Secret

FORMAT = 1


@dataclass(frozen=True)
class Process:
    """A process, told apart from a later one with the same number by when it started."""

    pid: int
    started: int

    @classmethod
    def of(cls, pid: int) -> "Process | None":
        """Return the live process with this number, None when there is none."""
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
        except OSError:
            return None
        fields = stat.rpartition(")")[2].split()
        return None if fields[0] == "Z" else cls(pid, int(fields[19]))

    def alive(self) -> bool:
        """Return whether this very process still runs."""
        return Process.of(self.pid) == self


@dataclass
class State:
    """The lab's record."""

    password: Secret
    api_key: Secret
    master_password: Secret
    port: int | None = None
    workers: int = 2
    server: Process | None = None
    apps: str = "all"
    origins: dict[str, str] = field(default_factory=dict)
    """database -> the template it was made from."""

    @classmethod
    def new(cls) -> "State":
        """Return the record of a lab that has just been thought of, with fresh secrets."""
        return cls(
            password=Secret(secrets.token_urlsafe(12)),
            api_key=Secret(secrets.token_hex(20)),
            master_password=Secret(secrets.token_urlsafe(24)),
        )


def read_state(path: Path) -> State | None:
    """Return the record, None when there is none."""
    try:
        return _understand(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"The lab's record can't be read: {path}.",
            why=f"It is damaged, or another version of Lockgate wrote it ({type(error).__name__}: {error}).",
            do="Run `lockgate lab down --purge`, then `lockgate lab up`: the lab is made anew.",
        ) from None


def _understand(raw: dict[str, Any]) -> State:
    if raw.pop("format") != FORMAT:
        msg = "an unknown format"
        raise ValueError(msg)
    for name in ("password", "api_key", "master_password"):
        raw[name] = Secret(raw[name])
    raw["server"] = Process(**raw["server"]) if raw["server"] else None
    return State(**raw)


def write_state(path: Path, state: State) -> None:
    """Write the record whole or not at all, readable by its owner alone."""
    plain: dict[str, Any] = {"format": FORMAT} | {
        name: value.reveal() if isinstance(value, Secret) else value for name, value in vars(state).items()
    }
    plain["server"] = asdict(state.server) if state.server else None
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(plain, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
