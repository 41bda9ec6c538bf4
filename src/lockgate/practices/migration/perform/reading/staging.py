"""How do the extracts come into the store of a round? Read as they are declared, all of a dataset or nothing of it.

A1  Each dataset is read by itself: what is wrong with one keeps no other back, and all of it is told at once.
A2  The store remembers the digest of what was read, and where. An extract that has changed since is refused by whatever
    comes after, until it is read again.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lockgate.engines.sources import Column, Extract, Kind, Notation, Progress, Staged, digest, stage
from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.practices.migration.definition import Dataset, Source
from lockgate.practices.migration.definition.read import Notation as DeclaredNotation
from lockgate.practices.migration.perform.declared import Migration
from lockgate.practices.migration.perform.reading.of_odoo import clients, hand_of
from lockgate.practices.migration.perform.remembered import remember
from lockgate.practices.migration.perform.rounds import Round

DATA_VARIABLE: Final = "LOCKGATE_EXTRACTS"
_FILES: Final = frozenset({"csv", "xlsx", "parquet", "sqlite"})


@dataclass(frozen=True)
class Extracts:
    """Where the extracts lie."""

    folder: Path


def extracts(migration: Migration, said: Path | None, store: Round | None = None) -> Extracts:
    """Return the folder that is said, else that of the environment, where a round was read from, or `extracts`.

    There has to be one, unless all that is read lies in databases.
    """
    asked_for = said or os.environ.get(DATA_VARIABLE)
    named = asked_for or (_read_from(store) if store else None)
    folder = Path(named) if named else migration.workspace.root / "extracts"
    needed = asked_for or any(migration.sources[one.source].kind in _FILES for one in migration.datasets.values())
    if needed and not folder.is_dir():
        do = f"Name the folder: `--extracts FOLDER`, or set {DATA_VARIABLE}."
        raise UsageError(f"There is no folder {folder} with extracts.", do=do)
    return Extracts(folder)


def _read_from(store: Round) -> str | None:
    known = store.connection.execute("select folder from read_from").fetchall()
    return str(known[0][0]) if known else None


def extract_of(source: Source, dataset: Dataset) -> Extract:
    """Return how a dataset is read."""
    parts = [source.folder, source.file or dataset.file] if source.kind in _FILES else []
    return Extract(
        Kind(source.kind),
        path="/".join(part for part in parts if part),
        encoding=source.encoding,
        encoding_sure=source.encoding_sure,
        separator=source.separator,
        header=dataset.header,
        sheet=dataset.sheet,
        table=dataset.model or dataset.table,
        query=dataset.query,
        connection=source.connection,
        driver=source.driver,
        notation=_notation(source.notation),
        columns=tuple(Column(name, each.type, each.required) for name, each in dataset.columns.items()),
    )


def _notation(said: DeclaredNotation) -> Notation:
    return Notation(
        decimal=said.decimal,
        thousands=said.thousands,
        currency=said.currency,
        date=said.date,
        datetime=said.datetime,
        true=said.true,
        false=said.false,
        blank=said.blank,
    )


def staged(
    store: Round, migration: Migration, there: Extracts, only: Iterable[str], told: Progress
) -> dict[str, Staged]:
    """Read datasets into the store, and return what came of each (A1)."""
    found: dict[str, Staged] = {}
    with clients(migration.workspace) as given:
        for key in only:
            dataset = migration.dataset(key)
            extract = extract_of(migration.sources[dataset.source], dataset)
            hand = hand_of(migration, dataset, given)
            came = stage(store.connection, key, extract, folder=there.folder, progress=told, hand=hand)
            if came.done:
                kept = [key, came.digest, came.rows]
                store.connection.execute("insert or replace into staged values (?, ?, ?)", kept)
            found[key] = came
    remember(migration.workspace.root, {key: came.columns for key, came in found.items() if came.done})
    store.connection.execute("delete from read_from")
    store.connection.execute("insert into read_from values (?)", [str(there.folder.resolve())])
    return found


def unchanged(store: Round, migration: Migration, there: Extracts) -> None:
    """Stop when an extract was not read, or is not what was read (A2)."""
    known = dict(store.connection.execute("select dataset, digest from staged").fetchall())
    for key in migration.datasets:
        if key not in known:
            raise RefusedError(
                f"The dataset {key!r} was not read in round {store.number}.",
                why="What refers to it can't be told from what is not there.",
                do="Read it: `lockgate migrate profile`.",
            )
    with clients(migration.workspace) as given:
        for key, dataset in migration.datasets.items():
            extract = extract_of(migration.sources[dataset.source], dataset)
            if digest(extract, folder=there.folder, hand=hand_of(migration, dataset, given)) != known[key]:
                raise RefusedError(
                    f"The extract of {key!r} has changed since it was read.",
                    why="What was judged and decided was about another state of it.",
                    do="Read it again: `lockgate migrate profile`.",
                )
