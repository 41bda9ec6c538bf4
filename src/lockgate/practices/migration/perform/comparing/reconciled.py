"""Does Odoo hold what the old systems had? Each of their records is accounted for, or is one that nobody explains.

U1  A record of the old systems was loaded, by itself or as a part of another, left out on purpose, or kept back with a
    reason, or it was merged into one of which that is told. One that is none of these is unexplained, and is listed
    among the differences, as one of its dataset.
U2  What was sent and is not in Odoo is explained by Odoo's refusal; what differs there, or is there and was never sent,
    is not explained by itself.
U3  Where all records agree and a control total does not, each group that is off counts as unexplained.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lockgate.engines.comparing.writing import begin
from lockgate.engines.keys import key_text
from lockgate.odoo.catalogue import Catalogue
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.perform.answers import (
    ReconcileAnswer,
    ReconciledDomainAnswer,
    TotalAnswer,
    UnaccountedAnswer,
)
from lockgate.practices.migration.perform.bench import Aim, Bench
from lockgate.practices.migration.perform.comparing.engine import engine_of
from lockgate.practices.migration.perform.comparing.live import Live
from lockgate.practices.migration.perform.comparing.reconciling import Reconciled, reconcile
from lockgate.practices.migration.perform.comparing.totalling import totalled
from lockgate.practices.migration.perform.rounds import of_dataset
from lockgate.practices.migration.perform.sending.loaded import all_read, homes, source_rows
from lockgate.practices.migration.perform.sending.loading import in_company
from lockgate.practices.migration.perform.sending.targets import ids_in, line_table, made
from lockgate.programme.reaching import beside

_SHOWN = 200
_TOLD = 10


def reconcile_all(bench: Bench, aim: Aim, only: Sequence[str]) -> ReconcileAnswer:
    """Compare the domains, or only those that are named, and leave evidence of each."""
    for key in only:
        bench.migration.domain(key)
    all_read(bench)
    bench.store.lock_down()
    ids = ids_in(aim.client, bench.migration)
    targets, _ = made(bench.store, bench.migration, ids)
    chosen = [one for one in targets if not only or one.mapping.domain in only]
    found: dict[str, list[Reconciled]] = {}
    totals: dict[str, list[TotalAnswer]] = {}
    known = replace(bench.migration.known, ids=ids)
    with (
        beside(bench.workspace, aim.instance.name, aim.client) as database,
        engine_of(bench.workspace, bench.store) as engine,
        bench.telling("Comparing", total=len(chosen), unit="mappings") as work,
    ):
        for target in chosen:
            work.note(target.mapping.key)
            viewed = in_company(aim.client, target.mapping.company)
            live = Live(viewed, Catalogue(viewed), database)
            found.setdefault(target.mapping.domain, []).extend(reconcile(live, bench.store, target, engine))
            totals.setdefault(target.mapping.domain, []).extend(totalled(bench.store, target, known))
            work.advance()
    domains = [_domain(bench, key, came, totals[key], aim, engine=engine.name) for key, came in found.items()]
    ok = all(one["unexplained"] == 0 for one in domains)
    return {
        "ok": ok,
        "round": bench.store.number,
        "instance": aim.instance.name,
        "engine": engine.name,
        "domains": domains,
    }


def _domain(
    bench: Bench, key: str, found: Sequence[Reconciled], totals: list[TotalAnswer], aim: Aim, *, engine: str
) -> ReconciledDomainAnswer:
    whole = [one.compared for one in found]
    missing = sum(one.missing for one in whole)
    extra = sum(one.extra + one.doubled_right for one in whole)
    different = sum(one.different_rows for one in whole)
    lists = homes(bench, key)
    unaccounted = [one for one in (_unaccounted(bench, dataset) for dataset in lists) if one["records"]]
    fields: dict[str, int] = {}
    for one in found:
        for name, count in one.compared.fields.items():
            if count:
                fields[f"{one.name}.{name}"] = count
    unexplained = sum(one.explained.unexplained for one in found) + sum(one["records"] for one in unaccounted)
    answer: ReconciledDomainAnswer = {
        "domain": key,
        "source_rows": source_rows(bench, key),
        "target_rows": sum(one.records for one in found),
        "missing": missing,
        "extra": extra,
        "different": different,
        "unexplained": max(unexplained, sum(one["off"] for one in totals)),  # U3
        "evidence": None,
        "fields": fields,
        "unaccounted": unaccounted,
        "totals": totals,
    }
    measured = ("source_rows", "target_rows", "missing", "extra", "different", "unexplained")
    measures = {name: answer[name] for name in measured}  # type: ignore[literal-required] # these keys
    names = [*(one.name for one in found), *map(of_dataset, lists)]
    told = {
        **answer,
        "kept_back": _kept_back(bench, key),
        "classes": list(_classes(bench, names)),
        "differences": list(_differences(bench, names)),
    }
    file = (json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n").encode()
    answer["evidence"] = bench.record(
        "migration.reconciled",
        {"domain": key},
        measures,
        passed=answer["unexplained"] == 0,
        aim=aim,
        file=file,
        engine=engine,
    )
    return answer


def _differences(bench: Bench, names: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield which fields of which records differ; the values, which may be of people, stay in the round."""
    for name in names:
        rows = bench.store.connection.execute(
            "select domain, key, field, class, because from differences where domain = ?"
            f" order by key, field limit {_SHOWN}",
            [name],
        ).fetchall()
        for row in rows:
            yield dict(zip(("of", "key", "field", "class", "because"), row, strict=True))


