"""A migration that is declared in text, and a round with records in it."""

import pytest

from lockgate.kernel.practice import FileKind
from lockgate.practices.migration.perform.bench import Bench
from lockgate.practices.migration.perform.declared import migration_of
from lockgate.practices.migration.perform.rounds import round_of
from lockgate.programme.ledger_place import ledger_place
from lockgate.workspace import load

KIND = FileKind("migration", "migration/**.yaml", "lockgate.practices.migration.definition:MigrationFile")
SYSTEM = """
sources:
  - {key: erp, title: The old ERP, kind: csv}
domains:
  - {key: partners, title: Partners, owner: ann, why: We sell to them}
"""
PEOPLE = """
people:
  - {key: ann, name: Ann, roles: [{role: data-steward}, {role: data-owner}]}
  - {key: ben, name: Ben, roles: [{role: data-steward}, {role: design-authority}, {role: finance-lead}]}
"""
PROGRAMME = """
[programme]
name = "Acme"
playbooks = ["order-to-cash"]
currency = "EUR"
time_zone = "Europe/Brussels"
"""


@pytest.fixture
def declare(tmp_path):
    """Return what declares a migration in text."""

    def declared(*texts):
        (tmp_path / "lockgate.toml").write_text(PROGRAMME)
        for path, text in {
            "programme/people.yaml": PEOPLE,
            "migration/system.yaml": SYSTEM,
        }.items():
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(text)
        for number, text in enumerate(texts):
            (tmp_path / "migration" / f"own-{number}.yaml").write_text(text)
        workspace = load(tmp_path, (KIND,))
        assert [str(finding) for finding in workspace.findings] == []
        return migration_of(workspace)

    return declared


@pytest.fixture
def store(tmp_path):
    """A round of its own."""
    with round_of(tmp_path, begin=True) as opened:
        yield opened


@pytest.fixture
def hold(store):
    """Return what puts records into a dataset of the round."""

    def held(dataset, columns, *rows):
        names = ", ".join(f'"{name}"' for name in columns)
        values = ", ".join(f"({number}, {', '.join(map(_said, row))})" for number, row in enumerate(rows, 2))
        store.connection.execute(
            f'create or replace table clean."{dataset}" as select * from (values {values}) t (_row, {names})'
        )

    return held


def _said(value):
    return "null" if value is None else repr(value)


@pytest.fixture
def bench_of(tmp_path, store):
    """Return what a verb works with, for a migration that is declared."""
    (tmp_path / "lockgate.toml").write_text(PROGRAMME)
    with ledger_place(tmp_path, begin=True) as place:
        yield lambda migration: Bench(migration, store, place, "ann")
