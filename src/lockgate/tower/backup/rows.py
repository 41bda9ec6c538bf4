"""How do the tower's tables leave one database and come into another? As lines of JSON, as they were at one moment.

D1  All tables are read in one transaction that sees one moment, while others go on writing.
D2  What is no fact of the programme stays out: sessions, tokens of a sign-in, the secrets behind one-time codes.
D3  Rows come into tables as they were when the backup was made; then the tables are brought up to date. So what a
    later version does to rows that are there happens to these, too.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from lockgate.tower import tables
from lockgate.tower.tables import Step

LEFT_OUT: Final = {
    "account.emailconfirmation": "a key in a mail that opens an address",
    "auth.group": "not used: rights are the policy's",
    "auth.group_permissions": "not used: rights are the policy's",
    "auth.permission": "made by Django for each table",
    "contenttypes.contenttype": "made by Django for each table",
    "runs.workerseen": "says which workers this server has",
    "sessions.session": "whoever was signed in signs in again",
    "socialaccount.socialapp": "holds the secret of the house's sign-in, which the environment has",
    "socialaccount.socialtoken": "a token of the house's sign-in",
    "usersessions.usersession": "whoever was signed in signs in again",
}
"""The tables that are not in a backup, and why (D2)."""
FACTORS: Final = "mfa.authenticator"
_KEPT_FACTOR: Final = "webauthn"
"""The only second factor that has no secret on this side."""

Row = dict[str, Any]


def leaves(applied: list[Step]) -> list[Step]:
    """Return the last migration of each app among those that were applied, as far as this version has them."""
    graph = MigrationLoader(None).graph
    there = [step for step in applied if step in graph.nodes]
    return [
        step
        for step in there
        if not any(child.key[0] == step[0] and child.key in there for child in graph.node_map[step].children)
    ]


def write(folder: Path, applied: list[Step]) -> tuple[dict[str, int], list[str]]:
    """Write each table into a file; return how many rows each has, and whose second factor was left out (D1, D2)."""
    counted: dict[str, int] = {}
    if not applied:
        return counted, []
    with _one_moment():
        for model in _models(applied):
            label = model._meta.label_lower  # noqa: SLF001 - Django's own name for what is public
            found = model._base_manager.order_by("pk")  # noqa: SLF001 - as above
            if label == FACTORS:
                found = found.filter(type=_KEPT_FACTOR)
            with (folder / f"{label}.jsonl").open("w", encoding="utf-8") as file:
                counted[label] = 0
                for row in found.iterator(chunk_size=2_000):
                    file.write(json.dumps(_plain(row), sort_keys=True, ensure_ascii=False) + "\n")
                    counted[label] += 1
        return counted, _without_factor(applied)


def load(folder: Path, applied: list[Step], deactivated: list[str]) -> int:
    """Bring the rows of a folder into empty tables (D3); return how many there are.

    Whose second factor is not in the backup comes in by a new invitation only: a password alone was not enough.
    """
    targets = leaves(applied)
    MigrationExecutor(connection).migrate(targets)
    count = 0
    with transaction.atomic():
        found = _models(applied)
        for model in found:
            for row in _rows(folder / f"{model._meta.label_lower}.jsonl", model):  # noqa: SLF001 - as above
                if model._meta.label_lower == "people.account" and row.person in deactivated:  # type: ignore[attr-defined]  # noqa: SLF001 - as above
                    row.is_active = False  # type: ignore[attr-defined] # an account has it
                row.save_base(raw=True, force_insert=True)
                count += 1
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), found):
                cursor.execute(statement)
    tables.bring_up_to_date()
    return count


def empty() -> bool:
    """Return whether nobody has an account and nothing was asked for."""
    names = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name in sorted(names & {"people_account", "runs_run"}):
            cursor.execute(f"select 1 from {name} limit 1")  # noqa: S608 - a name from above
            if cursor.fetchall():
                return False
    return True


def forget() -> None:
    """Take away all tables that the tower has made: what an interrupted restore left."""
    names = [name for name in connection.introspection.table_names() if not name.startswith(("ledger_", "register_"))]
    ours = {model._meta.db_table for model in _all_models(tables.applied())} | {"django_migrations"}  # noqa: SLF001 - as above
    cascade = " cascade" if connection.vendor == "postgresql" else ""
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for name in sorted(ours & set(names)):
            cursor.execute(f"drop table {connection.ops.quote_name(name)}{cascade}")


def _models(applied: list[Step]) -> list[type[models.Model]]:
    return [model for model in _all_models(applied) if model._meta.label_lower not in LEFT_OUT]  # noqa: SLF001 - as above


def _all_models(applied: list[Step]) -> list[type[models.Model]]:
    """Return the tables as those migrations made them."""
    state = MigrationLoader(None).project_state(leaves(applied))
    found = state.apps.get_models(include_auto_created=True)
    return sorted((model for model in found if model._meta.managed), key=lambda model: model._meta.label_lower)  # noqa: SLF001 - as above


def _without_factor(applied: list[Step]) -> list[str]:
    """Return who has a second factor that is left out."""
    known = {model._meta.label_lower: model for model in _all_models(applied)}  # noqa: SLF001 - as above
    if FACTORS not in known:
        return []
    users = known[FACTORS]._base_manager.exclude(type=_KEPT_FACTOR).values_list("user_id", flat=True)  # noqa: SLF001 - as above
    accounts = known["people.account"]._base_manager  # noqa: SLF001 - as above
    return list(accounts.filter(pk__in=list(users)).order_by("person").values_list("person", flat=True))


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read as of one moment; writers do not wait (D1)."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("begin deferred")
        try:
            yield
        finally:
            cursor.execute("rollback")


def _plain(row: models.Model) -> Row:
    return {field.attname: _value(row, field) for field in row._meta.concrete_fields}  # noqa: SLF001 - as above


def _value(row: models.Model, field: "models.Field[Any, Any]") -> object:
    value = field.value_from_object(row)
    if value is None or isinstance(value, bool | int | float | str) or isinstance(field, models.JSONField):
        return value
    return value.isoformat() if isinstance(value, datetime) else field.value_to_string(row)


def _rows(path: Path, model: type[models.Model]) -> Iterator[models.Model]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            said = json.loads(line)
            yield model(
                **{
                    field.attname: said[field.attname]
                    if isinstance(field, models.JSONField)
                    else field.to_python(said[field.attname])
                    for field in model._meta.concrete_fields  # noqa: SLF001 - as above
                }
            )
