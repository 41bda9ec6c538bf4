"""What came of a load? Every row is in one of five numbers, and those that are not in Odoo are named."""

from dataclasses import dataclass, field
from typing import Final

from lockgate.kernel.errors import Exit, LockgateError
from lockgate.odoo.errors import OdooError
from lockgate.odoo.loading.records import Reject


@dataclass(frozen=True)
class Settlement:
    """What came of one batch, read back from Odoo."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    """Were in Odoo as they are in the input; only told apart when asked to send changes only."""
    rejected: tuple[Reject, ...] = ()
    unknown: tuple[Reject, ...] = ()
    """Could be in Odoo or not."""

    @property
    def rows(self) -> int:
        """The number of records it tells of."""
        return self.created + self.updated + self.unchanged + len(self.rejected) + len(self.unknown)


@dataclass(frozen=True)
class LoadResult:
    """What came of a load: `rows` is the sum of created, updated, unchanged, rejected and unknown."""

    model: str
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: tuple[Reject, ...]
    unknown: tuple[Reject, ...]
    """Must be empty; else each is named, because Lockgate could not find out."""
    retries: int
    seconds: float

    @property
    def complete(self) -> bool:
        """True when every row is in Odoo."""
        return not self.rejected and not self.unknown


_GO_ON: Final = "Load again with the same journal: it goes on where it stopped."


class LoadStopped(OdooError):
    """The load ended before its input did; what was done until then is in `result`."""

    def __init__(self, cause: LockgateError, result: LoadResult) -> None:
        super().__init__(
            f"Loading {result.model} stopped after {result.rows - len(result.unknown)} settled rows: {cause.what}",
            why=cause.why,
            do=_GO_ON
            if cause.exit is Exit.UNREACHABLE
            else cause.do or _GO_ON,  # the next run itself looks up what is there
            call=f"{result.model}.load",
            sent=bool(result.unknown),
        )
        self.exit = cause.exit
        self.result = result


@dataclass
class Tally:
    """The sums of the settlements so far."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Reject] = field(default_factory=list)
    unknown: list[Reject] = field(default_factory=list)
    retries: int = 0

    def add(self, settled: Settlement) -> None:
        """Add what came of a batch."""
        self.created += settled.created
        self.updated += settled.updated
        self.unchanged += settled.unchanged
        self.rejected += settled.rejected
        self.unknown += settled.unknown

    def result(self, model: str, seconds: float) -> LoadResult:
        """Return the sums as a result; named rows in the order of the input."""
        rejected = tuple(sorted(self.rejected, key=lambda reject: reject.row))
        unknown = tuple(sorted(self.unknown, key=lambda reject: reject.row))
        rows = self.created + self.updated + self.unchanged + len(rejected) + len(unknown)
        return LoadResult(
            model, rows, self.created, self.updated, self.unchanged, rejected, unknown, self.retries, seconds
        )
