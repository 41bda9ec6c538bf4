"""What is an experiment? Several ways to do one job, taken in turns on equal terms, and the ratio of their rates."""

import random
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.effort import Effort
from benchmarks.live import Database


@dataclass(frozen=True)
class Way:
    """One way to do the job: what it is called and how it is done; it returns rows and seconds."""

    name: str
    run: Callable[[Database], tuple[int, float]]
    remark: str = ""
    took: list[Effort] = field(default_factory=list)
    """Of a program, what it took of the processors in each run."""


@dataclass
class Experiment:
    """A job, the ways to do it (the first is Lockgate's own, which the ratios refer to) and where it is done."""

    title: str
    ways: Sequence[Way]
    place: Callable[[], Database]
    """Gives the database for one run."""
    leave: Callable[[Database], None]
    """Takes it back."""
    end: Callable[[], None] = lambda: None
    """Clears up when all is measured."""
    rates: dict[str, list[float]] = field(default_factory=dict)


def measure(experiment: Experiment, *, rounds: int, seed: int = 7) -> None:
    """Run every way in every round, in an order that differs from round to round."""
    order = random.Random(seed)
    try:
        for number in range(rounds):
            for way in order.sample(list(experiment.ways), len(experiment.ways)):
                told = _take(experiment, way)
                print(f"{experiment.title}, round {number + 1}: {told}", file=sys.stderr, flush=True)
    finally:
        experiment.end()


def _take(experiment: Experiment, way: Way) -> str:
    database = experiment.place()
    try:
        rows, seconds = way.run(database)
    finally:
        experiment.leave(database)
    experiment.rates.setdefault(way.name, []).append(rows / seconds)
    return f"{way.name}: {rows:,} rows in {seconds:.2f} s"


def table(experiment: Experiment) -> str:
    """Return the medians and the ratios to the first way as lines of Markdown."""
    ours = statistics.median(experiment.rates[experiment.ways[0].name])
    lines = [
        f"### {experiment.title}",
        "",
        "| way | rows/s (median) | spread | Lockgate is |",
        "| --- | ---: | --- | --- |",
    ]
    for way in experiment.ways:
        rates = experiment.rates[way.name]
        rate = statistics.median(rates)
        spread = f"{min(rates):,.0f} to {max(rates):,.0f}"
        remark = f" ({way.remark})" if way.remark else ""
        remark += f", {_effort(way.took)}" if way.took else ""
        ratio = "1" if way is experiment.ways[0] else f"{ours / rate:.2f} times as fast"
        lines.append(f"| {way.name}{remark} | {rate:,.0f} | {spread} | {ratio} |")
    return "\n".join(lines)


def _effort(took: Sequence[Effort]) -> str:
    """Say what is usual of these runs."""
    alone = statistics.median(effort.of_one_processor for effort in took)
    share = statistics.median(effort.of_all_work for effort in took)
    return f"{alone:.1%} of a processor, {share:.1%} of all work"
