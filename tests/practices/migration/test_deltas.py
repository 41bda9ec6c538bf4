"""Does a run of deltas leave Odoo as a full run does, and say so where it can't? On two real Odoos."""

import pytest

from faults.partners import client_of
from lockgate.odoo.external_ids import targets_of

REHEARSAL = """
rehearsals:
  - {key: full-load, title: The whole migration, window_minutes: 60, volume: {partners: 5, goods: 2, orders: 4}}
"""
OTHER = """
[instances.other]
role = "rehearsal"
url = "{url}"
database = "{database}"
key_variable = "BUILD_KEY"
"""
FIELDS = {
    "res.partner": ("name", "ref", "vat", "is_company", "type", "country_id", "parent_id"),
    "product.product": ("name", "default_code", "list_price", "type"),
    "sale.order": ("client_order_ref", "state", "partner_id", "amount_total"),
    "sale.order.line": ("product_id", "product_uom_qty", "price_unit"),
}


@pytest.fixture
def changed(programme):
    """Extracts that are other than those that Odoo was loaded from: a name, a price, a quantity, and somebody new."""
    (programme.folder / "migration" / "rehearsal.yaml").write_text(REHEARSAL, encoding="utf-8")
    assert programme.say("rehearse", "--instance", "build")["failed_steps"] == 0
    for name, old, new in (
        ("customers.csv", "Sued;", "Sued und Soehne;"),
        ("items.csv", "12,50", "13,10"),
        ("lines.csv", "A;1;MIG-1;2;", "A;1;MIG-1;3;"),
    ):
        text = (programme.folder / "extracts" / name).read_text(encoding="utf-8")
        programme.extract(name, text.replace(old, new))
    text = (programme.folder / "extracts" / "customers.csv").read_text(encoding="utf-8")
    programme.extract("customers.csv", f"{text}012;West;BE;;;;no\n")
    return programme


def held(odoo):
    """Return all that was loaded, by external id; what refers to another record by what that is called."""
    mine = [["module", "=", "lockgate"], ["model", "in", list(FIELDS)]]
    rows = odoo.search_read("ir.model.data", mine, ["name", "model", "res_id"])
    found = {}
    for model, fields in FIELDS.items():
        names = {row["res_id"]: row["name"] for row in rows if row["model"] == model}
        for record in odoo.read(model, list(names), list(fields)):
            values = {field: record[field] for field in fields}
            found[names[record["id"]]] = {
                field: value[1].rpartition(", ")[2] if isinstance(value, list) else value
                for field, value in values.items()
            }
    return found


def test_deltas_leave_odoo_as_a_full_run_on_a_fresh_one_does(changed, odoo, lab):
    before = held(odoo)

    deltas = changed.say("rehearse", "--deltas", "--instance", "build")
    assert (deltas["failed_steps"], deltas["rounds"], deltas["code"]) == (0, 1, 0)  # no run of the whole
    with lab.clone() as other, client_of(other) as fresh:
        with (changed.folder / "lockgate.toml").open("a") as file:
            file.write(OTHER.format(url=other.url, database=other.database))
        full = changed.say("rehearse", "--instance", "other")
        assert (full["failed_steps"], full["code"]) == (0, 0)
        assert held(fresh) == held(odoo)

    assert held(odoo) != before


def test_documents_that_are_done_and_still_the_same_are_not_sent_again(programme, odoo):
    programme.brought()
    text = (programme.folder / "extracts" / "lines.csv").read_text(encoding="utf-8")
    programme.extract("lines.csv", text.replace("D;1;MIG-2;4;", "D;1;MIG-2;5;"))

    again = programme.brought()

    [orders] = [one for domain in again["domains"] for one in domain["mappings"] if one["mapping"] == "order"]
    assert (orders["created"], orders["updated"], orders["unchanged"], orders["rejected"]) == (0, 1, 1, 0)
    ordered = odoo.search_read("sale.order.line", [["order_id.client_order_ref", "=", "D"]], ["product_uom_qty"])
    assert [row["product_uom_qty"] for row in ordered] == [5]


def test_what_left_the_extracts_stays_in_odoo_and_is_told(changed, odoo):
    text = (changed.folder / "extracts" / "customers.csv").read_text(encoding="utf-8")
    changed.extract("customers.csv", "\n".join(line for line in text.splitlines() if not line.startswith("008")) + "\n")

    deltas = changed.say("rehearse", "--deltas", "--instance", "build")

    assert (deltas["failed_steps"], deltas["code"]) == (1, 1)
    assert {one["step"]: one["says"] for one in deltas["steps"]}["reconcile"].startswith("0 missing, 1 extra, ")
    assert "customer_008" in targets_of(odoo, ["customer_008"])
