"""Is every row accounted for, whatever Odoo or the network does?"""

import itertools

import pytest

from lockgate.kernel.errors import Exit, UsageError
from lockgate.odoo.errors import (
    AccessDenied,
    BadCall,
    ConstraintViolated,
    NotJson,
    ServerFault,
    TimedOut,
    Unreachable,
    WriteRefused,
)
from lockgate.odoo.journal import InputChanged, Journal
from lockgate.odoo.loading import LoadStopped, load, rows_of
from lockgate.odoo.loading.records import Reject
from support.fake_odoo import COUNTRY, OTHER_TAG, TAG, FakeOdoo, fail_once

COLUMNS = ("id", "name")
LOST = Unreachable("The connection was cut.", sent=True)
SLOW = TimedOut("No answer in time.", sent=True)


def rows(count, start=0):
    return [[f"c{number}", f"Customer {number}"] for number in range(start, start + count)]


def sums(result):
    return (
        result.rows,
        result.created,
        result.updated,
        result.unchanged,
        len(result.rejected),
        len(result.unknown),
    )


def named(odoo):
    return sorted(odoo.records)


def test_new_rows_are_created_and_the_same_rows_again_change_nothing():
    odoo = FakeOdoo()
    assert sums(load(odoo, "res.partner", COLUMNS, rows(25), batch_rows=10)) == (25, 25, 0, 0, 0, 0)
    assert sums(load(odoo, "res.partner", COLUMNS, rows(30), batch_rows=10)) == (30, 5, 25, 0, 0, 0)
    assert len(odoo.records) == 30


def test_ids_without_a_module_belong_to_the_module_that_is_given():
    odoo = FakeOdoo()
    load(odoo, "res.partner", COLUMNS, [["a", "A"], ["other.b", "B"]], module="acme")
    assert named(odoo) == ["acme.a", "other.b"]
    assert odoo.contexts[0]["module"] == "acme"


def test_ids_are_looked_up_before_only_where_the_model_has_some_of_the_module():
    odoo = FakeOdoo()
    load(odoo, "res.partner", COLUMNS, rows(20), batch_rows=10, module="first")
    assert odoo.lookups == 2  # each batch is read back
    load(odoo, "res.partner", COLUMNS, rows(20), batch_rows=10, module="second")
    assert odoo.lookups == 4
    load(odoo, "res.partner", COLUMNS, rows(20), batch_rows=10, module="first")
    assert odoo.lookups == 8


def test_ids_of_other_modules_are_looked_up_before_even_so():
    odoo = FakeOdoo()
    load(odoo, "res.partner", COLUMNS, [["other.a", "A"]], module="other")
    result = load(odoo, "res.partner", COLUMNS, [["other.a", "A"], ["b", "B"]], module="mine")
    assert (result.created, result.updated) == (1, 1)


def test_history_and_mails_are_kept_when_asked():
    odoo = FakeOdoo()
    load(odoo, "res.partner", COLUMNS, rows(1))
    load(odoo, "res.partner", COLUMNS, rows(1), quiet=False, context={"lang": "nl_BE"})
    assert odoo.contexts[0]["tracking_disable"] is True
    assert odoo.contexts[1] == {"tz": "UTC", "lang": "nl_BE", "module": "lockgate"}


@pytest.mark.parametrize("names_rows", [True, False], ids=["Odoo names rows", "Odoo names nobody"])
def test_only_the_bad_rows_are_rejected_each_in_odoos_words(names_rows):
    odoo = FakeOdoo(fault=lambda row: "Bad." if row["id"] in {"lockgate.c3", "lockgate.c17"} else None)
    odoo.names_rows = names_rows
    result = load(odoo, "res.partner", COLUMNS, rows(20), batch_rows=20)
    words = "Bad." if names_rows else "No."
    assert [(reject.row, reject.external_id, reject.reason) for reject in result.rejected] == [
        (4, "lockgate.c3", words),
        (18, "lockgate.c17", words),
    ]
    assert len(odoo.records) == 18
    assert sums(result) == (20, 18, 0, 0, 2, 0)


