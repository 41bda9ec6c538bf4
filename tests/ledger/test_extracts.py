"""Are tables of a real PostgreSQL read exactly, read-only, and without a word of their address?"""

import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from lockgate.engines.sources import Column, Extract, Kind, digest
from lockgate.kernel.errors import Exit, UnreachableError, UsageError
from support.postgres import fresh_url
from support.running import _as_it_was, home, lockgate
from support.staging import Round, told

__all__ = ["_as_it_was", "home", "lockgate"]

ITEMS = """
CREATE TABLE items
  (id int, code text, price numeric, rate float8, day date, at timestamptz, seen timestamp, stocked bool);
INSERT INTO items VALUES
  (1, '00123', 12345678901234567890.12, 0.1::float8 + 0.2, '2024-01-05', '2024-01-05 10:00:00+02',
   '2024-01-05 10:00:00.25', true),
  (2, 'Zoë "x"', -0.5, 1e-7, NULL, NULL, NULL, false),
  (3, NULL, NULL, 1e20, '0044-03-15', NULL, NULL, NULL)
"""
COLUMNS = (
    Column("price", "decimal"),
    Column("rate", "decimal"),
    Column("day", "date"),
    Column("at", "datetime"),
    Column("seen", "datetime"),
    Column("stocked", "boolean"),
)


@pytest.fixture
def old(postgres, tmp_path):
    """A round, and the environment with the address of a legacy database."""
    address = fresh_url(postgres)
    execute(address, ITEMS)
    return Round(tmp_path), {"OLD_ERP": address}


def execute(address, statements):
    import psycopg  # noqa: PLC0415 - only this test of a legacy system writes to it

    with psycopg.connect(address) as connection:
        connection.execute(statements)


def extract(**declared) -> Extract:
    return Extract(Kind.POSTGRESQL, **({"table": "public.items", "connection": "OLD_ERP"} | declared))


def test_every_value_is_exact_in_text_and_back(old):
    round_, environment = old
    staged = round_.stage(extract(columns=COLUMNS), environment=environment)
    assert (told(staged), staged.rows, staged.unparsed) == ([], 3, 0)
    assert round_.raw == [
        (
            1,
            "1",
            "00123",
            "12345678901234567890.12",
            "0.30000000000000004",
            "2024-01-05",
            "2024-01-05 08:00:00",
            "2024-01-05 10:00:00.25",
            "true",
        ),
        (2, "2", 'Zoë "x"', "-0.5", "1e-07", None, None, None, "false"),
        (3, "3", None, None, "1e+20", "0044-03-15", None, None, None),
    ]
    assert [row[3:] for row in round_.typed] == [
        (
            Decimal("12345678901234567890.12"),
            Decimal("0.3"),
            date(2024, 1, 5),
            datetime(2024, 1, 5, 8),  # noqa: DTZ001 - moments are kept in UTC without saying so
            datetime(2024, 1, 5, 10, 0, 0, 250_000),  # noqa: DTZ001 - same
            True,
        ),
        (Decimal("-0.5"), Decimal("0.0000001"), None, None, None, False),
        (None, Decimal(10**20), date(44, 3, 15), None, None, None),
    ]


def test_a_query_is_answered_by_the_server(old):
    round_, environment = old
    round_.stage(
        extract(table=None, query="SELECT code FROM items WHERE id < 3 ORDER BY id DESC"), environment=environment
    )
    assert round_.raw == [(1, 'Zoë "x"'), (2, "00123")]


def test_nothing_is_written(old):
    round_, environment = old
    execute(environment["OLD_ERP"], "CREATE FUNCTION clear() RETURNS int LANGUAGE sql AS 'DELETE FROM items; SELECT 1'")
    (refusal,) = round_.stage(extract(table=None, query="SELECT clear()"), environment=environment).refusals
    assert refusal.place == "OLD_ERP query"
    assert "read-only transaction" in refusal.message


def test_a_changed_row_changes_the_digest(old):
    round_, environment = old
    before = round_.stage(extract(), environment=environment).digest
    execute(environment["OLD_ERP"], "UPDATE items SET code = code")  # moves rows, changes nothing
    assert digest(extract(), folder=round_.folder, environment=environment) == before
    execute(environment["OLD_ERP"], "UPDATE items SET code = '0123' WHERE id = 1")
    assert digest(extract(), folder=round_.folder, environment=environment) != before


def test_no_message_holds_the_address(old):
    round_, _ = old
    secret = "postgresql://anna:hunter2-canary@127.0.0.1:1/nowhere"
    with pytest.raises(UnreachableError) as error:
        round_.stage(extract(), environment={"OLD_ERP": secret})
    assert "hunter2-canary" not in " ".join(error.value.lines())
    assert error.value.what == "The database of OLD_ERP is out of reach."


def test_an_address_that_is_not_set_is_told_by_its_name(old):
    round_, _ = old
    with pytest.raises(UsageError) as error:
        round_.stage(extract(), environment={})
    assert error.value.lines() == (
        "There is no address for public.items.",
        "OLD_ERP is not set.",
        "Set OLD_ERP to the address of the database.",
    )
    assert error.value.exit == Exit.USAGE


def test_a_column_that_is_gone_is_told(old):
    round_, environment = old
    staged = round_.stage(extract(columns=(Column("Code"),)), environment=environment)
    (refusal,) = staged.refusals
    assert refusal.message == "The declared column 'Code' is not there."
    assert refusal.hint == "Did you mean 'code'? Declare it under that name."


DECLARED = """
sources:
  - {{key: erp, title: The old ERP, kind: {kind}, connection: OLD_ERP}}
datasets:
  - {{key: items, title: Items, source: erp, table: public.items, id: [id], columns: {{price: {{type: decimal}}}}}}
"""


@pytest.mark.parametrize("kind", ["postgresql", "adbc, driver: adbc_driver_postgresql"])
def test_a_migration_that_reads_databases_alone_needs_no_folder_of_extracts(kind, old, lockgate, tmp_path, monkeypatch):
    _, environment = old
    execute(environment["OLD_ERP"], "ALTER TABLE items ALTER COLUMN price TYPE float8")
    for name in ("LOCKGATE_DATABASE_URL", "LOCKGATE_EXTRACTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OLD_ERP", environment["OLD_ERP"])
    folder = tmp_path / "acme"
    assert lockgate("init", str(folder), "--playbook", "distribution-governance").code == 0
    monkeypatch.chdir(folder)
    (folder / "migration").mkdir(exist_ok=True)
    (folder / "migration/own.yaml").write_text(DECLARED.format(kind=kind))
    for verb in ("profile", "cleanse"):
        ran = lockgate("migrate", verb, "--by", "example-sponsor", "--json")
        assert ran.out, ran.err
        [items] = json.loads(ran.out)["datasets"]
        assert (ran.code, items["rows"], items["errors"], items["refusals"]) == (0, 3, 0, [])
