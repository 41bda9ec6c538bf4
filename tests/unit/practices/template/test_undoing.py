"""What is kept of a plan, and what is set back? Rules U1 to U4, and P7 of what was archived."""

from dataclasses import replace

from lockgate.practices.template.decide.facts import (
    HERE,
    LANGUAGE,
    MODULE,
    SETTINGS,
    Declared,
    FieldFact,
    Live,
    Target,
    View,
)
from lockgate.practices.template.decide.planning import Action, FieldChange, Plan, Step, plan
from lockgate.practices.template.decide.undoing import Came, Rollback, Stays, Was, noted, undoing
from lockgate.practices.template.definition import Resource

MODELS = {
    "x.tag": {"name": FieldFact("name", "char"), "active": FieldFact("active", "boolean")},
    "unit": {"name": FieldFact("name", "char"), "line_ids": FieldFact("line_ids", "one2many", relation="line")},
    "line": {"days": FieldFact("days", "integer")},
    "res.company": {"chart_template": FieldFact("chart_template", "selection")},
    SETTINGS: {"module_x": FieldFact("module_x", "boolean"), "group_x": FieldFact("group_x", "boolean")},
}
NOTHING = Rollback("u-1", "build", "2026-11-22T09:00:00Z", "ann")
TAG = Target("x.tag", 3)


def was(field="name", kind="x.tag", *, old="Old", after="New", record=3, **more):
    return Was("calm", kind, record, field, "", "", old, after, **more)


def live(managed=(), **records):
    """Return an Odoo of which records hold these values; a record is named like `tag_3`."""
    split = {name: name.rpartition("_") for name in records}
    models = {"tag": "x.tag"}
    held = {
        (HERE, Target(models.get(model, model), int(number))): records[name]
        for name, (model, _, number) in split.items()
    }
    return Live(MODELS, dict(managed), records=held)


def kept(*changed, ended=True, **more):
    return replace(NOTHING, ended=ended, changed=changed, **more)


def no(_step, _change):
    return False


def test_a_plan_is_kept_as_what_it_will_make_take_over_and_change():
    name = FieldChange("name", "Old", "New")
    steps = [
        Step(Action.CREATE, "l10n_be", MODULE),
        Step(Action.CREATE, "fr_BE", LANGUAGE),
        Step(Action.CREATE, "new", "x.tag", None, (FieldChange("name", None, "New"),)),
        Step(Action.CHANGE, "calm", "x.tag", 3, (name, FieldChange("texts", None, "Neu", View("", "de_DE")))),
        Step(Action.CHANGE, "found", "x.tag", 4, (), takes_over=True),
        Step(Action.CHANGE, "set", SETTINGS, None, (FieldChange("group_x", old=False, new=True),)),
        Step(Action.ARCHIVE, "gone", "x.tag", 5, (FieldChange("active", old=True, new=False),)),
        Step(Action.CHANGE, "late", "x.tag", 6, (name,), waits=True),
    ]

    first = noted(NOTHING, Plan(tuple(steps)), no)

    assert (first.installed, first.made) == (("l10n_be", "fr_BE"), (Came("new", "x.tag"),))
    assert first.taken_over == (Came("found", "x.tag"),)
    assert first.changed == (
        Was("calm", "x.tag", 3, "name", "", "", "Old"),
        Was("set", SETTINGS, 1, "group_x", "", "", old=False),
        Was("gone", "x.tag", 5, "active", "", "", old=True),
    )


def test_a_later_round_adds_and_the_first_value_stays():
    first = noted(NOTHING, Plan((Step(Action.CREATE, "new", "x.tag"),)), no)
    changed = Plan((Step(Action.CHANGE, "calm", "x.tag", 3, (FieldChange("name", "Old", "New"),)),))
    second = noted(first, changed, no)
    again = Plan(
        (
            Step(Action.CHANGE, "calm", "x.tag", 3, (FieldChange("name", "New", "Newer"),)),
            Step(Action.CHANGE, "new", "x.tag", 7, (FieldChange("name", "A", "B"),)),
        )
    )
    assert noted(second, again, no) == replace(first, changed=(Was("calm", "x.tag", 3, "name", "", "", "Old"),))


