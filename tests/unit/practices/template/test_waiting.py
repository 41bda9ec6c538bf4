"""What has to wait, and what is said of companies, languages, lines, settings and modules?

Rules P5, P6, F3, F4, N2, B3, C1 and C2.
"""

from lockgate.practices.template.decide.batching import Sending, batches
from lockgate.practices.template.decide.commands import commands
from lockgate.practices.template.decide.facts import (
    HERE,
    LANGUAGE,
    MODULE,
    SETTINGS,
    Declared,
    FieldFact,
    Live,
    Part,
    Target,
    View,
)
from lockgate.practices.template.decide.names import filled, keys_in
from lockgate.practices.template.decide.planning import Action, plan
from lockgate.practices.template.definition import Resource


def char(name):
    return FieldFact(name, "char")


def to(name, relation, kind="many2one"):
    return FieldFact(name, kind, relation=relation)


LINE = {
    "value": FieldFact("value", "float"),
    "tags": to("tags", "tag", "many2many"),
    "days": FieldFact("days", "integer"),
}
MODELS = {
    "res.company": {"name": char("name"), "chart_template": FieldFact("chart_template", "selection")},
    "stock.warehouse": {"name": char("name"), "company_id": to("company_id", "res.company")},
    "stock.picking.type": {"code": char("code"), "warehouse_id": to("warehouse_id", "stock.warehouse")},
    "product.category": {
        "name": FieldFact("name", "char", translated=True),
        "cost": FieldFact("cost", "char", by_company=True),
        "tax": to("tax", "account.tax"),
    },
    "account.term": {"name": char("name"), "line_ids": to("line_ids", "line", "one2many")},
    "line": LINE,
    SETTINGS: {"group_uom": FieldFact("group_uom", "boolean")},
}
COMPANY = Resource(key="acme-be", model="res.company", values={"name": "Acme BE", "chart_template": "be_comp"})
GHENT = Resource(key="ghent", model="stock.warehouse", values={"name": "Ghent", "company_id": "acme-be"})
RECEIPTS = Resource(
    key="receipts",
    model="stock.picking.type",
    values={"code": "IN", "warehouse_id": "ghent"},
    find=("code", "warehouse_id"),
    made_by_odoo=True,
)
AT_2 = Target("res.company", 2)


def declared(*resources):
    return [Declared(resource, "template/all.yaml", number) for number, resource in enumerate(resources)]


def faults(found):
    return [(fault.code, *fault.steps[1:], fault.what) for fault in found.faults]


def test_what_odoo_makes_by_itself_waits_for_what_brings_it_and_what_needs_it_waits_too():  # P5
    rule = Resource(
        key="rule", model="stock.picking.type", values={"code": "X", "warehouse_id": "ghent"}, after=("receipts",)
    )
    found = plan(declared(RECEIPTS, COMPANY, GHENT, rule), Live(MODELS))
    assert [(step.key, step.action, step.waits) for step in found.steps] == [
        ("acme-be", Action.CREATE, False),
        ("ghent", Action.CREATE, False),
        ("receipts", Action.CREATE, True),
        ("rule", Action.CREATE, True),
    ]


def test_what_is_not_made_although_all_that_brings_it_is_there_is_a_fault():  # P5
    managed = {"acme-be": AT_2, "ghent": Target("stock.warehouse", 5)}
    records = {
        (HERE, AT_2): {"name": "Acme BE", "chart_template": "be_comp"},
        (HERE, Target("stock.warehouse", 5)): {"name": "Ghent", "company_id": 2},
    }
    found = plan(declared(RECEIPTS, COMPANY, GHENT), Live(MODELS, managed, records=records))
    what = "this Odoo has no stock.picking.type with these values, and nothing is left to wait for"
    assert faults(found) == [("not-made", 0, "find", what)]


def test_modules_and_languages_come_first_and_excuse_what_is_lacking():  # P6, F3
    parts = [
        Part(MODULE, "repair", "template/all.yaml", ("modules", 0)),
        Part(LANGUAGE, "fr_BE", "template/all.yaml", ("languages", 0)),
    ]
    repair = Resource(key="repair", model="repair.order", values={"name": "R"})
    french = Resource(
        key="goods", model="product.category", values={"name": "Goods"}, translations={"fr_BE": {"name": "Biens"}}
    )
    live = Live(MODELS, parts={(MODULE, "repair"): "uninstalled", (LANGUAGE, "fr_BE"): "uninstalled"})
    found = plan(declared(repair, french), live, parts=parts)
    assert [(step.key, step.waits) for step in found.steps] == [
        ("repair", False),
        ("fr_BE", False),
        ("goods", True),
        ("repair", True),
    ]
    there = Live(MODELS, parts={(MODULE, "repair"): "installed", (LANGUAGE, "fr_BE"): "installed"})
    assert [fault[0] for fault in faults(plan(declared(repair, french), there, parts=parts))] == ["unknown-model"]


def test_a_module_and_a_language_that_odoo_does_not_know_are_faults():
    parts = [
        Part(MODULE, "repairs", "template/all.yaml", ("modules", 0)),
        Part(LANGUAGE, "xx_XX", "template/all.yaml", ("languages", 0)),
    ]
    found = plan([], Live(MODELS, parts={(MODULE, "repair"): "installed"}), parts=parts)
    assert [(fault.code, fault.steps, fault.what) for fault in found.faults] == [
        ("unknown-language", ("languages", 0), "this Odoo has no language `xx_XX`"),
        ("unknown-module", ("modules", 0), "this Odoo has no module `repairs`; is it `repair`?"),
    ]


