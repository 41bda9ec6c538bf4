"""What does the ledger learn of how far a programme is? What is configured, usable and proven, and how late it is.

A1  Shares are over all requirements that were not dropped; without requirements there are none to record.
A2  It is late by the days that the latest wave was moved since its day was first committed. Where git can't tell, no
    days are recorded: nobody looked is not "not late".
A3  It is stale once the requirements, the gaps, the programme, the template, the probes or anything that the tests
    were measured from is another.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lockgate.gates.facts.remembered import RECORDS
from lockgate.kernel.errors import UsageError
from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.scope import PROGRAMME
from lockgate.practices.fit.decide.tracing import shares
from lockgate.practices.fit.perform.tracing import Traced, measured_from
from lockgate.programme.then import as_it_was
from lockgate.programme.versions import commits

if TYPE_CHECKING:
    from lockgate.programme.room import Room

_WAVES = "programme/waves.yaml"
_MOST = 5_000
INPUT = "programme"
_FILES = ("files:template", "files:probes")
_REGISTERS = ("gap", "requirement")


def assess(here: "Room", found: Traced, about: tuple[datetime, str]) -> int:
    """Record how far the programme is (A1, A2), and return the number of the record."""
    moment, who = about
    told = shares(found.threads)
    if told is None:
        raise UsageError("There is nothing to assess.", do="Raise requirements: `lockgate register raise requirement`.")
    late = slip_days(here)
    measures = {"configured": told.configured, "usable": told.usable, "proven": told.proven}
    evidence = Evidence(
        kind="programme.assessed",
        scope=PROGRAMME,
        subject={},
        verdict=Verdict.SEEN,
        measures={name: value for name, value in measures.items() if value is not None}
        | ({"slip_days": late} if late is not None else {}),
        inputs=_inputs(here),
        producer=who,
        taken_at=moment,
        notes={} if late is not None else {"slip": "git does not tell on which days waves were first to go live"},
    )
    return here.place.ledger.record_evidence(evidence)[0].number


def _inputs(here: "Room") -> dict[str, str]:
    """Return what it was assessed from (A3)."""
    digests = here.workspace.digests
    declared = {name: digests[name] for name in (INPUT, *_FILES) if name in digests}
    registers = {f"{RECORDS}{name}": here.entries.digest_of(name) for name in _REGISTERS}
    return measured_from(here) | declared | registers


def slip_days(here: "Room") -> int | None:
    """Return by how many days the latest wave was moved since it was first committed, None where git can't tell."""
    root = here.workspace.root
    known = commits(root, _WAVES, _MOST)
    if not known:
        return None
    with as_it_was(root, here.workspace, known[-1].at + timedelta(seconds=1)) as (then, _):
        first = {key: wave.go_live for key, wave in then.waves.items()}
    moved = [
        (wave.go_live - before).days
        for key, wave in here.workspace.waves.items()
        if wave.go_live and (before := first.get(key))
    ]
    return max(0, *moved) if moved else None
