"""What is done with records once they are in Odoo? Counts are applied, orders confirmed, entries posted.

D1  Asked first is which of the records still wait for it: doing it again does nothing to those that are done.
D2  Many at once; when Odoo refuses, they are halved until the record is found that it refuses: it holds up no other.
D3  Read back is whether it was done. What still waits although nothing was refused (Odoo opened a dialogue instead) is
    told too: an answer proves nothing.
D4  It is done for the day that is said, where Odoo lets a day be said, and as what was agreed before.
D5  Several work at once only where what one of them locks is no other's: counts of one place go through one's hands,
    and so do orders that reserve from one warehouse.
D6  Counts are applied as their company: what a piece is worth depends on who asks, and Odoo does not look whose it is.
    Their costs held before, as `costing.py` says.
D7  An answer may be lost while Odoo still works: what waits after a while is asked for again, in two halves, since the
    call may have been too long; a record alone once more. That does no harm to what was done meanwhile: it is refused,
    or left out, and counts as done.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from lockgate.kernel.errors import UsageError
from lockgate.odoo.client import Client
from lockgate.odoo.errors import Refused, TimedOut, Unreachable
from lockgate.odoo.loading import QUIET
from lockgate.practices.migration.definition.mapped import Posting
from lockgate.practices.migration.perform.sending.agreed import AGREED
from lockgate.practices.migration.perform.sending.costing import cost_before

COUNTING: Final = "stock.inventory.adjustment.name"
"""Odoo's window in which counts are applied."""

Ask = Callable[[Client, Sequence[int], date | None], None]
"""Asks Odoo to do it with these records, for that day."""


def _by(model: str, method: str) -> Ask:
    def ask(client: Client, ids: Sequence[int], _on: date | None) -> None:
        client.call(model, method, ids)

    return ask


def _applied(client: Client, ids: Sequence[int], on: date | None) -> None:
    """Apply counts in Odoo's own window for it, which leaves out those that are applied by now.

    Asked of the counts themselves, Odoo would take an applied one for a count of nothing, and clear the place (D7).
    """
    said = {"counting_date": f"{on} 12:00:00"} if on else {}
    window = client.create(COUNTING, [{"quant_ids": [[6, 0, list(ids)]], **said}])
    client.call(COUNTING, "action_apply", window)


@dataclass(frozen=True)
class Way:
    """How it is done."""

    ask: Ask
    waiting: tuple[Any, ...]
    """The domain of the records that still wait for it."""
    takes_day: bool = False
    """Whether a day can be said (D4)."""
    at_once: int = 100
    """How many are asked for in one call, which should end within seconds (D2)."""
    apart: str | None = None
    """The field whose record Odoo locks meanwhile; without one, one after the other (D5)."""
    by_company: bool = False
    """True where Odoo has to be asked as the company of the records (D6)."""
    before: Callable[[Client, Sequence[int], date], None] | None = None
    """What comes first when a day is said (D6)."""


WAYS: Final[Mapping[tuple[str, Posting], Way]] = {
    ("stock.quant", "apply-inventory"): Way(
        _applied,
        (["inventory_quantity_set", "=", True],),
        takes_day=True,
        apart="location_id",
        by_company=True,
        before=cost_before,
    ),
    ("sale.order", "confirm"): Way(
        _by("sale.order", "action_confirm"), (["state", "in", ["draft", "sent"]],), at_once=25, apart="warehouse_id"
    ),
    ("purchase.order", "confirm"): Way(
        _by("purchase.order", "button_confirm"), (["state", "in", ["draft", "sent", "to approve"]],), at_once=25
    ),
    ("mrp.production", "confirm"): Way(_by("mrp.production", "action_confirm"), (["state", "=", "draft"],), at_once=25),
    ("account.move", "post"): Way(_by("account.move", "action_post"), (["state", "=", "draft"],)),
}


@dataclass(frozen=True)
class Posted:
    """What came of it."""

    asked: int
    done: int
    refused: tuple[tuple[int, str], ...]
    """The id of each record that Odoo refused, and why."""


