"""Does a claim hold? Rules J1 to J4 and W1."""

import json

import pytest

from lockgate.practices.fit.decide.answering import Answer, State, tally
from lockgate.practices.fit.decide.facts import FieldSeen, Part, RightSeen, Rows, Seen, Target
from lockgate.practices.fit.decide.judging import judged
from lockgate.practices.fit.decide.wanted import EMPLOYEES, SETTINGS, group_names, wanted
from lockgate.workspace.frame.probes import Probe, SettingCheck

USER, LOTS, CLERK = Target("res.groups", 1), Target("res.groups", 7), Target("res.groups", 9)
SEEN = Seen(
    modules={"stock": "installed", "crm": "to upgrade", "mrp": "uninstalled"},
    models=frozenset({"stock.lot", "res.partner"}),
    fields={
        ("stock.lot", "ref"): FieldSeen("char"),
        ("stock.lot", "kind"): FieldSeen("selection", choices=("a", "b")),
        (SETTINGS, "po_lock"): FieldSeen("selection", related="company_id.po_lock"),
        (SETTINGS, "country"): FieldSeen("char", related="company_id.country_id.code"),
        (SETTINGS, "group_stock_lots"): FieldSeen("boolean", modules=("stock",)),
        (SETTINGS, "module_mrp"): FieldSeen("boolean"),
        (SETTINGS, "limit"): FieldSeen("boolean"),
    },
    names={
        EMPLOYEES: USER,
        "stock.group_lots": LOTS,
        "stock.group_clerk": CLERK,
        "stock.slip": Target("ir.ui.view", 4),
    },
    implied={1: frozenset({7}), 9: frozenset({1})},
    companies=({"name": "One", "po_lock": "lock"}, {"name": "Two", "po_lock": "edit"}),
    parameters={"stock.limit": "True"},
    rights=(
        RightSeen("stock.lot", None, frozenset({"read"})),
        RightSeen("stock.lot", 1, frozenset({"create"})),
        RightSeen("stock.lot", 7, frozenset({"unlink"})),
        RightSeen("res.partner", 9, frozenset({"write"})),
    ),
    rows={"p": Rows(count=2, values=["x", "y"])},
)


def probe(**check):
    said = {"key": "p", "capability": "CRM", "title": "T", "why": "W", "check": check}
    return Probe.model_validate_json(json.dumps(said))


def said(seen=SEEN, **check):
    found = judged(probe(**check), seen)
    return found.state.value, found.seen


@pytest.mark.parametrize(
    ("check", "answer"),
    [
        ({"module": "stock"}, ("held", "stock is installed")),
        ({"module": "crm"}, ("held", "crm is installed")),
        ({"module": "mrp"}, ("not held", "mrp is uninstalled")),
        ({"module": "web"}, ("not held", "this Odoo has no module web")),
        ({"model": "stock.lot"}, ("held", "there is stock.lot")),
        ({"model": "mrp.bom"}, ("not held", "this Odoo has no mrp.bom")),
        ({"group": "stock.group_lots"}, ("held", "there is stock.group_lots")),
        ({"group": "stock.slip"}, ("not held", "stock.slip is of ir.ui.view, not of res.groups")),
        ({"report": "stock.none"}, ("not held", "this Odoo has no stock.none")),
    ],
)
def test_what_is_there_holds_and_what_is_not_does_not(check, answer):
    assert said(**check) == answer


@pytest.mark.parametrize(
    ("more", "answer"),
    [
        ({"name": "ref"}, ("held", "there is stock.lot.ref, char")),
        ({"name": "ref", "type": "text"}, ("not held", "stock.lot.ref is char, not text")),
        ({"name": "ref", "relation": "x.y"}, ("not held", "stock.lot.ref points to nothing, not to x.y")),
        ({"name": "kind", "offers": "b"}, ("held", "stock.lot.kind offers b")),
        ({"name": "kind", "offers": "c"}, ("not held", "stock.lot.kind offers a, b, and not c")),
        ({"name": "ref", "offers": "c"}, ("not held", "stock.lot.ref offers no choices, and not c")),
        ({"name": "gone"}, ("not held", "stock.lot has no field gone")),
        ({"of": "mrp.bom", "name": "ref"}, ("not held", "this Odoo has no mrp.bom")),
    ],
)
def test_a_field_is_looked_at_in_all_that_is_asked_of_it(more, answer):
    assert said(field={"of": "stock.lot", **more}) == answer


