"""Does a server that stays up say at every moment what a command would say that reads everything anew?"""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lockgate.gates.asking.evaluating import GateVerdict
from lockgate.kernel.errors import UsageError
from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.scope import Level, Scope
from lockgate.ledger import Event, open_ledger
from lockgate.programme.live import Live
from lockgate.programme.room import room_of

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY, INSTANT = timedelta(days=1), timedelta.resolution
GHENT, LIEGE = Scope(Level.SITE, "ghent"), Scope(Level.SITE, "liege")
FILES = {
    "lockgate.toml": """
[programme]
name = "Meridian"
playbooks = ["distribution-governance"]
currency = "EUR"
time_zone = "Europe/Brussels"
""",
    "programme/sites.yaml": """
sites:
  - {key: ghent, name: Ghent, kind: warehouse, capabilities: [Sales]}
  - {key: liege, name: Liège, kind: warehouse, capabilities: [Sales]}
""",
    "programme/people.yaml": "people: [{key: ann, roles: [{role: sponsor}]}]\n",
    "programme/gates.yaml": """
gates:
  - key: our-lock
    stage: build
    scope: site
    decides: {role: sponsor}
    criteria:
      - {key: seen, evidence: {kind: site.checked}, fresh: 2d}
      - {key: issues, register: issue, where: [overdue = true], require: [count = 0]}
""",
}


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def live(tmp_path, clock):
    root = tmp_path / "meridian"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    here = Live(root, clock)
    yield here
    here.close()


def checked(scope=GHENT, taken_at=NOW, **measures):
    inputs = {"source:floor": "aaaa"}
    return Evidence("site.checked", scope, {}, Verdict.PASSED, measures or {"dead_spots": 0}, inputs, "ann", taken_at)


def raised(number, site, due):
    values = {"title": "It stands still", "site": site, "due": f"{due:%Y-%m-%d}"}
    about = {"register": "issue", "id": f"ISS-{number}", "state": "open"}
    return Event("issue.raised", {**about, "values": values})


def anew(live, clock):
    """How the gates stand when everything is read again."""
    room = room_of(live.place, live.workspace(anew=True), None, clock())
    return [replace(state, moment=clock()) for state in room.states()]


def now(live, clock):
    return [replace(state, moment=clock()) for state in live.states()[0]]


def ours(live, scope=GHENT):
    return next(one for one in live.states()[0] if (one.gate.key, one.scope) == ("our-lock", scope))


def statuses(live, scope=GHENT):
    return [str(one.status) for one in ours(live, scope).criteria]


def test_after_each_record_and_each_while_the_gates_stand_as_if_read_anew(live, clock):  # P1
    ledger = live.place.ledger
    steps = [
        lambda: ledger.record_evidence(checked()),
        lambda: ledger.append([raised(1, "ghent", NOW + DAY)], by="ann"),
        lambda: ledger.append([raised(2, "liege", NOW)], by="ann"),
        lambda: ledger.record_evidence(checked(LIEGE), checked(dead_spots=2)),
        lambda: ledger.append([Event("issue.edited", {**raised(1, "liege", NOW).payload})], by="ann"),
        lambda: ledger.append([Event("note.made", {"text": "nothing for gates"})], by="ann"),
    ]
    assert now(live, clock) == anew(live, clock)
    for step in steps:
        clock.now += timedelta(hours=9)
        assert now(live, clock) == anew(live, clock)
        step()
        assert now(live, clock) == anew(live, clock)
        assert live.states()[1].head == ledger.head()


def test_while_nothing_stands_anew_the_very_same_states_are_handed_out(live, clock):
    live.place.ledger.record_evidence(checked())
    before = live.states()[0]
    clock.now += timedelta(seconds=59)
    live.place.ledger.append([Event("note.made", {"text": "nothing for gates"})], by="ann")
    assert live.states()[0] is before
    live.place.ledger.record_evidence(checked())
    after = live.states()[0]
    assert {one.scope for one, other in zip(after, before, strict=True) if one is not other} == {GHENT}


