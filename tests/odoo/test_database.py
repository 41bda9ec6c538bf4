"""Does what is read past Odoo's server say what its API says, and only to who may do nothing but read?"""

import pyarrow as pa
import pytest

from faults.partners import client_of
from lockgate.kernel.errors import RefusedError, UnreachableError, UsageError
from lockgate.kernel.secret import Secret
from lockgate.odoo.catalogue import Catalogue
from lockgate.odoo.database import database_of, stream_past
from lockgate.odoo.reading import stream
from support.unreadable import PART, UNREADABLE

AWKWARD = {"name": 'Zoë "the\nBrave"; 50 %, \\N', "street": "", "comment": "<p>a, b</p>", "color": 3}
NOBODY = None
"""Odoo is not asked before its database answers."""
FIELDS = {
    "res.partner": (
        *("name", "street", "city", "color", "active", "is_company", "type", "country_id", "category_id", "comment"),
        *("parent_id", "create_date", "lang"),
    ),
    "product.product": ("name", "default_code", "list_price", "active", "categ_id", "taxes_id", "create_date"),
    "res.country": ("name", "code", "currency_id", "phone_code"),
    "ir.model.data": ("name", "module", "model", "res_id", "noupdate"),
}


@pytest.fixture
def odoo(lab):
    with client_of(lab) as client:
        yield client


@pytest.fixture
def awkward(odoo):
    """A partner whose texts are awkward, and another that has next to nothing and is archived."""
    tag = odoo.create("res.partner.category", [{"name": "A"}, {"name": "B"}])
    made = odoo.create("res.partner", [{**AWKWARD, "category_id": [[6, 0, tag]]}, {"name": "Gone", "active": False}])
    yield made
    odoo.unlink("res.partner", made)
    odoo.unlink("res.partner.category", tag)


@pytest.mark.parametrize("model", FIELDS)
def test_the_database_says_what_the_api_says(odoo, lab, awkward, model):
    catalogue = Catalogue(odoo)
    names = [name for name in FIELDS[model] if name in catalogue.fields(model)]
    with database_of(odoo, Secret(lab.reader())) as database:
        found = stream_past(database, model, names, [["id", ">", 0]], catalogue)
        assert found is not None
        past = pa.Table.from_batches(found)
    told = pa.Table.from_batches(stream(odoo, model, names, [["id", ">", 0]], archived=True, catalogue=catalogue))

    assert past.schema == told.schema
    assert past.sort_by("id").to_pylist() == told.sort_by("id").to_pylist()
    assert model != "res.partner" or set(awkward) <= set(past.column("id").to_pylist())


def test_only_the_records_that_are_meant_come(odoo, lab, awkward):
    catalogue = Catalogue(odoo)
    first, last = awkward
    with database_of(odoo, Secret(lab.reader())) as database:

        def ids(*domain):
            found = stream_past(database, "res.partner", ["name"], domain, catalogue)
            return None if found is None else [row["id"] for batch in found for row in batch.to_pylist()]

        assert ids(["id", ">=", first], ["id", "<=", last], ["active", "=", True]) == [first]
        assert ids(["id", "in", [first, last]], ["name", "=like", "Gon%"]) == [last]
        assert ids(["id", "=", 0]) == []
        assert ids("|", ["id", "=", first], ["id", "=", last]) is None  # Odoo is asked


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("res.partner", "display_name"),  # computed
        ("res.partner", "child_ids"),
        ("res.partner", "image_1920"),  # a file
        ("product.product", "standard_price"),  # another one in each company
        ("product.product", "qty_available"),
    ],
)
def test_what_only_odoo_can_tell_is_not_read_past_it(odoo, lab, model, name):
    with database_of(odoo, Secret(lab.reader())) as database:
        assert stream_past(database, model, ["id", name], [], Catalogue(odoo)) is None


def test_a_table_that_may_not_be_read_is_left_to_odoo(odoo, lab):
    address = Secret(lab.reader())
    lab.told_past("revoke select on res_partner_res_partner_category_rel, res_country from onlooker")
    catalogue = Catalogue(odoo)
    with database_of(odoo, address) as database:
        assert stream_past(database, "res.partner", ["name"], [], catalogue) is not None
        assert stream_past(database, "res.partner", ["name", "category_id"], [], catalogue) is None
        assert stream_past(database, "res.country", ["name"], [], catalogue) is None


def test_a_record_may_be_as_large_as_odoo_lets_it_be(odoo, lab, awkward):
    odoo.write("res.partner", awkward[0], {"comment": f"<p>{'long ' * 600_000}</p>"})
    catalogue = Catalogue(odoo)
    with database_of(odoo, Secret(lab.reader())) as database:
        found = stream_past(database, "res.partner", ["comment"], [["id", "in", awkward]], catalogue)
        assert found is not None
        rows = pa.Table.from_batches(found).to_pylist()

    assert [len(row["comment"] or "") > 3_000_000 for row in rows] == [True, False]


def test_a_database_that_goes_away_is_told(odoo, lab):
    with database_of(odoo, Secret(lab.reader())) as database:
        found = stream_past(database, "res.partner", ["name"], [], Catalogue(odoo))
        assert found is not None
        lab.told_past("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'onlooker'")
        with pytest.raises(UnreachableError, match="does not answer any more"):
            list(found)


def test_who_may_write_to_any_table_is_refused(odoo, lab):
    address = Secret(lab.reader())
    lab.told_past("grant insert on stock_quant to onlooker")
    try:
        with pytest.raises(RefusedError, match="may write there"), database_of(odoo, address):
            pass
    finally:
        lab.told_past("revoke insert on stock_quant from onlooker")


def test_who_may_write_is_refused(odoo, lab):
    with (
        pytest.raises(RefusedError, match="may write there"),
        database_of(odoo, Secret(lab.reader().replace("onlooker", "postgres"))),
    ):
        pass


def test_the_database_of_another_odoo_is_refused(odoo, lab):
    with lab.clone() as other, client_of(other) as stranger:
        with pytest.raises(RefusedError, match="another Odoo"), database_of(stranger, Secret(lab.reader())):
            pass
        elsewhere = lab.reader().replace(lab.database, "postgres")
        with pytest.raises(RefusedError, match="not the database of an Odoo"), database_of(odoo, Secret(elsewhere)):
            pass
        unread = lab.reader().replace(lab.database, other.database)
        with pytest.raises(RefusedError, match="may not read"), database_of(stranger, Secret(unread)):
            pass


def test_a_database_that_does_not_answer_is_told():
    address = Secret("postgresql://onlooker:hush-hush@127.0.0.1:1/nowhere?connect_timeout=2")
    with pytest.raises(UnreachableError, match="can't be read") as told, database_of(NOBODY, address):
        pass

    assert "Connection refused" in told.value.why


@pytest.mark.parametrize("case", UNREADABLE)
def test_an_address_that_can_not_be_read_is_told_without_the_password(case):
    with pytest.raises(UsageError) as told, database_of(NOBODY, Secret(UNREADABLE[case])):
        pass

    said = " ".join(told.value.lines())
    assert said.startswith("The address can't be read. What stands in the variable that `reader_variable` names")
    assert PART not in said
