"""What a user may not do, and modules that Odoo can't install: are they told with their place and Odoo's words?"""

import pytest

from faults.partners import client_of
from lockgate.odoo.keys import mint_for
from support.on_odoo import forget

HALL = """
resources:
  - key: fast
    model: product.tag
    values: { name: Fast }
  - key: hall
    model: hr.department
    values: { name: Hall }
  - key: yard
    model: hr.department
    values: { name: Yard }
"""
BILL = """
resources:
  - key: kit
    model: product.template
    values: { name: Kit }
  - key: kit-bill
    model: mrp.bom
    find: [code]
    values: { code: KIT, product_tmpl_id: kit }
"""
MODULES = """
modules: [{module}]
resources:
  - key: fast
    model: product.tag
    values: {{ name: Fast }}
"""


@pytest.fixture
def there(country):
    """A client of an Odoo of these tests' own."""
    with client_of(country) as client:
        yield client


@pytest.fixture
def programme(country, there, programme_at):
    """A programme that builds there; after the test nothing of its template is there."""
    yield programme_at(country)
    forget(there)


@pytest.fixture
def clerk(programme, there, monkeypatch):
    """Somebody who may change settings and little else, with whose key the programme is built from now on."""
    groups = [
        there.call("ir.model.data", "check_object_reference", module="base", xml_id=name)[1]
        for name in ("group_user", "group_system")
    ]
    [user] = there.create("res.users", [{"name": "Clerk", "login": "clerk", "group_ids": [[6, 0, groups]]}])
    key = mint_for(there, user, "clerk", days=1)
    monkeypatch.setenv("BUILD_KEY", key.secret.reveal())
    yield user
    there.write("res.users", user, {"active": False, "login": f"clerk-{user}"})


@pytest.mark.usefixtures("clerk")
def test_a_plan_says_which_right_is_lacking_and_applying_it_writes_nothing(programme, there):
    programme.write(HALL)

    plan = programme.say("plan")

    assert (plan["code"], plan["create"]) == (1, 3)
    [denied] = plan["denied"]
    assert {name: denied[name] for name in ("model", "right", "resources", "at")} == {
        "model": "hr.department",
        "right": "create",
        "resources": 2,
        "at": "template/goods.yaml:6",
    }
    assert denied["why"].startswith("You are not allowed to create 'Department' (hr.department) records.")
    assert "May not" in programme.lockgate("plan").out

    ran = programme.lockgate("apply", "--yes", "--by", "ann")

    told = [line for line in ran.err.splitlines() if line.startswith(("Error:", "Why:"))]
    assert (ran.code, told) == (
        5,
        [
            "Error: This user may not do all that the plan says; nothing was written.",
            f"Why:   template/goods.yaml:6: may not create hr.department (2 of the plan). {denied['why']}",
        ],
    )
    assert there.search_count("product.tag", [["name", "=", "Fast"]]) == 0


@pytest.mark.usefixtures("clerk")
def test_what_may_not_be_read_is_a_finding_where_it_is_declared(programme):
    programme.write(BILL)

    for words in (("plan",), ("drift", "--by", "ann"), ("apply", "--yes", "--by", "ann")):
        told = programme.say(*words)
        assert (told["code"], [(one["code"], one["line"]) for one in told["findings"]]) == (2, [("no-right", 7)])
        assert "You are not allowed to access 'Bill of Material' (mrp.bom) records." in told["findings"][0]["message"]


def test_what_a_rule_of_records_forbids_is_told_with_its_place_and_the_rest_is_done(programme, there):
    [model] = there.search("ir.model", [["model", "=", "product.tag"]])
    rule = {"name": "No haste", "model_id": model, "domain_force": "[('name', '!=', 'Fast')]"}
    rules = there.create("ir.rule", [rule])
    programme.write(HALL)

    came = programme.apply()

    there.unlink("ir.rule", rules)
    assert (came["code"], came["written"], came["left"], came["differing"]) == (1, 2, 0, ["fast"])
    [refused] = came["refused"]
    assert (refused["key"], refused["at"]) == ("fast", "template/goods.yaml:3")
    assert "doesn't have 'create' access" in refused["why"]
    assert programme.apply()["differing"] == []


def test_a_module_that_can_t_be_installed_is_a_finding_with_its_line(programme, there):
    programme.write(MODULES.format(module="product_magin"))
    [unknown] = programme.say("plan")["findings"]
    assert (unknown["code"], unknown["line"], unknown["column"]) == ("unknown-module", 2, 11)

    programme.write(MODULES.format(module="product_margin"))
    module = there.search("ir.module.module", [["name", "=", "product_margin"]])
    there.write("ir.module.module", module, {"state": "uninstallable"})
    [unfit] = programme.say("plan")["findings"]
    there.write("ir.module.module", module, {"state": "uninstalled"})
    assert (unfit["code"], unfit["line"], unfit["column"]) == ("not-installable", 2, 11)
    assert unfit["message"] == "the module `product_margin` can't be installed in this Odoo: it is uninstallable"


def test_a_module_that_odoo_refuses_to_install_is_told_with_its_line_and_nothing_else_is_done(programme, there):
    programme.write(MODULES.format(module="product_margin").replace("fast", "slow").replace("Fast", "Slow"))
    [module] = there.search("ir.module.module", [["name", "=", "product_margin"]])
    lacking = there.create("ir.module.module.dependency", [{"name": "nowhere_to_be_found", "module_id": module}])

    came = programme.apply()

    there.unlink("ir.module.module.dependency", lacking)
    [refused] = came["refused"]
    assert (came["code"], came["written"], came["installed"], came["left"]) == (1, 0, 0, 1)
    assert (refused["key"], refused["at"]) == ("product_margin", "template/goods.yaml:2")
    assert "nowhere_to_be_found" in refused["why"]
    assert there.search_count("product.tag", [["name", "=", "Slow"]]) == 0
