"""Do the sums by group agree, and is a group told in which they do not? What Odoo was read to hold is put there."""

from lockgate.practices.migration.perform.comparing.totalling import totalled
from lockgate.practices.migration.perform.sending.targets import made
from unit.practices.migration.test_targets import STOCK, stock

TOTALS = """    totals:
      - title: Stock by bin
        by: {bin: s.BIN}
        of: [quantity]
"""


def told(store, migration, *live):
    targets, _ = made(store, migration)
    values = ", ".join(f"('lockgate.quant_{line}', {quantity})" for line, quantity in live)
    store.connection.execute(f"create or replace table live.quant as select * from (values {values}) t (id, quantity)")
    [answer] = totalled(store, targets[-1], migration.known)
    return answer["off"], [
        (*group["group"], *((one["source"], one["kept_back"], one["odoo"]) for one in group["sums"]), group["ok"])
        for group in answer["groups"]
    ]


def test_what_was_kept_back_and_what_became_one_adds_up_to_what_odoo_holds(declare, store, hold):  # T2, T3
    stock(hold)
    found = told(store, declare(STOCK + TOTALS), ("1", 12), ("3", 1))
    assert found == (
        0,
        [
            ("A", (1, 0, 1), (12, 0, 12), True),
            ("B", (1, 0, 1), (1, 0, 1), True),
            ("C", (2, 2, 0), (5, 5, 0), True),
        ],
    )


def test_a_group_that_holds_something_else_and_what_nobody_sent_are_off(declare, store, hold):  # T1, T3
    stock(hold)
    off, groups = told(store, declare(STOCK + TOTALS), ("1", 11), ("3", 1), ("9", 4))
    assert (off, [(group[0], group[-1]) for group in groups]) == (
        2,
        [("", False), ("A", False), ("B", True), ("C", True)],
    )