def post(
    client: Client,
    model: str,
    posting: Posting,
    ids: Sequence[int],
    moved: Callable[[int], None],
    *,
    on: date | None = None,
    workers: int = 1,
) -> Posted:
    """Do it with these records, where it is not done yet, for that day, with so many at work where they can be."""
    way = WAYS.get((model, posting))
    if way is None:
        can = ", ".join(f"{verb} of {of}" for of, verb in WAYS)
        raise UsageError(
            f"Records of {model} can't be asked to {posting}.", why=f"There is: {can}.", do="Leave `then` out."
        )
    if on is not None and not way.takes_day:
        raise UsageError(f"Odoo takes no day when records of {model} are asked to {posting}.", do="Leave `dated` out.")
    quiet = client.within(**QUIET, **AGREED)
    one_at_a_time = threading.Lock()
    if on is not None and way.before is not None:
        way.before(client, ids, on)

    def lane(asked: Client, mine: Sequence[int]) -> list[tuple[int, str]]:
        refused: list[tuple[int, str]] = []
        for start in range(0, len(mine), way.at_once):
            part = list(mine[start : start + way.at_once])
            refused += _done(asked, model, way, _waiting(client, model, way, part), on)
            with one_at_a_time:
                moved(len(part))
        return refused

    refused: list[tuple[int, str]] = []
    for company, own in _by_company(client, model, way, ids):
        asked = quiet.within(company=company) if company else quiet
        lanes = _lanes(client, model, way, own, workers)
        with ThreadPoolExecutor(max(len(lanes), 1), thread_name_prefix="lockgate-post") as pool:
            refused += [each for done in pool.map(partial(lane, asked), lanes) for each in done]
    waiting = _waiting(client, model, way, ids)
    why = dict(refused)
    left = [(record, why.get(record, _DIALOGUE)) for record in waiting]
    return Posted(len(ids), len(ids) - len(left), tuple(left))


_AT_ONCE: Final = 5_000
PAUSE_SECONDS = 2.0
"""How long Odoo is given to end what it works on, after an answer was lost."""
_DIALOGUE: Final = "Odoo did nothing, and did not say why: it asks something of whoever does it by hand."


def _lanes(client: Client, model: str, way: Way, ids: Sequence[int], workers: int) -> list[list[int]]:
    """Return who does which: what is of one place stays together, and each has about as many (D5)."""
    if way.apart is None or workers == 1:
        return [list(ids)]
    of_place: dict[Any, list[int]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        domain = [["id", "in", list(ids[start : start + _AT_ONCE])]]
        for row in client.search_read(model, domain, [way.apart], order="id"):
            of_place.setdefault(str(row[way.apart]), []).append(row["id"])
    lanes: list[list[int]] = [[] for _ in range(min(workers, len(of_place)))]
    for some in sorted(of_place.values(), key=len, reverse=True):
        min(lanes, key=len).extend(some)
    return lanes


def _by_company(client: Client, model: str, way: Way, ids: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Return the records by their company, where that matters (D6); 0 stands for whichever it is."""
    if not way.by_company:
        return [(0, list(ids))]
    found: dict[int, list[int]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        domain = [["id", "in", list(ids[start : start + _AT_ONCE])]]
        for row in client.search_read(model, domain, ["company_id"], order="id", load=""):
            found.setdefault(row["company_id"] or 0, []).append(row["id"])
    return sorted(found.items())


def _waiting(client: Client, model: str, way: Way, ids: Sequence[int]) -> list[int]:
    found: list[int] = []
    for start in range(0, len(ids), _AT_ONCE):
        found += client.search(model, [["id", "in", list(ids[start : start + _AT_ONCE])], *way.waiting], order="id")
    return found


def _done(
    client: Client, model: str, way: Way, ids: Sequence[int], on: date | None, *, last: bool = False
) -> list[tuple[int, str]]:
    """Do it with these, and return those that Odoo refused (D2); `last` says that they were asked for alone before."""
    if not ids:
        return []
    again = ids
    try:
        way.ask(client, ids, on)
    except Refused as error:
        if len(ids) == 1:
            return [(ids[0], str(error.why or error.what))]
    except (TimedOut, Unreachable) as error:
        if last or not error.sent:
            raise
        time.sleep(PAUSE_SECONDS)
        again = _waiting(client, model, way, ids)
    else:
        return []
    middle = (len(again) + 1) // 2
    alone = len(ids) == 1
    halves = (again[:middle], again[middle:])
    return [told for half in halves for told in _done(client, model, way, half, on, last=alone)]
