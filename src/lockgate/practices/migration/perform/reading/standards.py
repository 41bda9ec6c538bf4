"""Are the standards kept that were agreed for names, units and places? Told of what is to be loaded.

G1  A record breaks a standard when it breaks one of its rules, whether that keeps it back or only names it.
G2  A standard is agreed by a record of the register of decisions which says so now.
G3  One can be agreed while records still break it, or kept before anybody agreed: what of it is asked, gates say.
G4  Of a standard without a rule nobody can tell whether it is kept: then evidence says nothing of it.
"""

from collections.abc import Sequence

from lockgate.ledger.registers.tables import entries_of
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.definition import Rule, Standard
from lockgate.practices.migration.perform.answers import StandardHeldAnswer
from lockgate.practices.migration.perform.bench import Bench
from lockgate.practices.migration.perform.reading.held import ASIDE, all_read, file_of
from lockgate.practices.migration.perform.rounds import Round


def standards_held(bench: Bench) -> list[StandardHeldAnswer]:
    """Hold the records against each standard of which all was read, and leave evidence of each."""
    rules: dict[str, list[Rule]] = {key: [] for key in bench.migration.standards}
    for rule in bench.migration.rules:
        if rule.standard is not None:
            rules[rule.standard].append(rule)
    return [
        _standard(bench, bench.migration.standards[key], told)
        for key, told in rules.items()
        if all_read(bench, [rule.dataset for rule in told])
    ]


def _standard(bench: Bench, one: Standard, rules: Sequence[Rule]) -> StandardHeldAnswer:
    by_dataset: dict[str, list[str]] = {}
    for rule in rules:
        by_dataset.setdefault(rule.dataset, []).append(rule.id)
    counts = {key: _broken(bench.store, key, ids) for key, ids in by_dataset.items()}
    records = sum(rows for rows, _ in counts.values())
    violations = sum(broken for _, broken in counts.values()) if rules else None  # G4
    agreed = _agreed(bench, one)
    measures: dict[str, float] = {"records": records, "agreed": agreed}
    if violations is not None:
        measures["violations"] = violations
    told = {
        "standard": one.key,
        "title": one.title,
        "text": one.text,
        "owner": one.owner,
        "decision": one.decision or "",
        **measures,
        "datasets": [
            {"dataset": key, "rules": by_dataset[key], "records": rows, "violations": broken}
            for key, (rows, broken) in counts.items()
        ],
    }
    subject = {"standard": one.key}
    passed = True if agreed and violations == 0 else None  # G3
    number = bench.record("standard.checked", subject, measures, passed=passed, file=file_of(told))
    return {"standard": one.key, "records": records, "violations": violations, "agreed": agreed, "evidence": number}


def _broken(store: Round, dataset: str, rules: Sequence[str]) -> tuple[int, int]:
    """Return how many records of a dataset there are, and how many break one of the rules (G1)."""
    named = ", ".join(map(sql.text, rules))
    rows = store.one(f"select count(*) from {sql.table('clean', dataset)} where _row not in ({ASIDE})", [dataset])
    query = f"select count(distinct row) from findings where dataset = $1 and rule in ({named})"
    return int(rows), int(store.one(f"{query} and row not in ({ASIDE})", [dataset]))


def _agreed(bench: Bench, one: Standard) -> bool:
    """Return whether a decision says so now (G2)."""
    found = entries_of(bench.place.ledger).by_id.get(one.decision or "")
    if found is None:
        return False
    return (found.register, found.state, found.values.get("nature")) == ("decision", "decided", "standard")
