import pytest

from lockgate.odoo.ways.model_owners import owner


@pytest.mark.parametrize(
    ("model", "module"),
    [
        ("sale.order", "sale_management"),
        ("hr.employee", "hr"),
        ("hr.leave.type", "hr_holidays"),
        ("stock.picking.batch", "stock_picking_batch"),
        ("x_studio_thing", None),
        ("", None),
    ],
)
def test_the_longest_known_beginning_of_a_model_names_its_module(model, module):
    assert owner(model) == module
