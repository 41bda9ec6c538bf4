from textwrap import dedent

import pytest

from lockgate.kernel.comparison import parse_comparison
from lockgate.kernel.register import Kind
from lockgate.kernel.signal import Tells
from lockgate.workspace.registers import compose, registers_of, shipped
from lockgate.workspace.text.reading import read

TASK = """
register: task
title: Task
plural: Tasks
prefix: TASK
about: What is to be done?
serves: [M9]
fields:
  - {key: title, title: Title, kind: text, required: true}
  - {key: class, title: Class, kind: choice, choices: {a: A, b: B}}
states:
  - {key: open, title: Open, due_days: 3, escalates_to: sponsor}
  - {key: done, title: Done, open: false}
transitions:
  - {key: finish, title: Finish, from: [open], to: done, who: [anyone], event: finished, guards: [class = a]}
signals:
  - {key: old, title: Old tasks, tells: age, days: 9, where: [class = b], risk: {title: Tasks lie, owner: sponsor}}
"""

MORE = "register: task\nextends: true\n"


def composed(*texts):
    return compose([read(dedent(text), path=f"{place}.yaml") for place, text in enumerate(texts)])


def told(found):
    return [(str(one.at), one.code, one.message) for one in found.findings]


def test_a_file_declares_a_register_and_its_signals():
    found = composed(TASK)
    assert told(found) == []
    task = found.by_key["task"]
    assert (task.prefix, task.initial, task.raised_by, task.edited_by) == (
        "TASK",
        "open",
        ("anyone",),
        ("owner", "raiser"),
    )
    assert [(one.key, one.kind) for one in task.fields] == [("title", Kind.TEXT), ("class", Kind.CHOICE)]
    step = task.transitions[0]
    assert (step.happened, step.source, step.target, step.guards) == (
        "finished",
        ("open",),
        "done",
        (parse_comparison("class = a"),),
    )
    (signal,) = found.signals
    assert (signal.key, signal.tells, signal.register, signal.days) == ("old", Tells.AGE, "task", 9)
    assert found.about == {"task": "What is to be done?"}


def test_a_later_file_replaces_parts_and_adds_others():  # G1
    found = composed(
        TASK,
        """
        register: task
        extends: true
        plural: Jobs
        serves: [M10]
        raised_by: [planner]
        choices: {class: {a: Urgent, c: Can wait}}
        fields:
          - {key: title, title: What, kind: text, required: true}
          - {key: site, title: Site, kind: site}
        states:
          - {key: open, title: To do, due_days: 1}
        transitions:
          - {key: reopen, title: Open again, from: [done], to: open, who: [owner], event: reopened}
        """,
    )
    assert told(found) == []
    task = found.by_key["task"]
    assert (task.title, task.plural, task.serves, task.raised_by) == ("Task", "Jobs", ("M9", "M10"), ("planner",))
    assert [(one.key, one.title) for one in task.fields] == [("title", "What"), ("class", "Class"), ("site", "Site")]
    assert task.fields[1].choices == {"a": "Urgent", "c": "Can wait"}
    assert [(one.key, one.title, one.due_days) for one in task.states] == [("open", "To do", 1), ("done", "Done", None)]
    assert [one.key for one in task.transitions] == ["finish", "reopen"]


def test_a_file_that_does_not_extend_takes_the_place_of_the_other():
    found = composed(TASK, TASK.replace("title: Task", "title: Job").replace("a: A, b: B", "a: A"))
    assert (found.by_key["task"].title, dict(found.by_key["task"].fields[1].choices)) == ("Job", {"a": "A"})


