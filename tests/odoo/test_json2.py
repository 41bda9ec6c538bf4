"""Models of Odoo and of the community that name the arguments of standard methods their own way."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from faults.partners import client_of
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


def test_workers_of_one_server_that_disagree_about_a_name_are_both_written_to(lab):  # R3
    with lab.clone() as made:
        with client_of(made) as odoo:
            companies = odoo.create("res.company", [{"name": f"Quay {number}"} for number in range(4)])
            [german] = odoo.search("ir.module.module", [["name", "=", "l10n_de"]])
            odoo.call("ir.module.module", "button_immediate_install", [german])
        with ThreadPoolExecutor(len(companies)) as pool:  # several at a time, so that both workers are asked
            cities = list(pool.map(partial(_last_city, made), companies))
    assert cities == ["City 9"] * len(companies)


def _last_city(made, company):
    """Write a company's city ten times, each time as a client that knows nothing yet; return the last."""
    for number in range(10):
        with client_of(made) as odoo:
            odoo.write("res.company", company, {"city": f"City {number}"})
            [row] = odoo.read("res.company", company, ["city"])
    return row["city"]


def test_an_argument_that_is_missing_is_not_invented(odoo):
    odoo.write("res.company", 1, {"company_registry": False})  # by now the other name is known
    for _ in range(2):
        with pytest.raises(BadCall) as error:
            odoo.call("res.company", "write", [1])
        assert error.value.why == "missing a required argument: 'values'"
