"""A programme with a template, and a real Odoo to set up; after each test nothing of the template is left there."""

from dataclasses import dataclass
from typing import Any

import pytest

from faults.partners import client_of
from support.on_odoo import OnOdoo, begin_on, forget
from support.running import _as_it_was, home, lockgate

__all__ = ["_as_it_was", "home", "lockgate"]

GOODS = """
why: Goods are valued by their category.
resources:
  - key: goods
    model: product.category
    values: { name: Goods }
  - key: spare-parts
    model: product.category
    values:
      name: Spare parts
      parent_id: goods
      property_cost_method: fifo
  - key: urgent
    model: product.tag
    values: { name: Urgent, sequence: 3 }
  - key: fragile
    model: product.tag
    values: { name: Fragile, sequence: 4 }
  - key: pump
    model: product.template
    values:
      name: Pump
      type: consu
      categ_id: spare-parts
      list_price: 12.5
      weight: 0.335
      sale_ok: true
      purchase_ok: false
      product_tag_ids: [urgent, fragile]
      uom_id: uom.product_uom_unit
      description_sale: Mind the seal.
"""


@dataclass
class Programme(OnOdoo):
    """A programme with a template."""

    def write(self, text: str, path: str = "template/goods.yaml") -> None:
        """Say what the template is."""
        self.put(path, text)

    def apply(self) -> Any:
        """Apply all of it."""
        return self.say("apply", "--yes", "--by", "ann")


@pytest.fixture
def programme_at(tmp_path, monkeypatch, lockgate):
    """Return what makes a programme with a small template for a database; the test stands in its folder."""

    def make(live):
        made = Programme(begin_on(live, tmp_path / "acme", lockgate, monkeypatch), lockgate)
        made.write(GOODS)
        return made

    return make


@pytest.fixture(scope="module")
def answers():
    """What applying answered for the first time in a module, in this list."""
    return []


@pytest.fixture(scope="module")
def country(lab):
    """A database of a module's own, for a template that takes long to apply."""
    with lab.clone() as made:
        yield made


@pytest.fixture
def programme(lab, odoo, programme_at):
    """A programme on the database that tests share; after the test nothing of its template is there."""
    yield programme_at(lab)
    forget(odoo)


@pytest.fixture
def odoo(lab):
    """A client of the same Odoo, as somebody who changes it by hand."""
    with client_of(lab) as client:
        yield client
