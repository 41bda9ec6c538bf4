"""May production be written to? The client asks the gates behind it."""

from datetime import UTC, datetime, timedelta

import pytest

from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import Scope
from lockgate.ledger import open_ledger
from lockgate.odoo.call import Call
from lockgate.odoo.policy import Refusal, refusal
from lockgate.programme.permit import COUNTS_FOR, GatePermit
from lockgate.workspace.playbooks import playbooks

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
WRITE = Call("res.partner", "write", (1,), {"vals": {}})
PROGRAMME = f"""
[programme]
name = "Meridian"
playbooks = ["{next(iter(playbooks()), "any")}"]
currency = "EUR"
time_zone = "Europe/Brussels"

[instances.prod]
role = "production"
url = "https://odoo.example.com"
database = "prod"
sites = ["ghent"]
"""
SITES = """
sites:
  - {key: ghent, name: Ghent, kind: warehouse, capabilities: [Sales]}
  - {key: liege, name: Liege, kind: warehouse, capabilities: [Sales]}
"""
PEOPLE = """
roles: [{key: board, title: Board}]
people: [{key: ann, roles: [{role: board}]}, {key: bob, roles: [{role: board}]}]
"""
GATES = """
gates:
  - key: our-lock
    stage: our-stage
    scope: site
    decides: {role: board}
    guards: [production]
    criteria: [{key: runs, evidence: {kind: scenario.run}}]
"""


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def place(tmp_path):
    for path, text in {"lockgate.toml": PROGRAMME, "programme/sites.yaml": SITES, "programme/people.yaml": PEOPLE,
                       "programme/gates.yaml": GATES}.items():  # fmt: skip
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


@pytest.fixture
def permit(place, monkeypatch):
    """Return a permit that is asked by the gates of this workspace alone."""
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)
    monkeypatch.setattr("lockgate.programme.room.gate_files", lambda *_: [])
    return GatePermit("prod", place, Clock())


def record(place, site="ghent"):
    (place / ".lockgate").mkdir(exist_ok=True)
    with open_ledger(place / ".lockgate" / "ledger.db", lambda: NOW) as ledger:
        ledger.record_evidence(
            Evidence("scenario.run", Scope.parse(f"site:{site}"), {}, Verdict.PASSED, {}, {}, "tom", NOW)
        )


def decide(place, lockgate):
    return lockgate("gate", "decide", "our-lock", "go", "--scope", "ghent", "--by", "ann", "--workspace", str(place))


def test_a_closed_gate_stands_between_a_call_and_production(permit):
    assert permit(WRITE) == Refusal(
        "The gate our-lock for site:ghent is closed: runs is missing.",
        "See what is lacking: `lockgate gate explain our-lock --scope site:ghent`.",
    )
    told = refusal(WRITE, role=Role.PRODUCTION, read_only=False, permit=permit)
    assert told.lines()[1] == "The gate our-lock for site:ghent is closed: runs is missing."


def test_an_open_gate_lets_calls_pass_once_the_last_answer_is_old(permit, place, lockgate):
    assert permit(WRITE) is not None
    record(place)
    assert decide(place, lockgate).code == 0
    assert permit(WRITE) is not None
    permit._clock.now = NOW + COUNTS_FOR + timedelta(seconds=1)
    assert permit(WRITE) is None


def test_another_site_s_gate_is_not_asked(permit, place, lockgate):
    record(place)
    decide(place, lockgate)
    assert permit(WRITE) is None
    everywhere = GatePermit("undeclared", place, Clock())
    assert everywhere(WRITE).why == "The gate our-lock for site:liege is closed: runs is missing."


def test_where_no_gate_guards_production_nobody_may_write(permit, place):
    (place / "programme" / "gates.yaml").write_text(GATES.replace("    guards: [production]\n", ""))
    assert permit(WRITE).why == "No gate guards production."