def test_a_text_is_translated_and_a_value_is_a_company_s_only_where_odoo_keeps_it_so():
    goods = Resource(
        key="goods",
        model="product.category",
        values={"name": "Goods"},
        by_company={"acme-be": {"name": "Biens"}, "acme-fr": {"cost": "fifo"}},
        translations={"fr_BE": {"cost": "x"}},
    )
    live = Live(MODELS, parts={(LANGUAGE, "fr_BE"): "uninstalled"})
    assert faults(plan(declared(COMPANY, goods), live)) == [
        ("wrong-value", 1, "by_company", "acme-be", "name", "`name` of product.category is the same in every company"),
        ("unknown-reference", 1, "by_company", "acme-fr", "no resource `acme-fr` is declared; is it `acme-be`?"),
        ("unknown-language", 1, "translations", "fr_BE", "the language `fr_BE` is not active in this Odoo"),
        ("wrong-value", 1, "translations", "fr_BE", "cost", "`cost` of product.category is the same in every language"),
    ]


def test_a_name_may_hold_the_id_of_a_record():  # N2
    assert keys_in("account.{acme-be}_tax") == ("acme-be",)
    assert keys_in("base.be") == ()
    assert filled("account.{acme-be}_tax", {"acme-be": 2}.get) == "account.2_tax"
    assert filled("account.{acme-be}_tax", {}.get) is None


def test_what_comes_with_a_record_is_no_fault_before_the_record_is_as_it_should_be():  # F4
    goods = Resource(key="goods", model="product.category", values={"name": "Goods", "tax": "account.{acme-be}_tax"})
    assert plan(declared(COMPANY, goods), Live(MODELS)).faults == ()

    half = {(HERE, AT_2): {"name": "Acme BE", "chart_template": False}}
    assert plan(declared(COMPANY, goods), Live(MODELS, {"acme-be": AT_2}, records=half)).faults == ()

    whole = {(HERE, AT_2): {"name": "Acme BE", "chart_template": "be_comp"}}
    found = plan(declared(COMPANY, goods), Live(MODELS, {"acme-be": AT_2}, records=whole))
    assert faults(found) == [
        ("unknown-reference", 1, "values", "tax", "this Odoo has no record `account.{acme-be}_tax`")
    ]


def test_each_company_and_language_is_compared_by_itself():
    goods = Resource(
        key="goods",
        model="product.category",
        values={"name": "Goods", "cost": "fifo"},
        by_company={"base.main_company": {"cost": "average"}},
        translations={"fr_BE": {"name": "Biens"}},
    )
    at = Target("product.category", 3)
    records = {
        (HERE, at): {"name": "Goods", "cost": "fifo"},
        (View("base.main_company"), at): {"cost": "standard"},
        (View("", "fr_BE"), at): {"name": "Goods"},
    }
    live = Live(
        MODELS,
        {"goods": at},
        references={"base.main_company": Target("res.company", 1)},
        records=records,
        parts={(LANGUAGE, "fr_BE"): "installed"},
    )
    [step] = plan(declared(goods), live).steps
    assert [(one.field, one.old, one.new, one.view) for one in step.changes] == [
        ("cost", "standard", "average", View("base.main_company")),
        ("name", "Goods", "Biens", View("", "fr_BE")),
    ]


def test_a_setting_is_said_once_in_a_company():
    on = Resource(key="on", model=SETTINGS, values={"group_uom": True})
    too = Resource(key="too", model=SETTINGS, values={"group_uom": False})
    there = Resource(key="there", model=SETTINGS, company="acme-be", values={"group_uom": False})
    found = plan(declared(on, too, there, COMPANY), Live(MODELS))
    assert faults(found) == [("declared-twice", 1, "values", "group_uom", "`on` says this setting, too")]


def test_a_level_is_sent_in_the_order_in_which_odoo_can_take_it():  # B3
    term = Resource(key="term", model="account.term", values={"name": "Halves", "line_ids": [{"value": 50}]})
    on = Resource(key="on", model=SETTINGS, values={"group_uom": True})
    found = plan(declared(term, COMPANY, on), Live(MODELS, {"on": Target(SETTINGS, 1)}))
    [level] = batches(found.steps, MODELS)
    assert [(batch.sending, batch.model, batch.fields) for batch in level] == [
        (Sending.SETTINGS, SETTINGS, ("group_uom",)),
        (Sending.FOUNDING, "res.company", ("name",)),
        (Sending.HOME, "account.term", ("name",)),
        (Sending.COMMANDS, "account.term", ("line_ids",)),
        (Sending.CHART, "res.company", ("chart_template",)),
    ]


def test_lines_are_changed_as_little_as_can_be():  # C1
    field = MODELS["account.term"]["line_ids"]
    held = [
        {"id": 7, "value": 50.0, "tags": [1]},
        {"id": 8, "value": 30.0, "tags": []},
        {"id": 9, "value": 20.0, "tags": []},
    ]
    assert commands([{"value": 30}, {"value": 60, "tags": [1, 2]}], held, field, MODELS) == [
        [1, 7, {"value": 60, "tags": [[6, 0, [1, 2]]]}],
        [2, 9],
    ]
    assert commands([{"value": 50, "days": None}], [], field, MODELS) == [[0, 0, {"value": 50, "days": False}]]
    assert commands([{"value": 50}], held[:1], field, MODELS) == []


def test_of_a_set_only_what_is_said_is_linked_and_unlinked():  # C2
    assert commands({"has": [1, 2], "lacks": [3, 4]}, [1, 3, 5], LINE["tags"], MODELS) == [[4, 2], [3, 3]]
    assert commands([1, 2], [5], LINE["tags"], MODELS) == [[6, 0, [1, 2]]]