@pytest.mark.parametrize(
    ("text", "at", "code", "message"),
    [
        ("register: tusk\nextends: true", "1.yaml:1:11", "unknown-register", "there is no register `tusk` to extend"),
        ("register: new", "1.yaml:1:1", "missing-key", "`title` is missing"),
        ("register: task\nextends: true\ncolour: red", "1.yaml:3:1", "unknown-key", "`colour` is not known here"),
        (
            "register: task\nextends: true\nchoices: {clas: {a: A}}",
            "1.yaml:3:17",
            "unsound-register",
            "There is no field 'clas'",
        ),
        (
            f"{MORE}transitions:\n  - {{key: x, title: X, from: [open], to: lost, who: [a], event: e}}",
            "1.yaml:4:42",
            "unsound-register",
            "There is no state 'lost'",
        ),
        (
            "register: task\nextends: true\nstates:\n  - {key: done, title: Done}",
            "1.yaml:4:5",
            "unsound-register",
            "Nothing leads out of 'done'",
        ),
        ("register: task\nextends: true\nprefix: task", "1.yaml:3:9", "unsound-register", "'task' is no prefix"),
        (
            "register: task\nextends: true\nsignals:\n  - {key: s, title: S, tells: age, risk: {title: R}}",
            "1.yaml:4:5",
            "incomplete-signal",
            "A signal that tells of age needs `days`",
        ),
    ],
)
def test_a_fault_is_told_where_it_stands(text, at, code, message):
    assert told(composed(TASK, text)) == [(at, code, message)]


def test_what_an_earlier_file_said_is_told_at_the_top_of_the_later():
    found = composed(TASK, "register: task\nextends: true\nfields:\n  - {key: class, title: Class, kind: text}")
    assert told(found) == []
    found = composed(
        TASK.replace("who: [anyone]", "who: [anyone], needs: [class]"), "register: task\nextends: true\ntitle: Job"
    )
    assert told(found) == []


def test_a_whole_register_is_sound_by_itself():
    assert told(composed(TASK.replace("to: done", "to: gone"))) == [
        ("0.yaml:15:52", "unsound-register", "There is no state 'gone'")
    ]


def test_a_bad_comparison_is_told_where_it_stands():
    found = composed(TASK.replace("[class = a]", "[class is a]"))
    assert [(str(one.at), one.code) for one in found.findings] == [("0.yaml:15:99", "bad-comparison")]


def test_the_registers_that_ship_are_sound():
    found = compose(shipped())
    assert told(found) == []
    assert sorted(found.by_key) == [
        "action",
        "assumption",
        "benefit",
        "change-request",
        "decision",
        "defect",
        "deliverable",
        "dependency",
        "deviation",
        "difference",
        "gap",
        "issue",
        "lesson",
        "match-review",
        "meeting",
        "requirement",
        "risk",
        "sign-off",
        "value-choice",
    ]
    assert all(found.about[key] and one.serves for key, one in found.by_key.items())
    prefixes = [one.prefix for one in found.by_key.values()]
    assert len(set(prefixes)) == len(prefixes)
    assert all(one.serves for one in found.signals)


def test_fields_of_the_registers_that_ship_refer_to_registers_that_do():
    registers = compose(shipped()).by_key
    named = {field.register for one in registers.values() for field in one.fields if field.register}
    assert named <= set(registers)


def test_a_signal_raises_a_risk_with_fields_that_risks_have():
    found = compose(shipped())
    risk = found.by_key["risk"]
    for signal in found.signals:
        for key, value in signal.risk.fields:
            assert value in risk.field(key).choices


def test_a_playbook_brings_its_own_registers_after_those_of_all():
    assert [one.path for one in shipped("no-such-playbook")] == [one.path for one in shipped()]


def test_a_workspace_changes_the_registers_that_ship(loaded):
    own = "register: gap\nextends: true\nchoices: {fit: {keep: Keep, custom: Custom code}}\n"
    workspace = loaded({"programme/registers/gap.yaml": own})
    assert workspace.findings == ()
    assert list(registers_of(workspace).by_key["gap"].field("fit").choices) == ["keep", "custom"]


