"""Are figures kept of a dataset, and no value of anybody? Rules G1 and G2."""

import json

from lockgate.practices.migration.perform.reading.figures import figures

DECLARED = """
datasets:
  - key: people
    title: People
    source: erp
    id: [NO]
    columns: {NO: {type: integer}, PAY: {type: decimal}, BORN: {type: date, personal: true}, MAIL: {personal: true}}
    links: [{columns: [CHIEF], to: people}]
"""


def test_figures_tell_of_each_column_and_hold_no_value_of_a_person(declare, store, hold):  # G1, G2
    migration = declare(DECLARED)
    hold(
        "people",
        ["NO", "PAY", "BORN", "MAIL", "TEAM", "CHIEF"],
        (1, 2.5, "1970-02-03", "ann@firm.example", "Sales", None),
        (2, 3.5, "1980-04-05", "bob@firm.example", "Sales", 1),
        (3, 9.5, None, None, "Depot", 7),
    )

    found = figures(store, migration, migration.datasets["people"])
    told = {one["column"]: one for one in found["columns"]}

    assert {name: (one["filled"], one["distinct"], one["personal"]) for name, one in told.items()} == {
        "NO": (3, 3, False),
        "PAY": (3, 3, False),
        "BORN": (2, 2, True),
        "MAIL": (2, 2, True),
        "TEAM": (3, 2, False),
        "CHIEF": (2, 2, False),
    }
    assert (told["PAY"]["least"], told["PAY"]["most"], told["BORN"]["least"]) == ("2.5", "9.5", "")
    assert told["MAIL"]["shapes"] == [{"value": "aaa@aaaa.aaaaaaa", "rows": 2}]
    assert found["keys"] == [["NO"], ["PAY"]]
    assert found["orphans"] == [{"column": "CHIEF", "to": "people", "rows": 1, "values": 1}]
    said = json.dumps(found)
    assert [word for word in ("ann", "bob", "Sales", "1970", "1980") if word in said] == []
    seen = dict(store.connection.execute('select "column", told from seen').fetchall())
    assert sorted(seen) == ["CHIEF", "NO", "PAY", "TEAM"]
    assert json.loads(seen["TEAM"])["frequent"] == [{"value": "Sales", "rows": 2}, {"value": "Depot", "rows": 1}]
