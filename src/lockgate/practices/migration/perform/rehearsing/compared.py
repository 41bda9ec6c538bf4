"""How did the rounds go, one beside the other, and does the last load fit its window?"""

from lockgate.practices.migration.decide.forecasting import Besides, Forecast, Ran, forecast
from lockgate.practices.migration.decide.rehearsing import STEPS
from lockgate.practices.migration.definition import Rehearsal
from lockgate.practices.migration.perform.declared import Migration
from lockgate.practices.migration.perform.rehearsing.answers import (
    ForecastAnswer,
    RoundAnswer,
    RoundDomainAnswer,
    RoundsAnswer,
)
from lockgate.practices.migration.perform.rehearsing.past import Past

BESIDES = "seconds_besides"
"""The note of a rehearsal that says how long it took besides loading."""
ROWS = "rows"
"""The note of a rehearsal that says how many records it had."""


def rounds(migration: Migration, found: Past, rehearsal: Rehearsal | None) -> RoundsAnswer:
    """Return the rounds, and the forecast for the last load."""
    told = [_round(migration, found, number) for number in found.rounds]
    ran = [
        Ran(one["domain"], each["round"], one["rows"], one["loaded"], one["sent"], one["seconds"])
        for each in told
        for one in each["domains"]
    ]
    mapped = {one.domain for one in migration.mappings.values()}
    domains = [one.key for one in migration.domains.values() if one.treatment == "convert" and one.key in mapped]
    whole = forecast(
        ran,
        domains,
        volume=rehearsal.volume if rehearsal else {},
        besides=_besides(found),
        window=rehearsal.window_minutes if rehearsal else None,
    )
    last = told[-1]["domains"] if told else []
    agree = bool(last) and not any(one["unexplained"] or one["unexplained"] is None for one in last)
    return {"ok": agree and whole.fits is not False, "rounds": told, "forecast": _forecast(whole)}


def _round(migration: Migration, found: Past, number: int) -> RoundAnswer:
    rehearsed = found.rehearsed(number)
    measures = rehearsed.evidence.measures if rehearsed else {}
    domains = [_domain(migration, found, number, key) for key in migration.domains]
    return {
        "round": number,
        "minutes": float(measures["minutes"]) if measures else None,
        "failed_steps": int(measures["failed_steps"]) if measures else None,
        "domains": [one for one in domains if one is not None],
    }


def _domain(migration: Migration, found: Past, number: int, key: str) -> RoundDomainAnswer | None:
    loaded, timed = found.of(number, "migration.loaded", key), found.told_most(number, key)
    if loaded is None or timed is None:
        return None
    compared = found.of(number, "migration.reconciled", key)
    homes = migration.homes(key)
    judged = [
        found.of(number, "migration.profiled", home, "cleanse")
        or found.of(number, "migration.profiled", home, "profile")
        for home in homes
    ]
    rows = sum(int(one.evidence.measures["rows"]) for one in judged if one)
    ready = sum(float(one.evidence.measures["ready"]) * int(one.evidence.measures["rows"]) for one in judged if one)
    return {
        "domain": key,
        "rows": int(loaded.evidence.measures["rows"]),
        "loaded": int(timed.evidence.measures["loaded"]),
        "sent": int(timed.evidence.measures.get("sent", 0)),
        "seconds": float(timed.evidence.measures["seconds"]),
        "rejected": int(loaded.evidence.measures["rejected"]),
        "different": int(compared.evidence.measures["different"]) if compared else None,
        "unexplained": int(compared.evidence.measures["unexplained"]) if compared else None,
        "ready": round(ready / rows, 6) if rows else None,
    }


def _besides(found: Past) -> Besides | None:
    """Return what the newest rehearsal did besides loading."""
    done = [one for number in found.rounds if (one := found.rehearsed(number)) is not None]
    notes = done[-1].evidence.notes if done else {}
    return Besides(float(notes[BESIDES]), int(notes[ROWS])) if BESIDES in notes and ROWS in notes else None


def seconds_besides(seconds: dict[str, float]) -> float:
    """Return how long the steps of the window took besides loading."""
    counted = {step.name for step in STEPS if step.in_window and step.name != "load"}
    return round(sum(took for name, took in seconds.items() if name in counted), 1)


def _forecast(told: Forecast) -> ForecastAnswer:
    return {
        "quick": told.quick,
        "likely": told.likely,
        "slow": told.slow,
        "window": told.window,
        "fits": told.fits,
        "margin": told.margin,
        "rounds": told.rounds,
        "spread_known": told.spread_known,
        "unknown": list(told.unknown),
    }
