"""Does the gate `migration-ready` turn by what the verbs of the migration find, and open once all of it is met?"""

import json
from datetime import UTC, datetime

import pytest

from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.scope import Scope
from lockgate.programme.ledger_place import ledger_place

WAVE = Scope.parse("wave:first")
HERE = ("migration-ready", "--scope", "wave:first")
DECLARED = """
sources: [{key: erp, title: The old ERP, kind: csv, encoding: utf-8}]
domains: [{key: goods, title: Goods, owner: example-data-owner, why: We sell them}]
datasets:
  - {key: items, title: Items, source: erp, file: items.csv, id: [SKU], steward: example-data-owner}
standards: [{key: units, title: Units, text: Pieces or metres, owner: example-data-owner, decision: DEC-1}]
cleansing: [{key: units, dataset: items, column: UNIT, lookup: {pcs: ST}, why: One list}]
rules:
  - {id: unit, dataset: items, must: "UNIT in ('ST', 'M')", why: It can't be counted, standard: units}
entities: [{key: item, title: Items, kind: item, parts: [{dataset: items, columns: {name: NAME, number: SKU}}]}]
mappings: [{key: item, domain: goods, model: product.product, entity: item, fields: {name: s.name}}]
ties:
  - key: stock
    title: Stock
    why: It is sold
    owner: example-data-owner
    companies: [acme]
    unit: EUR
    figures: [{key: old, title: Old, sql: "select 'acme' as company, 1 as amount"},
      {key: new, title: New, sql: "select 'acme' as company, 1 as amount"}]
checks: [{key: close, title: Close, does: close-the-month, owner: example-data-owner, why: It is due, company: acme}]
treatments:
  - {key: in-transit, title: In transit, treatment: convert, why: It arrives, owner: example-data-owner,
     sql: 'select SKU as key, 1 as value, false as overdue from "items"'}
rehearsals: [{key: full, title: All, window_minutes: 60, volume: {goods: 2}}]
"""
ITEMS = "SKU,NAME,UNIT\n1,Pump,pcs\n2,Hose,M\n"


@pytest.fixture
def programme(tmp_path, monkeypatch, lockgate):
    """A programme of the starter with a small migration; the test stands in its folder."""
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)
    monkeypatch.delenv("LOCKGATE_EXTRACTS", raising=False)
    folder = tmp_path / "acme"
    assert lockgate("init", str(folder), "--playbook", "distribution-governance").code == 0
    for path, text in (("migration/all.yaml", DECLARED), ("extracts/items.csv", ITEMS)):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def said(lockgate):
    """Return what runs a verb and gives what it answers."""

    def run(*words, by="example-data-owner"):
        ran = lockgate(*words, "--by", by, "--json")
        assert ran.out, ran.err
        return json.loads(ran.out)

    return run


@pytest.fixture
def stand(lockgate):
    """Return how the gate and its criteria stand."""

    def told():
        shown = json.loads(lockgate("gate", "show", *HERE, "--json").out)
        return shown["verdict"], {one["id"]: one["status"] for one in shown["criteria"]}

    return told


def measured(kind, subject, inputs, **measures):
    """Return evidence of what takes a real Odoo to measure."""
    now = datetime.now(UTC)
    return Evidence(kind, WAVE, subject, Verdict.PASSED, measures, inputs, "example-analyst", now)


def on_odoo(folder, inputs):
    """Have recorded what loads, comparisons and two rehearsals leave that went well."""
    whole = {"minutes": 40, "window_minutes": 60, "rounds": 3, "failed_steps": 0, "volume_share": 1}
    agreed = {"missing": 0, "extra": 0, "unexplained": 0}
    with ledger_place(folder, begin=True) as place:
        for _ in range(2):
            place.ledger.record_evidence(
                measured("migration.rehearsed", {"rehearsal": "full"}, inputs, **whole),
                measured("migration.reconciled", {"domain": "goods"}, inputs, **agreed),
            )
        place.ledger.record_evidence(
            measured("migration.tied_out", {"tie": "stock"}, inputs, unexplained=0, tolerance=0),
            measured("migration.behaved", {"check": "close"}, inputs, samples=1, passed=1),
        )


def agreed(said):
    """Have people decide on the standard, sign the data and accept what migration hands over."""
    standard = ["title=Units", "nature=standard", "body=design-authority", "options=One", "facts=Two", "decided=One"]
    said("register", "raise", "decision", *standard)
    design = {"by": "example-design-authority"}
    said("register", "do", "DEC-1", "decide-design", "--reason", "It is simpler", **design)
    said("register", "raise", "sign-off", "title=Data", "subject=data", "statement=It is right")
    said("register", "do", "SIGN-1", "sign-operations", by="example-operations-lead")
    said("register", "do", "SIGN-1", "sign-finance", "figures=All of it", by="example-finance-lead")

    said("register", "raise", "deliverable", "title=Freeze", "stage=migration", "owner=example-data-owner")
    said("register", "edit", "DLV-1", "accepts_if=It is published", "maker=example-analyst")
    said("register", "do", "DLV-1", "submit", by="example-analyst")
    said("register", "do", "DLV-1", "accept", "--reason", "It is published")


MEASURED_HERE = ("data-owned", "sources-ready", "duplicates-decided", "items-in-use", "old-orders-reviewed")


def of_data(told):
    return [told[1][name] for name in MEASURED_HERE]


def test_criteria_of_the_data_turn_by_what_the_verbs_find(programme, said, stand):
    assert of_data(stand()) == ["missing"] * 5
    assert said("migrate", "profile")["standards"][0]["violations"] == 1
    assert of_data(stand()) == ["unmet", "unmet", "missing", "unmet", "missing"]
    said("migrate", "cleanse")
    assert of_data(stand()) == ["undecidable", "met", "missing", "met", "missing"]
    said("migrate", "match")
    said("migrate", "treatments")
    assert of_data(stand()) == ["met", "met", "met", "met", "met"]
    (programme / "migration" / "all.yaml").write_text(DECLARED.replace("'M')", "'M', 'KG')"), encoding="utf-8")
    assert of_data(stand()) == ["stale"] * 5


def test_the_gate_opens_once_all_of_it_is_met_and_two_have_said_so(programme, said, stand):
    agreed(said)
    for verb in ("profile", "cleanse", "match", "treatments"):
        said("migrate", verb)
    on_odoo(programme, {})
    assert stand() == ("ready", dict.fromkeys(stand()[1], "met"))
    for person in ("example-data-owner", "example-data-owner-2"):
        said("gate", "decide", HERE[0], "go", *HERE[1:], "--reason", "I looked at it", by=person)
    assert stand()[0] == "open"
