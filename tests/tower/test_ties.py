"""What does the tower show of figures that have to agree? Each tie, its sheet to sign, and what is under way."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.scope import PROGRAMME
from lockgate.practices.migration.perform.tying.answers import (
    TieAnswer,
    TieOutAnswer,
    TreatmentAnswer,
    TreatmentsAnswer,
)
from lockgate.programme.ledger_place import ledger_place
from support.migrated import _rounds, declared_only, migrated
from support.recorded import SCRIPT

__all__ = ["_rounds", "declared_only", "migrated"]

TIES = """
ties:
  - key: receivables
    title: Receivables
    why: They are paid
    owner: clara
    companies: [meridian-benelux]
    by: [currency]
    unit: currency
    tolerance: 0.01
    figures:
      - {key: old, title: Old ledger, sql: select 1}
      - key: items
        title: Items in Odoo
        odoo: {model: account.move.line, measure: "balance:sum", by: {currency: currency_id.name}}
  - key: payables
    title: Payables
    why: They are due
    owner: clara
    companies: [meridian-benelux]
    unit: EUR
    figures: [{key: old, title: Old ledger, sql: select 1}, {key: new, title: Odoo, sql: select 2}]
treatments:
  - {key: in-transit, title: Goods in transit, owner: olaf, sql: select 1}
"""


def group(currency, old, items, unexplained, because=()):
    return {
        "company": "meridian-benelux",
        "group": {"currency": currency},
        "figures": {"old": old, "items": items},
        "difference": abs(old - items),
        "unexplained": unexplained,
        "ok": not unexplained,
        "because": list(because),
    }


KEPT = {"because": SCRIPT, "by": "", "lacks": ["items"], "amount": 3.0, "records": 1, "keys": ["R7"]}
LINE = {
    "tie": "receivables",
    "title": "Receivables",
    "company": "meridian-benelux",
    "unit": "GBP",
    "left": 10.0,
    "right": 8.0,
    "figures": {"old": 10.0, "items": 8.0},
    "difference": 2.0,
    "unexplained": 2.0,
    "tolerance": 0.01,
    "ok": False,
    "state": "unmet",
    "off": 1,
    "owner": "clara",
    "evidence": None,
}
SHEET = {
    "instance": "build",
    "figures": [{"key": "old", "title": "Old ledger"}, {"key": "items", "title": "Items in Odoo"}],
    "lines": [LINE],
    "groups": [group("GBP", 10.0, 8.0, 2.0), group("EUR", 103.0, 100.0, 0.0, [KEPT]), group("USD", 1.0, 1.0, 0.0)],
    "groups_in_all": 3,
}


TREATED = {
    "treatment": "in-transit",
    "title": "Goods in transit",
    "way": None,
    "why": None,
    "owner": "olaf",
    "due": None,
    "open": 4,
    "value": 120.5,
    "value_in": "EUR",
    "values": [
        {"company": "meridian-benelux", "currency": "EUR", "open": 3, "value": 120.5},
        {"company": "meridian-benelux", "currency": "GBP", "open": 1, "value": 77.25},
    ],
    "undecided": 4,
    "overdue": 1,
    "state": "unmet",
    "evidence": None,
}


@pytest.fixture
def tied(migrated):
    """A migration with two ties, one of which was compared, and a class that nobody decided."""
    (migrated / "migration" / "ties.yaml").write_text(TIES, encoding="utf-8")
    with ledger_place(migrated) as place:
        kept = place.artifacts.keep(json.dumps(SHEET).encode())
        about = {"scope": PROGRAMME, "inputs": {}, "producer": "clara", "taken_at": datetime(2026, 9, 1, tzinfo=UTC)}
        measures = {"left": 10, "right": 8, "difference": 3, "unexplained": 2, "tolerance": 0.01, "round": 2}
        tie = Evidence(
            kind="migration.tied_out",
            subject={"tie": "receivables"},
            verdict=Verdict.FAILED,
            measures=measures,
            artifact=kept,
            **about,
        )
        treated = place.artifacts.keep(json.dumps(TREATED).encode())
        counted = {"open": 4, "value": 120.5, "undecided": 4, "overdue": 1, "round": 2}
        way = Evidence(
            kind="cutover.treated",
            subject={"class": "in-transit"},
            verdict=Verdict.FAILED,
            measures=counted,
            artifact=treated,
            **about,
        )
        for one in (tie, way):
            place.ledger.record_evidence(one)
    return migrated


def test_each_tie_stands_in_the_list_compared_or_not(tied, browser_of):
    anna = browser_of("anna")
    told = anna.get("/api/migration/ties").json()
    assert told == {
        "ok": False,
        "round": 2,
        "instance": "build",
        "ties": [{**LINE, "evidence": told["ties"][0]["evidence"]}],
        "missing": ["payables"],
    }
    page = anna.get("/migration/ties/").content.decode()
    assert ("Receivables" in page, "not compared yet" in page) == (True, True)


def test_the_sheet_has_the_groups_that_are_apart_what_explains_them_and_lines_to_sign(tied, browser_of):
    page = browser_of("anna").get("/migration/ties/receivables/").content.decode()
    assert (SCRIPT in page, "nothing explains it" in page, "R7" in page, "USD" in page) == (False, True, True, False)
    assert page.count('<table class="signatures">') == 1


def test_groups_leave_as_a_table(tied, browser_of):
    file = browser_of("anna").get("/migration/ties/receivables/export.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file)))
    assert rows[0] == ["company", "currency", "old", "items", "difference", "unexplained", "ties", "because"]
    assert [row[1:7] for row in rows[1:]] == [
        ["GBP", "10.0", "8.0", "2.0", "2.0", "no"],
        ["EUR", "103.0", "100.0", "3.0", "0.0", "yes"],
        ["USD", "1.0", "1.0", "0.0", "0.0", "yes"],
    ]


def test_a_class_that_nobody_decided_is_told(tied, browser_of):
    anna = browser_of("anna")
    told = anna.get("/api/migration/treatments").json()
    [one] = told["treatments"]
    assert one == {**TREATED, "evidence": one["evidence"]}
    assert (told["ok"], told["round"], told["missing"]) == (False, 2, [])
    page = anna.get("/migration/treatments/").content.decode()
    assert ("undecided" in page, "120.50 EUR" in page, "77.25 GBP" in page) == (True, True, True)


def test_what_programs_learn_has_one_shape_wherever_they_ask(tied, browser_of):
    """The command tells what `TieOutAnswer` and `TreatmentsAnswer` say, and so does the API."""
    anna = browser_of("anna")
    ties, classes = (anna.get(f"/api/migration/{name}").json() for name in ("ties", "treatments"))
    assert (set(ties), set(ties["ties"][0])) == (keys(TieOutAnswer), keys(TieAnswer))
    assert (set(classes), set(classes["treatments"][0])) == (keys(TreatmentsAnswer), keys(TreatmentAnswer))


def keys(answer):
    return set(answer.__annotations__)


def test_a_tie_that_nobody_declared_is_not_found(tied, browser_of):
    anna = browser_of("anna")
    codes = [anna.get(at).status_code for at in ("/migration/ties/none/", "/api/migration/ties/none")]
    assert codes == [404, 404]
