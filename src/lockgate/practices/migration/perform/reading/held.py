"""Do the records of a domain keep its rules? Told of what is to be loaded.

H1  A record breaks a rule when the rule keeps it back; it has a fault when anything at all is wrong with it. What is
    left out on purpose counts in neither, nor among the records.
H2  There twice is what a matched entity still has twice, and a record whose key another one has. While an entity was
    not matched in the round, nobody can tell how often its records are there: then evidence says nothing of it.
H3  A domain of which a dataset was not read is not told of. One without any has nothing to break, and its owner.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.definition import Domain, Entity
from lockgate.practices.migration.perform.answers import DomainHeldAnswer
from lockgate.practices.migration.perform.bench import Bench
from lockgate.practices.migration.perform.rounds import Round

ASIDE: Final = "select row from kept_back where dataset = $1 and kind = 'left-out'"
"""The rows of a dataset that are left out on purpose."""


def domains_held(bench: Bench, only: Sequence[str] | None = None) -> list[DomainHeldAnswer]:
    """Hold the records of each domain that was read against its rules, and leave evidence of each."""
    return [
        _domain(bench, domain)
        for key, domain in bench.migration.domains.items()
        if (only is None or key in only) and all_read(bench, bench.migration.datasets_of(key))  # H3
    ]


def domains_of_entities(bench: Bench, entities: Sequence[Entity]) -> list[str]:
    """Return the domains into which these entities go."""
    keys = {one.key for one in entities}
    return list(dict.fromkeys(one.domain for one in bench.migration.mappings.values() if one.entity in keys))


def twice(store: Round, name: str) -> int:
    """Return how many things of a matched entity are there twice, as far as is known."""
    return int(
        store.one(
            "select count(distinct greatest(a.cluster, b.cluster)) from pairs p"
            ' join clusters a on a.entity = p.entity and a.record = p."left"'
            ' join clusters b on b.entity = p.entity and b.record = p."right"'
            " where p.entity = ? and p.verdict in ('review', 'apart')",
            [name],
        )
    )


def all_read(bench: Bench, datasets: Sequence[str]) -> bool:
    """Return whether these datasets were read in the round."""
    return all(bench.store.has("clean", key) for key in datasets)


def _domain(bench: Bench, domain: Domain) -> DomainHeldAnswer:
    keys = bench.migration.datasets_of(domain.key)
    datasets = {key: _dataset(bench.store, key) for key in keys}
    rows, violations, faulty = (sum(one[name] for one in datasets.values()) for name in ("rows", "blocked", "faulty"))
    measures: dict[str, float] = {
        "rows": rows,
        "violations": violations,
        "accuracy": round(1 - faulty / rows, 6) if rows else 1.0,
        "stewarded": all(bench.migration.datasets[key].steward is not None for key in keys),
    }
    rate = _duplicate_rate(bench, domain.key)
    if rate is not None:
        measures["duplicate_rate"] = rate
    told = {
        "domain": domain.key,
        "owner": domain.owner,
        **measures,
        "datasets": [
            {"dataset": key, "steward": bench.migration.datasets[key].steward, **one} for key, one in datasets.items()
        ],
        "rules": list(_rules(bench, keys)),
    }
    subject = {"domain": domain.key}
    number = bench.record("data.checked", subject, measures, passed=violations == 0, file=file_of(told))
    return {
        "domain": domain.key,
        "rows": rows,
        "violations": violations,
        "accuracy": measures["accuracy"],
        "duplicate_rate": rate,
        "stewarded": bool(measures["stewarded"]),
        "evidence": number,
    }


def _dataset(store: Round, key: str) -> dict[str, int]:
    """Return how many records there are, how many a rule keeps back, and how many have any fault (H1)."""
    findings = f"from findings where dataset = $1 and row not in ({ASIDE})"
    rows = f"select count(*) from {sql.table('clean', key)} where _row not in ({ASIDE})"
    return {
        "rows": int(store.one(rows, [key])),
        "blocked": int(store.one(f"select count(distinct row) {findings} and severity = 'blocks'", [key])),
        "faulty": int(store.one(f"select count(distinct row) {findings}", [key])),
    }


def _duplicate_rate(bench: Bench, domain: str) -> float | None:
    """Return the share of a domain that is there twice, None where that can't be told (H2)."""
    migration, store = bench.migration, bench.store
    entities = {one.entity for one in migration.mappings.values() if one.domain == domain and one.entity is not None}
    matched = {row[0] for row in store.connection.execute("select entity from matched").fetchall()}
    if entities - matched:
        return None
    parts = {part.dataset for key in entities for part in migration.entities[key].parts}
    things = double = 0
    for key in entities:
        things += int(store.one("select count(distinct cluster) from clusters where entity = ?", [key]))
        double += twice(store, key)
    for key in migration.datasets_of(domain):
        if key not in parts:
            names = ", ".join(map(sql.name, migration.datasets[key].id))
            table = f"{sql.table('clean', key)} where _row not in ({ASIDE})"
            rows = int(store.one(f"select count(*) from {table}", [key]))
            things += rows
            double += rows - int(store.one(f"select count(*) from (select distinct {names} from {table})", [key]))
    return round(double / things, 6) if things else 0.0


def _rules(bench: Bench, datasets: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Yield how many records break which rule, and who stands for it."""
    owners = {rule.id: rule.owner for rule in bench.migration.rules}
    for key in datasets:
        found = bench.store.connection.execute(
            "select rule, severity, count(distinct row), any_value(why) from findings"
            f" where dataset = $1 and row not in ({ASIDE}) group by all order by 3 desc, 1",
            [key],
        ).fetchall()
        for rule, severity, records, why in found:
            told = {"dataset": key, "rule": rule, "severity": severity, "records": records}
            yield {**told, "owner": owners.get(rule) or "", "why": why}


def file_of(told: Mapping[str, Any]) -> bytes:
    """Return what is kept beside the evidence."""
    return (json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n").encode()
