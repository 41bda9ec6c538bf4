"""Which records are one, under what people decided? Matched entity by entity, with evidence of each.

M1  What people decided is read from the ledger each time: a decision taken back gives what was there before it. Pairs
    that need a person are records of a register afterwards.
M2  Evidence names the decisions that it rests on by their digest, beside the extracts and what is declared.
M3  A preview tells what would be merged and what would survive, and leaves nothing: no golden record, no evidence.
M4  There twice, as far as is known, is a record that waits for a person, or that would be the same as another but for
    what keeps the two apart.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from lockgate.engines import matching
from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.definition import Entity
from lockgate.practices.migration.perform.bench import Bench
from lockgate.practices.migration.perform.comparing.engine import Engine, engine_of
from lockgate.practices.migration.perform.matching.answers import MatchAnswer, MatchedAnswer
from lockgate.practices.migration.perform.matching.decided import (
    Asked,
    ask,
    choices,
    decisions,
    digest_of,
    take_filled_in,
)
from lockgate.practices.migration.perform.matching.goldens import goldens, shown
from lockgate.practices.migration.perform.matching.parts import entity_of
from lockgate.practices.migration.perform.reading.held import domains_held, domains_of_entities, twice
from lockgate.practices.migration.perform.rounds import Round
from lockgate.programme.desk import desk_of
from lockgate.workspace.words import advice

_MEASURES = ("pairs", "sure", "open_reviews", "merged", "duplicate_rate")


def match_all(bench: Bench, only: Sequence[str], *, preview: int | None = None) -> MatchAnswer:
    """Match the entities, or only those that are named; with a preview of so many, keep nothing (M3)."""
    wanted = _meant(bench, only)
    _read(bench, wanted)
    bench.store.lock_down()
    found = []
    with (
        engine_of(bench.workspace, bench.store) as engine,
        bench.telling("Matching", total=len(wanted), unit="entities") as work,
    ):
        for declared in wanted:
            work.note(declared.title)
            found.append(_match(bench, declared, preview, engine))
            work.advance()
    return {
        "ok": all(one["open_reviews"] == 0 for one in found),
        "round": bench.store.number,
        "preview": preview is not None,
        "engine": engine.name,
        "entities": found,
        "domains": [] if preview is not None else domains_held(bench, domains_of_entities(bench, wanted)),
    }


def _meant(bench: Bench, only: Sequence[str]) -> list[Entity]:
    there = bench.migration.entities
    if not there:
        why = "No file below migration/ declares an entity."
        raise UsageError("There is nothing to match.", why=why, do="See docs/how-to/find-duplicates.md.")
    for key in only:
        if key not in there:
            raise UsageError(f"No entity {key!r} is declared.", why=advice(key, there))
    return [there[key] for key in dict.fromkeys(only)] or list(there.values())


def _read(bench: Bench, wanted: Sequence[Entity]) -> None:
    """Stop when a part was not read in this round."""
    for dataset in dict.fromkeys(part.dataset for declared in wanted for part in declared.parts):
        if not bench.store.has("clean", dataset):
            raise RefusedError(
                f"The dataset {dataset!r} was not read in round {bench.store.number}.",
                why="What is not there is the same as nothing.",
                do="Read it: `lockgate migrate profile`, and put it right: `lockgate migrate cleanse`.",
            )


def _match(bench: Bench, declared: Entity, preview: int | None, engine: Engine) -> MatchedAnswer:
    store = bench.store
    name = declared.key if preview is None else f"{declared.key} (preview)"
    people = desk_of(bench.place, bench.workspace, bench.now())
    if preview is None:
        take_filled_in(people)
    decided, chosen = decisions(people, declared.key), choices(people, declared.key)
    try:
        with _of(declared):
            entity = entity_of(store, bench.migration, declared, name)
            came = matching.match(store.connection, entity, decisions=decided, pairing=engine.pairing)
            count = goldens(store, declared, name, chosen=chosen)
        answer = _answer(store, declared, name, came, count)
        answer["decisions"] = len(decided) + len(chosen)
        if preview is None:
            answer["open_reviews"] = ask(people, declared, _in_doubt(store, declared.key))
            digest = digest_of(decided, chosen)
            store.connection.execute("insert or replace into matched values (?, ?)", [declared.key, digest])
            answer["evidence"] = _recorded(bench, declared, answer, engine.name)
        else:
            answer["preview"] = shown(store, declared, name, most=preview)
    finally:
        if preview is not None:
            _forget(store, name)
    return answer


@contextmanager
def _of(declared: Entity) -> Iterator[None]:
    """Tell of which entity it is that something is wrong with what was declared."""
    try:
        yield
    except UsageError as error:
        what = f"The entity {declared.key!r} can't be matched: {error.what.rstrip('.')}."
        raise UsageError(what, why=error.why, do=error.do) from None


def _answer(store: Round, declared: Entity, name: str, came: matching.Matched, count: int) -> MatchedAnswer:
    return {
        "entity": declared.key,
        "records": came.records,
        "pairs": came.pairs,
        "sure": came.sure,
        "open_reviews": came.to_review,
        "merged": came.merged,
        "apart": came.apart,
        "golden": count,
        "duplicate_rate": round(twice(store, name) / came.clusters, 6) if came.clusters else 0.0,
        "decisions": 0,
        "skipped": [{"block": block, "times": times, "records": records} for block, times, records in came.skipped],
        "preview": [],
        "evidence": None,
    }


def _recorded(bench: Bench, declared: Entity, answer: MatchedAnswer, engine: str) -> int:
    told = {**answer, "merged_records": _merged(bench.store, declared.key)}
    file = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    measures = {name: answer[name] for name in _MEASURES}  # type: ignore[literal-required] # these keys
    passed = answer["open_reviews"] == 0
    subject = {"entity": declared.key}
    return bench.record(
        "migration.matched", subject, measures, passed=passed, file=file, engine=engine, entity=declared.key
    )


def _in_doubt(store: Round, entity: str) -> list[Asked]:
    """Return the pairs that a person is to look at, with what speaks for and against, in words."""
    query = 'select "left", "right", probability, weights from pairs where entity = ? and verdict = \'review\''
    found = store.connection.execute(f"{query} order by probability desc, 1, 2", [entity]).fetchall()
    return [Asked(min(left, right), max(left, right), score, because(weights)) for left, right, score, weights in found]


def because(weights: str) -> str:
    """Return what speaks for and against, one comparison a line."""
    return "\n".join(f"{one['about']}: {one['said']} ({one['bits']:+.1f})" for one in json.loads(weights))


def _merged(store: Round, entity: str) -> list[list[str]]:
    """Return the records that are one, by their names only."""
    query = (
        "select list(record order by record) from clusters where entity = ?"
        " group by cluster having count(*) > 1 order by cluster"
    )
    return [row[0] for row in store.connection.execute(query, [entity]).fetchall()]


def _forget(store: Round, name: str) -> None:
    for table in ("pairs", "clusters", "merged"):
        if store.has("main", table):
            store.connection.execute(f"delete from {table} where entity = ?", [name])
    store.connection.execute(f"drop table if exists {sql.table('golden', name)}")
