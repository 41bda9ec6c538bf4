"""Does what is claimed of an Odoo hold? On a real Odoo, through the verb."""

import json

import pytest

from faults.partners import client_of
from faults.proxy import FaultProxy
from lockgate.kernel.capability import capabilities
from lockgate.kernel.secret import Secret
from lockgate.odoo.acting import Acting
from lockgate.odoo.calls.policy import READING
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey
from lockgate.practices.fit.decide.answering import State
from lockgate.practices.fit.decide.judging import judged
from lockgate.practices.fit.perform.looking import look
from lockgate.workspace.frame.probes import Probe

HELD, NOT_HELD, UNTOLD = "held", "not held", "could not look"
NOT_TOLD = "can't be told from outside: name the `group` or `parameter` behind it"


def test_the_probes_of_the_playbooks_are_tried_on_all_thirteen_areas(programme):
    told = programme.say("test", "probes", "--by", "ann")
    not_held = {one["probe"]: (one["state"], one["seen"]) for one in told["probes"] if one["state"] != HELD}
    assert not_held == {
        "lots-are-on": (NOT_HELD, "stock.group_production_lot is not given to all employees"),
        "places-within-a-warehouse": (NOT_HELD, "stock.group_stock_multi_locations is not given to all employees"),
    }
    assert {one["capability"] for one in told["probes"]} == {each.name for each in capabilities()}
    assert (told["held"], told["not_held"], told["could_not_look"], told["code"]) == (44, 2, 0, 1)
    crm = programme.say("test", "probes", "--capability", "crm", "--by", "ann")
    assert ({one["capability"] for one in crm["probes"]}, crm["code"]) == ({"CRM"}, 0)


def test_every_kind_of_check_holds_and_fails_with_what_was_seen(programme):
    found = programme.probe(
        "{module: stock}",
        "{module: quality_control}",
        "{module: no_such_module}",
        "{model: stock.lot}",
        "{model: mrp.eco}",
        "{field: {of: stock.lot, name: product_id, type: many2one, relation: product.product}}",
        "{field: {of: stock.lot, name: product_id, type: char}}",
        "{field: {of: stock.lot, name: expiration_date}}",
        "{field: {of: mrp.eco, name: name}}",
        "{field: {of: product.template, name: tracking, offers: colour}}",
        "{setting: {name: po_double_validation, is: one_step}}",
        "{setting: {name: po_double_validation, is: two_step}}",
        "{setting: {name: module_stock_landed_costs}}",
        "{setting: {name: module_mrp_mps, is: false}}",
        "{setting: {name: stock_barcode_separator, parameter: stock.barcode_separator, is: ','}}",
        "{setting: {name: automatic_invoice, parameter: sale.automatic_invoice}}",
        "{setting: {name: no_such_setting}}",
        "{setting: {name: default_picking_policy}}",
        "{value: {of: stock.picking.type, where: [[code, =, incoming]], field: code, is: incoming}}",
        "{value: {of: stock.warehouse, field: reception_steps, is: three_steps}}",
        "{value: {of: stock.warehouse, where: [[code, =, NONE]], field: reception_steps, is: three_steps}}",
        "{value: {of: mrp.eco, field: name, is: x}}",
        "{count: {of: stock.warehouse, at_least: 1, at_most: 9}}",
        "{count: {of: stock.warehouse, where: [[code, =, NONE]], at_least: 1}}",
        "{count: {of: stock.warehouse, where: [[colour, =, red]], at_least: 1}}",
        "{group: stock.group_stock_user}",
        "{group: stock.group_stock_nobody}",
        "{report: stock.action_report_delivery}",
        "{report: stock.group_stock_user}",
        "{access: {group: stock.group_stock_user, of: stock.quant, may: [read]}}",
        "{access: {group: base.group_portal, of: stock.landed.cost, may: [read]}}",
        "{access: {group: stock.group_stock_manager, of: stock.warehouse, may_not: [write]}}",
    )
    colour = found[24][1]
    assert list(found.values()) == [
        (HELD, "stock is installed"),
        (NOT_HELD, "quality_control is uninstallable"),
        (NOT_HELD, "this Odoo has no module no_such_module"),
        (HELD, "there is stock.lot"),
        (NOT_HELD, "this Odoo has no mrp.eco"),
        (HELD, "there is stock.lot.product_id, many2one"),
        (NOT_HELD, "stock.lot.product_id is many2one, not char"),
        (NOT_HELD, "stock.lot has no field expiration_date"),
        (NOT_HELD, "this Odoo has no mrp.eco"),
        (NOT_HELD, "product.template.tracking offers serial, lot, none, and not colour"),
        (HELD, "po_double_validation is one_step in 1 company"),
        (NOT_HELD, "po_double_validation is one_step in My Company"),
        (HELD, "stock_landed_costs is installed"),
        (HELD, "this Odoo has no module mrp_mps"),
        (HELD, "stock.barcode_separator is ,"),
        (NOT_HELD, "sale.automatic_invoice is not set"),
        (NOT_HELD, "this Odoo has no setting no_such_setting"),
        (UNTOLD, f"where default_picking_policy is kept {NOT_TOLD}"),
        (HELD, "code is incoming in 2 records"),
        (NOT_HELD, "reception_steps is one_step in 1 of 1 record"),
        (UNTOLD, "no stock.warehouse is there to look at"),
        (NOT_HELD, "this Odoo has no mrp.eco"),
        (HELD, "there are 1 of stock.warehouse"),
        (NOT_HELD, "there are 0 of stock.warehouse; asked is at least 1"),
        (UNTOLD, colour),
        (HELD, "there is stock.group_stock_user"),
        (NOT_HELD, "this Odoo has no stock.group_stock_nobody"),
        (HELD, "there is stock.action_report_delivery"),
        (NOT_HELD, "stock.group_stock_user is of res.groups, not of ir.actions.report"),
        (HELD, "stock.group_stock_user may do this with stock.quant: create, read, write"),
        (NOT_HELD, "base.group_portal can't read stock.landed.cost"),
        (NOT_HELD, "stock.group_stock_manager can write stock.warehouse"),
    ]
    assert colour.startswith("stock.warehouse can't be looked at: ")
    assert "colour" in colour


