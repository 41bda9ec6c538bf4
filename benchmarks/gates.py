"""How long does it take to ask all gates? Every criterion of every stage and site, over a million records in memory.

    python -m benchmarks.gates [--records N]

The facts are made here, no database is asked: what is measured is deciding. As a long-lived process would, it freezes
what it has loaded (`gc.freeze`) before it measures.
"""

import argparse
import gc
import json
import platform
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lockgate.gates.asking.board import Board
from lockgate.gates.asking.evaluating import evaluate
from lockgate.gates.criteria.definition import Gate
from lockgate.gates.criteria.merging import Source, merge
from lockgate.gates.criteria.written import GatesFile
from lockgate.gates.facts.remembered import Index, Remembered
from lockgate.gates.facts.wanted import Declared
from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.scope import PROGRAMME, Level, Scope

SITES, STAGES, CRITERIA, SUBJECTS = 60, 12, 25, 5
NOW = datetime(2026, 3, 10, tzinfo=UTC)
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Recorded:
    """Evidence with its number."""

    number: int
    evidence: Evidence


class World:
    """Sites that all have the same few scenarios and one template."""

    def __init__(self) -> None:
        self._sites = [Declared(f"site-{number:02}") for number in range(SITES)]
        self._subjects = [Declared(f"otc-{number:02}") for number in range(SUBJECTS)]

    def keys(self, dimension: str, scope: Scope) -> Sequence[Declared] | None:
        """Return what is declared."""
        if dimension == "site":
            return self._sites if scope == PROGRAMME else [Declared(scope.key)]
        return self._subjects if dimension == "scenario" else None

    def around(self, scope: Scope, level: Level) -> Sequence[Scope]:
        """Return the programme: there are no waves."""
        return (PROGRAMME,) if scope and level is Level.PROGRAMME else ()

    def digest(self, name: str, scope: Scope) -> str:
        """Return the one digest that everything has."""
        return f"{name}-now" if scope else ""

    def declares(self, name: str) -> bool:
        """Return that it is all the workspace's."""
        return bool(name)


def gates() -> list[Gate]:
    """Return a gate for each stage; a fifth of its criteria ask for every scenario."""
    made = []
    for stage in range(STAGES):
        criteria = [
            {
                "key": f"c{number:02}",
                "evidence": {"kind": f"stage-{stage}.kind-{number}"},
                "each": ["scenario"] if number % 5 == 0 else [],
                "require": ["failed = 0", "minutes <= window_minutes"],
                "fresh": "90d",
            }
            for number in range(CRITERIA)
        ]
        decides = {"role": "owner", "quorum": 2}
        made.append(
            {"key": f"g{stage}", "stage": f"s{stage}", "scope": "site", "decides": decides, "criteria": criteria}
        )
    return list(merge([Source("gates.yaml", GatesFile.model_validate_json(json.dumps({"gates": made})))]).gates)


def records(count: int) -> list[Recorded]:
    """Return evidence for all kinds and sites, again and again, until there is enough."""
    chance = random.Random(19)
    about = [
        (f"stage-{stage}.kind-{number}", Scope(Level.SITE, f"site-{site:02}"), {"scenario": f"otc-{subject:02}"})
        for stage in range(STAGES)
        for number in range(CRITERIA)
        for site in range(SITES)
        for subject in range(SUBJECTS if number % 5 == 0 else 1)
    ]
    found = []
    for number in range(count):
        kind, scope, subject = about[number % len(about)]
        failed = int(chance.random() < 0.01)  # noqa: PLR2004 - one in a hundred
        measures = {"failed": failed, "minutes": chance.randrange(100), "window_minutes": 120}
        taken = NOW - timedelta(minutes=(count - number) // 10)
        inputs = {"template": "template-now", "scenario": "scenario-now"}
        said = Evidence(kind, scope, subject, Verdict.PASSED, measures, inputs, "verb", taken)
        found.append(Recorded(number + 1, said))
    return found


def timed(work: Callable[[], object]) -> float:
    """Return the median of a few rounds, in milliseconds."""
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return sorted(took)[ROUNDS // 2] * 1000


def main() -> None:
    """Measure, and print one line for each question."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gates", description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    count = parser.parse_args().records
    made, world, taken = gates(), World(), records(count)
    begun = time.perf_counter()
    index = Index()
    for record in taken:
        index.add(record)
    indexed = time.perf_counter() - begun
    facts = Remembered(index, world)
    gc.collect()
    gc.freeze()
    asked = [(gate, Scope(Level.SITE, f"site-{site:02}")) for gate in made for site in range(SITES)]
    everything = timed(lambda: [evaluate(gate, scope, facts, NOW) for gate, scope in asked])
    past = Remembered(index, world, upto=count // 2)
    then = timed(lambda: [evaluate(gate, scope, past, NOW) for gate, scope in asked])
    single = timed(lambda: evaluate(*asked[0], facts, NOW))
    board = Board(asked, facts, NOW)
    last = taken[-1].evidence

    def one_more() -> None:
        index.add(Recorded(count + 1, last))
        board.seen(last.kind, last.scope)

    print(f"{SITES} sites, {STAGES} stages, {CRITERIA} criteria: {len(asked)} gates over {count:,} records")
    print(f"index all records    {indexed * 1000:10.1f} ms")
    print(f"ask all gates        {everything:10.1f} ms")
    print(f"ask all, half as old {then:10.1f} ms")
    print(f"ask one gate         {single:10.3f} ms")
    print(f"one more record      {timed(one_more):10.3f} ms")
    print(f"Python {platform.python_version()}")


if __name__ == "__main__":
    main()
