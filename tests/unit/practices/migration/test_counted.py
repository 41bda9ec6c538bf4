"""Does a count say what was counted, what differs and what somebody has accepted?"""

import pytest

from lockgate.kernel.errors import UsageError
from lockgate.ledger.registers.action import Move, Raise
from lockgate.practices.migration.perform.reading import profiled
from lockgate.practices.migration.perform.reading.staging import extracts
from lockgate.practices.migration.perform.tying.counted import counted
from lockgate.programme.desk import desk_of

DECLARED = """
datasets:
  - key: sheets
    title: Sheets
    source: erp
    file: sheets.csv
    id: [NO]
    columns: {BOOK: {type: integer}, SEEN: {type: integer}, COST: {type: integer}}
counts:
  - {key: year-end, title: Year end, owner: ann, day: 2026-08-29, blind: BLIND, tolerance: 5,
     sql: 'select SITE as site, BIN as place, NO as key, BOOK as book, SEEN as counted, COST as cost from "sheets"'}
"""
SITES = "sites:\n  - {key: ghent, name: Ghent, kind: warehouse, country: BE, owner: ann}\n"


SHEETS = """NO,SITE,BIN,BOOK,SEEN,COST
1,ghent,A,5,5,10
2,ghent,B,5,7,10
3,ghent,B,5,4,2
4,ghent,C,1,,1
"""


@pytest.fixture
def count(tmp_path, declare, bench_of):
    """Return what compares a count of three bins; in A all is right, in B two lines differ, C nobody has counted."""
    for folder in ("programme", "extracts"):
        (tmp_path / folder).mkdir()
    (tmp_path / "programme" / "sites.yaml").write_text(SITES)

    def done(more="", blind="true"):
        (tmp_path / "extracts" / "sheets.csv").write_text(SHEETS + more)
        bench = bench_of(declare(DECLARED.replace("BLIND", blind)))
        profiled.profile(bench, extracts(bench.migration, None), ["sheets"], lambda *_: None)
        return bench, counted(bench)

    return done


def accepted(bench, number, **said):
    """Have one person raise a difference and another accept it."""
    values = {"title": "Year end", "tie": "year-end", "company": "ghent", "cause": "Broken and thrown away", **said}
    people = desk_of(bench.place, bench.workspace, bench.now())
    raised = people.book.perform([Raise("difference", values)], actor=people.actor("ann"), moment=people.moment)
    assert raised.refusals == ()
    people = desk_of(bench.place, bench.workspace, bench.now())
    done = people.book.perform([Move(f"DIFF-{number}", "accept")], actor=people.actor("ben"), moment=people.moment)
    assert done.refusals == ()


def test_a_count_tells_what_was_counted_what_differs_and_what_nobody_accepted(count):  # N1, N2
    bench, answer = count()
    (site,) = answer["sites"]
    measures = {
        "places": 3,
        "counted": 2,
        "accuracy": 0.5,
        "variance_value": 22.0,
        "unapproved": 1,
        "blind": True,
    }
    assert {name: site[name] for name in measures} == measures
    assert (answer["ok"], site["state"]) == (False, "unmet")
    assert [(one["place"], one["counted"], one["value"], one["keys"]) for one in site["apart"]] == [
        ("B", True, 22.0, ["2", "3"]),
        ("C", False, 0.0, ["4"]),
    ]
    (found,) = bench.place.ledger.current_evidence(["stock.counted"])
    assert (str(found.evidence.scope), dict(found.evidence.measures)) == ("site:ghent", {**measures, "round": 1})


@pytest.mark.parametrize("group", ["ghent", "ghent | B"])
def test_what_was_accepted_covers_just_its_value(count, group):  # N2
    bench, _ = count()
    accepted(bench, 1, group=group, amount=21.0)
    assert counted(bench)["sites"][0]["unapproved"] == 1
    accepted(bench, 2, group=group, amount=22.0)
    assert counted(bench)["sites"][0]["unapproved"] == 0
    bench.store.connection.execute("update clean.sheets set SEEN = 9 where NO = '2'")
    again = counted(bench)["sites"][0]
    assert (again["unapproved"], again["variance_value"]) == (1, 42.0)


def test_what_nobody_knows_the_cost_of_needs_an_entry_for_its_place(count):  # N2
    bench, answer = count("5,ghent,D,500,0,\n6,ghent,E,7,7,\n")
    [place] = [one for one in answer["sites"][0]["apart"] if one["place"] == "D"]
    assert (place["differing"], place["value"], place["unapproved"], place["keys"]) == (1, 0.0, 1, ["5"])
    assert answer["sites"][0]["unapproved"] == 2
    accepted(bench, 1, group="ghent", amount=22.0)
    assert counted(bench)["sites"][0]["unapproved"] == 1
    accepted(bench, 2, group="ghent | D", amount=0)
    assert counted(bench)["sites"][0]["unapproved"] == 0


def test_a_count_that_finds_no_line_answers_no_and_is_named(tmp_path, count):  # N4
    bench, _ = count()
    bench.store.connection.execute("delete from clean.sheets where SEEN is null or SEEN <> BOOK")
    right = counted(bench)
    assert (right["ok"], right["missing"]) == (True, [])
    bench.store.connection.execute("delete from clean.sheets")
    empty = counted(bench)
    assert (empty["ok"], empty["sites"], empty["missing"]) == (False, [], ["year-end"])


def test_who_saw_the_books_did_not_count_blind(count):  # N3
    assert [one["blind"] for one in count(blind="false")[1]["sites"]] == [False]


def test_a_site_that_is_none_stops_the_count(count):
    with pytest.raises(UsageError, match="names the site 'gent', and there is none") as stop:
        count("9,gent,A,1,1,1\n")
    assert "ghent" in stop.value.why


def test_without_a_count_there_is_nothing_to_compare(declare, bench_of):
    with pytest.raises(UsageError, match="No counts are declared"):
        counted(bench_of(declare(DECLARED.partition("counts:")[0])))
