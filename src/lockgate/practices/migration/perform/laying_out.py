"""How do pages come to the rows of a round, whose store one process holds at a time? Each verb leaves a copy for them.

Y1  When a verb lets go of a store that it changed, it copies what pages show: all but what was read and not yet put
    right, of which only the records are there in which something is wrong. The copy is put in place at once; whoever
    looks at the older one goes on doing so.
Y2  A copy that fails (no room on the disk) takes nothing from the verb: what it did is done. The pages show the older
    copy, and say that it is older.
"""

import logging
from contextlib import suppress
from pathlib import Path
from typing import Final

from lockgate.practices.migration.decide.sql import name, text

STORE: Final = "stage.duckdb"
SHOWN: Final = "shown.duckdb"
_READ: Final = "raw"
_NOT_SHOWN: Final = "typed"
SETTINGS: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def state_of(folder: Path) -> tuple[int, int] | None:
    """Return what tells a changed store from an unchanged one, None where there is none."""
    store = folder / STORE
    if not store.exists():
        return None
    about = store.stat()
    return about.st_mtime_ns, about.st_size


def lay_out(folder: Path) -> None:
    """Copy what pages show of a store that was let go of (Y1)."""
    import duckdb  # noqa: PLC0415  (optional extra `data`)

    new = folder / f"{SHOWN}.new"
    try:
        new.unlink(missing_ok=True)
        _copy(folder / STORE, new)
        new.replace(folder / SHOWN)
    except (duckdb.Error, OSError) as error:  # Y2
        logging.getLogger("lockgate.migration").warning("Pages show an older state of this round: %s", error)
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _copy(store: Path, new: Path) -> None:
    import duckdb  # noqa: PLC0415  (optional extra `data`)

    with duckdb.connect(config=SETTINGS) as connection:
        connection.execute(f"attach {text(str(store))} as store (read_only)")
        connection.execute(f"attach {text(str(new))} as shown")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'store'"
            " and not temporary and schema_name <> ? order by 1, 2",
            [_NOT_SHOWN],
        ).fetchall()
        for schema, table in tables:
            connection.execute(f"create schema if not exists shown.{name(schema)}")
            there = f"{name(schema)}.{name(table)}"
            wrong = f"select row from store.findings where dataset = {text(table)}"
            some = f" where _row in ({wrong})" if schema == _READ else ""
            connection.execute(f"create table shown.{there} as from store.{there}{some}")
        connection.execute("detach shown")
