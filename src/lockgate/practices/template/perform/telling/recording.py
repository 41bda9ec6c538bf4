"""What does the ledger learn of the template? What was applied, and how far an Odoo is as the template says.

K1  Each instance has a series of its own: what one holds says nothing of another one.
K2  With the evidence goes a file: what the verb answered, as `kept` has it. Pages show from it what differed.
"""

from collections.abc import Mapping
from datetime import datetime

from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.practices.template.decide.planning import ahead
from lockgate.practices.template.perform.applying.applying import Applied
from lockgate.practices.template.perform.held import INPUT, Held
from lockgate.practices.template.perform.telling.answers import ApplyAnswer, DriftAnswer, PlanAnswer
from lockgate.practices.template.perform.telling.kept import of_applied, of_drift
from lockgate.practices.template.perform.telling.measuring import measures_of
from lockgate.programme.ledger_place import LedgerPlace


def record_applied(
    place: LedgerPlace,
    held: Held,
    done: tuple[PlanAnswer, Applied, ApplyAnswer],
    about: tuple[datetime, str, float],
    rollback: bytes | None = None,
) -> int:
    """Record that a plan was carried out, with what was there before; return the number of the record."""
    moment, who, seconds = about
    planned, applied, answer = done
    measures = {
        "resources": len(held.declared),
        "writes": applied.written + applied.taken_over + applied.archived + applied.installed,
        "seconds": round(seconds, 1),
        "refused": len(applied.refused),
        "out_of_order": len(ahead(held.declared, held.live)),
    }
    passed = not applied.refused and held.plan.empty
    before = place.artifacts.keep(rollback) if rollback else ""
    file = place.artifacts.keep(of_applied(planned, answer, held, before))
    return _record(place, held, ("template.applied", passed, measures, file), (moment, who))


def record_drift(place: LedgerPlace, held: Held, answer: DriftAnswer, about: tuple[datetime, str]) -> int:
    """Record how far it is as the template says, with what differs; return the number of the record."""
    file = place.artifacts.keep(of_drift(answer, held))
    return _record(place, held, ("template.drift", held.plan.empty, measures_of(held), file), about)


def _record(
    place: LedgerPlace, held: Held, said: tuple[str, bool, Mapping[str, float], str], about: tuple[datetime, str]
) -> int:
    kind, passed, measures, file = said
    evidence = Evidence(
        kind=kind,
        scope=held.scope,
        subject={"instance": held.instance.name},
        verdict=Verdict.PASSED if passed else Verdict.FAILED,
        measures=measures,
        inputs={INPUT: held.workspace.digest_of(INPUT)},
        producer=about[1],
        taken_at=about[0],
        instance=held.instance,
        artifact=file,
    )
    return place.ledger.record_evidence(evidence)[0].number
