"""What does Lockgate do as a program that is started for one job? It loads a CSV file, or reads a model into one.

    python -m benchmarks.own_program load|read job.json --url URL --database NAME --login LOGIN --workers N

With journal, read back and a file of rejects, as `lockgate migrate load` has them. `programs` starts it.
"""

import argparse
import csv
import json
import os
import sys
from collections.abc import Iterable, Iterator
from importlib.abc import MetaPathFinder
from itertools import chain
from pathlib import Path
from typing import Any

from lockgate.kernel.instance import Role
from lockgate.kernel.secret import Secret
from lockgate.odoo.catalogue import Catalogue
from lockgate.odoo.client import Client
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey
from lockgate.odoo.external_ids import external_ids_of
from lockgate.odoo.journal import Journal
from lockgate.odoo.loading import load


def main() -> None:
    """Do the job."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.own_program", description=__doc__)
    parser.add_argument("verb", choices=("load", "read"))
    parser.add_argument("job", type=Path)
    for name in ("url", "database", "login"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--workers", type=int, default=2)
    wished = parser.parse_args()
    sys.meta_path.insert(0, _WithoutPandas())
    job = json.loads(wished.job.read_text())
    key = ApiKey(Secret(os.environ["BENCH_KEY"]), wished.login)
    with connect(wished.url, wished.database, key, role=Role.LAB, allow_private=True) as client:
        (_load if wished.verb == "load" else _read)(client, job, wished.workers)


def _load(client: Client, job: Any, workers: int) -> None:
    with Path("rows.csv").open(encoding="utf-8", newline="") as file, Journal("journal.sqlite") as journal:
        rows = csv.reader(file, delimiter=";")
        columns = next(rows)
        done = load(
            client, job["model"], columns, rows, journal=journal, workers=workers, rejects_to=Path("rejects.csv")
        )
    print(f"{done.created} created, {done.updated} updated, {len(done.rejected)} rejected, {len(done.unknown)} unknown")


def _read(client: Client, job: Any, workers: int) -> None:
    from pyarrow import csv as arrow_csv  # type: ignore[import-untyped]  # noqa: PLC0415  (optional extra `data`)

    from lockgate.odoo.reading import stream  # noqa: PLC0415  # same

    catalogue = Catalogue(client)
    known = catalogue.fields(job["model"])
    relations = {name: str(known[name].relation) for name in job["fields"] if known[name].type == "many2one"}
    batches = stream(
        client,
        job["model"],
        job["fields"],
        workers=workers,
        with_external_ids=job["external_ids"],
        catalogue=catalogue,
    )
    told = _named(client, batches, relations) if job["external_ids"] else batches
    first = next(told)
    with arrow_csv.CSVWriter("out.csv", first.schema) as file:
        for batch in chain([first], told):
            file.write(batch)


def _named(client: Client, batches: Iterable[Any], relations: dict[str, str]) -> Iterator[Any]:
    """Yield the batches with the external ids of related records in the place of their numbers, as the others do."""
    import pyarrow as pa  # noqa: PLC0415  (optional extra `data`)

    known: dict[str, dict[int, str]] = {name: {} for name in relations}
    for batch in batches:
        columns = {name: batch.column(name) for name in batch.schema.names}
        for name, model in relations.items():
            names = known[name]
            new = [one for one in columns[name].unique().to_pylist() if one and one not in names]
            names |= external_ids_of(client, model, new)
            columns[name] = pa.array([names.get(one) for one in columns[name].to_pylist()], pa.string())
        yield pa.RecordBatch.from_pydict(columns)


class _WithoutPandas(MetaPathFinder):
    """Hides pandas, which those who load and read don't install; pyarrow would bring it in where it is."""

    def find_spec(self, fullname: str, _path: object = None, _target: object = None) -> None:
        """Refuse pandas, and leave everything else to others."""
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


if __name__ == "__main__":
    main()