def test_what_the_clock_changes_shows_at_its_moment_without_any_record(live, clock):  # P1
    live.place.ledger.append([raised(1, "ghent", NOW + DAY)], by="ann")
    live.place.ledger.record_evidence(checked())
    assert statuses(live) == ["met", "met"]
    clock.now = NOW + 2 * DAY
    assert statuses(live) == ["met", "unmet"]  # the issue was due at the end of yesterday
    clock.now += INSTANT
    assert statuses(live) == ["stale", "unmet"]


def test_a_waiver_ends_at_its_moment(live, clock):
    said = {"criterion": "seen", "by": "ann", "owner": "ann", "reason": "x", "status": "missing"}
    until = f"{NOW + DAY:%Y-%m-%dT%H:%M:%SZ}"
    live.place.ledger.append(
        [Event("gate.waived", {"gate": "our-lock", "scope": "site:ghent", "until": until, **said})], by="ann"
    )
    assert statuses(live) == ["waived", "met"]
    clock.now = NOW + DAY - INSTANT
    assert ours(live).verdict is GateVerdict.READY
    clock.now = NOW + DAY
    assert (statuses(live), ours(live).verdict) == (["missing", "met"], GateVerdict.CLOSED)


def test_a_clock_that_was_put_back_is_followed(live, clock):  # P3
    live.place.ledger.record_evidence(checked())
    clock.now = NOW + 3 * DAY
    assert statuses(live) == ["stale", "met"]
    clock.now = NOW + DAY
    assert statuses(live) == ["met", "met"]


def test_who_asks_for_one_gate_has_that_one_alone_read(live):  # P2
    live.place.ledger.record_evidence(checked())
    room = live.room()
    assert (str(room.state("our-lock", GHENT).verdict), room.given) == ("ready", None)
    assert {kind for kind, _ in room.about("our-lock").index.found} == {"site.checked"}
    live.states()
    room = live.room()
    assert room.given is not None
    assert room.state("our-lock", GHENT) == replace(ours(live), moment=room.moment)
    assert room.electorate("our-lock", GHENT).producers == {2: "ann"}


def test_another_workspace_is_asked_anew_and_one_with_findings_stops(live, clock):  # P3
    live.place.ledger.record_evidence(checked())
    assert len(ours(live).criteria) == 2
    file = live.root / "programme" / "gates.yaml"
    file.write_text(FILES["programme/gates.yaml"].replace(", fresh: 2d", ", fresh: 1h"))
    clock.now += timedelta(hours=2)
    assert statuses(live) == ["stale", "met"]
    assert now(live, clock) == anew(live, clock)
    file.write_text("gates: 1\n")
    clock.now += timedelta(hours=2)
    with pytest.raises(UsageError, match="finding"):
        live.states()
    with pytest.raises(UsageError, match="finding"):
        live.room()


def test_a_ledger_that_was_replaced_is_asked_anew(live, clock):  # P3
    ledger = live.place.ledger
    ledger.record_evidence(checked())
    assert statuses(live) == ["met", "met"]
    with open_ledger(live.root / "other.db") as other:
        other.record_evidence(checked(LIEGE), checked(LIEGE))
    live.close()
    kept = live.root / ".lockgate"
    for left in kept.glob("ledger.db-*"):
        left.unlink()
    (live.root / "other.db").rename(kept / "ledger.db")
    assert (statuses(live), statuses(live, LIEGE)) == (["missing", "met"], ["met", "met"])
    assert now(live, clock) == anew(live, clock)


def test_the_commit_that_is_named_is_a_minute_old_at_most(live, clock):  # P4
    def git(*words):
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
        asked = subprocess.run(["git", "-C", str(live.root), *who, *words], capture_output=True, check=True, text=True)
        return asked.stdout.strip()

    git("init", "-q")
    assert live.room().commit == ""
    git("add", "lockgate.toml", "programme")
    git("commit", "-qm", "First")
    clock.now += timedelta(seconds=59)
    assert live.room().commit == ""
    clock.now += timedelta(seconds=1)
    assert live.room().commit == live.anew().commit == git("rev-parse", "HEAD")
