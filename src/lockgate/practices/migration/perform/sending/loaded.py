"""What came of a load, domain by domain? Evidence of it, and the reason of each record that is not in Odoo."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from time import monotonic
from typing import Any, Final

from lockgate.kernel.errors import UsageError
from lockgate.odoo import turns
from lockgate.odoo.client import Client
from lockgate.odoo.loading import Progress
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.decide.ordering import Pass
from lockgate.practices.migration.perform.answers import (
    LoadAnswer,
    LoadedDomainAnswer,
    LoadedMappingAnswer,
    PreflightAnswer,
)
from lockgate.practices.migration.perform.bench import Aim, Bench
from lockgate.practices.migration.perform.reading.staging import extracts, unchanged
from lockgate.practices.migration.perform.sending.identifying import our_ids
from lockgate.practices.migration.perform.sending.loading import Loaded, in_company, load_pass
from lockgate.practices.migration.perform.sending.posting import Posted, post
from lockgate.practices.migration.perform.sending.preflight import Fault, faults
from lockgate.practices.migration.perform.sending.targets import Target, ids_in, made

LOADING: Final = turns.Work(
    key="lockgate.migration.turn",
    busy="Somebody else is loading into this Odoo.",
    lost="Loading was stopped: the turn is lost.",
    does="loads into this Odoo",
    go_on="Load again when they are done: it goes on where it was.",
)
Keep = Callable[[], None]
"""Goes on holding the turn, or stops where it is lost."""


def preflight(bench: Bench, client: Client) -> PreflightAnswer:
    """Look whether Odoo would take what would be sent; nothing is written there."""
    all_read(bench)
    bench.store.lock_down()
    targets, _ = made(bench.store, bench.migration, ids_in(client, bench.migration))
    found = faults(client, bench.store, targets)
    return preflight_answer(bench, targets, found)


def all_read(bench: Bench) -> None:
    """Stop when a dataset was not read in this round, or its extract has changed since."""
    unchanged(bench.store, bench.migration, extracts(bench.migration, None, bench.store))


def preflight_answer(bench: Bench, targets: Sequence[Target], found: Sequence[Fault]) -> PreflightAnswer:
    """Return what would be sent, and all that Odoo would refuse."""
    return {
        "ok": not found,
        "round": bench.store.number,
        "mappings": [
            {"mapping": one.mapping.key, "model": one.mapping.model, "rows": one.rows, "kept_back": one.kept_back}
            for one in targets
        ],
        "faults": [
            {"mapping": one.mapping, "field": one.field, "rows": one.rows, "what": one.what, "do": one.do}
            for one in found
        ],
    }


def load_all(bench: Bench, aim: Aim, only: Sequence[str], *, workers: int) -> LoadAnswer:
    """Load the domains, or only those that are named, and leave evidence of each; one at a time loads into an Odoo."""
    for key in only:
        bench.migration.domain(key)
    all_read(bench)
    bench.store.lock_down()
    with turns.turn(aim.client, bench.who, LOADING) as turn:
        return _loaded(bench, aim, only, workers=workers, keep=turn.keep)


def _loaded(bench: Bench, aim: Aim, only: Sequence[str], *, workers: int, keep: Keep) -> LoadAnswer:
    targets, order = made(bench.store, bench.migration, ids_in(aim.client, bench.migration))
    chosen = {one.mapping.key: one for one in targets if not only or one.mapping.domain in only}
    _stop_at(faults(aim.client, bench.store, tuple(chosen.values())))
    done: dict[str, list[tuple[Loaded, float]]] = {}
    posted: dict[str, tuple[Posted, float]] = {}
    for one in order:
        if one.mapping in chosen:
            came = _pass(aim.client, bench, chosen[one.mapping], one, workers=workers, keep=keep)
            done.setdefault(one.mapping, []).append(came)
            if one == _last(order, one.mapping) and chosen[one.mapping].mapping.then:
                posted[one.mapping] = _post(aim.client, bench, chosen[one.mapping], workers=workers, keep=keep)
    mappings: dict[str, list[LoadedMappingAnswer]] = {}
    for name, loaded in done.items():
        told = _mapping(chosen[name], loaded, posted.get(name))
        mappings.setdefault(chosen[name].mapping.domain, []).append(told)
    answers = [_domain(bench, key, some, aim) for key, some in mappings.items()]
    ok = all(one["rejected"] == 0 for one in answers)
    return {"ok": ok, "round": bench.store.number, "instance": aim.instance.name, "domains": answers}


def _stop_at(wrong: Sequence[Fault]) -> None:
    if wrong:
        raise UsageError(
            f"Odoo would refuse some of it: {len(wrong)} faults.",
            why=f"The first: {wrong[0].mapping} {wrong[0].field}: {wrong[0].what}",
            do="See all of them: `lockgate migrate preflight`. Nothing was sent.",
        )


def _last(order: Sequence[Pass], mapping: str) -> Pass:
    return [one for one in order if one.mapping == mapping][-1]


def _pass(client: Client, bench: Bench, target: Target, one: Pass, *, workers: int, keep: Keep) -> tuple[Loaded, float]:
    began = monotonic()
    title = f"Filling in {one.mapping}" if one.again else f"Loading {one.mapping}"
    with bench.telling(title, total=target.rows, unit="records") as work:
        seen = 0

        def moved(now: Progress) -> None:
            nonlocal seen
            keep()
            work.advance(now.rows - seen)
            seen = now.rows

        found = load_pass(client, bench.store, target, one, workers=workers, on_progress=moved)
    return found, monotonic() - began


def _post(client: Client, bench: Bench, target: Target, *, workers: int, keep: Keep) -> tuple[Posted, float]:
    began = monotonic()
    mapping = target.mapping
    viewed = in_company(client, mapping.company)
    rows = bench.store.connection.execute(f"select id from {sql.table('target', mapping.key)}").fetchall()
    meant = {str(row[0]).partition(".")[2] for row in rows}
    known = our_ids(client, mapping.same_as or mapping.key, mapping.model)
    ids = [row["res_id"] for row in known if row["name"] in meant]
    with bench.telling(f"{str(mapping.then).capitalize()} {mapping.key}", total=len(ids), unit="records") as work:

        def moved(count: int) -> None:
            keep()
            work.advance(count)

        came = post(viewed, mapping.model, mapping.then or "post", ids, moved, on=mapping.dated, workers=workers)
    return came, monotonic() - began


def _mapping(
    target: Target, done: Sequence[tuple[Loaded, float]], posted: tuple[Posted, float] | None
) -> LoadedMappingAnswer:
    first = done[0][0].result
    rejected = sum(len(one.result.rejected) for one, _ in done)
    unknown = sum(len(one.result.unknown) for one, _ in done)
    seconds = sum(took for _, took in done) + (posted[1] if posted else 0)
    return {
        "mapping": target.mapping.key,
        "model": target.mapping.model,
        "rows": target.rows,
        "created": first.created,
        "updated": first.updated,
        "unchanged": first.unchanged + done[0][0].already,
        "rejected": rejected,
        "unknown": unknown,
        "kept_back": target.kept_back,
        "posted": posted[0].done if posted else 0,
        "not_posted": len(posted[0].refused) if posted else 0,
        "seconds": round(seconds, 1),
        "rejects": str(done[0][0].rejects) if rejected or unknown else None,
    }


def _domain(bench: Bench, key: str, mappings: list[LoadedMappingAnswer], aim: Aim) -> LoadedDomainAnswer:
    names = [one["mapping"] for one in mappings]
    source = source_rows(bench, key)
    loaded = sum(one["created"] + one["updated"] + one["unchanged"] for one in mappings)
    rejected = sum(one["rejected"] + one["unknown"] + one["not_posted"] + one["kept_back"] for one in mappings)
    rejected += blocked(bench, key)
    seconds = round(sum(one["seconds"] for one in mappings), 1)
    answer: LoadedDomainAnswer = {
        "domain": key,
        "rows": source,
        "loaded": loaded,
        "rejected": rejected,
        "seconds": seconds,
        "evidence": None,
        "mappings": mappings,
    }
    sent = sum(one["created"] + one["updated"] for one in mappings)
    measures = {"rows": source, "loaded": loaded, "rejected": rejected, "sent": sent, "seconds": seconds}
    kept: dict[str, Any] = {**answer, "kept_back": list(_reasons(bench, names))}
    file = (json.dumps(kept, ensure_ascii=False, indent=1, default=str) + "\n").encode()
    answer["evidence"] = bench.record(
        "migration.loaded", {"domain": key}, measures, passed=rejected == 0, aim=aim, file=file
    )
    return answer


def homes(bench: Bench, domain: str) -> tuple[str, ...]:
    """Return the datasets that a domain is made of."""
    return bench.migration.homes(domain)


def source_rows(bench: Bench, domain: str) -> int:
    """Return how many records the old systems have of a domain."""
    return sum(bench.store.count(sql.table("clean", dataset)) for dataset in homes(bench, domain))


def blocked(bench: Bench, domain: str) -> int:
    """Return how many records of a domain are kept back by a rule."""
    return sum(
        bench.store.one("select count(distinct row) from kept_back where dataset = ? and kind = 'blocked'", [dataset])
        for dataset in homes(bench, domain)
    )


def _reasons(bench: Bench, mappings: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    for mapping in mappings:
        rows = bench.store.connection.execute(
            "select dataset, kind, count(*), any_value(because), (list(key order by row))[:20] from kept_back"
            " where mapping = $1 or starts_with(mapping, $1 || '.') group by dataset, kind order by 3 desc",
            [mapping],
        ).fetchall()
        for dataset, kind, records, because, keys in rows:
            yield {
                "mapping": mapping,
                "dataset": dataset,
                "kind": kind,
                "records": records,
                "because": because,
                "keys": keys,
            }
