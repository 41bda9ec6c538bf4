from dataclasses import replace

import pytest

from lockgate.kernel.comparison import parse_comparison
from lockgate.kernel.register import Fault, Field, Kind, Register, State, Transition, faults
from lockgate.kernel.signal import RiskToRaise, Signal, Tells, wants

TITLE = Field("title", "Title", Kind.TEXT, required=True)
OPEN, DONE = State("open", "Open"), State("done", "Done", open=False)
FINISH = Transition("finish", "Finish", ("open",), "done", ("anyone",), event="finished")
GOOD = Register("task", "Task", "Tasks", "TASK", (TITLE,), (OPEN, DONE), (FINISH,))


def test_a_good_declaration_has_no_faults():
    assert faults(GOOD) == ()


def test_parts_are_found_by_their_keys():
    assert (GOOD.initial, GOOD.field("title"), GOOD.state("done")) == ("open", TITLE, DONE)
    assert (GOOD.transition("finish"), FINISH.happened) == (FINISH, "finished")
    assert (GOOD.field("x"), GOOD.state("x"), GOOD.transition("x")) == (None, None, None)
    assert replace(FINISH, event="").happened == "finish"


def step(**changes):
    return {"transitions": (replace(FINISH, **changes),)}


@pytest.mark.parametrize(
    ("changes", "at", "what"),
    [
        ({"key": "Task"}, ("key",), "'Task' is no key."),
        ({"prefix": "task"}, ("prefix",), "'task' is no prefix."),
        ({"fields": ()}, ("fields",), "There is no required text field `title`."),
        ({"fields": (TITLE, TITLE)}, ("fields", 1, "key"), "'title' is there twice."),
        ({"fields": (TITLE, Field("A b", "A", Kind.TEXT))}, ("fields", 1, "key"), "'A b' is no key."),
        (
            {"fields": (TITLE, Field("state", "S", Kind.TEXT))},
            ("fields", 1, "key"),
            "Every record has 'state' already.",
        ),
        (
            {"fields": (TITLE, Field("fit", "Fit", Kind.CHOICE))},
            ("fields", 1, "choices"),
            "'fit': choices go with the kind `choice`, and only there.",
        ),
        ({"fields": (TITLE, Field("owner", "O", Kind.TEXT))}, ("fields", 1, "kind"), "`owner` is one person."),
        ({"fields": (TITLE, Field("due", "D", Kind.DATE, several=True))}, ("fields", 1, "kind"), "`due` is one date."),
        (step(source=("new",)), ("transitions", 0, "source"), "There is no state 'new'."),
        (step(needs=("why",)), ("transitions", 0, "needs"), "There is no field 'why'."),
        (
            step(guards=(parse_comparison("age_days <= limit"),)),
            ("transitions", 0, "guards", 0),
            "There is no field 'limit'.",
        ),
        (step(not_by=("begin",)), ("transitions", 0, "not_by"), "There is no transition 'begin'."),
        (step(event="edited"), ("transitions", 0, "event"), "'edited' happens to all records."),
        (step(votes=0), ("transitions", 0, "votes"), "Somebody must say yes."),
        (step(who=()), ("transitions", 0), "'finish' needs a state to start from and somebody who may take it."),
        ({"states": (OPEN, DONE, State("far", "Far", open=False))}, ("states", 2), "No transition leads to 'far'."),
        ({"states": (OPEN, State("done", "Done"))}, ("states", 1), "Nothing leads out of 'done'."),
    ],
)
def test_a_fault_says_where_and_what(changes, at, what):
    found = faults(replace(GOOD, **changes))
    assert [(one.at, one.what) for one in found if (one.at, one.what) == (at, what)] == [(at, what)]


def test_a_step_to_nowhere_is_told_with_the_states_there_are():
    assert faults(replace(GOOD, **step(target="gone"))) == (
        Fault(("transitions", 0, "target"), "There is no state 'gone'.", "There are: done, open."),
        Fault(("states", 1), "No transition leads to 'done'.", "Add one, or drop the state."),
    )


def test_a_register_without_states_is_no_register():
    found = faults(replace(GOOD, states=(), transitions=()))
    assert [one.what for one in found] == ["A register has one state at least."]


@pytest.mark.parametrize(
    ("tells", "lacks"),
    [
        (Tells.AGE, ["register", "days"]),
        (Tells.SILENCE, ["register", "days"]),
        (Tells.OVERDUE, ["register"]),
        (Tells.REOPENED, ["register"]),
        (Tells.TREND, ["evidence", "measure"]),
        (Tells.CHURN, ["evidence", "inputs", "days"]),
    ],
)
def test_a_signal_says_what_it_lacks(tells, lacks):
    said = wants(Signal("s", "S", tells, RiskToRaise("R")))
    assert list(said) == [f"A signal that tells of {tells} needs `{key}`." for key in lacks]


def test_a_signal_with_all_that_it_needs_lacks_nothing():
    signal = Signal("s", "S", Tells.TREND, RiskToRaise("R"), evidence=("kpi.measured",), measure="value")
    assert wants(signal) == ()
    assert wants(replace(signal, over=1)) == ("A signal that tells of trend needs `over`.",)
