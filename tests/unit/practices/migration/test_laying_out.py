"""What do pages see of a round while verbs work in it? Rules Y1, Y2 and O1 to O3."""

import logging

from lockgate.practices.migration.perform.laying_out import SHOWN, STORE
from lockgate.practices.migration.perform.rounds import folder_of, round_of
from lockgate.practices.migration.perform.showing.opened import round_shown

ITEMS = "create table clean.\"old items\" as select 'A-1' as sku"


def skus(shown):
    return [sku for (sku,) in shown.rows('select sku from clean."old items" order by 1')]


def test_a_round_shows_nothing_before_a_verb_let_go_of_it(tmp_path):  # O1
    with round_shown(tmp_path) as never, round_of(tmp_path, begin=True), round_shown(tmp_path, 1) as at_work:
        assert (never, at_work) == (None, None)
    with round_shown(tmp_path, 2) as other:
        assert other is None


def test_a_page_reads_the_copy_while_a_verb_writes_and_the_next_page_reads_the_newer_one(tmp_path):  # Y1, O3
    with round_of(tmp_path, begin=True) as store:
        store.connection.execute(ITEMS)

    with round_shown(tmp_path) as before:
        with round_of(tmp_path) as store:
            store.connection.execute("insert into clean.\"old items\" values ('A-2')")
        with round_shown(tmp_path) as after:
            assert (skus(before), skus(after), after.older) == (["A-1"], ["A-1", "A-2"], False)


def test_of_what_was_read_the_copy_has_the_records_with_something_wrong(tmp_path):  # Y1
    with round_of(tmp_path, begin=True) as store:
        store.connection.execute(ITEMS)
        store.connection.execute("create table raw.items as select unnest([4, 5, 6]) as _row")
        store.connection.execute("create table typed.items as select 1 as x")
        store.connection.execute(
            "insert into findings (dataset, row) values ('items', 5), ('bins', 6), ('items', null)"
        )

    with round_shown(tmp_path) as shown:
        assert (shown.has("clean", "old items"), shown.has("typed", "items")) == (True, False)
        assert shown.rows("select _row from raw.items") == [(5,)]


def test_a_verb_that_changed_nothing_copies_nothing(tmp_path):  # Y1
    with round_of(tmp_path, begin=True) as store:
        store.connection.execute(ITEMS)
    copy = folder_of(tmp_path, 1) / SHOWN
    before = copy.stat().st_mtime_ns

    with round_of(tmp_path) as store:
        store.connection.execute('select * from clean."old items"').fetchall()

    assert copy.stat().st_mtime_ns == before


def test_a_copy_that_fails_takes_nothing_from_the_verb_and_the_older_one_says_that_it_is_older(
    tmp_path, caplog
):  # Y2, O2
    with round_of(tmp_path, begin=True) as store:
        store.connection.execute(ITEMS)
    in_its_way = folder_of(tmp_path, 1) / f"{SHOWN}.new"
    in_its_way.mkdir()

    with caplog.at_level(logging.WARNING), round_of(tmp_path) as store:
        store.connection.execute("insert into clean.\"old items\" values ('A-2')")

    assert [record.name for record in caplog.records] == ["lockgate.migration"]
    assert (folder_of(tmp_path, 1) / STORE).exists()
    with round_shown(tmp_path) as shown:
        assert (skus(shown), shown.older) == (["A-1"], True)
    with round_of(tmp_path) as store:
        assert store.count('clean."old items"') == 2
