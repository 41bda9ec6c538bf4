"""How long does it take to ask all gates? Every criterion of every stage and site, over a ledger of a million records.

    python -m benchmarks.gates [--records N] [--database URL]

Cold is what a command does: connect, read what the gates ask for, and ask; neither Python's start nor reading the
workspace is counted. Memory is what a process that stays alive does: it keeps what it has read, takes in what is new,
and freezes it for the garbage collector (`gc.freeze`).
"""

import argparse
import gc
import json
import platform
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from lockgate.gates.asking.board import Board
from lockgate.gates.asking.evaluating import evaluate
from lockgate.gates.criteria.definition import Gate
from lockgate.gates.criteria.merging import Source, merge
from lockgate.gates.criteria.written import GatesFile
from lockgate.gates.facts.declared import NO_REGISTERS
from lockgate.gates.facts.loading import loaded
from lockgate.gates.facts.memory import Memory
from lockgate.gates.facts.wanted import Declared
from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.ledger import Ledger, open_ledger
from lockgate.ledger.registers import tables

AT_ONCE = 5_000
SITES, STAGES, CRITERIA = 60, 12, 25
SCENARIOS = tuple(f"otc-{number:02}" for number in range(5))
NOW = datetime(2026, 3, 10, tzinfo=UTC)
ROUNDS = 3


class World:
    """Sites that all have the same few scenarios and one template."""

    records = NO_REGISTERS

    def __init__(self) -> None:
        self._sites = [Declared(f"site-{number:02}") for number in range(SITES)]
        self._subjects = [Declared(key) for key in SCENARIOS]

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


def written(dimension: str = "scenario", role: str = "owner") -> list[dict[str, Any]]:
    """Return a gate for each stage, as in a file; a fifth of its criteria ask for all of a dimension."""
    made = []
    for stage in range(STAGES):
        criteria = [
            {
                "key": f"c{number:02}",
                "evidence": {"kind": f"stage-{stage}.kind-{number}"},
                "each": [dimension] if number % 5 == 0 else [],
                "require": ["failed = 0", "minutes <= window_minutes"],
                "fresh": "90d",
            }
            for number in range(CRITERIA)
        ]
        decides = {"role": role, "quorum": 2}
        made.append(
            {"key": f"g{stage}", "stage": f"s{stage}", "scope": "site", "decides": decides, "criteria": criteria}
        )
    return made


def gates() -> list[Gate]:
    """Return these gates."""
    file = GatesFile.model_validate_json(json.dumps({"gates": written()}))
    return list(merge([Source("gates.yaml", file)]).gates)


def records(
    count: int, now: datetime = NOW, dimension: str = "scenario", keys: Sequence[str] = SCENARIOS
) -> Iterator[Evidence]:
    """Yield evidence for all kinds and sites, again and again, until there is enough."""
    chance = random.Random(19)
    about = [
        (f"stage-{stage}.kind-{number}", Scope(Level.SITE, f"site-{site:02}"), {dimension: key})
        for stage in range(STAGES)
        for number in range(CRITERIA)
        for site in range(SITES)
        for key in (keys if number % 5 == 0 else keys[:1])
    ]
    for number in range(count):
        kind, scope, subject = about[number % len(about)]
        failed = int(chance.random() < 0.01)  # noqa: PLR2004 - one in a hundred
        measures = {"failed": failed, "minutes": chance.randrange(100), "window_minutes": 120}
        taken = now - timedelta(minutes=(count - number) // 10)
        inputs = {"template": "template-now", dimension: f"{dimension}-now"}
        yield Evidence(kind, scope, subject, Verdict.PASSED, measures, inputs, "verb", taken)


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median of a few rounds, in milliseconds."""
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return sorted(took)[rounds // 2] * 1000


def fill(ledger: Ledger, evidence: Iterator[Evidence]) -> None:
    """Append evidence, many records at a time."""
    while chunk := list(islice(evidence, AT_ONCE)):
        ledger.record_evidence(*chunk)


def main() -> None:
    """Make the ledger, measure, and print one line for each question."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gates", description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--database", default="", help="an empty database for the ledger; a SQLite file when left out")
    wished = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lockgate-bench-") as folder:
        url = wished.database or f"sqlite:///{folder}/ledger.db"
        with open_ledger(url) as ledger:
            say(f"append {wished.records:,} records", timed(lambda: fill(ledger, records(wished.records)), 1))
        measure(url, wished.records)
    print(f"Python {platform.python_version()}")


def measure(url: str, count: int) -> None:
    """Ask the gates of a ledger, as a command does and as a process that stays alive does."""
    made, world = gates(), World()
    asked = [(gate, Scope(Level.SITE, f"site-{site:02}")) for gate in made for site in range(SITES)]
    print(f"{SITES} sites, {STAGES} stages, {CRITERIA} criteria: {len(asked)} gates over {count:,} records")

    def cold(some: Sequence[tuple[Gate, Scope]], upto: int | None = None) -> None:
        with open_ledger(url) as ledger:
            entries = tables.entries_of(ledger, upto)
            facts = loaded([gate for gate, _ in some], ledger, entries).facts(world, NOW)
            for gate, scope in some:
                evaluate(gate, scope, facts, NOW)

    say("cold: one gate", timed(lambda: cold(asked[:1])))
    say("cold: all gates", timed(lambda: cold(asked), 1))
    say("cold: all gates, as of half the records", timed(lambda: cold(asked, count // 2), 1))
    with open_ledger(url) as ledger:
        memory = Memory(ledger, made)
        say("memory: read the ledger once", timed(memory.now, 1))
        gc.collect()
        gc.freeze()
        facts = memory.now().facts(world, NOW)
        say("memory: all gates", timed(lambda: [evaluate(gate, scope, facts, NOW) for gate, scope in asked]))
        say("memory: one gate", timed(lambda: evaluate(*asked[0], memory.now().facts(world, NOW), NOW), 99))
        board = Board(asked, facts, NOW)
        last = next(records(1))

        def one_more() -> None:
            board.seen(last, memory.now().facts(world, NOW))

        took = []
        for _ in range(99):
            ledger.record_evidence(last)
            took.append(timed(one_more, 1))
        say("memory: all gates, after one more record", sorted(took)[49])


def say(what: str, milliseconds: float) -> None:
    """Print one line."""
    print(f"{what:42} {milliseconds:12,.1f} ms", flush=True)


if __name__ == "__main__":
    main()
