"""Is an Odoo made as the template says, and is it seen when it is not? On a real Odoo, through the verbs."""

import json

from faults.proxy import FaultProxy
from lockgate.odoo.calls.policy import READING
from lockgate.odoo.external_ids import targets_of
from lockgate.programme.ledger_place import ledger_place


def test_a_plan_is_applied_and_then_there_is_nothing_to_do(programme, odoo):
    planned = programme.say("plan")
    assert (planned["create"], planned["change"], planned["unchanged"], planned["code"]) == (5, 0, 0, 1)
    assert [one["key"] for one in planned["resources"]][-1] == "pump"

    applied = programme.apply()

    assert (applied["written"], applied["refused"], applied["differing"], applied["code"]) == (5, [], [], 0)
    again = programme.say("plan")
    assert (again["create"], again["change"], again["unchanged"], again["code"]) == (0, 0, 5, 0)
    pump = targets_of(odoo, ["template__pump"])["template__pump"]
    [held] = odoo.read("product.template", pump.id, ["list_price", "categ_id", "product_tag_ids", "purchase_ok"])
    assert (held["list_price"], held["purchase_ok"], len(held["product_tag_ids"])) == (12.5, False, 2)
    assert held["categ_id"][1] == "Goods / Spare parts"


def test_what_was_changed_by_hand_is_found_and_attributed_and_nothing_is_invented(programme, odoo):
    programme.apply()
    assert programme.say("drift", "--by", "ann")["changes"] == []
    ids = {name: target.id for name, target in targets_of(odoo, ["template__pump", "template__goods"]).items()}
    [tags] = odoo.read("product.template", ids["template__pump"], ["product_tag_ids"])
    odoo.write("product.template", ids["template__pump"], {"product_tag_ids": [[6, 0, tags["product_tag_ids"][::-1]]]})
    odoo.write("product.template", ids["template__pump"], {"weight": 0.33500000001, "list_price": 13})
    odoo.write("product.category", ids["template__goods"], {"name": "Wares"})

    drift = programme.say("drift", "--by", "ann")

    changes = [(one["key"], one["field"], one["declared"], one["live"], bool(one["by"])) for one in drift["changes"]]
    assert changes == [("goods", "name", "Goods", "Wares", True), ("pump", "list_price", 12.5, 13.0, True)]
    assert (drift["resources"], drift["in_sync"], drift["drifted"], drift["adherence"]) == (5, 3, 2, 60.0)
    assert drift["code"] == 1
    applied = programme.apply()
    assert (applied["written"], applied["code"]) == (2, 0)


def test_planning_and_looking_for_drift_call_nothing_that_writes(programme, lab, tmp_path):
    programme.apply()
    settings = programme.folder / "lockgate.toml"
    with FaultProxy(lab.url) as proxy:
        settings.write_text(settings.read_text().replace(lab.url, proxy.url))
        assert programme.say("plan", "--out", str(tmp_path / "plan.json"))["unchanged"] == 5
        assert programme.say("drift", "--by", "ann")["adherence"] == 100
        called = {tuple(path.split("/")[-2:]) for path in proxy.seen if path.startswith("/json/2/")}
    allowed = {("ir.config_parameter", "get_param"), ("res.users", "context_get")}
    assert {call for call in called if call[1] not in READING} == allowed


def test_a_plan_of_yesterday_is_refused(programme, odoo, tmp_path):
    programme.apply()
    programme.write(programme.folder.joinpath("template/goods.yaml").read_text().replace("12.5", "14"))
    kept = tmp_path / "plan.json"
    assert programme.say("plan", "--out", str(kept))["change"] == 1
    pump = targets_of(odoo, ["template__pump"])["template__pump"]
    odoo.write("product.template", pump.id, {"list_price": 99})

    ran = programme.lockgate("apply", str(kept), "--by", "ann")

    assert (ran.code, ran.err.splitlines()[0]) == (5, "Error: The plan is stale.")
    assert odoo.read("product.template", pump.id, ["list_price"])[0]["list_price"] == 99
    assert programme.say("plan", "--out", str(kept))["change"] == 1
    assert programme.say("apply", str(kept), "--by", "ann")["written"] == 1


