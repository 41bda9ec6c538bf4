"""Where do log messages go? To stderr, warnings and worse; with `--verbose` all of them; never with a secret."""

import logging
import sys

from lockgate.kernel.secret import scrub


class _Scrubbing(logging.Formatter):
    """Masks every secret in use in whatever is logged, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record))


class _Stderr(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to stderr as it is now: progress may have put itself in front of it."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> object:
        return sys.stderr


def begin(*, verbose: bool) -> None:
    """Send log messages to stderr from now on."""
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.WARNING)
    if any(isinstance(handler, _Stderr) for handler in root.handlers):
        return
    handler = _Stderr()
    handler.setFormatter(_Scrubbing("%(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
