"""Are the tower's tables what this version needs? Older ones are brought up to date, newer ones are refused (T34)."""

from collections.abc import Iterable
from typing import Final

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from lockgate.kernel.errors import RefusedError

Step = tuple[str, str]
"""A migration: its app and name."""
_NAMED: Final = 3


class NewerTables(RefusedError):
    """A newer version of Lockgate made what this one should read."""


def bring_up_to_date() -> None:
    """Have the tables as this version needs them, or stop where a newer version made them."""
    unknown = unknown_to_us(applied())
    if unknown:
        raise NewerTables(
            _("The tables of the tower were made by a newer version of Lockgate; they were not touched."),
            why=_("This version does not know {steps}.").format(steps=told(unknown)),
            do=_("Use the version that made them, or restore a backup that this version or an older one made."),
        )
    call_command("migrate", interactive=False, verbosity=0)


def applied() -> list[Step]:
    """Return the migrations that the database has behind it, none where there are no tables yet."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def unknown_to_us(steps: Iterable[Step]) -> list[Step]:
    """Return those that this version does not have."""
    known = MigrationLoader(None).disk_migrations or {}
    return [step for step in steps if step not in known]


def told(steps: Iterable[Step]) -> str:
    """Return the names of a few migrations."""
    names = [".".join(step) for step in steps]
    named, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
    return _("{names} and {more} more").format(names=named, more=more) if more > 0 else named
