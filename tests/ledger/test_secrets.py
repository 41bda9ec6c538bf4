"""T22: a secret that the process knows gets into no record, no file and no export."""

import pytest

from lockgate.kernel.secret import MASK, Secret
from lockgate.ledger import Event, open_ledger
from lockgate.ledger.artifacts import Artifacts
from lockgate.ledger.proving.verification import verify
from lockgate.ledger.transfer import export
from support.ledgers import evidence, standalone

CANARY = 'canary-"7431"-ä\\n'
"""As awkward as a password may be: it is written differently in JSON, in a Python text and in an address."""


def everything(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_canary_is_nowhere_after_it_went_through_every_door(ledger, tmp_path):  # T22
    secret = Secret(CANARY)
    artifacts = Artifacts(tmp_path / "artifacts")
    kept = artifacts.keep(f"the key is {CANARY}".encode())
    payload = {"id": "GAP-1", "text": f"with {CANARY}", "deep": [{CANARY: ["x", f"postgresql://ada:{CANARY}@db/x"]}]}
    ledger.append([Event("gap.raised", {"id": "GAP-0"}), Event("gap.raised", payload)], by=CANARY)
    ledger.record_evidence(evidence(artifact=kept, notes={"error": f"refused {secret.reveal()}!"}))
    ledger.arm(by="ada", reason=f"as {CANARY} was lost")
    assert [record.payload for record in ledger.records(after=2)] == [
        {"id": "GAP-1", "text": f"with {MASK}", "deep": [{MASK: ["x", f"postgresql://ada:{MASK}@db/x"]}]},
        ledger.record(4).payload,
        {"reason": f"as {MASK} was lost"},
    ]
    assert (ledger.record(3).by, ledger.record(4).payload["notes"]) == (MASK, {"error": f"refused {MASK}!"})
    assert verify(ledger, artifacts).ok
    export(ledger, artifacts, tmp_path / "export")
    assert standalone(tmp_path / "export").code == 0
    with ledger.store.reading() as turn:
        database = repr([turn.rows(f"select * from {table}") for table in ("ledger_record", "ledger_series")])  # noqa: S608 - names from here
    for said in (everything(tmp_path), database.encode()):
        assert b"7431" not in said


def test_the_password_of_the_ledgers_own_database_is_such_a_secret(tmp_path):
    open_elsewhere = open_ledger("postgresql://ada:pass-7431-word@db.example/lockgate")
    with open_ledger(tmp_path / "ledger.db") as ledger:
        ledger.append([Event("gap.raised", {"text": "said pass-7431-word"})], by="ada")
        assert ledger.record(2).payload == {"text": f"said {MASK}"}
    assert open_elsewhere.store.place == "postgresql://db.example/lockgate"


@pytest.mark.parametrize("password", ["demo", "ghent", "admin", "scenario"])
def test_a_password_that_is_a_word_takes_no_name_away(ledger, password):  # D2
    """Its site, scenario and person keep their names, so the ledger can still be read; a sentence loses the word."""
    secret = Secret(password)
    said = evidence(password, site=password, notes={"why": f"{password} was typed"})
    ledger.record_evidence(said, by=password)
    [found] = ledger.current_evidence()
    assert (found.evidence.scope, found.evidence.subject) == (said.scope, said.subject)
    assert (found.evidence.notes, ledger.record(2).by) == ({"why": f"{MASK} was typed"}, password)
    assert secret.reveal() == password