def test_what_a_workspace_makes_of_a_register_must_be_sound(loaded):  # G2
    own = "register: gap\nextends: true\nstates:\n  - {key: decided, title: Decided, open: true}\n"
    assert loaded({"programme/registers/gap.yaml": own}).findings == ()
    own = "register: gap\nextends: true\nchoices: {fitt: {a: A}}\n"
    (finding,) = loaded({"programme/registers/gap.yaml": own}).findings
    assert (str(finding.at), finding.message) == ("programme/registers/gap.yaml:3:17", "There is no field 'fitt'")


def test_a_state_may_count_working_days():
    found = composed(
        TASK.replace("due_days: 3,", "due_in: 5 working days,"), MORE + "states: [{key: open, title: O, due_in: 1 day}]"
    )
    state = composed(TASK.replace("due_days: 3,", "due_in: 5 working days,")).by_key["task"].state("open")
    assert (state.due_days, state.working_days, state.escalates_to) == (5, True, "sponsor")
    state = found.by_key["task"].state("open")
    assert (state.due_days, state.working_days) == (1, False)


def place_of(word, text):
    """Return line and column of where a word begins for the last time."""
    before = text[: text.rindex(word)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@pytest.mark.parametrize(
    ("state", "at", "code"),
    [
        ("due_in: 5 weeks", "5 weeks", "wrong-form"),
        ("due_in: 0 working days", "0 working", "wrong-form"),
        ("due_in: 5 days, due_days: 7", "7", "not-valid"),
        ("escalates_to: sponsor, escalates_by: issue", "sponsor", "not-valid"),
    ],
)
def test_what_a_state_says_twice_or_wrongly_is_told(state, at, code):
    text = f"register: task\nextends: true\nstates: [{{key: open, title: O, {state}}}]\n"
    assert [(str(one.at), one.code) for one in composed(TASK, text).findings] == [
        (f"1.yaml:{place_of(at, text)}", code)
    ]


OWN = """\
register: task
title: Task
plural: Tasks
prefix: TASK
raised_by: [anyone]
edited_by: [raiser, {edits}]
fields: [{{key: title, title: Title, kind: text, required: true}}]
states:
  - {{key: open, title: Open, escalates_to: {hears}}}
  - {{key: late, title: Late, escalates_by: {way}}}
  - {{key: done, title: Done, open: false}}
transitions:
  - {{key: wait, title: Wait, from: [open], to: late, who: [anyone], event: waited}}
  - {{key: finish, title: Finish, from: [open, late], to: done, who: [owner, {may}], event: finished}}
signals:
  - {{key: old, title: Old, tells: age, days: 9, risk: {{title: Tasks lie, owner: {owns}}}}}
"""
DECLARED = {"edits": "sponsor", "hears": "sponsor", "way": "issue", "may": "site-lead", "owns": "sponsor"}


def test_the_roles_and_ways_up_that_a_register_names_are_declared(loaded):
    assert loaded({"programme/registers/task.yaml": OWN.format(**DECLARED)}).findings == ()


@pytest.mark.parametrize("part", DECLARED)
def test_a_role_or_way_up_that_nobody_declares_is_a_finding_where_it_stands(loaded, part):
    text = OWN.format(**{**DECLARED, part: "sponsr"})
    found = loaded({"programme/registers/task.yaml": text}).findings
    at = f"programme/registers/task.yaml:{place_of('sponsr', text)}"
    what = "escalation" if part == "way" else "role"
    assert [(str(one.at), one.code, one.message) for one in found] == [
        (at, "unknown-reference", f"no {what} `sponsr` is declared")
    ]


def test_a_field_refers_to_a_register_that_there_is():  # G3
    field = "fields:\n  - {key: parent, title: Parent, kind: reference, register: tsk}\n"
    found = composed(TASK, MORE + field)
    at = f"1.yaml:{place_of('tsk', MORE + field)}"
    assert told(found) == [(at, "unknown-register", "there is no register `tsk` to refer to")]
    assert found.findings[0].hint == "There are: task."
    later = (
        TASK.replace("register: task", "register: tsk")
        .replace("prefix: TASK", "prefix: TSK")
        .replace("key: old", "key: older")
    )
    assert told(composed(TASK, MORE + field, later)) == []