def test_rows_that_will_be_refused_cost_the_others_no_call():
    odoo = FakeOdoo()
    data = [[f"c{number}", f"C{number}", "base.nope" if number == 5 else "base.be"] for number in range(10)]
    result = load(odoo, "res.partner", ("id", "name", "country_id/id"), data)
    assert odoo.loads == [[f"lockgate.c{number}" for number in range(10) if number != 5], ["lockgate.c5"]]
    assert [reject.reason for reject in result.rejected] == ["No matching record found for external id 'base.nope'"]


def test_children_wait_for_their_parents_wherever_they_stand():
    odoo = FakeOdoo()
    columns = ("id", "name", "parent_id/id")
    family = [["a", "A", "b"], ["b", "B", "c"], ["c", "C", ""], ["d", "D", "nobody"], ["e", "E", "e"]]
    result = load(odoo, "res.partner", columns, family, batch_rows=1, workers=2)
    assert named(odoo) == ["lockgate.a", "lockgate.b", "lockgate.c"]
    assert [reject.row for reject in result.rejected] == [4, 5]
    assert sums(result) == (5, 3, 0, 0, 2, 0)


def test_rows_that_must_not_be_sent_are_not_sent():
    odoo = FakeOdoo()
    result = load(odoo, "res.partner", COLUMNS, [["a", "A"], ["", "B"], ["a", "C"]])
    assert odoo.loads == [["lockgate.a"]]
    assert [reject.row for reject in result.rejected] == [2, 3]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("error", [LOST, SLOW], ids=["cut", "too slow"])
def test_a_lost_answer_is_looked_up_and_nothing_is_sent_twice_that_was_saved(moment, error):
    odoo = FakeOdoo(on_load=fail_once(1, moment, error))
    result = load(odoo, "res.partner", COLUMNS, rows(8))
    assert sums(result) == (8, 8, 0, 0, 0, 0)
    assert (odoo.writes, result.retries) == (8, 1)


def test_what_an_earlier_attempt_saves_late_is_not_refused():
    odoo = FakeOdoo()

    def late(number, moment):
        if (number, moment) == (1, "before"):
            raise SLOW
        if (number, moment) == (2, "before"):  # only now the first call ends
            odoo.records = {f"lockgate.c{at}": {"id": at + 1, "name": f"Customer {at}"} for at in range(4)}

    odoo.on_load = late
    odoo.fault = lambda row: "Editing is restricted." if row["id"] in odoo.records else None
    assert sums(load(odoo, "res.partner", COLUMNS, rows(4))) == (4, 4, 0, 0, 0, 0)
    assert [len(some) for some in odoo.loads] == [4, 2, 2]


def test_a_call_that_is_lost_again_and_again_goes_in_smaller_parts():
    odoo = FakeOdoo()

    def too_big(number, moment):
        if moment == "before" and len(odoo.loads[-1]) > 3:
            raise LOST

    odoo.on_load = too_big
    result = load(odoo, "res.partner", COLUMNS, rows(8))
    assert sums(result) == (8, 8, 0, 0, 0, 0)
    assert [len(some) for some in odoo.loads] == [8, 8, 4, 4, 2, 2, 4, 4, 2, 2]


def test_conflicts_are_waited_out():
    odoo = FakeOdoo(fault=_conflict_in_the_first(2))
    result = load(odoo, "res.partner", COLUMNS, rows(4))
    assert (sums(result), result.retries) == ((4, 4, 0, 0, 0, 0), 2)


def _conflict_in_the_first(calls):
    tries = itertools.count()
    return lambda row: (
        "could not serialize access due to concurrent update"
        if row["id"] == "lockgate.c0" and next(tries) < calls
        else None
    )


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotJson("A login page answered."), Exit.UNREACHABLE),
        (AccessDenied("No right to create."), Exit.REFUSED),
        (WriteRefused("This client only reads."), Exit.REFUSED),
        (Unreachable("Nobody there.", sent=False), Exit.UNREACHABLE),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_an_error_that_is_not_about_rows_stops_the_load_and_names_what_is_in_doubt(error, code):
    odoo = FakeOdoo(on_load=fail_once(3, "before", error))
    with pytest.raises(LoadStopped) as caught:
        load(odoo, "res.partner", COLUMNS, rows(50), batch_rows=10, workers=1)
    result = caught.value.result
    assert (sums(result), caught.value.exit) == ((30, 20, 0, 0, 0, 10), code)
    assert [reject.row for reject in result.unknown] == list(range(21, 31))
    assert caught.value.what == f"Loading res.partner stopped after 20 settled rows: {error.what}"


