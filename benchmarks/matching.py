"""How fast and how well are duplicates found, beside Splink?

    python -m benchmarks.matching [--records N] [--rounds N]

Both get the same made-up customers and the same blocks. Splink is handed the folded columns, so that folding is counted
for us only, and has its usual comparisons and training. Each run is a process of its own, so that the peak of its
memory is its own. F1 of Splink is the best of several thresholds, ours is that of the default settings.
"""

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import time

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types

from lockgate.engines.matching import Entity, Part, match, score_against
from lockgate.engines.matching.standard import standardise

COLUMNS = ("name", "street", "postcode", "city", "vat", "phone", "email")
CUSTOMERS = Entity(
    "customer", "organisation", (Part("erp", "customers", "no", {column: column for column in COLUMNS}),)
)
WAYS = ("lockgate", "splink")
TWICE = 0.31
"""So many records are a second or later one of somebody."""
THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
SEED = 7


def main() -> None:
    """Measure both ways in turns and print a table; with `--way`, do one run and print its figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--records", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--way", choices=WAYS)
    wished = parser.parse_args()
    if wished.way:
        print(json.dumps(run(wished.way, wished.records)))
        return
    runs: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for number in range(wished.rounds):
        for way in WAYS if number % 2 == 0 else reversed(WAYS):
            command = [sys.executable, "-m", "benchmarks.matching", "--way", way, "--records", str(wished.records)]
            told = subprocess.run(command, check=True, capture_output=True, text=True)
            runs[way].append(json.loads(told.stdout.splitlines()[-1]))
            print(f"round {number + 1}, {way}: {runs[way][-1]}", file=sys.stderr, flush=True)
    print(f"\n{table(runs, wished.records)}")


def table(runs: dict[str, list[dict[str, float]]], records: int) -> str:
    """Return the medians as lines of Markdown."""
    ours = statistics.median(each["seconds"] for each in runs["lockgate"])
    lines = [
        f"{records:,} customers, medians of {len(runs['lockgate'])}",
        "",
        "| way | seconds | Lockgate is | precision | recall | F1 | peak MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for way, told in runs.items():
        seconds, *rest = (
            statistics.median(each[name] for each in told)
            for name in ("seconds", "precision", "recall", "f1", "peak_mb")
        )
        figures = " | ".join(f"{value:.4f}" for value in rest[:3])
        lines.append(f"| {way} | {seconds:.2f} | {seconds / ours:.2f} times as fast | {figures} | {rest[3]:,.0f} |")
    return "\n".join(lines)


def run(way: str, records: int) -> dict[str, float]:
    """Match once and return seconds, quality and memory."""
    connection = duckdb.connect()
    connection.execute("set threads = 2")
    make(connection, records)
    before = _peak_mb()
    seconds, precision, recall, f1 = (_lockgate if way == "lockgate" else _splink)(connection)
    return {
        "seconds": round(seconds, 2),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "before_mb": round(before),
        "peak_mb": round(_peak_mb()),
    }


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _lockgate(connection: duckdb.DuckDBPyConnection) -> tuple[float, float, float, float]:
    began = time.perf_counter()
    match(connection, CUSTOMERS)
    seconds = time.perf_counter() - began
    score = score_against(connection, CUSTOMERS, "truth")
    return seconds, score.precision, score.recall, score.f1


def _splink(connection: duckdb.DuckDBPyConnection) -> tuple[float, float, float, float]:
    """Take Splink as its own documents do, on the columns that we folded; folding is not counted for it."""
    import splink.comparison_library as library  # noqa: PLC0415  # heavy, and only this way needs it
    from splink import Linker, SettingsCreator, block_on  # noqa: PLC0415  # same
    from splink.backends.duckdb import DuckDBAPI  # noqa: PLC0415  # same

    standardise(connection, CUSTOMERS)
    connection.execute("create table folded as select n as unique_id, * exclude (place, dataset, key) from _records")
    database = DuckDBAPI(connection)
    began = time.perf_counter()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            library.JaroWinklerAtThresholds("name", [0.94, 0.88]).configure(term_frequency_adjustments=True),
            library.JaroWinklerAtThresholds("street", [0.92, 0.88]),
            library.ExactMatch("postcode"),
            library.DamerauLevenshteinAtThresholds("vat", 1),
            library.DamerauLevenshteinAtThresholds("phone", 1),
            library.JaroWinklerAtThresholds("email", [0.94]),
        ],
        blocking_rules_to_generate_predictions=[block_on(each) for each in CUSTOMERS.blocks],
        retain_matching_columns=False,
    )
    linker = Linker(database.register("folded"), settings)
    linker.training.estimate_probability_two_random_records_match([block_on("vat"), block_on("phone")], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    for each in ("vat", "name", "phone"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(each), record_sample_proportion=1.0)
    predicted = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predicted, threshold_match_probability=THRESHOLDS[0]
    )
    seconds = time.perf_counter() - began
    told = [_quality(connection, clustered.physical_name)]
    for threshold in THRESHOLDS[1:]:
        clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(
            predicted, threshold_match_probability=threshold
        )
        told.append(_quality(connection, clustered.physical_name))
    return seconds, *max(told, key=lambda each: each[2])


def _quality(connection: duckdb.DuckDBPyConnection, clustered: str) -> tuple[float, float, float]:
    connection.execute(
        "create table if not exists clusters (entity varchar, cluster varchar, dataset varchar, key varchar)"
    )
    connection.execute("delete from clusters")
    connection.execute(
        f"insert into clusters select 'customer' as entity, cluster_id as cluster, o.dataset, o.key from {clustered} c "  # noqa: S608  # its own name
        "join _originals o on o.n = c.unique_id"
    )
    score = score_against(connection, CUSTOMERS, "truth")
    return score.precision, score.recall, score.f1


def make(connection: duckdb.DuckDBPyConnection, records: int) -> None:
    """Make the tables `customers` and `truth`: made-up companies, of which some were entered again by somebody else."""
    chance = random.Random(SEED)
    entities = [_customer(chance, number) for number in range(int(records * (1 - TWICE)))]
    rows = [(number, row) for number, row in enumerate(entities)]
    while len(rows) < records:
        number = chance.randrange(len(entities))
        rows.append((number, _again(chance, entities[number])))
    chance.shuffle(rows)
    columns = {name: pa.array([row[place] for _, row in rows], pa.string()) for place, name in enumerate(COLUMNS)}
    numbers = {"no": pa.array([f"{n:07}" for n in range(records)], pa.string())}
    connection.register("_made", pa.table({**numbers, **columns, "entity": pa.array([str(n) for n, _ in rows])}))
    connection.execute("create table customers as select * exclude (entity) from _made")
    connection.execute("create table truth as select 'erp' as dataset, no as key, entity from _made")
    connection.unregister("_made")


_SYLLABLES = ("ba", "be", "do", "fa", "gel", "han", "ki", "lo", "mar", "ner", "ol", "pet", "ra", "sel", "tor", "wim")
_TRADES = ("Rohrbau", "Pumpen", "Technik", "Handel", "Armaturen", "Service", "Chemie", "Bau", "Logistik", "Werkzeuge")
_FORMS = ("GmbH", "AG", "BV", "NV", "SA", "KG", "GmbH & Co. KG")
_FATES = (
    (0, 0, 0.3),
    (0.05, 0.1, 0.2),
    (0.03, 0.1, 0),
    (0.03, 0.1, 0.1),
    (0.2, 0, 0.02),
    (0.2, 0.1, 0),
    (0.3, 0.1, 0.05),
)
"""Of each column, how often it is missing, another by now, or mistyped when a customer is entered again."""
_STREETS = ("Hauptstraße", "Bahnhofstraße", "Gartenweg", "Lindenallee", "Ringstraße", "Schulstraße", "Kerkstraat")


def _customer(chance: random.Random, number: int) -> list[str | None]:
    family = "".join(chance.choices(_SYLLABLES, k=3)).capitalize()
    name = f"{family} {chance.choice(_TRADES)}"
    postcode = f"{chance.randrange(10_000, 13_000)}"
    return [
        f"{name} {chance.choice(_FORMS)}",
        f"{chance.choice(_STREETS)} {chance.randrange(1, 200)}",
        postcode,
        f"Ort {postcode[:4]}",
        f"DE{100_000_000 + number * 3}" if chance.random() < 0.9 else None,  # noqa: PLR2004  # a tenth has none
        f"+49{chance.randrange(200, 999)}{chance.randrange(1_000_000, 9_999_999)}",
        f"info@{name.lower().replace(' ', '-')}.example",
    ]


def _again(chance: random.Random, row: list[str | None]) -> list[str | None]:
    """Return the customer as somebody else wrote it: each value may be missing, mistyped or another one by now."""
    other = _customer(chance, chance.randrange(10**8, 2 * 10**8))
    again = list(row)
    for place, (missing, moved, slip) in enumerate(
        (
            (0, 0, 0.3),
            (0.05, 0.1, 0.2),
            (0.03, 0.1, 0),
            (0.03, 0.1, 0.1),
            (0.2, 0, 0.02),
            (0.2, 0.1, 0),
            (0.3, 0.1, 0.05),
        )
    ):
        lot, value = chance.random(), row[place]
        if lot < missing:
            again[place] = None
        elif lot < missing + moved:
            again[place] = other[place]
        elif value and lot < missing + moved + slip:
            spot = chance.randrange(1, len(value) - 1)
            again[place] = value[:spot] + value[spot + 1 :]
    return again


if __name__ == "__main__":
    main()
