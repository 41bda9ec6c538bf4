"""Are values put right as it is declared, each change kept, and is it told what stays behind?"""

import pytest

from lockgate.practices.migration.perform.reading.cleansing import cleansed
from lockgate.practices.migration.perform.reading.judging import judged, keep_back

DECLARED = """
datasets:
  - key: kits
    title: Kits
    source: erp
    id: [NO]
    columns: {LAND: {is: country}, VAT: {is: vat, country: LAND}}
  - key: parts
    title: Parts of kits
    source: erp
    id: [KIT, POS]
    links: [{columns: [KIT], to: kits, part_of: true}]
cleansing:
  - {key: lands, dataset: kits, column: LAND, normalise: country, why: One notation}
  - {key: vats, dataset: kits, column: VAT, normalise: vat, country: LAND, or_empty: true, why: One notation}
  - {key: names, dataset: kits, column: NAME, set: upper(s.NAME), when: s.NO <> '3', why: As on paper}
  - {key: units, dataset: parts, column: UNIT, lookup: {EA: ST, none: null}, why: One list}
left_out:
  - {key: old, dataset: kits, when: s.GONE = 'J', why: Not sold any more}
rules:
  - {id: quantity, dataset: parts, must: QTY > 0, column: QTY, why: Nothing is in it}
"""


@pytest.fixture
def kits(declare, store, hold):
    """Three kits with parts, of which one has none to speak of."""
    hold(
        "kits",
        ["NO", "NAME", "LAND", "VAT", "GONE"],
        ("1", "one", "Belgium", "BE 0477.472.701", None),
        ("2", "TWO", "BE", "BE0477472702", None),
        ("3", "three", "DE", None, "J"),
    )
    hold("parts", ["KIT", "POS", "UNIT", "QTY"], ("1", 1, "EA", 2), ("1", 2, "none", 0), ("2", 1, "ST", None))
    for table in ("kits", "parts"):
        store.connection.execute(f"create table typed.{table} as select * from clean.{table}")
    return declare(DECLARED)


def rows(store, query):
    return store.connection.execute(query).fetchall()


def test_each_change_is_kept_with_what_was_there_before(store, kits):
    cleansed(store, kits)
    assert rows(store, "select * exclude (_row) from clean.kits order by _row") == [
        ("1", "ONE", "BE", "BE0477472701", None),
        ("2", "TWO", "BE", None, None),
        ("3", "three", "DE", None, "J"),
    ]
    changes = 'select dataset, row, key, "column", before, after from changes order by dataset, row, "column"'
    assert rows(store, changes) == [
        ("kits", 2, "1", "LAND", "Belgium", "BE"),
        ("kits", 2, "1", "NAME", "one", "ONE"),
        ("kits", 2, "1", "VAT", "BE 0477.472.701", "BE0477472701"),
        ("kits", 3, "2", "VAT", "BE0477472702", None),
        ("parts", 2, '["1","1"]', "UNIT", "EA", "ST"),
        ("parts", 3, '["1","2"]', "UNIT", "none", None),
    ]


def test_cleansing_again_begins_from_what_was_read(store, kits):
    first = cleansed(store, kits)
    assert cleansed(store, kits) == first
    assert rows(store, "select count(*) from changes") == [(6,)]


def test_what_is_part_of_something_keeps_that_back(store, kits):
    cleansed(store, kits)
    judged(store, kits)
    keep_back(store, kits)
    assert rows(store, "select dataset, key, kind, because from kept_back order by all") == [
        ("kits", "1", "blocked", "it goes with parts of kits of which one is kept back: quantity"),
        ("kits", "2", "blocked", "it goes with parts of kits of which one is kept back: quantity"),
        ("kits", "3", "left-out", "old"),
        ("parts", '["1","1"]', "blocked", "it goes with parts of kits of which one is kept back: quantity"),
        ("parts", '["1","2"]', "blocked", "quantity"),
        ("parts", '["2","1"]', "blocked", "quantity"),
    ]
