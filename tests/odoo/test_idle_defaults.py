"""Are products the same when Lockgate spares Odoo a default that nobody reads?"""

import time

import pytest

from faults.partners import client_of
from lockgate.odoo.loading import QUIET, load

MODEL = "product.product"
COLUMNS = ["id", "name", "default_code", "list_price", "standard_price", "is_storable", "barcode"]
OF_ONE_RECORD = {"id", "barcode", "create_date", "write_date", "product_tmpl_id", "product_variant_id"}
KINDS = {"boolean", "char", "float", "integer", "many2many", "many2one", "monetary", "selection", "text"}


@pytest.fixture
def odoo(fresh):
    """A client of a database of its own."""
    with client_of(fresh) as client:
        yield client


@pytest.fixture
def read(odoo):
    """Read what two products have, but for what only one record can have."""
    fields = odoo.call(MODEL, "fields_get", attributes=["type"])
    names = [name for name, told in fields.items() if told["type"] in KINDS and name not in OF_ONE_RECORD]

    def of(word):
        mine = [["module", "=", "mine"], ["model", "=", MODEL], ["name", "=like", f"{word}%"]]
        ids = [found["res_id"] for found in odoo.search_read("ir.model.data", mine, ["res_id"], order="name")]
        found = odoo.call(MODEL, "read", ids=ids, fields=names, load=None)
        return [{name: value for name, value in record.items() if name != "id"} for record in found]

    return of


def rows(word, name="Bolt"):
    return [[f"mine.{word}{n}", f"{name} {n}", f"B{n}", "1.5", "0.75", "1", f"{word}{n}"] for n in range(2)]


def apart(some, others):
    """Return the names of the fields in which two products differ from two others."""
    assert len(some) == 2
    return {name for one, other in zip(some, others, strict=True) for name in one if one[name] != other[name]}


def test_loaded_products_have_all_that_odoo_gives_those_that_it_loads_by_itself(odoo, read):
    load(odoo, MODEL, COLUMNS, rows("spared"))
    odoo.call(MODEL, "load", fields=COLUMNS, data=rows("plain"), context=dict(QUIET))
    assert apart(read("spared"), read("plain")) == set()


def test_a_product_that_is_loaded_again_changes_in_what_was_sent_alone(odoo, read):
    load(odoo, MODEL, COLUMNS, rows("spared"))
    before = read("spared")
    assert load(odoo, MODEL, COLUMNS, rows("spared", name="Nut")).updated == 2
    assert apart(before, read("spared")) == {"name", "display_name", "partner_ref"}


def test_a_product_that_is_there_is_not_written_to_for_it(odoo):
    load(odoo, MODEL, COLUMNS, rows("spared"))

    def written():
        found = odoo.search_read("product.product", [["name", "=like", "Bolt %"]], ["product_tmpl_id"], load="")
        ids = [one["product_tmpl_id"] for one in found]
        return [one["write_date"] for one in odoo.call("product.template", "read", ids=ids, fields=["write_date"])]

    before = written()
    time.sleep(1.1)  # Odoo tells no parts of seconds
    assert load(odoo, MODEL, ["id", "barcode"], [["mine.spared0", "new0"], ["mine.spared1", "new1"]]).updated == 2
    assert written() == before