@pytest.mark.parametrize("error", [ServerFault("It broke."), BadCall("Wrong.")], ids=lambda error: type(error).__name__)
def test_when_nothing_was_ever_saved_a_fault_is_not_blamed_on_the_rows(error):
    def always(number, moment):
        raise error

    with pytest.raises(LoadStopped) as caught:
        load(FakeOdoo(on_load=always), "res.partner", COLUMNS, rows(50))
    assert sums(caught.value.result) == (50, 0, 0, 0, 0, 50)


def test_a_fault_that_one_row_causes_is_that_rows_reject():
    odoo = FakeOdoo()

    def breaks(number, moment):
        if "lockgate.c5" in odoo.loads[-1]:
            raise ServerFault("It broke.", why="TypeError: unsupported operand")

    odoo.on_load = breaks
    result = load(odoo, "res.partner", COLUMNS, rows(20))
    assert result.rejected == (Reject(6, "lockgate.c5", "TypeError: unsupported operand"),)
    assert len(odoo.records) == 19


def test_a_refusal_without_messages_is_bisected():
    odoo = FakeOdoo()

    def refuses(number, moment):
        if "lockgate.c5" in odoo.loads[-1]:
            raise ConstraintViolated("Odoo refused.", why="The balance is not zero.")

    odoo.on_load = refuses
    result = load(odoo, "res.partner", COLUMNS, rows(20))
    assert [(reject.row, reject.reason) for reject in result.rejected] == [(6, "The balance is not zero.")]


def test_what_odoo_only_said_it_saved_is_sent_once_more_and_then_named():
    odoo = FakeOdoo()

    def forgets(number, moment):
        if moment == "after":
            odoo.records.pop("lockgate.c2", None)

    odoo.on_load = forgets
    result = load(odoo, "res.partner", COLUMNS, rows(4))
    assert sums(result) == (4, 3, 0, 0, 0, 1)
    assert result.unknown == (Reject(3, "lockgate.c2", "Odoo said that it saved the record, but it is not there."),)
    assert odoo.loads[1] == ["lockgate.c2"]
    assert not result.complete


def test_a_stopped_load_goes_on_where_it_was(tmp_path):
    path = tmp_path / "run.journal"
    odoo = FakeOdoo(on_load=fail_once(3, "after", NotJson("A login page answered.")))
    with Journal(path) as journal, pytest.raises(LoadStopped):
        load(odoo, "res.partner", COLUMNS, rows(50), batch_rows=10, workers=1, journal=journal)
    odoo.on_load = lambda number, moment: None
    with Journal(path) as journal:
        result = load(odoo, "res.partner", COLUMNS, rows(50), batch_rows=10, workers=1, journal=journal)
        again = load(odoo, "res.partner", COLUMNS, rows(50), batch_rows=7, workers=3, journal=journal)
    assert (sums(result), odoo.writes) == ((50, 50, 0, 0, 0, 0), 50)
    assert sums(again) == sums(result)


def test_a_load_that_goes_on_looks_up_what_an_earlier_attempt_saved_late(tmp_path):
    odoo = FakeOdoo(on_load=fail_once(1, "before", NotJson("A login page answered.")))
    with Journal(tmp_path / "run.journal") as journal, pytest.raises(LoadStopped):
        load(odoo, "res.partner", COLUMNS, rows(10), journal=journal)
    before = odoo.lookups
    with Journal(tmp_path / "run.journal") as journal:
        load(odoo, "res.partner", COLUMNS, rows(10), journal=journal)
    assert odoo.lookups == before + 2


