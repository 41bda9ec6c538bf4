"""Is a default spared only where Odoo computes the field when it is read?"""

from lockgate.odoo.catalogue import Field
from lockgate.odoo.loading.idle_defaults import idle_defaults

ROUTES = "has_available_route_ids"


def test_it_is_spared_where_the_field_is_there_and_not_stored():
    fields = {ROUTES: Field(ROUTES, "boolean", stored=False)}
    assert idle_defaults("product.product", ["id", "name"], fields) == {ROUTES: "1"}


def test_nothing_is_sent_for_a_field_that_is_stored_or_missing_or_loaded_or_of_another_model():
    there, stored = ({ROUTES: Field(ROUTES, "boolean", stored=is_stored)} for is_stored in (False, True))
    assert idle_defaults("product.product", ["id"], stored) == {}
    assert idle_defaults("product.product", ["id"], {}) == {}
    assert idle_defaults("product.product", ["id", ROUTES], there) == {}
    assert idle_defaults("product.product", ["id", "product_tmpl_id/id"], there) == {}
    assert idle_defaults("res.partner", ["id"], there) == {}
