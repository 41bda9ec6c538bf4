"""What is a rehearsal measured against, how did the last one go, and what stands still today?"""

from datetime import date

from lockgate.practices.migration.definition import Rehearsal
from lockgate.practices.migration.perform.declared import Migration
from lockgate.practices.migration.perform.rehearsing.answers import RehearsalStandAnswer
from lockgate.practices.migration.perform.rehearsing.journal import under_way
from lockgate.practices.migration.perform.rehearsing.past import REHEARSED, Past


def rehearsal_stand(migration: Migration, found: Past, declared: Rehearsal, today: date) -> RehearsalStandAnswer:
    """Return what a rehearsal is measured against, and how the last one went."""
    done = [found.of(number, REHEARSED, declared.key) for number in found.rounds]
    last = max((one for one in done if one is not None), key=lambda one: one.number, default=None)
    measures = last.evidence.measures if last else {}
    emergency = declared.emergency
    return {
        "rehearsal": declared.key,
        "title": declared.title,
        "window_minutes": declared.window_minutes,
        "minutes": float(measures["minutes"]) if measures else None,
        "rounds": int(measures.get("rounds", 0)),
        "failed_steps": int(measures["failed_steps"]) if measures else None,
        "under_way": under_way(migration.workspace.root, declared.key),
        "freeze": [
            {
                "domains": list(one.domains),
                "begins": one.begins.isoformat(),
                "ends": one.ends.isoformat() if one.ends else None,
                "owner": one.owner,
                "why": one.why,
                "frozen": one.begins <= today and (one.ends is None or today < one.ends),
            }
            for one in declared.freeze
        ],
        "emergency": {"rule": emergency.rule, "agree": list(emergency.agree)} if emergency else None,
    }