def test_trying_probes_calls_nothing_that_writes_and_few_that_read(programme, lab):
    settings = programme.folder / "lockgate.toml"
    with FaultProxy(lab.url) as proxy:
        settings.write_text(settings.read_text().replace(lab.url, proxy.url))
        assert programme.say("test", "probes", "--by", "ann")["held"] == 44
        called = [tuple(path.split("/")[-2:]) for path in proxy.seen if path.startswith("/json/2/")]
    allowed = {("ir.config_parameter", "get_param"), ("res.users", "context_get")}
    assert {call for call in called if call[1] not in READING} == allowed
    assert len(called) <= 30


def test_evidence_is_left_for_each_claim_and_goes_stale_by_itself_when_modules_change(programme, odoo):
    first = programme.say("test", "probes", "--by", "ann")
    tail = {
        one["number"]: one["payload"]
        for one in json.loads(programme.lockgate("ledger", "tail", "-n", "99", "--json").out)
    }
    traced = next(one for one in first["probes"] if one["probe"] == "traced-by-lot")
    payload = tail[traced["evidence"]]
    assert (payload["kind"], payload["subject"], payload["verdict"]) == (
        "fit.probed",
        {"probe": "traced-by-lot"},
        "passed",
    )
    assert payload["measures"] == {"holds": True}
    assert set(payload["inputs"]) == {"probe:traced-by-lot", "modules:build"}
    assert (_status(programme), _reruns(programme)) == ("unmet", set())

    [module] = odoo.search_read("ir.module.module", [["name", "=", "stock"]], ["latest_version"])
    odoo.write("ir.module.module", module["id"], {"latest_version": "19.0.9.9"})
    try:
        crm = programme.say("test", "probes", "--capability", "CRM", "--by", "ann")
        tried_again = {one["probe"] for one in crm["probes"]}
        assert _reruns(programme) == {one["probe"] for one in first["probes"]} - tried_again
        assert _status(programme) == "stale"
    finally:
        odoo.write("ir.module.module", module["id"], {"latest_version": module["latest_version"]})


def test_a_claim_that_is_changed_is_stale_and_no_other(programme):
    programme.probe("{module: stock}", "{module: mrp}")
    assert "p0" not in _reruns(programme)
    programme.write(
        "fit/probes/own.yaml",
        (programme.folder / "fit/probes/own.yaml").read_text().replace("{module: stock}", "{module: crm}"),
    )
    assert _reruns(programme) == {"p0"}


def test_what_may_not_be_read_is_told_and_not_taken_for_no(lab, odoo):
    group = odoo.call("ir.model.data", "check_object_reference", module="base", xml_id="group_user")[1]
    odoo.create("res.users", [{"name": "Looker", "login": "fit-looker", "group_ids": [[6, 0, [group]]]}])
    checks = [
        {"module": "stock"},
        {"model": "stock.lot"},
        {"count": {"of": "account.move", "at_least": 0}},
    ]
    probes = [
        Probe.model_validate({"key": f"p{n}", "capability": "CRM", "title": "A", "why": "B", "check": check})
        for n, check in enumerate(checks)
    ]

    def as_looker(key):
        return connect(lab.url, lab.database, ApiKey(Secret(key.key.reveal())), allow_private=True)

    with client_of(lab) as admin, Acting(admin, connect=as_looker) as acting:
        seen = look(acting.as_user("fit-looker"), probes)
    answers = [judged(probe, seen) for probe in probes]
    assert [one.state for one in answers] == [State.HELD, State.UNTOLD, State.UNTOLD]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--capability", "Golf"), "There is no probe of `Golf`."),
        (("--probe", "traced-by-lots"), "No probe `traced-by-lots` is declared."),
        (("--instance", "bild"), "No instance `bild` is declared."),
    ],
)
def test_what_is_not_there_is_told_with_what_was_probably_meant(programme, words, said):
    ran = programme.lockgate("test", "probes", *words, "--by", "ann")
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"Error: {said}")


def _status(programme):
    """Return how the criterion stands that asks for each claim."""
    told = json.loads(programme.lockgate("gate", "show", "gaps-decided", "--json").out)
    return next(one["status"] for one in told["criteria"] if one["id"] == "fit-proven")


def _reruns(programme):
    told = json.loads(programme.lockgate("rerun", "--plan", "--json").out)
    return {one["about"].removeprefix("probe ") for one in told if one["kind"] == "fit.probed"}