def test_another_input_is_refused_with_what_differs(tmp_path):
    odoo = FakeOdoo()
    with Journal(tmp_path / "run.journal") as journal:
        load(odoo, "res.partner", COLUMNS, rows(5), journal=journal)
        with pytest.raises(InputChanged, match=r"begun on .* for something else") as other_columns:
            load(odoo, "res.partner", ("id", "ref"), rows(5), journal=journal)
        with pytest.raises(LoadStopped) as other_rows:
            load(odoo, "res.partner", COLUMNS, rows(5, start=1), journal=journal)
        load(odoo, "res.partner", COLUMNS, rows(5, start=1), journal=journal, name="second")
    assert other_columns.value.why == 'columns was ["id", "name"] and is ["id", "ref"].'
    assert isinstance(other_rows.value.__cause__, InputChanged)
    assert len(odoo.records) == 6


def test_rejects_are_written_with_their_cells_and_load_again_when_repaired(tmp_path):
    odoo = FakeOdoo(fault=lambda row: "Bad, really." if row["name"] == "wrong" else None)
    path = tmp_path / "rejects.csv"
    data = [["a", "A"], ["b", "wrong"], ["", "C"]]
    load(odoo, "res.partner", COLUMNS, data, rejects_to=path)
    assert path.read_text() == (
        "id,name,_error\n"
        ',C,"The row has no external id, so a second run would make a second record."\n'
        'b,wrong,"Bad, really."\n'
    )
    assert list(tmp_path.iterdir()) == [path]
    repaired = load(odoo, "res.partner", ("id", "name", "_error"), [["b", "right", "Bad, really."]])
    assert sums(repaired) == (1, 1, 0, 0, 0, 0)
    assert odoo.records["lockgate.b"]["name"] == "right"


def test_rejects_of_batches_on_record_are_written_by_the_run_that_resumes(tmp_path):
    odoo = FakeOdoo(fault=lambda row: "Bad." if row["name"] == "Customer 1" else None)
    for _ in range(2):
        with Journal(tmp_path / "run.journal") as journal:
            load(odoo, "res.partner", COLUMNS, rows(4), journal=journal, rejects_to=tmp_path / "rejects.csv")
        assert (tmp_path / "rejects.csv").read_text() == "id,name,_error\nc1,Customer 1,Bad.\n"


def test_only_changes_are_sent_when_asked():
    odoo = FakeOdoo()
    columns = ("id", "name", "color", "country_id/id", "category_id/id")
    data = [[f"c{number}", "N", "7", "base.be", "base.tag,base.other_tag"] for number in range(10)]
    load(odoo, "res.partner", columns, data)
    for record in odoo.records.values():
        record |= {"color": 7, "country_id": COUNTRY, "category_id": [OTHER_TAG, TAG]}
    odoo.loads.clear()
    result = load(odoo, "res.partner", columns, [*data[:4], ["c4", "New", *data[4][2:]]], changes_only=True)
    assert (sums(result), odoo.loads) == ((5, 0, 1, 4, 0, 0), [["lockgate.c4"]])


def test_rows_kept_together_go_through_one_hand_in_order():
    odoo = FakeOdoo()
    data = [[f"c{number}", f"place {number % 3}"] for number in range(60)]
    load(odoo, "res.partner", COLUMNS, data, batch_rows=5, workers=3, partition_by="name")
    sent = [int(external_id.removeprefix("lockgate.c")) for some in odoo.loads for external_id in some]
    for place in range(3):
        assert [number for number in sent if number % 3 == place] == list(range(place, 60, 3))


def test_rows_can_only_be_kept_together_by_a_column_that_is_there():
    with pytest.raises(UsageError, match="Rows can't be kept together by 'place'"):
        load(FakeOdoo(), "res.partner", COLUMNS, rows(1), partition_by="place")


def test_progress_is_told_after_every_batch():
    told = []
    load(FakeOdoo(), "res.partner", COLUMNS, rows(25), batch_rows=10, workers=1, on_progress=told.append)
    assert [(progress.rows, progress.created) for progress in told] == [(10, 10), (20, 20), (25, 25)]


def test_rows_come_from_arrow_and_polars_too():
    pa = pytest.importorskip("pyarrow")
    pl = pytest.importorskip("polars")
    columns = {"id": ["a", "b"], "color": [1, None]}
    assert list(rows_of([pa.table(columns), pl.DataFrame(columns)])) == [("a", 1), ("b", None)] * 2
