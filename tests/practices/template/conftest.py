"""A programme with a template, and a real Odoo to set up; after each test nothing of the template is left there."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from faults.partners import client_of
from support.running import _as_it_was, home, lockgate

__all__ = ["_as_it_was", "home", "lockgate"]

INSTANCE = """
[instances.build]
role = "build"
url = "{url}"
database = "{database}"
key_variable = "BUILD_KEY"
"""
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
class Programme:
    """A programme in a folder, and the verbs on it."""

    folder: Path
    lockgate: Any
    live: Any

    def write(self, text: str, path: str = "template/goods.yaml") -> None:
        """Say what the template is."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def say(self, *words: str) -> Any:
        """Run a verb and return what it answers as JSON, with the exit code."""
        ran = self.lockgate(*words, "--json")
        assert ran.out, ran.err
        return json.loads(ran.out) | {"code": ran.code}

    def apply(self) -> Any:
        """Apply all of it."""
        return self.say("apply", "--yes", "--by", "ann")


@pytest.fixture
def programme_at(tmp_path, monkeypatch, lockgate):
    """Return what makes a programme with a small template for a database; the test stands in its folder."""
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)

    def make(live):
        monkeypatch.setenv("BUILD_KEY", live.api_key)
        folder = tmp_path / "acme"
        assert lockgate("init", str(folder), "--playbook", "distribution-governance").code == 0
        with (folder / "lockgate.toml").open("a") as file:
            file.write(INSTANCE.format(url=live.url, database=live.database))
        monkeypatch.chdir(folder)
        made = Programme(folder, lockgate, live)
        made.write(GOODS)
        return made

    return make


@pytest.fixture
def programme(lab, odoo, programme_at):
    """A programme on the database that tests share; after the test nothing of its template is there."""
    yield programme_at(lab)
    _forget(odoo)


@pytest.fixture
def odoo(lab):
    """A client of the same Odoo, as somebody who changes it by hand."""
    with client_of(lab) as client:
        yield client


def _forget(odoo):
    """Delete what the template made, the newest first."""
    ours = [["module", "=", "lockgate"], ["name", "=like", "template__%"]]
    rows = odoo.search_read("ir.model.data", ours, ["model", "res_id"], order="id desc")
    for model in dict.fromkeys(row["model"] for row in rows):
        odoo.unlink(model, [row["res_id"] for row in rows if row["model"] == model])