def test_a_record_that_is_there_is_taken_over_and_one_of_two_is_not(programme, odoo):
    [first] = odoo.create("product.tag", [{"name": "Heavy", "sequence": 9}])
    programme.write(
        "resources:\n  - { key: heavy, model: product.tag, find: [name], values: { name: Heavy, sequence: 2 } }\n"
    )

    planned = programme.say("plan")["resources"]
    assert [(one["action"], one["takes_over"], one["record"]) for one in planned] == [("change", True, first)]
    assert programme.apply()["taken_over"] == 1
    assert odoo.read("product.tag", first, ["sequence"])[0]["sequence"] == 2

    programme.write(
        "resources:\n  - { key: big, model: product.tag, find: [sequence], values: { name: Big, sequence: 77 } }\n"
    )
    both = odoo.create("product.tag", [{"name": "One", "sequence": 77}, {"name": "Two", "sequence": 77}])
    ran = programme.lockgate("plan")
    assert ran.code == 2
    assert f"more than one product.tag has these values: {both[0]} and {both[1]}" in ran.out
    odoo.unlink("product.tag", both)


def test_what_is_declared_no_more_is_archived_and_not_deleted(programme, odoo):
    programme.apply()
    pump = targets_of(odoo, ["template__pump"])["template__pump"]
    kept = programme.folder.joinpath("template/goods.yaml").read_text().partition("  - key: pump")[0]
    programme.write(kept)

    assert [(one["action"], one["key"]) for one in programme.say("plan")["resources"]] == [("archive", "pump")]
    assert programme.apply()["archived"] == 1
    assert odoo.read("product.template", pump.id, ["active"])[0]["active"] is False
    assert programme.say("plan")["resources"] == []


def test_applying_for_one_site_leaves_what_is_declared_for_another(programme, odoo):
    calm = "resources:\n  - { key: calm, model: product.tag, values: { name: Calm } }\n"
    programme.write(calm, "template/sites/main-warehouse/tags.yaml")
    assert programme.apply()["written"] == 6

    company = programme.say("plan", "--site", "company")
    assert (company["unchanged"], company["resources"]) == (5, [])
    assert programme.say("plan", "--site", "main-warehouse")["unchanged"] == 6


def test_findings_are_told_as_json_and_a_plan_that_can_t_be_kept_is_no_bug(programme):
    ran = programme.lockgate("plan", "--out", str(programme.folder / "no" / "plan.json"))
    assert (ran.code, ran.err.splitlines()[1]) == (2, "Why:   No such file or directory.")
    programme.write("resources:\n  - { key: calm, model: product.tags, values: { name: Calm } }\n")
    told = programme.say("plan")
    assert [(one["code"], one["line"], one["column"]) for one in told["findings"]] == [("unknown-model", 2, 25)]
    assert (told["ok"], told["code"]) == (False, 2)


def test_what_odoo_refuses_is_told_with_its_place_and_what_rests_on_it_is_left(programme, odoo):
    programme.write("""
resources:
  - key: chair
    model: resource.calendar
    values: { name: Week, tz: Nowhere/Land }
""")
    ran = programme.lockgate("plan")
    assert (ran.code, "template/goods.yaml:5:31  wrong-value" in ran.out) == (2, True)

    programme.write("""
resources:
  - key: unit-of-none
    model: uom.uom
    values: { name: Nothing, relative_factor: 0 }
  - key: box-of-none
    model: uom.uom
    values: { name: Box of nothing, relative_factor: 12, relative_uom_id: unit-of-none }
  - key: dozen-of-units
    model: uom.uom
    after: [quick]
    values: { name: Twelve of them, relative_factor: 12, relative_uom_id: uom.product_uom_unit }
  - key: quick
    model: product.tag
    values: { name: Quick }
""")
    applied = programme.apply()
    assert [(one["key"], one["at"].partition(":")[0]) for one in applied["refused"]] == [
        ("unit-of-none", "template/goods.yaml")
    ]
    assert (applied["left"], applied["written"], applied["code"]) == (1, 2, 1)
    assert sorted(applied["differing"]) == ["box-of-none", "unit-of-none"]


