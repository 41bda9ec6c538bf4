"""Is exactly what was planted found, and nothing else? Random tables with random defects of every kind (T35)."""

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from lockgate.engines.comparing import compare
from support.rows.apart import FIELDS, planted, put


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), rows=st.integers(0, 60), threads=st.sampled_from([1, 4]))
def test_exactly_the_planted_defects_are_found_and_classified(seed, rows, threads):
    left, right, wanted = planted(seed, rows)
    with duckdb.connect(config={"threads": threads}) as connection:
        put(connection, left, right)
        compared = compare(connection, "l", "r", ["id"], FIELDS)
        found = connection.execute("SELECT key, field, class, likely FROM differences").fetchall()
    assert sorted(map(str, found)) == sorted(map(str, wanted))
    classes = [kind for _, _, kind, _ in wanted]
    assert (compared.missing, compared.extra) == (classes.count("missing"), classes.count("extra"))
    assert compared.different_rows == classes.count("changed") + classes.count("rounding")
