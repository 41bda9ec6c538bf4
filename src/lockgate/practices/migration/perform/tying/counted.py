"""What was counted, and does it agree with the books? Told site by site, from all counts of it.

N1  A place is counted when each of its lines is. It is right when none of them differs from the books.
N2  A difference needs somebody's word unless its value is within the tolerance of its count, or an accepted entry of
    the register of differences covers it: one for the site, or one for the place, of just the value that differs there.
    When somebody counts again and finds something else, that entry covers nothing any more. What nobody can say the
    cost of is worth nothing in any sum, and so needs an entry for its place; that one can't tell what is found later.
N3  A site was counted blind when all of its counts were.
N4  Counts that find no line at all tell nothing of the stock: they are named, and the answer is not yes.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from lockgate.kernel.errors import UsageError
from lockgate.kernel.scope import Level, Scope
from lockgate.ledger.registers.tables import entries_of
from lockgate.practices.migration.decide.texts import COUNTED
from lockgate.practices.migration.definition import Count
from lockgate.practices.migration.perform.bench import Bench
from lockgate.practices.migration.perform.rounds import as_declared
from lockgate.practices.migration.perform.sending.loaded import all_read
from lockgate.practices.migration.perform.tying.answers import CountedSiteAnswer, CountsAnswer, PlaceAnswer
from lockgate.practices.migration.perform.tying.explanations import ACCEPTED, REGISTER
from lockgate.workspace.words import advice

_SHOWN: Final = 200
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True)
class _Line:
    """What should lie at a place, and what was found."""

    count: Count
    site: str
    place: str
    key: str
    book: Decimal
    counted: Decimal | None
    cost: Decimal | None

    @property
    def value(self) -> Decimal:
        """What the difference is worth; nothing while nobody counted it, or knows what one costs."""
        return Decimal(0) if self.counted is None or self.cost is None else abs(self.counted - self.book) * self.cost

    @property
    def differs(self) -> bool:
        """Whether it was counted and something else was found."""
        return self.counted is not None and self.counted != self.book

    def tolerated(self, *, whole: bool) -> bool:
        """Return whether it needs no entry for its place; what has no cost always does (N2)."""
        return self.cost is not None and (whole or self.value <= Decimal(str(self.count.tolerance)))


def counted(bench: Bench) -> CountsAnswer:
    """Compare what was counted with the books, and leave evidence of each site."""
    if not bench.migration.counts:
        raise UsageError("No counts are declared.", why="Nothing says what was counted.", do="Declare `counts:`.")
    all_read(bench)
    bench.store.lock_down()
    lines = [line for count in bench.migration.counts.values() for line in _lines(bench, count)]
    accepted = _accepted(bench)
    sites = [_site(bench, key, [one for one in lines if one.site == key], accepted) for key in _sites(bench, lines)]
    found = {line.count.key for line in lines}
    missing = [key for key in bench.migration.counts if key not in found]
    return {
        "ok": not missing and all(one["state"] == "met" for one in sites),  # N4
        "round": bench.store.number,
        "sites": sites,
        "missing": missing,
    }


def _lines(bench: Bench, count: Count) -> Iterator[_Line]:
    names = ", ".join(COUNTED)
    with as_declared(f"count {count.key!r}"):
        found = bench.store.connection.execute(f"select {names} from ({count.sql}) as told order by 1, 2, 3").fetchall()
    for site, place, key, book, counted_there, cost in found:
        seen, worth = (None if value is None else Decimal(str(value)) for value in (counted_there, cost))
        yield _Line(count, str(site), str(place), str(key), Decimal(str(book or 0)), seen, worth)


def _sites(bench: Bench, lines: Iterable[_Line]) -> list[str]:
    """Return the sites that were counted, or stop at one that is none."""
    there = bench.workspace.keys("site")
    found = dict.fromkeys(line.site for line in lines)
    for line in lines:
        if line.site not in there:
            what = f"The count {line.count.key!r} names the site {line.site!r}, and there is none."
            raise UsageError(what, why=advice(line.site, there), do="Mend its query.")
    return list(found)


def _accepted(bench: Bench) -> Mapping[tuple[str, ...], Decimal]:
    """Return what people accepted, by count, site and place, where one is said (N2)."""
    found: dict[tuple[str, ...], Decimal] = {}
    for entry in entries_of(bench.place.ledger).by_id.values():
        key = str(entry.values.get("tie") or "")
        if (entry.register, entry.state) == (REGISTER, ACCEPTED) and key in bench.migration.counts:
            group = [part.strip() for part in str(entry.values.get("group") or "").split("|")]
            found[(key, *group)] = abs(Decimal(str(entry.values.get("amount") or 0)))
    return found


def _site(bench: Bench, key: str, lines: list[_Line], accepted: Mapping[tuple[str, ...], Decimal]) -> CountedSiteAnswer:
    by_place: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        by_place[line.place].append(line)
    done = [there for there in by_place.values() if all(one.counted is not None for one in there)]  # N1
    right = sum(not any(one.differs for one in there) for there in done)
    counts = {one.count.key: one.count for one in lines}
    whole = {name for name in counts if _covers(accepted, (name, key), [one for one in lines if one.count.key == name])}
    places = [_place(name, there, accepted, whole) for name, there in by_place.items()]
    unapproved = sum(one["unapproved"] for one in places)
    measures = {
        "places": len(by_place),
        "counted": len(done),
        "accuracy": round(right / len(done), 6) if done else 0.0,
        "variance_value": float(sum(one.value for one in lines)),
        "unapproved": unapproved,
        "blind": all(one.blind for one in counts.values()),  # N3
    }
    met = len(done) == len(by_place) and not unapproved and bool(measures["blind"])
    apart = sorted((one for one in places if one["differing"] or not one["counted"]), key=lambda one: -one["value"])
    told: dict[str, Any] = {
        "site": key,
        **measures,
        "counts": [
            {"count": one.key, "title": one.title, "owner": one.owner, "day": one.day.isoformat(), "blind": one.blind}
            for one in counts.values()
        ],
        "apart": apart[:_SHOWN],
        "apart_in_all": len(apart),
    }
    file = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    scope = Scope(Level.SITE, key)
    told["evidence"] = bench.record("stock.counted", {}, measures, passed=met, scope=scope, file=file)
    return {**told, "state": "met" if met else "unmet"}  # type: ignore[typeddict-item] # these keys


def _place(
    name: str, lines: list[_Line], accepted: Mapping[tuple[str, ...], Decimal], whole: Iterable[str]
) -> PlaceAnswer:
    site = lines[0].site
    by_count: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        by_count[line.count.key].append(line)
    open_lines = [
        one
        for key, there in by_count.items()
        if not _covers(accepted, (key, site, name), there)
        for one in there
        if one.differs and not one.tolerated(whole=key in whole)
    ]
    return {
        "place": name,
        "counted": all(one.counted is not None for one in lines),
        "differing": sum(one.differs for one in lines),
        "value": float(sum(one.value for one in lines)),
        "unapproved": len(open_lines),
        "keys": [one.key for one in lines if one.differs or one.counted is None],
    }


def _covers(accepted: Mapping[tuple[str, ...], Decimal], about: tuple[str, ...], lines: Iterable[_Line]) -> bool:
    """Return whether an accepted entry is about these lines as they are (N2)."""
    amount = accepted.get(about)
    return amount is not None and abs(amount - sum((one.value for one in lines), Decimal(0))) <= _CENT
