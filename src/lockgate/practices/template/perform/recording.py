"""What does the ledger learn of the template? What was applied, and how far an Odoo is as the template says."""

from collections.abc import Mapping
from datetime import datetime

from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.ledger import Ledger
from lockgate.practices.template.decide.planning import Action, ahead
from lockgate.practices.template.perform.applying import Applied
from lockgate.practices.template.perform.held import INPUT, Held


def record_applied(ledger: Ledger, held: Held, applied: Applied, about: tuple[datetime, str, float]) -> int:
    """Record that the template was applied, and return the number of the record."""
    moment, who, seconds = about
    measures = {
        "resources": len(held.declared),
        "writes": applied.written + applied.taken_over + applied.archived + applied.installed,
        "seconds": round(seconds, 1),
        "refused": len(applied.refused),
        "out_of_order": len(ahead(held.declared, held.live)),
    }
    passed = not applied.refused and held.plan.empty
    return _record(ledger, held, ("template.applied", passed, measures), (moment, who))


def record_drift(ledger: Ledger, held: Held, about: tuple[datetime, str]) -> int:
    """Record how far it is as the template says, and return the number of the record."""
    return _record(ledger, held, ("template.drift", held.plan.empty, measures_of(held)), about)


def measures_of(held: Held) -> dict[str, float]:
    """Return the figures of a comparison; what was made by a template and is declared no more counts as differing."""
    in_sync = len(held.plan.of(Action.UNCHANGED))
    drifted = len(held.plan.steps) - in_sync
    adherence = round(100 * in_sync / len(held.plan.steps), 2) if held.plan.steps else 100.0
    return {
        "resources": len(held.plan.steps),
        "in_sync": in_sync,
        "drifted": drifted,
        "unapproved": drifted,
        "adherence": adherence,
    }


def _record(
    ledger: Ledger, held: Held, said: tuple[str, bool, Mapping[str, float]], about: tuple[datetime, str]
) -> int:
    kind, passed, measures = said
    evidence = Evidence(
        kind=kind,
        scope=held.scope,
        subject={},
        verdict=Verdict.PASSED if passed else Verdict.FAILED,
        measures=measures,
        inputs={INPUT: held.workspace.digest_of(INPUT)},
        producer=about[1],
        taken_at=about[0],
        instance=held.instance,
    )
    return ledger.record_evidence(evidence)[0].number
