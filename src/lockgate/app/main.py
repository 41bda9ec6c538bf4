"""What is the program `lockgate`, and how does each run end? One handler here turns every end into an exit code.

The code says whose move it is (`lockgate.kernel.errors.Exit`); beside those, 141 says that whoever read the answer
went away before its end, as for any other program of the system.
Whatever is not an expected stop is a bug of ours: it leaves a log that can be pasted into a report.
"""

import errno
import os
import select
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from lockgate.app.stop import INTERRUPTED, Stop, tell
from lockgate.faces import terminal
from lockgate.kernel.errors import Exit, LockgateError

READER_GONE: Final = 141
_DISK_FULL: Final = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True)
class Asked:
    """What the handler must know even of a line that can't be parsed."""

    args: tuple[str, ...]
    as_json: bool
    verbose: bool

    @classmethod
    def of(cls, args: Sequence[str]) -> "Asked":
        """Return what the words before `--` ask for."""
        words = tuple(args)
        options = words[: words.index("--")] if "--" in words else words
        return cls(words, "--json" in options, "--verbose" in options)


def main() -> None:
    """Run `lockgate` and end the process with the exit code."""
    sys.exit(run(sys.argv[1:]))


def run(args: Sequence[str]) -> int:
    """Carry out one command line and return its exit code."""
    asked = Asked.of(args)
    terminal.hush(hushed=asked.as_json)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a letter that the terminal lacks must not stop a verb
    return _delivered(_outcome(asked), asked)


def _outcome(asked: Asked) -> int:
    try:
        from lockgate.app import logs, shell  # noqa: PLC0415 - here Ctrl-C is already caught while Typer is imported

        logs.begin(verbose=asked.verbose)
        return shell.carry_out(asked.args)
    except KeyboardInterrupt:
        return tell(INTERRUPTED, as_json=asked.as_json)
    except LockgateError as error:
        return tell(Stop.of(error), as_json=asked.as_json, details=_details(error, asked) if asked.verbose else "")
    except BrokenPipeError as error:
        return READER_GONE if _reader_gone() else _bug(error, asked)
    except OSError as error:
        return _disk_full(error, asked) if error.errno in _DISK_FULL else _bug(error, asked)
    except Exception as error:  # noqa: BLE001 - the one handler at the top
        return _bug(error, asked)


def _delivered(code: int, asked: Asked) -> int:
    """Return the code once all of the answer has left: what can't be written is no success."""
    try:
        if sys.stdout is not None and not sys.stdout.closed:
            sys.stdout.flush()
    except BrokenPipeError:
        _give_up_stdout()
        return code or READER_GONE
    except OSError as error:
        _give_up_stdout()
        return code or _disk_full(error, asked)
    return code


def _disk_full(error: OSError, asked: Asked) -> int:
    where = f" in {error.filename}" if error.filename else ""
    stop = Stop(
        "The answer or a file could not be written.", f"{error.strerror}{where}.", "Make room, then run it again."
    )
    return tell(Stop(stop.what, stop.why, stop.do, Exit.UNREACHABLE), as_json=asked.as_json)


def _bug(error: Exception, asked: Asked) -> int:
    from lockgate.app import crash  # noqa: PLC0415 - only a crash pays for it

    hidden = crash.secrets(asked.args, os.environ)
    log = crash.write(error, asked.args)
    stop = Stop(
        f"Lockgate has a bug: {crash.reason(error)}",
        f"The whole story, without secrets, is in {log}" if log else "No folder could take the log; it follows.",
        "Report it with that log; --verbose shows it here, too.",
        Exit.BUG,
    )
    code = tell(stop, as_json=asked.as_json, details=_details(error, asked) if asked.verbose or not log else "")
    del hidden  # it had to live until here, so that what is told is masked as the log is
    return code


def _details(error: Exception, asked: Asked) -> str:
    from lockgate.app import crash  # noqa: PLC0415 - as above

    hidden = crash.secrets(asked.args, os.environ)
    text = crash.details(error)
    del hidden  # as above
    return text


def _reader_gone() -> bool:
    """Return True when nobody reads stdout or stderr any more, so that a broken pipe is no bug."""
    poll = select.poll()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, TypeError):  # a stream that is closed or no file has no reader to lose
            poll.register(stream, 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))


def _give_up_stdout() -> None:
    """Let what is left go nowhere, or Python complains about it once more at the very end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


if __name__ == "__main__":
    main()