@pytest.mark.parametrize(
    ("check", "answer"),
    [
        ({"name": "po_lock", "is": "lock"}, ("not held", "po_lock is edit in Two")),  # J3
        ({"name": "group_stock_lots"}, ("held", "stock.group_lots is given to all employees")),
        ({"name": "group_stock_lots", "is": False}, ("not held", "stock.group_lots is given to all employees")),
        ({"name": "module_mrp"}, ("not held", "mrp is uninstalled")),
        ({"name": "module_mrp", "is": False}, ("held", "mrp is uninstalled")),
        ({"name": "limit", "parameter": "stock.limit"}, ("held", "stock.limit is True")),
        ({"name": "limit", "parameter": "stock.none", "is": False}, ("held", "stock.none is not set")),
        ({"name": "limit", "parameter": "stock.limit", "is": "7"}, ("not held", "stock.limit is True")),
        ({"name": "gone"}, ("not held", "this Odoo has no setting gone")),
        ({"name": "limit", "group": "stock.group_lots"}, ("held", "stock.group_lots is given to all employees")),
        (
            {"name": "limit", "group": "stock.group_clerk"},
            ("not held", "stock.group_clerk is not given to all employees"),
        ),
    ],
)
def test_a_setting_is_read_from_where_it_is_kept(check, answer):  # W1
    assert said(setting=check) == answer


@pytest.mark.parametrize("name", ["limit", "country"])
def test_a_setting_that_nobody_can_read_from_outside_is_told_as_such(name):  # W1
    assert said(setting={"name": name})[0] == "could not look"


def test_a_setting_of_a_company_holds_when_every_company_says_so():  # J3
    both = Seen(fields=SEEN.fields, companies=[{"name": name, "po_lock": "lock"} for name in ("One", "Two")])
    assert said(both, setting={"name": "po_lock", "is": "lock"}) == ("held", "po_lock is lock in 2 companies")
    many = Seen(fields=SEEN.fields, companies=[{"name": f"C{n}", "po_lock": False} for n in range(5)])
    assert said(many, setting={"name": "po_lock", "is": "lock"}) == (
        "not held",
        "po_lock is off in C0, off in C1, off in C2 and 2 more",
    )


@pytest.mark.parametrize(
    ("values", "expected", "answer"),
    [
        (["x", "x"], "x", ("held", "ref is x in 2 records")),
        (["x", "y"], "x", ("not held", "ref is y in 1 of 2 records")),
        (["a", "b", "c", "d"], "x", ("not held", "ref is a, b, c … in 4 of 4 records")),
        ([[3, "Main"]], "Main", ("held", "ref is Main in 1 record")),
        ([[3, "Main"]], 3, ("held", "ref is 3 in 1 record")),
        ([True], 1, ("not held", "ref is on in 1 of 1 record")),
        ([False], False, ("held", "ref is off in 1 record")),
        ([], "x", ("could not look", "no stock.lot is there to look at")),  # J2
    ],
)
def test_all_records_hold_it_or_it_does_not_hold(values, expected, answer):
    seen = Seen(models=SEEN.models, fields=SEEN.fields, rows={"p": Rows(count=len(values), values=values)})
    assert said(seen, value={"of": "stock.lot", "field": "ref", "is": expected}) == answer


def test_without_the_model_or_the_field_nothing_is_looked_at():  # J2
    assert said(value={"of": "mrp.bom", "field": "ref", "is": 1}) == ("not held", "this Odoo has no mrp.bom")
    assert said(value={"of": "stock.lot", "field": "gone", "is": 1}) == ("not held", "stock.lot has no field gone")
    assert said(count={"of": "mrp.bom", "at_least": 1}) == ("not held", "this Odoo has no mrp.bom")


@pytest.mark.parametrize(
    ("bounds", "answer"),
    [
        ({"at_least": 2}, ("held", "there are 2 of stock.lot")),
        ({"at_most": 1}, ("not held", "there are 2 of stock.lot; asked is at most 1")),
        ({"at_least": 3, "at_most": 4}, ("not held", "there are 2 of stock.lot; asked is at least 3 and at most 4")),
    ],
)
def test_a_count_is_held_against_its_bounds(bounds, answer):
    assert said(count={"of": "stock.lot", **bounds}) == answer


