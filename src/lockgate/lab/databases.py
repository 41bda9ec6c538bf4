"""How is a database made in a second? As a copy of a template: PostgreSQL copies its files, hard links copy Odoo's."""

import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from lockgate.kernel.errors import LockgateError, UsageError
from lockgate.lab.odoo_program import HIDDEN_PREFIXES
from lockgate.lab.postgres import OWNER, Postgres
from lockgate.lab.running import ProgramFailed

NAME = re.compile(r"[a-z][a-z0-9_-]{0,50}")
RESERVED = {"postgres", "template0", "template1"}
COPY_TRIES = 20
NEW_IDENTITY = """
    UPDATE ir_config_parameter SET value = gen_random_uuid()::text WHERE key IN ('database.uuid', 'database.secret');
    UPDATE ir_config_parameter SET value = to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')
     WHERE key = 'database.create_date';
"""


@dataclass(frozen=True)
class Databases:
    """The databases of one cluster, each with its folder of Odoo files."""

    postgres: Postgres
    filestore: Path

    def names(self) -> tuple[str, ...]:
        """Return the databases that people may use."""
        return tuple(name for name in self.all_names() if not name.startswith(HIDDEN_PREFIXES))

    def all_names(self) -> tuple[str, ...]:
        """Return every database of the lab, templates included."""
        sql = "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres' ORDER BY datname"
        return tuple(self.postgres.query(sql))

    def copy(self, source: str, target: str) -> None:
        """Copy a database under a new name and give the copy an identity of its own.

        Open connections to the source are cut for the moment of copying; Odoo opens them again.
        """
        try:
            self._copy_tables(source, target)
            self._copy_files(source, target)
            self.postgres.query(NEW_IDENTITY, database=target)
        except BaseException:
            self.remove(target)
            raise

    def remove(self, name: str) -> None:
        """Remove a database, cutting its connections, and its files."""
        self.postgres.query('DROP DATABASE IF EXISTS :"name" WITH (FORCE)', name=name)
        shutil.rmtree(self.filestore / name, ignore_errors=True)

    def rename(self, old: str, new: str) -> None:
        """Give a database nobody uses another name."""
        if (self.filestore / old).exists():
            (self.filestore / old).rename(self.filestore / new)
        self.postgres.query('ALTER DATABASE :"old" RENAME TO :"new"', old=old, new=new)

    def installed_modules(self, name: str) -> frozenset[str]:
        """Return the names of the modules installed in a database."""
        return frozenset(
            self.postgres.query("SELECT name FROM ir_module_module WHERE state = 'installed'", database=name)
        )

    def _copy_tables(self, source: str, target: str) -> None:
        cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = :'source'"
        make = f'CREATE DATABASE :"target" TEMPLATE :"source" OWNER {OWNER} STRATEGY FILE_COPY'
        for attempt in range(COPY_TRIES):
            self.postgres.query(cut, source=source)
            try:
                self.postgres.query(make, source=source, target=target)
            except ProgramFailed as failure:
                # A busy server may have connected again between the two statements.
                if "being accessed by other users" not in failure.output or attempt == COPY_TRIES - 1:
                    raise _not_copied(source, failure) from None
                time.sleep(0.05)
            else:
                return

    def _copy_files(self, source: str, target: str) -> None:
        """Link the files: Odoo names them by content and never writes into one."""
        if (self.filestore / source).exists():
            shutil.copytree(self.filestore / source, self.filestore / target, copy_function=os.link)


def check_name(name: str) -> None:
    """Refuse a name that PostgreSQL, Odoo or the lab itself could stumble over."""
    if not NAME.fullmatch(name) or name.startswith(HIDDEN_PREFIXES) or name in RESERVED:
        raise UsageError(
            f"'{name}' can't be a lab database's name.",
            why="A name is a small letter, then up to 50 of a-z, 0-9, _ and -. PostgreSQL's own names are taken, "
            f"and what begins with {' or '.join(HIDDEN_PREFIXES)}.",
            do="Choose another name.",
        )


def _not_copied(source: str, failure: ProgramFailed) -> LockgateError:
    if "No space left" in failure.output:
        return UsageError("The disk is full.", why=failure.why, do="Drop a database or free some space.")
    return UsageError(
        f"The database '{source}' can't be copied.",
        why=failure.why,
        do="When a program holds it, stop that program and run the command again.",
    )
