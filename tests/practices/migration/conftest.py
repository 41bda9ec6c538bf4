"""A programme with extracts of an old system, and a real Odoo to bring them to; nothing of it is left there."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from faults.partners import client_of
from support.on_odoo import begin_on
from support.running import _as_it_was, home, lockgate

__all__ = ["_as_it_was", "home", "lockgate"]

DECLARED = """
sources:
  - {key: erp, title: The old ERP, kind: csv, encoding: utf-8, separator: ";", notation: {decimal: ","}}
domains:
  - {key: partners, title: Partners, owner: example-sponsor, why: We sell to them}
  - {key: goods, title: Goods, owner: example-sponsor, why: We sell them}
  - {key: orders, title: Open orders, owner: example-sponsor, why: They were promised}
datasets:
  - key: customers
    title: Customers
    source: erp
    file: customers.csv
    id: [NO]
    columns: {NO: {required: true}, VAT: {is: vat, country: LAND}, LIMIT: {type: decimal}, GONE: {type: boolean}}
  - {key: items, title: Items, source: erp, file: items.csv, id: [SKU], columns: {PRICE: {type: decimal}}}
  - {key: orders, title: Open orders, source: erp, file: orders.csv, id: [NO], columns: {DAY: {type: date}}}
  - key: order-lines
    title: Lines of open orders
    source: erp
    file: lines.csv
    id: [NO, POS]
    columns: {QTY: {type: decimal}, PRICE: {type: decimal}}
    links: [{columns: [NO], to: orders, part_of: true}]
left_out:
  - {key: gone, dataset: customers, when: s.GONE, why: Not a customer any more}
cleansing:
  - {key: names, dataset: customers, column: NAME, set: trim(s.NAME), why: Blanks around it were typed}
  - {key: tax-ids, dataset: customers, column: VAT, normalise: vat, country: LAND, or_empty: true, why: So it must be}
rules:
  - {id: name, dataset: customers, must: "length(NAME) > 1", column: NAME, why: Nobody is called so}
  - {id: quantity, dataset: order-lines, must: QTY > 0, column: QTY, why: Nothing was ordered}
mappings:
  - key: customer
    domain: partners
    model: res.partner
    dataset: customers
    fields:
      name: s.NAME
      ref: s.NO
      vat: s.VAT
      is_company: {value: true}
      type: "case when s.HEAD is null then 'contact' else 'other' end"
      country_id: {of: s.LAND, map: {BE: base.be, DE: base.de}, resource: true}
      parent_id: {of: s.HEAD, record: customer}
  - key: order
    domain: orders
    model: sale.order
    dataset: orders
    fields:
      partner_id: {of: s.CUST, record: customer}
      client_order_ref: s.NO
      date_order: cast(s.DAY as timestamp)
    lines:
      order_line:
        dataset: order-lines
        of: s.NO
        key: [s.NO, s.POS]
        fields:
          product_id: {of: s.SKU, record: item}
          product_uom_qty: s.QTY
          price_unit: s.PRICE
    then: confirm
    loose: [date_order]
  - key: item
    domain: goods
    model: product.product
    dataset: items
    fields: {name: s.NAME, default_code: s.SKU, list_price: s.PRICE, type: {value: consu}}
    find: default_code
"""
EXTRACTS = {
    "customers.csv": """NO;NAME;LAND;VAT;LIMIT;HEAD;GONE
007; Van Hool ;BE;BE0477472701;1,5;;no
008;Van Hool Lier;BE;BE 0477.472.702;;007;no
009;X;BE;;;;no
010;Nord;DE;;;;yes
011;Sued;DE;;2,25;;no
""",
    "items.csv": "SKU;NAME;PRICE\nMIG-1;Pump;12,50\nMIG-2;Valve;3,20\n",
    "orders.csv": "NO;CUST;DAY\nA;007;2026-08-01\nB;009;2026-08-02\nC;011;2026-08-03\nD;007;2026-08-04\n",
    "lines.csv": """NO;POS;SKU;QTY;PRICE
A;1;MIG-1;2;12,50
A;2;MIG-2;10;3,00
B;1;MIG-1;1;12,50
C;1;MIG-2;0;3,20
C;2;MIG-1;1;12,50
D;1;MIG-2;4;3,10
""",
}


@dataclass
class Programme:
    """A programme in a folder with its extracts, and the verbs on it."""

    folder: Path
    lockgate: Any

    def declare(self, text: str) -> None:
        """Say what the migration is."""
        file = self.folder / "migration" / "own.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def extract(self, name: str, text: str) -> None:
        """Let the old system hand over a file."""
        file = self.folder / "extracts" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def say(self, *words: str) -> Any:
        """Run a verb of the migration and return what it answers as JSON, with the exit code."""
        ran = self.lockgate("migrate", *words, "--by", "example-sponsor", "--json")
        assert ran.out, ran.err
        return json.loads(ran.out) | {"code": ran.code}

    def brought(self) -> Any:
        """Read, put right and load; return what came of the load."""
        for verb in ("profile", "cleanse"):
            assert self.say(verb)["code"] == 0
        return self.say("load")


@pytest.fixture
def programme(tmp_path, monkeypatch, lockgate, lab, odoo):
    """A programme whose old system has customers, items and open orders; afterwards Odoo has none of them."""
    monkeypatch.delenv("LOCKGATE_EXTRACTS", raising=False)
    folder = begin_on(lab, tmp_path / "acme", lockgate, monkeypatch)
    made = Programme(folder, lockgate)
    made.declare(DECLARED)
    for name, text in EXTRACTS.items():
        made.extract(name, text)
    yield made
    _forget(odoo)


@pytest.fixture
def odoo(lab):
    """A client of the same Odoo."""
    with client_of(lab) as client:
        yield client


def _forget(odoo):
    """Delete what was loaded, the newest first; orders are cancelled before."""
    mine = ["|", ["name", "=like", "customer\\_%"], "|", ["name", "=like", "order%"], ["name", "=like", "item\\_%"]]
    rows = odoo.search_read("ir.model.data", [["module", "=", "lockgate"], *mine], ["model", "res_id"], order="id desc")
    of = {model: [row["res_id"] for row in rows if row["model"] == model] for model in ("sale.order", "res.partner")}
    if of["sale.order"]:
        odoo.call("sale.order", "action_cancel", of["sale.order"])
        odoo.unlink("sale.order", of["sale.order"])
    if of["res.partner"]:
        odoo.unlink("res.partner", of["res.partner"])
    products = [row["res_id"] for row in rows if row["model"] == "product.product"]
    if products:
        odoo.write("product.product", products, {"active": False, "default_code": False})
        ids = odoo.search("ir.model.data", [["module", "=", "lockgate"], ["name", "=like", "item\\_%"]])
        odoo.unlink("ir.model.data", ids)