@pytest.mark.parametrize(
    ("check", "answer"),
    [
        ({"may": ["read", "create"]}, ("held", "stock.group_clerk may do this with stock.lot: create, read")),
        ({"may": ["write"]}, ("not held", "stock.group_clerk can't write stock.lot")),
        ({"may": ["write"], "may_not": ["read"]}, ("not held", "stock.group_clerk can't write and can read stock.lot")),
        ({"group": "stock.gone", "may": ["read"]}, ("not held", "this Odoo has no group stock.gone")),
        ({"of": "mrp.bom", "may": ["read"]}, ("not held", "this Odoo has no mrp.bom")),
    ],
)
def test_a_group_has_what_it_implies_and_what_everybody_has(check, answer):  # J4
    assert said(access={"group": "stock.group_clerk", "of": "stock.lot", **check}) == answer


@pytest.mark.parametrize(
    ("part", "check"),
    [
        (Part.MODULES, {"module": "stock"}),
        (Part.MODULES, {"setting": {"name": "module_mrp", "is": False}}),
        (Part.MODELS, {"model": "stock.lot"}),
        (Part.MODELS, {"count": {"of": "stock.lot", "at_least": 1}}),
        (Part.FIELDS, {"field": {"of": "stock.lot", "name": "ref"}}),
        (Part.FIELDS, {"value": {"of": "stock.lot", "field": "ref", "is": 1}}),
        (Part.FIELDS, {"setting": {"name": "po_lock"}}),
        (Part.COMPANIES, {"setting": {"name": "po_lock"}}),
        (Part.PARAMETERS, {"setting": {"name": "limit", "parameter": "stock.limit"}}),
        (Part.GROUPS, {"setting": {"name": "group_stock_lots"}}),
        (Part.NAMES, {"report": "stock.slip"}),
        (Part.RIGHTS, {"access": {"group": "stock.group_clerk", "of": "stock.lot", "may": ["read"]}}),
    ],
)
def test_what_could_not_be_read_is_neither_held_nor_not_held(part, check):  # J1
    seen = Seen(**{**vars(SEEN), "unread": {part: "You may not."}})
    assert said(seen, **check) == ("could not look", f"{part} can't be read: You may not.")


@pytest.mark.parametrize(
    "check",
    [{"value": {"of": "stock.lot", "field": "ref", "is": 1}}, {"count": {"of": "stock.lot", "at_least": 1}}],
)
def test_records_that_nobody_could_look_at_are_told_with_the_reason(check):  # J1
    seen = Seen(models=SEEN.models, fields=SEEN.fields, rows={"p": Rows(why_not="Not yours.")})
    assert said(seen, **check) == ("could not look", "Not yours.")


def test_states_are_counted():
    answers = {"a": Answer(State.HELD, ""), "b": Answer(State.HELD, ""), "c": Answer(State.UNTOLD, "")}
    assert tally(answers) == {State.HELD: 2, State.NOT_HELD: 0, State.UNTOLD: 1}


def test_each_part_is_asked_for_once_and_for_what_is_needed():
    found = wanted(
        [
            probe(model="stock.lot"),
            probe(field={"of": "stock.lot", "name": "kind", "offers": "a"}),
            probe(setting={"name": "limit", "parameter": "stock.limit"}),
            probe(setting={"name": "other", "group": "stock.group_clerk"}),
            probe(access={"group": "stock.group_clerk", "of": "res.partner", "may": ["read"]}),
            probe(report="stock.slip"),
            probe(value={"of": "stock.lot", "field": "ref", "is": 1}),
        ]
    )
    assert found.models == ("res.partner", "stock.lot")
    assert found.fields == (
        (SETTINGS, "limit"),
        (SETTINGS, "other"),
        ("stock.lot", "kind"),
        ("stock.lot", "ref"),
    )
    assert found.names == ("base.group_user", "stock.group_clerk", "stock.slip")
    assert (found.parameters, found.rights) == (("stock.limit",), ("res.partner",))
    assert found.choices == (("stock.lot", "kind"),)


def test_a_group_behind_a_setting_is_found_by_its_name_with_or_without_that_of_the_module():
    check = SettingCheck(name="group_stock_lots")
    assert group_names(check, FieldSeen("boolean", modules=("stock", "sale"))) == ("group_stock_lots", "group_lots")
    assert group_names(check, None) == ("group_stock_lots",)
    assert group_names(SettingCheck(name="limit"), None) == ()
