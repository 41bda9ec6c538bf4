"""Are records of registers seen as they are now, although each is looked at once?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockgate.gates.facts.placed import Placed
from lockgate.gates.facts.rows import RowsKept
from lockgate.kernel.scope import PROGRAMME
from lockgate.ledger.registers.action import Actor, Edit, Grant
from lockgate.ledger.registers.engine import Drafted, perform
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.projection import project
from lockgate.workspace.registers import compose, shipped
from support.gate_scene import GHENT, NOW, facts

DEFECTS = Known({"defect": compose(shipped()).by_key["defect"]})
TESTER = Actor("tom", (Grant("tester", PROGRAMME), Grant("test-lead", PROGRAMME)))
STEPS = [timedelta.resolution, timedelta(minutes=1), timedelta(hours=5), timedelta(hours=12), timedelta(days=2)]


def raised(*days):
    """A defect for each number of days in which it is due, raised an hour after the one before."""
    told = [
        Drafted(
            number,
            NOW - timedelta(hours=number),
            "tom",
            "defect.raised",
            {"register": "defect", "id": f"DEF-{number}", "state": "open", "values": {"title": "x", **due(one)}},
        )
        for number, one in enumerate(days, 1)
    ]
    return project(told)


def due(days):
    return {} if days is None else {"due": f"{NOW.date() + timedelta(days=days)}"}


@given(st.lists(st.none() | st.integers(-1, 3), max_size=4), st.lists(st.sampled_from(STEPS), max_size=8))
def test_at_every_moment_rows_are_what_looking_anew_would_see(days, passed):  # P1
    entries, kept, moment = raised(*days), RowsKept(DEFECTS), NOW
    for step in passed:
        moment += step
        assert list(kept.at(entries, moment)["defect"]) == list(RowsKept(DEFECTS).at(entries, moment)["defect"])


def test_where_nothing_changed_the_very_same_rows_are_handed_out():  # P2
    entries, kept = raised(2, None), RowsKept(DEFECTS)
    before = kept.at(entries, NOW)["defect"]
    assert kept.at(entries, NOW + timedelta(minutes=1))["defect"] is before
    same_again = project((), raised(2, None))
    other = kept.at(same_again, NOW + timedelta(minutes=2))["defect"]
    assert (list(other), other is before) == (list(before), False)


def test_only_the_record_that_changed_is_looked_at_again():
    entries, kept = raised(2, 2), RowsKept(DEFECTS)
    first, second = kept.at(entries, NOW)["defect"]
    known = Known(DEFECTS.registers, entries)
    (event,) = perform(Edit("DEF-2", 1, {"title": "y"}), actor=TESTER, known=known, moment=NOW).events
    after = project([Drafted(3, NOW, "tom", event.kind, event.payload)], entries)
    rows = kept.at(after, NOW)["defect"]
    assert (rows[0] is first, rows[1] is second, rows[1]["title"]) == (True, False, "y")


def test_a_register_that_nobody_declares_is_not_there():
    rows = RowsKept(DEFECTS).at(raised(), NOW)
    assert (list(rows), len(rows), rows.get("gap"), list(rows["defect"])) == (["defect"], 1, None, [])


def test_a_record_is_overdue_the_instant_after_its_day():
    entries, kept = raised(0), RowsKept(DEFECTS)
    end = datetime.combine(NOW.date() + timedelta(days=1), datetime.min.time(), UTC)
    seen = [kept.at(entries, end + late)["defect"][0] for late in (-timedelta.resolution, timedelta.resolution)]
    assert [row["overdue"] for row in seen] == [False, True]
    assert [date.fromisoformat(row["today"]) for row in seen] == [NOW.date(), end.date()]


@pytest.mark.parametrize("wrapped", [Placed, list])
def test_a_record_of_no_site_touches_all_and_one_of_several_each_of_them(wrapped):
    rows = [{"id": "a"}, {"id": "b", "site": "liege"}, {"id": "c", "site": ["liege", "ghent"]}, {"id": "d", "site": []}]
    found = facts(registers={"defect": wrapped(rows)})
    assert [row["id"] for row in found.rows("defect", GHENT) or ()] == ["a", "c", "d"]
    assert list(found.rows("defect", PROGRAMME) or ()) == rows


def test_rows_of_a_place_are_looked_for_once():
    placed = Placed([{"id": "a", "site": "ghent"}])
    assert placed.touching(frozenset({"ghent"})) is placed.touching(frozenset({"ghent"}))
    assert (placed[0], placed[:1], len(placed)) == ({"id": "a", "site": "ghent"}, ({"id": "a", "site": "ghent"},), 1)
