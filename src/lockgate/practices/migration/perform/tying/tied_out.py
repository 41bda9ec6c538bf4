"""Do the figures tie? Each is worked out, compared group by group, explained where something explains it, and kept.

T1  A figure of the round is made by the SQL that is declared, over what was read, put right and sent.
T2  What explains a difference by itself is looked up anew each time, and so is what people say: an explanation that was
    withdrawn explains nothing.
T3  Evidence of a tie holds its largest unexplained difference. It passes when every group ties.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from lockgate.kernel.errors import UsageError
from lockgate.practices.migration.decide import tying
from lockgate.practices.migration.decide.holes import filled, holes
from lockgate.practices.migration.decide.tying import Group, Line, Place, Reason
from lockgate.practices.migration.definition.tied import Tie
from lockgate.practices.migration.perform.bench import Aim, Bench
from lockgate.practices.migration.perform.rounds import as_declared
from lockgate.practices.migration.perform.sending.loaded import all_read
from lockgate.practices.migration.perform.sending.targets import ids_in, ids_of, made
from lockgate.practices.migration.perform.tying.answers import (
    BecauseAnswer,
    TieAnswer,
    TieGroupAnswer,
    TieOutAnswer,
    TieSheet,
)
from lockgate.practices.migration.perform.tying.asking import answered, companies_of
from lockgate.practices.migration.perform.tying.explanations import of_odoo, said_by_people
from lockgate.workspace.words import advice

_GROUPS: Final = 500
_KEYS: Final = 20


def tie_out(bench: Bench, aim: Aim, only: Sequence[str] = ()) -> TieOutAnswer:
    """Compare the figures of all ties, or of those that are named, and leave evidence of each."""
    chosen = _chosen(bench, only)
    all_read(bench)
    bench.store.lock_down()
    made(bench.store, bench.migration, ids_in(aim.client, bench.migration))
    answers: list[TieAnswer] = []
    with bench.telling("Tying out", total=len(chosen), unit="ties") as work:
        for tie in chosen:
            work.note(tie.title)
            answers += _tied(bench, aim, tie)
            work.advance()
    ok = all(one["ok"] for one in answers)
    return {"ok": ok, "round": bench.store.number, "instance": aim.instance.name, "ties": answers, "missing": []}


def _chosen(bench: Bench, only: Sequence[str]) -> list[Tie]:
    ties = bench.migration.ties
    for key in only:
        if key not in ties:
            raise UsageError(f"No tie {key!r} is declared.", why=advice(key, ties))
    if not ties:
        raise UsageError(
            "No ties are declared.", why="Nothing says which figures have to agree.", do="Declare `ties:`."
        )
    return [tie for key, tie in ties.items() if not only or key in only]


def _tied(bench: Bench, aim: Aim, tie: Tie) -> list[TieAnswer]:
    companies = companies_of(aim.client, tie.companies)
    said = " ".join([*(one.sql or "" for one in tie.figures), *(one.sql for one in tie.explained)])
    ids = ids_of(aim.client, holes(said))
    amounts: dict[str, Mapping[Place, Decimal]] = {}
    for figure in tie.figures:
        if figure.odoo is not None:
            amounts[figure.key] = answered(aim.client, figure.odoo, tie.by, companies)
        else:
            amounts[figure.key] = _made(bench, tie, filled(str(figure.sql), ids))
    reasons = [*_by_itself(bench, tie, ids), *said_by_people(bench.place, tie)]  # T2
    found = tying.groups([one.key for one in tie.figures], amounts, reasons)
    tolerance = Decimal(str(tie.tolerance))
    unit_at = 1 + tie.by.index(tie.unit) if tie.unit in tie.by else None
    lines = tying.lines(found, unit=tie.unit, unit_at=unit_at, tolerance=tolerance)
    return _recorded(bench, aim, tie, found, lines)


def _made(bench: Bench, tie: Tie, query: str) -> dict[Place, Decimal]:
    """Return what SQL makes of a figure (T1)."""
    found: dict[Place, Decimal] = defaultdict(Decimal)
    for *place, amount in _rows(bench, tie, query, "amount"):
        found[tuple(map(str, place))] += Decimal(str(amount or 0))
    return dict(found)


def _by_itself(bench: Bench, tie: Tie, ids: Mapping[str, int]) -> Iterator[Reason]:
    for account in tie.explained:
        lacks = frozenset(account.lacks) or of_odoo(tie)
        for *place, amount, key in _rows(bench, tie, filled(account.sql, ids), "amount", "key"):
            where = tuple(map(str, place))
            yield Reason(where, lacks, Decimal(str(amount or 0)), account.because, "" if key is None else str(key))


def _rows(bench: Bench, tie: Tie, query: str, *columns: str) -> list[tuple[Any, ...]]:
    names = ["company", *tie.by]
    told = ", ".join([*(f"coalesce(cast({name} as varchar), '')" for name in names), *columns])
    with as_declared(f"tie {tie.key!r}"):
        found = bench.store.connection.execute(f"select {told} from ({query}) as told").fetchall()
    return [row for row in found if row[0] in tie.companies]


def _recorded(bench: Bench, aim: Aim, tie: Tie, found: Sequence[Group], lines: Sequence[Line]) -> list[TieAnswer]:
    told = [_line(tie, one) for one in lines]
    worst = max(lines, key=lambda one: one.unexplained, default=None)
    left, right = _sides(tie, lines, worst)
    measures = {
        "left": float(left),
        "right": float(right),
        "difference": max((one["difference"] for one in told), default=0.0),
        "tolerance": tie.tolerance,
        "unexplained": max((one["unexplained"] for one in told), default=0.0),
        "groups": len(found),
        "off": sum(one["off"] for one in told),
    }
    passed = all(one["ok"] for one in told)
    file = (json.dumps(_sheet(bench, aim, tie, found, told), ensure_ascii=False, indent=1) + "\n").encode()
    number = bench.record("migration.tied_out", {"tie": tie.key}, measures, passed=passed, aim=aim, file=file)
    return [{**one, "evidence": number} for one in told]


def _sides(tie: Tie, lines: Sequence[Line], worst: Line | None) -> tuple[Decimal, Decimal]:
    """Return the figures of all companies together; where they are of several units, those of the worst."""
    if worst is None:
        return Decimal(0), Decimal(0)
    if len({one.unit for one in lines}) > 1:
        return tying.sides(worst.figures)
    return tying.sides({one.key: sum((line.figures[one.key] for line in lines), Decimal(0)) for one in tie.figures})


def _line(tie: Tie, line: Line) -> TieAnswer:
    left, right = tying.sides(line.figures)
    return {
        "tie": tie.key,
        "title": tie.title,
        "company": line.company,
        "unit": line.unit,
        "left": float(left),
        "right": float(right),
        "figures": {name: float(value) for name, value in line.figures.items()},
        "difference": float(line.difference),
        "unexplained": float(line.unexplained),
        "tolerance": tie.tolerance,
        "ok": line.off == 0,
        "state": "met" if line.off == 0 else "unmet",
        "off": line.off,
        "owner": tie.owner,
        "evidence": None,
    }


def _sheet(bench: Bench, aim: Aim, tie: Tie, found: Sequence[Group], lines: list[TieAnswer]) -> TieSheet:
    first = sorted(found, key=lambda one: (-one.unexplained, -one.difference, one.place))[:_GROUPS]
    return {
        "tie": tie.key,
        "title": tie.title,
        "why": tie.why,
        "owner": tie.owner,
        "unit": tie.unit,
        "tolerance": tie.tolerance,
        "by": list(tie.by),
        "round": bench.store.number,
        "instance": aim.instance.name,
        "figures": [{"key": one.key, "title": one.title} for one in tie.figures],
        "lines": lines,
        "groups": [_group(tie, one) for one in first],
        "groups_in_all": len(found),
    }


def _group(tie: Tie, group: Group) -> TieGroupAnswer:
    company, *others = group.place
    return {
        "company": company,
        "group": dict(zip(tie.by, others, strict=True)),
        "figures": {name: float(value) for name, value in group.figures.items()},
        "difference": float(group.difference),
        "unexplained": float(group.unexplained),
        "ok": tying.ties(group, Decimal(str(tie.tolerance))),
        "because": _because(group.reasons),
    }


def _because(reasons: Sequence[Reason]) -> list[BecauseAnswer]:
    alike: dict[tuple[str, str, frozenset[str]], list[Reason]] = {}
    for one in reasons:
        alike.setdefault((one.because, one.by, one.lacks), []).append(one)
    return [
        {
            "because": because,
            "by": by,
            "lacks": sorted(lacks),
            "amount": float(sum((one.amount for one in some), Decimal(0))),
            "records": len(some),
            "keys": [one.key for one in some[:_KEYS] if one.key],
        }
        for (because, by, lacks), some in alike.items()
    ]
