"""May production be written to? The client asks the gates behind it."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import Scope
from lockgate.ledger import open_ledger
from lockgate.odoo.calls.call import Call
from lockgate.odoo.calls.policy import Refusal, refusal
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


def test_a_copy_that_was_taken_in_permits_nothing_until_it_is_armed(permit, place, lockgate, tmp_path):  # P3
    record(place)
    decide(place, lockgate)
    assert permit(WRITE) is None
    here = ("--workspace", str(place))
    assert lockgate("ledger", "export", str(tmp_path / "export"), *here).code == 0
    shutil.rmtree(place / ".lockgate")
    assert lockgate("ledger", "import", str(tmp_path / "export"), *here).code == 0
    copy = GatePermit("prod", place, Clock())
    today = datetime.now(UTC).date()
    assert copy(WRITE) == Refusal(
        f"This ledger is a copy that was taken in on {today}, and not armed.",
        "If it is the programme's ledger now: `lockgate ledger arm --reason …`.",
    )
    assert lockgate("ledger", "arm", "--by", "ann", "--reason", "the old server burnt down", *here).code == 0
    assert GatePermit("prod", place, Clock())(WRITE) is None


def test_a_workspace_with_findings_permits_nothing_and_says_so(permit, place, lockgate):  # P4
    record(place)
    decide(place, lockgate)
    file = place / "programme" / "gates.yaml"
    file.write_text(file.read_text().replace("stage: our-stage", "stag: our-stage"))
    assert permit(WRITE) == Refusal(
        "The gates can't be asked. The workspace has 1 findings. "
        "The first: programme/gates.yaml:4:5 `stag` is not known here.",
        "See all of them: `lockgate check`.",
    )


def test_a_ledger_that_can_t_be_read_permits_nothing_and_says_so(permit, place, lockgate):  # P4
    record(place)
    decide(place, lockgate)
    (place / ".lockgate" / "ledger.db").write_text("dear diary" * 1000)
    told = permit(WRITE)
    assert told.why.startswith(f"The gates can't be asked. The ledger {place}/.lockgate/ledger.db can't be read.")
    assert told.do == "Bring the database back or repair the file, then try again."


def test_a_folder_that_is_no_workspace_permits_nothing_and_says_so(tmp_path):  # P4
    told = GatePermit("prod", tmp_path, Clock())(WRITE)
    assert told.why == f"The gates can't be asked. There is no workspace in {tmp_path}. It has no lockgate.toml."


def test_a_gate_of_a_wave_in_which_the_site_is_not_permits_nothing(permit, place, lockgate):  # E1
    record(place)
    decide(place, lockgate)
    (place / "programme" / "gates.yaml").write_text(GATES + GATES.partition("gates:\n")[2].replace(
        "our-lock", "our-wave").replace("scope: site", "scope: wave"))  # fmt: skip
    told = permit(WRITE)
    assert told.why == "The gate our-wave guards production, and it is asked for no wave of this instance."
