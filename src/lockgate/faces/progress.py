"""Is it still running, how far is it, and how long will it take? Long verbs say so here, on stderr.

    with progress("Loading customers", total=50_000) as work:
        work.advance(len(batch))

    with steps() as setup:
        with setup.step("Unpacking Odoo") as step:
            step.note("1.2 GB of 1.4 GB")  # shown while it runs
            step.result = "64 packages"  # kept on the line that stays

On a terminal the lines move; in a pipe or a CI log they are plain, one every few seconds at most.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from lockgate.faces import terminal
from lockgate.faces.pace import Pace, duration

if TYPE_CHECKING:
    from rich.table import Table

PLAIN_LINE_EVERY_SECONDS = 5.0

Clock = Callable[[], float]


class Work:
    """One running piece of work; safe to advance from several threads."""

    def __init__(self, name: str, *, total: int | None, unit: str, clock: Clock) -> None:
        self.name = name
        self.unit = unit
        self.now = ""
        self.result = ""
        """A few words on how it ended, for the lasting line: "reused", "2 rejected"."""
        self.counted = total is not None
        self.clock = clock
        self.pace = Pace(total, at=clock())
        self.moved: Callable[[Work], None] = lambda _work: None
        self._lock = Lock()

    def advance(self, n: int = 1) -> None:
        """Count `n` more as done."""
        with self._lock:
            self.counted = True
            self.pace.count(n, at=self.clock())
            self.moved(self)

    def expect(self, total: int) -> None:
        """Say how many there are in all, once that is known."""
        with self._lock:
            self.counted = True
            self.pace.total = total
            self.moved(self)

    def note(self, text: str) -> None:
        """Say in a few words what is going on right now; it is gone once the work is done."""
        with self._lock:
            self.now = terminal.on_one_line(text)
            self.moved(self)

    def standing(self) -> str:
        """Return where the work stands: what is counted, else the seconds gone; then the last note."""
        at = self.clock()
        gone = self.pace.told(self.unit, at=at) if self.counted else duration(at - self.pace.began)
        return f"{gone}  {self.now}".rstrip()

    def outcome(self, *, failed: bool) -> str:
        """Return how it ended."""
        at = self.clock()
        seconds = duration(at - self.pace.began)
        if failed:
            where = f" at {self.pace.told(self.unit, at=self.pace.began)}" if self.counted else ""
            return f"stopped{where} after {seconds}"
        ended = self.pace.summed_up(self.unit, at=at) if self.counted else f"done in {seconds}"
        return f"{ended}, {terminal.on_one_line(self.result)}" if self.result else ended


class _Board(Protocol):
    """Where running work is shown."""

    def begin(self, work: Work) -> None: ...

    def moved(self, work: Work) -> None: ...

    def end(self, work: Work, *, failed: bool) -> None: ...


class Steps:
    """The steps of one long verb."""

    def __init__(self, board: _Board, clock: Clock) -> None:
        self._board = board
        self._clock = clock

    @contextmanager
    def step(self, name: str, *, total: int | None = None, unit: str = "rows") -> Iterator[Work]:
        """Show that this step runs, and how it ended."""
        work = Work(name, total=total, unit=unit, clock=self._clock)
        self._board.begin(work)
        work.moved = self._board.moved
        failed = True
        try:
            yield work
            failed = False
        finally:
            self._board.end(work, failed=failed)


@contextmanager
def steps(*, clock: Clock = time.monotonic) -> Iterator[Steps]:
    """Show the steps of a long verb as they come."""
    if not terminal.animated(sys.stderr):
        yield Steps(_Lines(clock), clock)
        return
    picture = _Picture()
    with picture.live:
        yield Steps(picture, clock)


@contextmanager
def progress(
    name: str, *, total: int | None = None, unit: str = "rows", clock: Clock = time.monotonic
) -> Iterator[Work]:
    """Show counted work: done, total, rate, time left."""
    with steps(clock=clock) as alone, alone.step(name, total=total, unit=unit) as work:
        yield work


class _Lines:
    """Plain lines: one at the beginning, one at the end, and one every few seconds between."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._told_at: dict[Work, float] = {}

    def begin(self, work: Work) -> None:
        self._told_at[work] = self._clock()
        terminal.remark(f"{work.name} ...")

    def moved(self, work: Work) -> None:
        at = self._clock()
        if at - self._told_at[work] >= PLAIN_LINE_EVERY_SECONDS:
            self._told_at[work] = at
            terminal.remark(f"{work.name}: {work.standing()}")

    def end(self, work: Work, *, failed: bool) -> None:
        del self._told_at[work]
        terminal.remark(f"{work.name}: {work.outcome(failed=failed)}")


class _Picture:
    """Moving lines for what runs; a lasting line for what ended."""

    def __init__(self) -> None:
        from rich.live import Live  # noqa: PLC0415 - Rich is only paid for on a terminal

        self._running: list[Work] = []
        self._marks = ("✓", "✗") if terminal.fancy(sys.stderr) else ("ok", "x")
        self.live = Live(
            console=terminal.console(sys.stderr),
            get_renderable=self._draw,
            refresh_per_second=8,
            transient=True,
            redirect_stdout=False,  # stdout is the answer's; Live would send it to stderr
        )

    def begin(self, work: Work) -> None:
        self._running.append(work)

    def moved(self, work: Work) -> None:
        """Leave it to the next redraw."""

    def end(self, work: Work, *, failed: bool) -> None:
        from rich.text import Text  # noqa: PLC0415 - as above

        self._running.remove(work)
        mark = Text(self._marks[failed], style="red" if failed else "green")
        self.live.console.print(Text.assemble(mark, f" {work.name}  ", (work.outcome(failed=failed), "dim")))

    def _draw(self) -> "Table":
        from rich.progress_bar import ProgressBar  # noqa: PLC0415 - as above
        from rich.spinner import Spinner  # noqa: PLC0415 - as above
        from rich.table import Table  # noqa: PLC0415 - as above
        from rich.text import Text  # noqa: PLC0415 - as above

        grid = Table.grid(padding=(0, 1))
        bar_wide = max(8, min(24, terminal.width() - 76))
        for work in list(self._running):
            total = work.pace.total
            bar = ProgressBar(total, work.pace.done, width=bar_wide) if total else Text()
            spinner = Spinner("dots" if terminal.fancy(sys.stderr) else "line")
            grid.add_row(spinner, Text(work.name), bar, Text(work.standing(), no_wrap=True, overflow="ellipsis"))
        return grid
