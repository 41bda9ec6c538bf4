"""How is a person, or a program, told that Lockgate stops? In three lines on stderr, or as one JSON object there."""

import json
import sys
from dataclasses import dataclass

from lockgate.faces import terminal
from lockgate.kernel.errors import Exit, LockgateError
from lockgate.kernel.secret import scrub


@dataclass(frozen=True)
class Stop:
    """What happened, why, what to do about it, and the exit code that says whose move it is."""

    what: str
    why: str = ""
    do: str = ""
    code: int = Exit.USAGE

    @classmethod
    def of(cls, error: LockgateError) -> "Stop":
        """Return the stop that an expected error asks for."""
        return cls(error.what, error.why, error.do, error.exit)

    def lines(self) -> tuple[str, ...]:
        """Return what to show: one line each for what is known."""
        if self.code == Exit.INTERRUPTED:
            return (self.what,)
        said = (("Error", "red", self.what), ("Why", "dim", self.why), ("Do", "dim", self.do))
        return tuple(_line(label, look, text) for label, look, text in said if text)

    def as_json(self) -> str:
        """Return the same for a program."""
        error = {"what": self.what, "why": self.why, "do": self.do, "code": int(self.code)}
        return scrub(json.dumps({"error": error}))


INTERRUPTED = Stop("Interrupted.", code=Exit.INTERRUPTED)


def tell(stop: Stop, *, as_json: bool, details: str = "") -> int:
    """Say it on stderr and return the exit code; `details` follow for whoever asked to see more."""
    said = stop.as_json() if as_json else "\n".join((*stop.lines(), *filter(None, [details])))
    if sys.stderr is None:  # `print` would take stdout instead
        return stop.code
    try:
        print(said, file=sys.stderr, flush=True)  # noqa: T201 - the one place that tells of a stop
    except (OSError, ValueError):  # nobody reads stderr any more: the exit code still says it
        return stop.code
    return stop.code


def _line(label: str, look: str, text: str) -> str:
    said = terminal.style(f"{label}:", "bold", look, stream=sys.stderr)
    padding = " " * (len("Error") - len(label))
    return f"{said}{padding} {terminal.on_one_line(scrub(text))}"
