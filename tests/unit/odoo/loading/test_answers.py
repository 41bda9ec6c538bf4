"""Is the answer of `load` understood, down to which row is to blame?"""

from lockgate.odoo.loading.answers import Conflict, Refused, Saved, answer_from
from lockgate.odoo.loading.records import Record, Reject

A, B, C = (Record(number, f"x.{number}", ((f"x.{number}", ""),)) for number in (11, 12, 13))
LONG = Record(14, "x.14", (("x.14", ""), ("", "line"), ("", "line")))


def error(row, message, field=""):
    return {
        "type": "error",
        "message": message,
        "rows": {"from": row, "to": row},
        **({"field": field} if field else {}),
    }


def test_ids_without_errors_mean_saved():  # A1
    warning = {"type": "warning", "message": "Found multiple matches", "rows": {"from": 0, "to": 0}}
    assert answer_from({"ids": [5, 6], "messages": [warning]}, [A, B]) == Saved((5, 6))


def test_errors_are_gathered_for_each_record_with_the_field():  # A1
    told = {"ids": False, "messages": [error(1, "bad date", "date"), error(1, "bad key", "type"), error(2, "no name")]}
    answer = answer_from(told, [A, B, C])
    assert answer == Refused(
        {1: Reject(12, "x.12", "bad date; bad key", "date"), 2: Reject(13, "x.13", "no name")}, "bad date"
    )


def test_a_row_of_lines_belongs_to_the_record_it_carries_on():
    answer = answer_from({"ids": False, "messages": [error(3, "bad line"), error(4, "bad name")]}, [A, LONG, B])
    assert isinstance(answer, Refused)
    assert {at: reject.row for at, reject in answer.named.items()} == {1: 14, 2: 12}


def test_a_conflict_is_nobodys_fault():  # A2
    told = {"ids": False, "messages": [error(0, "could not serialize access due to concurrent update\n")]}
    assert answer_from(told, [A]) == Conflict("could not serialize access due to concurrent update")


def test_the_echo_of_the_failed_call_does_not_accuse_the_first_record():  # A3
    told = {"ids": False, "messages": [error(0, "Contacts require a name"), error(2, "Contacts require a name")]}
    answer = answer_from(told, [A, B, C])
    assert isinstance(answer, Refused)
    assert list(answer.named) == [2]


def test_the_first_record_stays_accused_when_it_is_named_for_a_field_or_alone():  # A3
    of_a_field = answer_from({"ids": False, "messages": [error(0, "bad", "date"), error(2, "bad")]}, [A, B, C])
    alone = answer_from({"ids": False, "messages": [error(0, "Contacts require a name")]}, [A, B, C])
    assert isinstance(of_a_field, Refused)
    assert isinstance(alone, Refused)
    assert (list(of_a_field.named), list(alone.named)) == ([0, 2], [0])


def test_an_answer_that_names_no_row_is_a_refusal_of_the_call():
    told = {"ids": False, "messages": [{"type": "error", "message": "Unknown database error"}]}
    assert answer_from(told, [A]) == Refused({}, "Unknown database error")
    assert answer_from({"ids": False, "messages": []}, [A]) == Refused({}, "Odoo saved nothing and gave no reason.")
    assert answer_from({"ids": False, "messages": [error(9, "beyond")]}, [A]) == Refused({}, "beyond")