def test_all_mistakes_are_told_at_once_with_their_places(programme):
    programme.write("""
resources:
  - key: one
    model: product.categry
    values: { name: One }
  - key: two
    model: product.category
    values: { nam: Two, parent_id: thre }
  - key: three
    model: product.template
    values: { name: 3, type: goods, categ_id: four, uom_id: base.main_company }
  - key: four
    model: product.tag
    values: { name: Four }
  - key: five
    model: product.category
    values: { name: Five, parent_id: six }
  - key: six
    model: product.category
    values: { name: Six, parent_id: five }
""")
    ran = programme.lockgate("plan")
    told = [line.split("  ")[0:2] for line in ran.out.splitlines() if line.startswith("template/")]
    assert ran.code == 2
    assert [(place.rpartition(":")[0], code.partition(":")[0]) for place, code in told] == [
        ("template/goods.yaml:4", "unknown-model"),
        ("template/goods.yaml:8", "unknown-field"),
        ("template/goods.yaml:8", "unknown-reference"),
        ("template/goods.yaml:11", "wrong-value"),
        ("template/goods.yaml:11", "wrong-value"),
        ("template/goods.yaml:11", "wrong-value"),
        ("template/goods.yaml:11", "wrong-value"),
        ("template/goods.yaml:15", "circle"),
    ]


def test_evidence_is_left_and_goes_stale_when_the_template_changes(programme):
    applied = programme.apply()
    tail = json.loads(programme.lockgate("ledger", "tail", "--json").out)
    newest = next(one for one in tail if one["number"] == applied["evidence"])
    assert newest["payload"]["kind"] == "template.applied"
    assert newest["payload"]["measures"]["writes"] == 5
    assert set(newest["payload"]["inputs"]) == {"files:template"}


def test_what_differed_is_kept_with_the_evidence(programme, odoo):
    applied = programme.apply()
    goods = targets_of(odoo, ["template__goods"])["template__goods"]
    odoo.write("product.category", goods.id, {"name": "Wares"})

    drift = programme.say("drift", "--by", "ann")

    assert drift["changes"][0]["declared_at"].startswith("template/goods.yaml:")
    with ledger_place(programme.folder) as place:
        records = [place.ledger.record(one["evidence"]).payload for one in (applied, drift)]
        made, looked = (json.loads(place.artifacts.read(one["artifact"])) for one in records)
    assert (made["plan"]["create"], made["applied"]["written"], made["about"]["scope"]) == (5, 5, "programme")
    assert looked["drift"]["changes"] == drift["changes"]
    assert (drift["adherence"], records[1]["measures"]["adherence"]) == (80, 0.8)


def test_one_resource_alone_is_brought_back(programme, odoo):
    programme.apply()
    made = targets_of(odoo, ["template__pump", "template__fragile"])
    pump, fragile = made["template__pump"].id, made["template__fragile"].id
    odoo.write("product.template", pump, {"list_price": 14})
    odoo.write("product.tag", fragile, {"sequence": 9})

    assert [one["key"] for one in programme.say("plan", "--only", "pump")["resources"]] == ["pump"]
    came = programme.say("apply", "--only", "pump", "--yes", "--by", "ann")

    assert (came["code"], came["written"], came["differing"]) == (0, 1, [])
    assert [one["key"] for one in programme.say("plan")["resources"]] == ["fragile"]
    told = programme.lockgate("plan", "--only", "pomp")
    assert (told.code, told.err.splitlines()[0]) == (2, "Error: No resource 'pomp' is declared.")
