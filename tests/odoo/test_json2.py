"""Models of Odoo and of the community that name the arguments of standard methods their own way."""

import pytest

from lockgate.kernel.secret import Secret
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey
from lockgate.odoo.errors import BadCall, ConstraintViolated


@pytest.fixture
def odoo(lab):
    with connect(lab.url, lab.database, ApiKey(Secret(lab.api_key)), allow_private=True) as client:
        yield client


@pytest.fixture
def employees(odoo):
    made = []
    yield made
    if made:
        odoo.unlink("hr.employee", made)


def test_an_order_takes_its_values_under_another_name(odoo):
    (partner,) = odoo.create("res.partner", [{"name": "Buyer"}])
    (order,) = odoo.create("sale.order", [{"partner_id": partner}])
    for reference in ("first", "second"):
        odoo.write("sale.order", order, {"client_order_ref": reference})
        assert odoo.read("sale.order", order, ["client_order_ref"])[0]["client_order_ref"] == reference
    odoo.unlink("sale.order", order)
    odoo.unlink("res.partner", partner)


def test_a_company_takes_its_values_under_another_name(odoo):
    before = odoo.read("res.company", 1, ["company_details"])[0]["company_details"]
    odoo.write("res.company", 1, {"company_details": "<p>Lock 7</p>"})
    assert odoo.read("res.company", 1, ["company_details"])[0]["company_details"] == "<p>Lock 7</p>"
    odoo.write("res.company", 1, {"company_details": before})


def test_the_other_name_is_asked_for_once(odoo):
    asked = odoo._connection.transport._ways
    odoo.write("res.company", 1, {"company_registry": False})
    learnt = dict(asked)
    odoo.write("res.company", 1, {"company_registry": False})
    assert (list(learnt), asked) == ([("res.company", "write")], learnt)


def test_one_employee_is_made_although_no_name_fits(odoo, employees):
    employees += odoo.create("hr.employee", [{"name": "Ada"}])
    assert [row["name"] for row in odoo.read("hr.employee", employees, ["name"])] == ["Ada"]


def test_several_employees_are_made_in_order(odoo, employees):
    employees += odoo.create("hr.employee", [{"name": "Ada"}])
    employees += odoo.create("hr.employee", [{"name": "Bob"}, {"name": "Cleo"}])
    assert [row["name"] for row in odoo.read("hr.employee", employees, ["name"])] == ["Ada", "Bob", "Cleo"]


def test_several_employees_are_made_all_or_none(odoo):
    with pytest.raises(ConstraintViolated):
        odoo.create("hr.employee", [{"name": "Half"}, {"name": "Half", "user_id": 1}, {"name": "Half", "user_id": 1}])
    assert odoo.within(active_test=False).search("hr.employee", [["name", "=", "Half"]]) == []


def test_an_employee_in_a_context_is_made_in_it(odoo, employees):
    view = odoo.within(default_job_title="Keeper")
    employees += view.create("hr.employee", [{"name": "Ada"}])
    employees += view.create("hr.employee", [{"name": "Bob"}, {"name": "Cleo"}])
    assert [row["job_title"] for row in odoo.read("hr.employee", employees, ["job_title"])] == ["Keeper"] * 3


def test_an_argument_that_is_missing_is_not_invented(odoo):
    with pytest.raises(BadCall) as error:
        odoo.call("res.company", "write", [1])
    assert error.value.why == "missing a required argument: 'values'"
