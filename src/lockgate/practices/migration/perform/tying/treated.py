"""What becomes of what is under way, class by class? Counted and valued as the old systems have it now.

W1  A class without a treatment is undecided with all that it holds; an empty class has nothing to decide.
W2  Overdue is what its query says is older than agreed, and all that is still open in a class that had to be closed or
    entered by a day that is over.
W3  Values of several companies or currencies are never added up: each stands by itself, and the value of the class is
    what is in its own currency.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from lockgate.kernel.errors import UsageError
from lockgate.practices.migration.definition.tied import Treatment
from lockgate.practices.migration.perform.bench import Bench
from lockgate.practices.migration.perform.rounds import as_declared
from lockgate.practices.migration.perform.sending.loaded import all_read
from lockgate.practices.migration.perform.tying.answers import TreatmentAnswer, TreatmentsAnswer, TreatmentValue

_SHOWN = 200


def treated(bench: Bench, scope: Any) -> TreatmentsAnswer:
    """Count each class, and leave evidence of it for a wave or site."""
    if not bench.migration.treatments:
        why = "Nothing says what becomes of transactions that are under way."
        raise UsageError("No treatments are declared.", why=why, do="Declare `treatments:`.")
    all_read(bench)
    bench.store.lock_down()
    found = [_class(bench, one, scope) for one in bench.migration.treatments.values()]
    return {
        "ok": all(one["undecided"] == 0 for one in found),
        "round": bench.store.number,
        "treatments": found,
        "missing": [],
    }


def _class(bench: Bench, one: Treatment, scope: Any) -> TreatmentAnswer:
    rows = _rows(bench, one)
    values = _values(one, rows)
    late = one.due is not None and one.treatment in {"close-before", "re-enter"} and bench.now().date() > one.due
    undecided = len(rows) if one.treatment is None else 0  # W1
    answer: TreatmentAnswer = {
        "treatment": one.key,
        "title": one.title,
        "way": one.treatment,
        "why": one.why,
        "owner": one.owner,
        "due": one.due.isoformat() if one.due else None,
        "open": len(rows),
        "value": sum(line["value"] for line in values if line["currency"] == one.value_in),
        "value_in": one.value_in,
        "values": values,
        "undecided": undecided,
        "overdue": len(rows) if late else sum(bool(row[2]) for row in rows),  # W2
        "state": "unmet" if undecided else "met",
        "evidence": None,
    }
    kept = {**answer, "records": [{"key": key, "value": float(value)} for key, value, *_ in rows[:_SHOWN]]}
    measures = {name: float(answer[name]) for name in ("open", "value", "undecided", "overdue")}
    file = (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()
    passed = answer["undecided"] == 0
    answer["evidence"] = bench.record(
        "cutover.treated", {"class": one.key}, measures, passed=passed, scope=scope, file=file
    )
    return answer


def _rows(bench: Bench, one: Treatment) -> list[tuple[Any, ...]]:
    """Return key, value, overdue, company and currency of each transaction."""
    with as_declared(f"treatment {one.key!r}"):
        described = bench.store.connection.execute(f"describe ({one.sql})").fetchall()
        there = {str(row[0]).lower() for row in described}
        company, currency = (name if name in there else "null" for name in ("company", "currency"))
        return bench.store.connection.execute(
            f"select cast(key as varchar), coalesce(value, 0), coalesce(overdue, false), coalesce({company}, ''),"
            f" coalesce({currency}, ?) from ({one.sql}) t order by 1",
            [one.value_in],
        ).fetchall()


def _values(one: Treatment, rows: Sequence[tuple[Any, ...]]) -> list[TreatmentValue]:
    """Return what each company has in each currency (W3), the currency of the class first."""
    found: dict[tuple[str, str], list[Decimal]] = {}
    for _, value, _, company, currency in rows:
        found.setdefault((str(company), str(currency)), []).append(Decimal(str(value)))
    order = sorted(found, key=lambda place: (place[0], place[1] != one.value_in, place[1]))
    return [
        {"company": place[0], "currency": place[1], "open": len(found[place]), "value": float(sum(found[place]))}
        for place in order
    ]
