"""Does an extract come in whole or not at all, and leave what was there when it does not?"""

import resource
import signal

import duckdb
import pytest

from lockgate.engines.sources import Column, Extract, Kind
from lockgate.kernel.errors import UsageError
from support.staging import Round

GOOD = b"id,name\n1,Ann\nx,Bo\n"


def test_staging_again_replaces_rows_and_findings(round_):
    round_.csv(GOOD, Column("id", "integer"))
    assert [finding[0] for finding in round_.findings] == [3]  # G3
    round_.csv(b"id,name\n1,Ann\n2,Bo\n3,Cy\ny,Di\n", Column("id", "integer"))
    assert [finding[0] for finding in round_.findings] == [5]
    assert [row[1] for row in round_.typed] == [1, 2, 3, None]


def test_findings_of_others_stay(round_):
    round_.csv(GOOD, Column("id", "integer"))
    round_.rows("INSERT INTO findings VALUES ('items', 2, '1', 'no-price', 'warns', 'price', '', 'why')")
    round_.rows("INSERT INTO findings VALUES ('orders', 2, NULL, 'unreadable', 'blocks', 'id', 'x', 'why')")
    round_.csv(b"id,name\n1,Ann\n", Column("id", "integer"))
    assert round_.rows("SELECT dataset, rule FROM findings ORDER BY ALL") == [
        ("items", "no-price"),
        ("orders", "unreadable"),
    ]


def test_a_refused_extract_leaves_what_was_staged_before(round_):  # G1
    round_.csv(GOOD, Column("id", "integer"))
    before = (round_.raw, round_.typed, round_.findings)
    assert not round_.csv(b'id,name\n1,"Ann\n', Column("id", "integer")).done
    assert not round_.csv(b"id,name\n1,Ann\n2\n", separator=",").done
    assert (round_.raw, round_.typed, round_.findings) == before


def test_a_name_of_a_dataset_is_no_sql(round_):
    from lockgate.engines.sources import stage  # noqa: PLC0415 - under another name than the round's own

    (round_.folder / "items.csv").write_bytes(b'id,"x"" y"\n1,2\n')
    name = 'a"; DROP SCHEMA raw; --'
    assert stage(round_.connection, name, Extract(Kind.CSV, path="items.csv"), folder=round_.folder).done
    quoted = '"' + name.replace('"', '""') + '"'
    assert round_.rows(f'SELECT "x"" y" FROM raw.{quoted}') == [("2",)]


def test_an_open_transaction_is_told(round_):
    round_.connection.begin()
    with pytest.raises(UsageError, match="can't be staged now"):
        round_.csv(GOOD)
    round_.connection.rollback()


def test_what_goes_on_is_told(round_):
    heard = []
    (round_.folder / "items.csv").write_bytes(GOOD)
    extract = Extract(Kind.CSV, path="items.csv")
    round_.stage(extract, progress=lambda what, done, of: heard.append((what, done, of)))
    assert heard == [
        ("Reading items.csv", 19, 19),
        ("Staging items.csv", 0, 2),
        ("Reading values of items", 0, 2),
        ("Staged items", 2, 2),
    ]


def test_a_full_disk_ends_it_cleanly(tmp_path):
    rows = b"".join(b"%d,%s\n" % (number, b"%x" % (number * 2654435761 % 2**64) * 20) for number in range(60_000))
    (tmp_path / "items.csv").write_bytes(b"id,name\n" + rows)
    here = Round(tmp_path, duckdb.connect(tmp_path / "round.duckdb"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, hard))
    try:
        with pytest.raises(UsageError) as error:
            here.stage(Extract(Kind.CSV, path="items.csv"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
        here.connection.close()
    assert error.value.what == "The extract was not staged: there is no room."
    with duckdb.connect(tmp_path / "round.duckdb") as again:
        assert again.sql("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]
    assert sorted(path.name for path in tmp_path.iterdir() if "wal" not in path.name) == ["items.csv", "round.duckdb"]
