"""Is all found that was built beside the standard, and held against the gaps? On a real Odoo, through the verb."""

import json

import pytest

from faults.partners import client_of

MODULE = "stock_picking_batch"
MANIFEST = "{'name': 'Rounds', 'depends': ['stock']}\n"
PYTHON = """
from odoo import models


class Picking(models.Model):
    _inherit = "stock.picking"

    # a comment does not count
    def action_confirm(self):
        return super().action_confirm()

    def ours(self):
        return True
"""


@pytest.fixture(scope="module")
def built(lab):
    """A database in which things were built by hand, and a module is said to be somebody's own."""
    with lab.clone() as made:
        with client_of(made) as client:
            _build(client)
        yield made


@pytest.fixture
def held(programme, built, monkeypatch, lab):
    """The programme, with that database as its build instance."""
    settings = programme.folder / "lockgate.toml"
    settings.write_text(settings.read_text().replace(lab.database, built.database))
    monkeypatch.setenv("BUILD_KEY", built.api_key)
    return programme


def _build(client):
    (partner,) = client.search("ir.model", [["model", "=", "res.partner"]])
    field = {"model_id": partner, "name": "x_grade", "ttype": "char", "field_description": "Grade"}
    client.create("ir.model.fields", [field])
    own_field = [0, 0, {"name": "x_name", "ttype": "char", "field_description": "Name"}]
    client.create("ir.model", [{"model": "x_claim", "name": "Claim", "field_id": [own_field]}])
    code = "# greets\nfor each in records:\n    each.write({'comment': 'Hello'})\n"
    client.create("ir.actions.server", [{"name": "Greet", "model_id": partner, "state": "code", "code": code}])
    step = {"name": "Rename", "model_id": partner, "state": "object_write", "update_path": "function", "value": "x"}
    automation = {"name": "Rename new ones", "model_id": partner, "trigger": "on_create_or_write"}
    client.create("base.automation", [{**automation, "action_server_ids": [[0, 0, step]]}])
    report = {"name": "Claims", "model": "res.partner", "report_name": "x_claim.paper"}
    client.create("ir.actions.report", [report])
    view = client.call("ir.model.data", "check_object_reference", module="base", xml_id="view_partner_tree")[1]
    (arch,) = client.read("ir.ui.view", view, ["arch"])
    client.write("ir.ui.view", view, {"arch": arch["arch"] + "<!-- ours -->"})
    (module,) = client.search("ir.module.module", [["name", "=", MODULE]])
    client.write("ir.module.module", module, {"author": "Meridian"})


def test_a_plain_odoo_has_nothing_of_its_own_and_edits_of_its_code_are_not_told(programme):
    told = programme.say("fit", "custom", "--by", "ann")
    assert told["pieces"] == []
    sums = {name: told[name] for name in ("modules", "lines", "overrides", "unapproved", "studio", "core_edits")}
    assert sums == {"modules": 0, "lines": 0, "overrides": 0, "unapproved": 0, "studio": 0, "core_edits": None}
    assert (told["unread"], told["uncounted"], told["code"]) == ([], [], 0)
    assert "can't be told over its API" in programme.lockgate("fit", "custom", "--by", "ann").out
    newest = json.loads(programme.lockgate("ledger", "tail", "-n", "1", "--json").out)[0]["payload"]
    assert (newest["kind"], newest["subject"], set(newest["inputs"])) == (
        "fit.custom",
        {"instance": "build"},
        {"modules:build"},
    )
    assert newest["measures"] == {"modules": 0, "unapproved": 0, "studio": 0, "lines": 0, "overrides": 0}


def test_all_that_was_built_is_listed_with_its_size_and_the_gap_that_approves_it(held):
    _raise(held, "Greeting", customises="code Greet; field res.partner.x_grade")
    _raise(held, "Rounds", artefact=MODULE, customises="x_clai*; nothing_there")
    source = held.folder / "addons" / MODULE
    held.write(f"addons/{MODULE}/__manifest__.py", MANIFEST)
    held.write(f"addons/{MODULE}/models/picking.py", PYTHON)
    held.write(f"addons/{MODULE}/tests/test_picking.py", PYTHON)
    held.write("fit/custom.yaml", "sources: [addons]\nmost: {modules: 0, lines: 100}\n")
    assert source.is_dir()

    told = held.say("fit", "custom", "--by", "ann")

    pieces = [(one["kind"], one["name"], one["lines"], one["overrides"], one["gap"]) for one in told["pieces"]]
    assert pieces == [
        ("action", "Rename", None, 0, None),
        ("automation", "Rename new ones", None, 0, None),
        ("code", "Greet", 2, 0, "GAP-1"),
        ("field", "res.partner.x_grade", None, 0, "GAP-1"),
        ("model", "x_claim", None, 0, "GAP-2"),
        ("module", MODULE, 8, 1, "GAP-2"),
        ("report", "Claims", None, 0, None),
        ("view", "base.view_partner_tree", None, 1, None),
    ]
    sums = {name: told[name] for name in ("modules", "lines", "overrides", "unapproved", "studio", "core_edits")}
    assert sums == {"modules": 1, "lines": 10, "overrides": 2, "unapproved": 8, "studio": 5, "core_edits": None}
    assert {one["gap_state"] for one in told["pieces"]} == {None, "open"}
    assert told["not_there"] == [{"gap": "GAP-2", "title": "Rounds", "name": "nothing_there"}]
    assert (told["over"], told["code"]) == ([{"measure": "modules", "value": 1, "most": 0}], 1)


def test_lines_of_a_module_without_source_are_not_taken_for_none(held):
    told = held.say("fit", "custom", "--by", "ann")
    assert (told["uncounted"], told["lines"], told["overrides"], told["modules"]) == ([MODULE], None, None, 1)
    criterion = json.loads(held.lockgate("gate", "show", "design-freeze", "--json").out)["criteria"]
    admitted = next(one for one in criterion if one["id"] == "custom-code-admitted")
    assert (admitted["status"], "unapproved is 8" in admitted["because"]) == ("unmet", True)


def test_edits_of_odoos_own_code_are_found_where_files_are_declared(programme):
    for folder, text in (("runs", "a = 1\n"), ("released", "a = 2\n")):
        programme.write(f"{folder}/sale/models/order.py", text)
        programme.write(f"{folder}/sale/views/order.xml", "<odoo/>")
    programme.write("runs/sale/models/more.py", "b = 1\n")
    programme.write("fit/custom.yaml", "core: {runs: runs, released: released}\n")
    told = programme.say("fit", "custom", "--by", "ann")
    assert (told["core_edits"], told["code"]) == (2, 1)


def test_a_folder_that_is_not_there_is_told(programme):
    programme.write("fit/custom.yaml", "sources: [nowhere]\n")
    ran = programme.lockgate("fit", "custom", "--by", "ann")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "Error: Own code can't be counted.")


def _raise(programme, title, **values):
    said = [f"{name}={value}" for name, value in {"title": title, **values}.items()]
    ran = programme.lockgate("register", "raise", "gap", *said, "--by", "example-analyst")
    assert ran.code == 0, ran.err
