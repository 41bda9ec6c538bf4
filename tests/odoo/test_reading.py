"""Are columns that Odoo's database gathers what Odoo tells in rows, field by field, for everybody who may read them?"""

import pyarrow as pa
import pytest

from faults.partners import client_of
from lockgate.kernel.secret import Secret
from lockgate.odoo.catalogue import Catalogue
from lockgate.odoo.columns import batch_of
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import Password
from lockgate.odoo.errors import AccessDenied
from lockgate.odoo.external_ids import external_ids_of
from lockgate.odoo.reading import EXTERNAL_ID, stream, table
from lockgate.odoo.reading.gathering import can_gather

MODELS = (
    *(
        "account.account",
        "account.journal",
        "account.tax",
        "hr.department",
        "ir.attachment",
        "ir.cron",
        "ir.model.data",
        "ir.sequence",
    ),
    *("product.category", "product.product", "product.template", "project.task.type"),
    *(
        "res.company",
        "res.country",
        "res.currency",
        "res.groups",
        "res.partner",
        "stock.location",
        "stock.picking.type",
    ),
    *("stock.warehouse", "uom.uom"),
)
LOGIN, PASSWORD = "reads-little", Secret("Canary-31c0.password")


@pytest.fixture(scope="module")
def odoo(lab):
    with client_of(lab) as client:
        yield client


@pytest.fixture(scope="module", autouse=True)
def records(odoo):
    """Two partners and two products: one with awkward values, one with next to none; and one that is archived."""
    partners = odoo.create(
        "res.partner",
        [
            {"name": 'Zoë "the\nBrave"', "street": "", "color": 3, "comment": "<p>a</p>"},
            {"name": "No", "active": False},
        ],
    )
    costly = {"name": "Costly", "list_price": 0.1, "standard_price": 12.34, "barcode": "R1", "active": False}
    products = odoo.create("product.product", [costly, {"name": "Plain"}])
    yield partners
    odoo.unlink("product.product", products)
    odoo.unlink("res.partner", partners)


@pytest.fixture(scope="module")
def plain(odoo):
    """A client of a user who may do next to nothing."""
    group = odoo.call("ir.model.data", "check_object_reference", module="base", xml_id="group_user")[1]
    person = {"name": LOGIN, "login": LOGIN, "password": PASSWORD.reveal(), "group_ids": [[6, 0, [group]]]}
    made = odoo.create("res.users", [person])
    server = odoo.server
    with connect(server.url, server.database, Password(LOGIN, PASSWORD), allow_private=True) as client:
        yield client
    odoo.write("res.users", made, {"active": False})


def simple(catalogue, model):
    """Return the names of the fields that come in columns."""
    return [field.name for field in catalogue.fields(model).values() if can_gather(model, [field], catalogue)]


def in_rows(client, model, names, catalogue, context):
    """Return all records as Odoo tells them row by row."""
    fields = [catalogue.fields(model)[name] for name in ["id", *names]]
    rows = client.call(
        model, "search_read", domain=[["id", ">", 0]], fields=names, order="id", load="", context=context
    )
    return batch_of(rows, fields).to_pylist()


@pytest.mark.parametrize("model", MODELS)
def test_columns_are_what_rows_are(odoo, model):  # G1 G2
    catalogue = Catalogue(odoo)
    names = [name for name in simple(catalogue, model) if name != "id"]
    assert len(names) > 5
    found = table(odoo, model, names, archived=True, catalogue=catalogue, batch_rows=700).to_pylist()
    assert len(found) > 0
    assert found == in_rows(odoo, model, names, catalogue, {"active_test": False})


@pytest.mark.parametrize("model", ["res.partner", "product.product", "res.country"])
def test_so_they_are_for_a_user_who_may_do_little(plain, model):
    catalogue = Catalogue(plain)
    names = [name for name in simple(catalogue, model) if name != "id"]
    found = table(plain, model, names, catalogue=catalogue).to_pylist()
    assert len(found) > 0
    assert found == in_rows(plain, model, names, catalogue, {})


def test_what_a_user_may_not_read_is_refused_in_columns_as_in_rows(plain):
    with pytest.raises(AccessDenied, match="account"):
        list(stream(plain, "account.move", ["name"]))


def test_a_field_that_only_odoo_computes_makes_it_rows(odoo, records):
    catalogue = Catalogue(odoo)
    fields = catalogue.fields("res.partner")
    assert not can_gather("res.partner", [fields["name"], fields["display_name"]], catalogue)
    assert not can_gather("res.partner", [fields["category_id"]], catalogue)
    (one,) = table(odoo, "res.partner", ["display_name", "category_id"], [["id", "=", records[0]]]).to_pylist()
    assert one == {"id": records[0], "display_name": 'Zoë "the\nBrave"', "category_id": []}


def test_what_is_shown_of_a_field_that_is_computed_elsewhere_makes_it_rows(odoo):  # G1
    catalogue = Catalogue(odoo)
    state = catalogue.fields("account.bank.statement.line")["status_in_payment"]
    assert state.groupable
    assert not can_gather("account.bank.statement.line", [state], catalogue)


def test_messages_come_whole_though_odoo_hides_some_of_them_late(odoo):
    expected = odoo.search("mail.message", [], order="id")
    assert len(expected) > 3
    assert table(odoo, "mail.message", ["subject"], batch_rows=2).column("id").to_pylist() == expected


def test_over_xml_rpc_the_same_comes(odoo, lab):
    with client_of(lab, transport="xmlrpc") as client:
        found = table(client, "res.country", ["code", "currency_id"])
    assert found.equals(table(odoo, "res.country", ["code", "currency_id"]))


def test_a_model_that_can_not_be_grouped_is_read_in_rows(odoo):  # R5
    names = [name for name in simple(Catalogue(odoo), "res.users") if name != "id"]
    assert odoo.uid in table(odoo, "res.users", names).column("id").to_pylist()


@pytest.mark.parametrize("workers", [1, 3])
def test_each_record_comes_once_however_small_the_pages(odoo, workers):  # R1 R2
    batches = list(stream(odoo, "res.country", ["code"], batch_rows=7, workers=workers))
    assert max(batch.num_rows for batch in batches) == 7
    ids = pa.Table.from_batches(batches).column("id").to_pylist()
    assert sorted(ids) == odoo.search("res.country", [], order="id")


@pytest.mark.parametrize("domain", [[], [["code", "in", ["BE", "ZW"]]]], ids=["dense", "sparse"])
def test_external_ids_come_along(odoo, plain, domain):  # N1 N2
    for client in (odoo, plain):
        rows = table(client, "res.country", ["code"], domain, with_external_ids=True).to_pylist()
        found = {row["id"]: row[EXTERNAL_ID] for row in rows}
        assert found == external_ids_of(odoo, "res.country", found)
        assert "base.be" in found.values()
