"""Does `lockgate fit trace` follow requirements through registers, claims and the ledger?"""

import json
from datetime import UTC, datetime

import pytest

from lockgate.kernel.evidence import Evidence, InstanceRef, Verdict
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import PROGRAMME
from lockgate.ledger.registers.files.xlsx_file import read_xlsx
from lockgate.programme.ledger_place import ledger_place
from lockgate.programme.opening import opened

PROBES = """
probes:
  - key: expiry
    capability: Inventory
    title: Lots expire
    why: Customers ask
    supports: [REQ-1, REQ-9]
    check: {model: stock.lot}
"""


@pytest.fixture
def programme(tmp_path, monkeypatch, lockgate):
    """A programme with two requirements, a gap and a claim."""
    folder = tmp_path / "acme"
    assert lockgate("init", str(folder), "--playbook", "distribution-governance").code == 0
    monkeypatch.chdir(folder)
    (folder / "fit" / "probes").mkdir(parents=True)
    (folder / "fit" / "probes" / "own.yaml").write_text(PROBES)
    for register, *said in (
        ("requirement", "title=First expired first out", "capability=Inventory"),
        ("requirement", "title==Rebates", "capability=Accounting"),
        ("gap", "title=Rebates", "requirement=REQ-2", "fit=custom", "artefact=acme_rebate", "test_cases=accrual"),
    ):
        assert lockgate("register", "raise", register, *said, "--by", "example-analyst").code == 0
    return folder


def probed(folder, *, holds, modules="a" * 64):
    evidence = Evidence(
        kind="fit.probed",
        scope=PROGRAMME,
        subject={"probe": "expiry"},
        verdict=Verdict.PASSED if holds else Verdict.FAILED,
        measures={"holds": holds},
        inputs={"probe:expiry": opened(folder).digest_of("probe:expiry"), "modules:build": modules},
        producer="ann",
        taken_at=datetime.now(UTC),
        instance=InstanceRef("u" * 8, "19.0", Role.BUILD, "build"),
    )
    with ledger_place(folder) as place:
        return place.ledger.record_evidence(evidence)[0].number


def trace(lockgate):
    ran = lockgate("fit", "trace", "--json")
    return json.loads(ran.out) | {"code": ran.code}


def test_threads_end_where_something_is_wanting_and_are_proven_by_evidence(programme, lockgate):
    told = trace(lockgate)
    assert [(one["requirement"], one["gap"], one["wanting"]) for one in told["threads"]] == [
        ("REQ-1", None, ["unproven"]),
        ("REQ-2", "GAP-1", ["undecided", "unproven"]),
    ]
    assert told["orphans"] == [{"what": "probe:expiry", "why": "supports REQ-9, which is not there"}]
    number = probed(programme, holds=True)

    told = trace(lockgate)

    assert told["threads"][0]["tests"] == [{"test": "probe:expiry", "proof": "holds", "evidence": [number]}]
    assert "gaps-decided" in told["threads"][0]["gates"]
    assert (told["requirements"], told["proven"], told["code"]) == (2, 1, 1)
    assert told["capabilities"] == [
        {"capability": "Accounting", "requirements": 1, "configured": 0.0, "usable": 0.0, "proven": 0.0},
        {"capability": "Inventory", "requirements": 1, "configured": 1.0, "usable": 0.0, "proven": 1.0},
    ]


def test_a_test_that_was_measured_from_something_else_is_stale(programme, lockgate):
    probed(programme, holds=True)
    probed(programme, holds=False)
    assert trace(lockgate)["threads"][0]["tests"][0]["proof"] == "fails"
    probed(programme, holds=True)
    claims = programme / "fit" / "probes" / "own.yaml"
    claims.write_text(claims.read_text().replace("stock.lot", "stock.quant"))
    assert trace(lockgate)["threads"][0]["tests"][0]["proof"] == "stale"


def test_nothing_asked_is_not_everything_proven(tmp_path, lockgate, monkeypatch):
    assert lockgate("init", str(tmp_path / "empty"), "--playbook", "distribution-governance").code == 0
    monkeypatch.chdir(tmp_path / "empty")
    told = trace(lockgate)
    assert (told["requirements"], told["threads"], told["orphans"], told["code"]) == (0, [], [], 1)


def test_the_sheet_holds_what_the_table_shows_and_no_formula(programme, lockgate, tmp_path):
    file = tmp_path / "trace.xlsx"
    assert lockgate("fit", "trace", "--xlsx", str(file)).code == 1
    table = read_xlsx(file.read_bytes(), "Traceability")
    assert [row[1][:3] for row in table.rows] == [
        ("REQ-1", "First expired first out", "raised"),
        ("REQ-2", "=Rebates", "raised"),
    ]
    ran = lockgate("fit", "trace", "--xlsx", str(tmp_path / "no" / "trace.xlsx"))
    assert (ran.code, ran.err.splitlines()[1]) == (2, "Why:   No such file or directory.")
