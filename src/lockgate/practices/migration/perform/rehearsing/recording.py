"""What came of a rehearsal? Evidence of it, with each step, its time and what it said."""

import json
from collections.abc import Mapping

from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import LockgateError
from lockgate.kernel.evidence import Evidence, InstanceRef, Verdict
from lockgate.kernel.scope import Scope
from lockgate.practices.migration.decide import rehearsing
from lockgate.practices.migration.definition import Rehearsal
from lockgate.practices.migration.perform.bench import ROUND, TEMPLATE
from lockgate.practices.migration.perform.declared import INPUT, Migration
from lockgate.practices.migration.perform.rehearsing.answers import RehearseAnswer
from lockgate.practices.migration.perform.rehearsing.compared import BESIDES, ROWS, seconds_besides
from lockgate.practices.migration.perform.rehearsing.journal import Journal
from lockgate.practices.migration.perform.rehearsing.past import REHEARSED, Past, past
from lockgate.programme.ledger_place import LedgerPlace, ledger_place
from lockgate.programme.reaching import measured, reach


def recorded(migration: Migration, declared: Rehearsal, now: Journal, who: str) -> RehearseAnswer:
    """Record what came of it, and return it."""
    with ledger_place(migration.workspace.root, begin=True) as place:
        found = past(place)
        rows = _rows(migration, found, now)
        answer = _answer(declared, now, rounds=_rounds(found, declared, now), rows=rows)
        answer["evidence"] = _record(place, migration, now, answer, rows=sum(rows.values()), who=who)
    return answer


def _answer(declared: Rehearsal, now: Journal, *, rounds: int, rows: Mapping[str, int]) -> RehearseAnswer:
    minutes = rehearsing.minutes({name: one.seconds for name, one in now.steps.items()})
    failed = rehearsing.failed(now.states)
    whole = rehearsing.complete(now.states)
    return {
        "ok": whole and not failed and minutes <= declared.window_minutes,
        "rehearsal": declared.key,
        "round": now.round,
        "instance": now.instance,
        "minutes": minutes,
        "window_minutes": declared.window_minutes,
        "rounds": rounds,
        "failed_steps": failed,
        "volume_share": rehearsing.volume_share(rows, declared.volume),
        "interrupted": now.interrupted,
        "evidence": None,
        "steps": [
            {
                "step": name,
                "state": one.state,
                "seconds": one.seconds,
                "says": one.says,
                "evidence": list(one.evidence),
            }
            for name, one in now.steps.items()
        ],
    }


def _rounds(found: Past, declared: Rehearsal, now: Journal) -> int:
    """Return how many complete runs of the whole there were, this one included when it is one."""
    before = [
        int(one.evidence.measures["rounds"])
        for number in found.rounds
        if (one := found.of(number, REHEARSED, declared.key)) is not None
    ]
    return max(before, default=0) + rehearsing.counts(now.states, deltas=now.deltas)


def _rows(migration: Migration, found: Past, now: Journal) -> dict[str, int]:
    """Return how many records of each domain this round had."""
    loads = {key: found.of(now.round, "migration.loaded", key) for key in migration.domains}
    return {key: int(one.evidence.measures["rows"]) for key, one in loads.items() if one is not None}


def _record(
    place: LedgerPlace, migration: Migration, now: Journal, answer: RehearseAnswer, *, rows: int, who: str
) -> int:
    workspace = migration.workspace
    names = [name for name in (INPUT, TEMPLATE) if name in workspace.digests]
    besides = seconds_besides({name: one.seconds for name, one in now.steps.items()})
    file = (json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode()
    evidence = Evidence(
        kind=REHEARSED,
        scope=Scope.parse(now.scope),
        subject={"rehearsal": now.rehearsal},
        verdict=Verdict.PASSED if answer["ok"] else Verdict.FAILED,
        measures={
            name: answer[name] for name in ("minutes", "window_minutes", "rounds", "failed_steps", "volume_share")
        },
        inputs={name: str(workspace.digest_of(name)) for name in names},
        producer=who,
        taken_at=system_clock(),
        instance=_instance(migration, now),
        artifact=place.artifacts.keep(file),
        notes={ROUND: str(now.round), BESIDES: str(besides), ROWS: str(rows)},
    )
    return place.ledger.record_evidence(evidence)[0].number


def _instance(migration: Migration, now: Journal) -> InstanceRef | None:
    """Return the Odoo that it went to, None where that could not be reached: then no step got there either."""
    try:
        with reach(migration.workspace, now.instance, read_only=True) as client:
            return measured(client, now.instance)
    except LockgateError:
        return None
