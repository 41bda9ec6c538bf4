"""On which programme is the tower measured? On one of the Kernel's sizes, with many records of one register."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from benchmarks.gates import AT_ONCE, SITES, STAGES, fill, records, written
from lockgate.ledger import Event, Ledger
from lockgate.ledger.registers import tables
from lockgate.programme.ledger_place import ledger_place
from lockgate.workspace.playbook import compose
from lockgate.workspace.starting import Beginning, start

PLAYBOOKS = ("distribution-governance",)
CAPABILITIES = ("CRM", "Sales", "Purchase", "Inventory", "Accounting")
RISKS = 60
ADMINISTRATOR, LEAD = "keeper", "lead"
OF_LEAD = ["site-07", "site-08"]


def build(folder: Path, count: int, issues: int) -> None:
    """Write the workspace, and fill its ledger with that many records of evidence and the records of registers."""
    start(folder, Beginning("Benchmark", PLAYBOOKS, "EUR", "UTC"))
    _declare(folder)
    with ledger_place(folder, begin=True) as place:
        now = datetime.now(UTC) - timedelta(minutes=1)
        fill(place.ledger, records(count, now, "capability", CAPABILITIES))
        _raise(place.ledger, issues)


def _declare(folder: Path) -> None:
    """Write sites, people and gates over those of a new workspace."""
    programme = folder / "programme"
    site = {"kind": "warehouse", "capabilities": list(CAPABILITIES), "owner": LEAD}
    sites = [{"key": f"site-{number:02}", "name": f"Site {number}", **site} for number in range(SITES)]
    _write(programme / "sites.yaml", {"sites": sites})
    _write(programme / "waves.yaml", {"waves": [{"key": "first", "name": "First", "sites": [{"site": "site-00"}]}]})
    people = yaml.safe_load((programme / "people.yaml").read_text(encoding="utf-8"))
    for person in people["people"]:
        person["roles"] = [{"role": one["role"]} for one in person["roles"]]
    people["people"] += [
        {"key": ADMINISTRATOR, "roles": [{"role": "programme-manager"}, {"role": "steering-member"}]},
        {"key": LEAD, "roles": [{"role": "site-lead", "sites": OF_LEAD}]},
    ]
    _write(programme / "people.yaml", people)
    stages = list(compose(*PLAYBOOKS).stages)
    gates = written("capability", "site-lead")
    for number, gate in enumerate(gates):
        gate["stage"] = stages[number * len(stages) // STAGES]
        gate |= {"title": f"Gate {number}", "objective": "What is measured is as it has to be."}
        for criterion in gate["criteria"]:
            criterion |= {"title": f"Criterion {criterion['key']}", "owner": "process-owner", "why": "To be asked."}
    _write(programme / "gates.yaml", {"gates": gates})


def _write(file: Path, said: object) -> None:
    file.write_text(json.dumps(said, indent=1), encoding="utf-8")  # JSON is YAML


def _raise(ledger: Ledger, issues: int) -> None:
    """Append what people would have entered, and bring the table of records up to it."""
    events = [*_events("issue", "ISS", issues), *_events("risk", "RISK", RISKS)]
    for begin in range(0, len(events), AT_ONCE):
        ledger.append(events[begin : begin + AT_ONCE], by=ADMINISTRATOR)
    tables.catch_up(ledger)


def _events(register: str, prefix: str, count: int) -> Iterator[Event]:
    owners = (ADMINISTRATOR, LEAD, *(f"nobody-{number}" for number in range(48)))
    for number in range(count):
        about = {"register": register, "id": f"{prefix}-{number + 1}"}
        values = {
            "title": f"What stands in the way, number {number}",
            "owner": owners[number % len(owners)],
            "site": [f"site-{number % SITES:02}"] if register == "risk" else f"site-{number % SITES:02}",
            "due": f"{datetime.now(UTC).date() + timedelta(days=number % 90 - 10)}",
        }
        yield Event(f"{register}.raised", {**about, "state": "open", "values": values})
        yield Event(f"{register}.commented", {**about, "text": "Seen at the dock."})
