"""Every step of every register that ships: somebody can take it, nobody without the right can, duties stay apart."""

from dataclasses import replace

import pytest

from lockgate.kernel.comparison import holds
from lockgate.kernel.register import Kind
from lockgate.ledger.record import Event
from lockgate.ledger.registers.action import Move, Raise
from lockgate.ledger.registers.engine import Drafted, perform
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.projection import project
from lockgate.workspace.registers import compose, shipped
from support.registers import MONDAY, actor

REGISTERS = compose(shipped()).by_key
STEPS = [(one, step) for one in REGISTERS.values() for step in one.transitions]
PLAIN = {
    Kind.TEXT: "some text",
    Kind.LONG_TEXT: "some text",
    Kind.NUMBER: 5,
    Kind.MONEY: 5,
    Kind.DATE: "2027-03-01",
    Kind.YES_NO: True,
    Kind.PERSON: "olga",
    Kind.SITE: "ghent",
    Kind.CAPABILITY: "Sales",
    Kind.REFERENCE: "GAP-1",
    Kind.ATTACHMENT: "a" * 64,
}


def filled(register, step):
    """Return values for every field but references and sites, that satisfy the guards of the step."""
    values = {}
    for field in register.fields:
        if field.kind not in {Kind.REFERENCE, Kind.SITE}:
            options = list(field.choices) if field.choices else [PLAIN[field.kind], False, 1, 2]
            guards = [guard for guard in step.guards if guard.left == field.key]
            value = next(one for one in options if all(holds(guard, {field.key: one}) for guard in guards))
            values[field.key] = [value] if field.several else value
    return values


def ready(register, step):
    """Return what is known when a record is right before the step, as olga owns and rita raised it."""
    raised = {"register": register.key, "id": f"{register.prefix}-1", "state": step.source[0]}
    event = Event(f"{register.key}.raised", {**raised, "values": filled(register, step)})
    entries = project([Drafted(1, MONDAY, "rita", event.kind, event.payload)])
    return Known(REGISTERS, entries)


def outcome(known, register, step, who):
    move = Move(f"{register.prefix}-1", step.key, "Because")
    return perform(move, actor=who, known=known, moment=MONDAY)


def takers(step):
    """Return people of whom each may take the step by right."""
    persons = {"owner": actor("olga"), "raiser": actor("rita"), "anyone": actor("zoe")}
    return [persons.get(word) or actor("zoe", word) for word in step.who]


@pytest.mark.parametrize(("register", "step"), STEPS, ids=lambda one: one.key)
def test_somebody_can_take_the_step(register, step):
    known = ready(register, step)
    outcomes = [outcome(known, register, step, who) for who in takers(step)]
    assert any(one.done for one in outcomes), outcomes


@pytest.mark.parametrize(("register", "step"), STEPS, ids=lambda one: one.key)
def test_nobody_without_the_right_can(register, step):
    found = outcome(ready(register, step), register, step, actor("zoe", "passer-by"))
    assert ("no-right" in [one.code for one in found.refusals]) == ("anyone" not in step.who)


@pytest.mark.parametrize(("register", "step"), [pair for pair in STEPS if pair[1].not_by], ids=lambda one: one.key)
def test_who_is_kept_apart_can_not_whatever_the_role(register, step):
    known = ready(register, step)
    for word, person in (("raiser", "rita"), ("owner", "olga")):
        if word in step.not_by:
            found = outcome(known, register, step, actor(person, *step.who))
            assert [one.code for one in found.refusals] == ["separation-of-duties"]


@pytest.mark.parametrize(("register", "step"), [pair for pair in STEPS if pair[1].votes > 1], ids=lambda one: one.key)
def test_one_person_alone_does_not_do_what_takes_several(register, step):
    found = outcome(ready(register, step), register, step, takers(step)[0])
    assert [event.kind for event in found.events] == [f"{register.key}.voted"]


@pytest.mark.parametrize("register", REGISTERS.values(), ids=lambda one: one.key)
def test_a_record_can_be_raised_with_what_is_required(register):
    needed = {one.key: PLAIN[one.kind] for one in register.fields if one.required}
    for role in register.raised_by:
        who = actor("zoe", *([] if role == "anyone" else [role]))
        found = perform(Raise(register.key, needed), actor=who, known=Known(REGISTERS), moment=MONDAY)
        assert [event.kind for event in found.events] == [f"{register.key}.raised"]


def test_events_tell_steps_of_one_register_apart_unless_they_mean_the_same():
    for register in REGISTERS.values():
        meant = {(step.happened, step.title) for step in register.transitions}
        assert len(meant) == len({step.happened for step in register.transitions})


def test_no_edit_of_standard_code_is_approved():
    gap = REGISTERS["gap"]
    step = gap.transition("approve-custom")
    known = ready(gap, step)
    entry = known.entries.by_id["GAP-1"]
    edited = replace(entry, values={**entry.values, "made_with": "core-edit"})
    known = replace(known, entries=replace(known.entries, by_id={"GAP-1": edited}))
    found = outcome(known, gap, step, actor("zoe", "design-authority"))
    assert [one.what for one in found.refusals] == [
        "'approve-custom' asks for `made_with != core-edit`, which does not hold."
    ]
