"""What can this Odoo do? Read from it once, kept beside the ledger for as long as it is made the same, and searched.

K1  Nothing is written to Odoo.
K2  A catalogue is of one make: another database, version or set of modules has another one.
K3  It is a cache: who deletes it loses nothing.
K4  A field belongs to the area of the modules that bring it, else to that of its model. What every Odoo has, like
    companies and partners, belongs to none.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from lockgate.kernel.canonical import digest
from lockgate.kernel.capability import capabilities
from lockgate.odoo.client import Client
from lockgate.practices.fit.decide.catalogue import Entry
from lockgate.practices.fit.decide.wanted import SETTINGS

FOLDER: Final = "fit"
_FORMAT: Final = 2
_MOST: Final = 400
"""How many candidates the full text hands on to be ranked."""
_MAGIC: Final = frozenset({"id", "create_uid", "create_date", "write_uid", "write_date", "display_name"})
_INSTALLED: Final = frozenset({"installed", "to upgrade", "to remove"})
_COLUMNS: Final = "kind, name, label, help, about, capability"

Row = Mapping[str, Any]


class Catalogue:
    """The catalogue of one instance, in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def bring_up_to_date(self, client: Client) -> int:
        """Read it anew unless it is of the make that the Odoo has now, and return how much it holds (K2)."""
        there = client.within(lang="en_US", active_test=False)
        modules = there.search_read(
            "ir.module.module", [], ["name", "shortdesc", "summary", "state", "latest_version", "application"]
        )
        installed = {row["name"]: row["latest_version"] or "" for row in modules if row["state"] in _INSTALLED}
        server = client.server
        make = digest([_FORMAT, server.url, server.database, list(server.version), installed])
        if self._make() != make:
            self._fill(make, _entries(there, modules))
        with closing(sqlite3.connect(self._file)) as database:
            return int(database.execute("select count(*) from entry").fetchone()[0])

    def candidates(self, words: Sequence[str]) -> list[Entry]:
        """Return the entries in which one of the words stands, or begins a word."""
        if not self._file.exists() or not words:
            return []
        asked = " OR ".join(f'"{word}"*' for word in words)
        with closing(sqlite3.connect(self._file)) as database:
            rows = database.execute(
                f"select {_COLUMNS} from entry where entry match ?"  # noqa: S608 - only our own columns are put in
                " order by bm25(entry, 0, 2, 10, 3, 1, 0) limit ?",
                (asked, _MOST),
            )
            return [Entry(*row) for row in rows]

    @property
    def size(self) -> int:
        """How much it holds; nothing before it was read."""
        return sum(count for _, _, count in self.counts())

    @property
    def read_at(self) -> float | None:
        """When it was read, in seconds since 1970; None when it never was."""
        return self._file.stat().st_mtime if self._make() else None

    def counts(self) -> list[tuple[str, str, int]]:
        """Return how many entries there are of each area and kind."""
        if not self._make():
            return []
        with closing(sqlite3.connect(self._file)) as database:
            return database.execute("select capability, kind, count(*) from entry group by 1, 2").fetchall()

    def entry(self, choice: str) -> Entry | None:
        """Return the entry of that name, None where there is none."""
        kind, _, name = choice.partition(":")
        if not self._file.exists():
            return None
        with closing(sqlite3.connect(self._file)) as database:
            asked = f"select {_COLUMNS} from entry where kind = ? and name = ?"  # noqa: S608 - as above
            row = database.execute(asked, (kind, name)).fetchone()
        return Entry(*row) if row else None

    def _make(self) -> str:
        if not self._file.exists():
            return ""
        try:
            with closing(sqlite3.connect(self._file)) as database:
                return str(database.execute("select make from about").fetchone()[0])
        except (sqlite3.DatabaseError, TypeError):
            return ""  # written by another version, or damaged: it is read anew (K3)

    def _fill(self, make: str, entries: Iterable[Entry]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with closing(sqlite3.connect(fresh)) as database, database:
            columns = "kind unindexed, name, label, help, about, capability unindexed"
            database.execute(f"create virtual table entry using fts5({columns}, tokenize = 'porter unicode61')")
            database.execute("create table about (make text not null)")
            database.execute("insert into about values (?)", (make,))
            rows = ((one.kind, one.name, one.label, one.help, one.about, one.capability) for one in entries)
            database.executemany("insert into entry values (?, ?, ?, ?, ?, ?)", rows)
        fresh.replace(self._file)


def catalogue(root: Path, instance: str) -> Catalogue:
    """Return the catalogue of an instance of the workspace."""
    return Catalogue(root / ".lockgate" / FOLDER / f"{instance}.catalogue")


def _entries(client: Client, modules: Sequence[Row]) -> Iterator[Entry]:
    areas = {module: each.name for each in capabilities() for module in each.modules}
    for row in modules:
        if row["state"] != "uninstallable":
            state = "installed" if row["state"] in _INSTALLED else "can be installed"
            what = f"app, {state}" if row["application"] else state
            yield Entry(
                "module",
                row["name"],
                row["shortdesc"] or row["name"],
                row["summary"] or "",
                what,
                areas.get(row["name"], ""),
            )
    models = client.search_read("ir.model", [["transient", "=", False]], ["model", "name", "modules"])
    owners = {row["model"]: "" if _of_all(row["modules"]) else _area(row["modules"], areas) for row in models}
    labels = {row["model"]: row["name"] for row in models}
    for row in models:
        yield Entry("model", row["model"], row["name"], "", "", owners[row["model"]])
    asked = ["model", "name", "field_description", "help", "modules"]
    settings = client.search_read("ir.model.fields", [["model", "=", SETTINGS]], asked)
    for row in settings:
        if row["name"] not in _MAGIC:
            yield Entry(
                "setting", row["name"], row["field_description"], row["help"] or "", "", _area(row["modules"], areas)
            )
    for row in client.search_read("ir.model.fields", [["model", "in", sorted(labels)], ["store", "=", True]], asked):
        if row["name"] not in _MAGIC:
            name = f"{row['model']}.{row['name']}"
            area = _area(row["modules"], areas) or owners[row["model"]]
            yield Entry("field", name, row["field_description"], row["help"] or "", labels[row["model"]], area)
    for row in client.search_read("ir.actions.report", [], ["name", "model", "report_name"]):
        yield Entry(
            "report", row["report_name"], row["name"], "", labels.get(row["model"], ""), owners.get(row["model"], "")
        )


def _of_all(modules: str) -> bool:
    """Return whether a model is brought by the base of Odoo, which every area builds on (K4)."""
    return "base" in {name.strip() for name in (modules or "").split(",")}


def _area(modules: str, areas: Mapping[str, str]) -> str:
    """Return the area of the first of the modules that has one."""
    names = (name.strip() for name in (modules or "").split(","))
    return next((areas[name] for name in names if name in areas), "")
