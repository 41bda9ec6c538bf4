"""Is what Odoo made for a company found by the id of the company?"""

from lockgate.practices.migration.decide.holes import filled, holes_of
from lockgate.practices.migration.perform.sending.targets import made

ENTRIES = """
datasets:
  - {key: entries, title: Entries, source: erp, id: [NO]}
mappings:
  - key: entry
    domain: partners
    model: account.move.line
    dataset: entries
    fields:
      name: s.TEXT
      account_id: {of: s.ACCOUNT, map: {"1": "account.{our-company}_a100", "2": bank}, resource: true}
"""


def test_the_key_of_a_resource_in_an_external_id_stands_for_the_id_of_its_record(declare, store, hold):  # H1
    migration = declare(ENTRIES)
    assert holes_of(migration.mappings.values()) == {"our-company"}
    hold("entries", ["NO", "ACCOUNT", "TEXT"], ("A", "1", "{our-company}"), ("B", "2", "x"))
    made(store, migration, {"our-company": 7})
    rows = store.connection.execute('select "account_id/id", name from target.entry order by id').fetchall()
    assert rows == [("account.7_a100", "{our-company}"), ("lockgate.template__bank", "x")]  # H2


def test_a_key_that_nothing_is_known_of_stays_to_be_seen():
    assert filled("account.{ours}_{theirs}", {"ours": 3}) == "account.3_{theirs}"