def _classes(bench: Bench, names: Sequence[str]) -> Iterator[dict[str, str | int]]:
    """Yield how many differences there are of each kind, in each field, by what explains them."""
    for name in names:
        rows = bench.store.connection.execute(
            "select domain, coalesce(field, ''), class, coalesce(because, ''), count(*) from differences"
            " where domain = ? group by all order by 5 desc, 2, 3, 4",
            [name],
        ).fetchall()
        for row in rows:
            yield dict(zip(("of", "field", "kind", "because", "records"), row, strict=True))


def _kept_back(bench: Bench, domain: str) -> dict[str, int]:
    """Return how many records of a domain are not in Odoo, by why; each counts once, for what was found first."""
    order = "list_position(['left-out', 'blocked', 'unmapped', 'refers'], kind)"
    of_it = ", ".join(sql.text(dataset) for dataset in homes(bench, domain)) or "''"
    rows = bench.store.connection.execute(
        "select kind, count(*) from (select dataset, row, arg_min(kind, "
        f"{order}) as kind from kept_back where dataset in ({of_it}) group by dataset, row) group by 1 order by 2 desc"
    ).fetchall()
    return {str(kind): int(count) for kind, count in rows}


def _unaccounted(bench: Bench, dataset: str) -> UnaccountedAnswer:
    """List the records of a dataset that are neither loaded nor told why not (U1)."""
    migration = bench.migration
    there = [f"select row from {told} where dataset = {sql.text(dataset)}" for told in ("kept_back", "added_up")]
    for mapping in migration.mappings.values():
        tables = [sql.table("target", mapping.key), *(line_table(mapping.key, field) for field in mapping.lines)]
        there += [f"select _row from {table} where _dataset = {sql.text(dataset)}" for table in tables]
    key = sql.key([f"s.{sql.name(one)}" for one in migration.datasets[dataset].id])
    merged = [_merged(bench, entity, dataset) for entity in migration.entities if bench.store.has("golden", entity)]
    others = f" and {key} not in ({' union all '.join(merged)})" if merged else ""
    connection = bench.store.connection
    begin(connection, "differences", of_dataset(dataset))
    shown = key_text([f"s.{sql.name(one)}" for one in migration.datasets[dataset].id])
    connection.execute(
        f"insert into differences (domain, key, class) select ?, {shown}, 'unaccounted'"
        f" from {sql.table('clean', dataset)} s where s._row not in ({' union all '.join(there)}){others}",
        [of_dataset(dataset)],
    )
    query = "select count(*), coalesce(list(key order by key)[:?], []) from differences where domain = ?"
    [(records, keys)] = connection.execute(query, [_TOLD, of_dataset(dataset)]).fetchall()
    return {"dataset": dataset, "records": records, "keys": keys}


def _merged(bench: Bench, entity: str, dataset: str) -> str:
    """Return the query for the keys that were merged into a record of which it is told what became (U1)."""
    of_it = [mapping.key for mapping in bench.migration.mappings.values() if mapping.entity == entity]
    sent = (f"select _dataset, _row from {sql.table('target', key)}" for key in of_it)
    told = ["select dataset, row from kept_back", *sent]
    return (
        f"select m.key from merged m join {sql.table('golden', entity)} g on g._golden = m.golden"
        f" where m.entity = {sql.text(entity)} and m.dataset = {sql.text(dataset)}"
        f" and (g._dataset, g._row) in ({' union all '.join(told)})"
    )
