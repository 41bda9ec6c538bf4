"""Which records are ready: nothing blocks them, nor what they need, nor a part of theirs (A12)."""

import duckdb
import pytest

from lockgate.engines.judging import FINDINGS, Dataset, Link, Readiness, Reason, readiness
from lockgate.kernel.errors import UsageError

ITEMS, BOMS, LINES = (Dataset(name, name, ("code",)) for name in ("items", "boms", "lines"))
LINKS = (
    Link("boms", ("item",), "items"),
    Link("lines", ("item",), "items"),
    Link("lines", ("bom",), "boms", "part-of"),
)


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        opened.execute(FINDINGS)
        opened.execute("CREATE TABLE items AS SELECT unnest(['BIKE', 'FRAME', 'WHEEL', 'CAR', 'DOOR']) AS code")
        opened.execute("CREATE TABLE boms AS FROM (VALUES (1, 'BIKE'), (2, 'CAR')) AS t(code, item)")
        opened.execute(
            "CREATE TABLE lines AS FROM (VALUES ('a', 1, 'FRAME'), ('b', 1, 'WHEEL'), ('c', 2, 'DOOR'), ('d', 2, NULL))"
            " AS t(code, bom, item)"
        )
        for name in ("items", "boms", "lines"):
            opened.execute(f"ALTER TABLE {name} ADD COLUMN _row BIGINT; UPDATE {name} SET _row = rowid + 2")
        yield opened


def found(connection, dataset, key, rule, severity="blocks"):
    connection.execute(
        f"INSERT INTO findings SELECT ?, _row, ?, ?, ?, NULL, NULL, '' FROM {dataset} WHERE code = ?",
        [dataset, key, rule, severity, key],
    )


def standing(connection):
    return readiness(connection, [ITEMS, BOMS, LINES], LINKS)


def test_without_a_finding_all_is_ready(connection):
    assert standing(connection) == (
        Readiness("items", 5, 5, ()),
        Readiness("boms", 2, 2, ()),
        Readiness("lines", 4, 4, ()),
    )


def test_a_warning_blocks_nothing(connection):  # B1
    found(connection, "items", "WHEEL", "no-weight", "warns")
    assert [(one.ready, one.share) for one in standing(connection)] == [(5, 1.0), (2, 1.0), (4, 1.0)]


def test_what_is_set_aside_holds_up_nothing(connection):  # B6
    found(connection, "lines", "a", "no-quantity")
    told = readiness(connection, [ITEMS, BOMS, LINES], LINKS, aside="SELECT 'boms', _row FROM boms WHERE code = 1")
    assert [one.ready for one in told] == [5, 2, 3]


def test_a_bill_of_which_a_line_is_blocked_does_not_load_nor_do_its_other_lines(connection):  # B2, B3, A12
    found(connection, "items", "WHEEL", "no-unit")
    items, boms, lines = standing(connection)
    assert items == Readiness("items", 5, 4, (Reason("no-unit", "items", 1),))
    assert boms == Readiness("boms", 2, 1, (Reason("no-unit", "items", 1),))
    assert lines == Readiness("lines", 4, 2, (Reason("no-unit", "items", 2),))


def test_what_is_needed_is_not_blocked_by_what_needs_it(connection):  # B2
    found(connection, "lines", "a", "no-quantity")
    items, boms, lines = standing(connection)
    assert (items.ready, boms.ready, lines.ready) == (5, 1, 2)


def test_reasons_are_ranked_and_a_record_counts_for_the_first_of_them(connection):  # B4
    found(connection, "items", "FRAME", "no-unit")
    found(connection, "lines", "a", "no-quantity")
    found(connection, "lines", "a", "no-quantity")
    found(connection, "lines", "c", "no-unit")
    assert standing(connection)[2] == Readiness(
        "lines", 4, 0, (Reason("no-quantity", "lines", 2), Reason("no-unit", "lines", 2))
    )


def test_it_is_kept_where_a_blocked_record_was_blocked_first(connection):
    found(connection, "items", "DOOR", "no-unit")
    standing(connection)
    kept = connection.execute("SELECT * FROM blocked ORDER BY ALL").fetchall()
    assert kept == [
        ("boms", 3, "no-unit", "items", 6),
        ("items", 6, "no-unit", "items", 6),
        ("lines", 4, "no-unit", "items", 6),
        ("lines", 5, "no-unit", "items", 6),
    ]


def test_records_that_need_each_other_come_to_an_end(connection):
    connection.execute(
        "CREATE TABLE people AS FROM (VALUES (1, 'x', 'y'), (2, 'y', 'x'), (3, 'z', 'z')) AS t(_row, code, boss)"
    )
    found(connection, "people", "x", "no-name")
    people = Dataset("people", "people", ("code",))
    assert readiness(connection, [people], [Link("people", ("boss",), "people")]) == (
        Readiness("people", 3, 1, (Reason("no-name", "people", 2),)),
    )


def test_of_nothing_no_share_is_ready(connection):
    connection.execute("DELETE FROM items")
    assert standing(connection)[0].share is None


def test_a_link_to_what_is_no_dataset_is_refused(connection):
    with pytest.raises(UsageError) as refused:
        readiness(connection, [ITEMS], [Link("items", ("unit",), "units")])
    assert refused.value.lines() == ("A link names units, which is no dataset here.", "It may be items.")