def test_a_secret_is_not_kept_and_stays():  # U3
    plan_of_it = Plan((Step(Action.CHANGE, "calm", "x.tag", 3, (FieldChange("name", "hunter2", "hunter3"),)),))
    it = noted(NOTHING, plan_of_it, lambda *_: True)
    assert it.changed == (Was("calm", "x.tag", 3, "name", "", "", None, secret=True),)
    todo = undoing(it, live(tag_3={"name": "hunter3"}))
    assert (todo.steps, todo.stays) == ((), (Stays("calm", "name", "it is a secret, and was not kept"),))


def test_a_field_gets_its_old_value_and_one_that_has_it_needs_nothing():  # U1, U4
    rollback = kept(was(), was("active", old=True, after=False))
    todo = undoing(rollback, live(tag_3={"name": "New", "active": True}))
    assert todo.steps == (Step(Action.CHANGE, "calm", "x.tag", 3, (FieldChange("name", "New", "Old"),)),)
    assert todo.stays == ()


def test_what_somebody_has_changed_since_stays_unless_applying_was_broken_off():  # U1
    there = live(tag_3={"name": "Mine"})
    assert undoing(kept(was()), there).stays == (Stays("calm", "name", "somebody has changed it since"),)
    broken = undoing(kept(was(after=None), ended=False), there)
    assert [step.changes for step in broken.steps] == [(FieldChange("name", "Mine", "Old"),)]


def test_lines_are_compared_without_their_ids():
    old, after = [{"id": 1, "days": 10}, {"id": 2, "days": 30}], [{"id": 1, "days": 60}]
    changed = was("line_ids", "unit", old=old, after=after)
    [step] = undoing(kept(changed), live(unit_3={"line_ids": [{"id": 9, "days": 60}]})).steps
    assert step.changes[0].new == old
    back = live(unit_3={"line_ids": [{"id": 7, "days": 30}, {"id": 8, "days": 10}]})
    assert undoing(kept(changed), back).steps == ()


def test_what_can_t_be_taken_back_is_told():  # U3
    rollback = kept(
        was("chart_template", "res.company", old=False, after="be"),
        was("module_x", SETTINGS, old=False, after=True, record=1),
        was("group_x", SETTINGS, old=False, after=True, record=1),
        was(record=77),
        installed=("l10n_be",),
    )
    there = live(**{"res.company_3": {"chart_template": "be"}, f"{SETTINGS}_1": {"module_x": True, "group_x": True}})

    todo = undoing(rollback, there)

    assert todo.stays == (
        Stays("l10n_be", "", "what is installed stays installed"),
        Stays("calm", "name", "it is not there any more"),
        Stays("calm", "module_x", "a module that was installed stays"),
        Stays("calm", "chart_template", "a chart of accounts can't be taken back"),
    )
    assert [(step.model, step.record) for step in todo.steps] == [(SETTINGS, None)]


def test_what_was_made_is_archived_the_last_first_and_what_was_taken_over_is_let_go():  # U2
    made = (Came("a", "x.tag"), Came("b", "x.tag"), Came("box", "unit"), Came("never", "x.tag"))
    managed = {"a": Target("x.tag", 1), "b": Target("x.tag", 2), "box": Target("unit", 4), "mine": Target("x.tag", 5)}
    taken = (Came("mine", "x.tag"), Came("lost", "x.tag"))

    todo = undoing(
        kept(made=made, taken_over=taken), live(managed, tag_1={"active": True}, tag_2={"active": True}, unit_4={})
    )

    assert [step.key for step in todo.steps] == ["b", "a"]
    assert (todo.released, todo.stays) == (("mine",), (Stays("box", "", "Odoo can't archive it"),))
    assert undoing(kept(made=made[:1]), live(managed, tag_1={"active": False})).steps == ()


def test_a_record_that_was_archived_is_brought_back_unless_active_is_said_or_odoo_makes_it():  # P7
    calm = Resource(key="calm", model="x.tag", values={"name": "Calm"})
    there = live({"calm": TAG}, tag_3={"name": "Calm", "active": False})

    def changes(resource):
        [step] = plan([Declared(resource, "template/a.yaml", 0)], there).steps
        return [(change.field, change.new, change.place[1][-1]) for change in step.changes]

    assert changes(calm) == [("active", True, "key")]
    assert changes(calm.model_copy(update={"values": {"name": "Calm", "active": False}})) == []
    assert changes(calm.model_copy(update={"made_by_odoo": True, "find": ("name",)})) == []
