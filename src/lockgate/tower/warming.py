"""What does a server read before anybody asks? All that pages share, beside the first requests.

W1  No page waits for it: what is asked for meanwhile is answered as if nothing were read ahead.
W2  Where it can't be read, as while the workspace has findings, the pages say so when they are asked.
"""

import gc
import logging
import threading
from collections.abc import Callable

from lockgate.kernel.errors import LockgateError
from lockgate.tower.evidence.opened import briefs
from lockgate.tower.registers.finding import left
from lockgate.tower.search.items import shelf_of
from lockgate.tower.server import live

_SELDOM = (50_000, 20, 50)
"""How much is made until garbage is looked for: hardly ever within one page, whose own things go with it."""


def begin() -> threading.Thread:
    """Read ahead in a thread of its own."""
    thread = threading.Thread(target=read_ahead, name="reading ahead", daemon=True)
    thread.start()
    return thread


def read_ahead() -> None:
    """Ask what pages ask, so that they find it (W2)."""
    for question in _QUESTIONS:
        try:
            question()
        except LockgateError as stop:
            logging.getLogger("lockgate.tower").info("not read ahead: %s", stop)
    gc.collect()
    gc.freeze()  # it stays for as long as the process: looking through it for garbage would stop every page
    gc.set_threshold(*_SELDOM)


def _items() -> object:
    return shelf_of(live().place.ledger).items()


def _registers() -> object:
    known = live().desk().known
    return [left(one, known) for one in known.registers.values()]


_QUESTIONS: tuple[Callable[[], object], ...] = (lambda: live().states(), _registers, briefs, _items)
