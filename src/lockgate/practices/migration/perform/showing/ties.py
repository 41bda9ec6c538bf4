"""Do the figures agree, what becomes of what is under way, and who has signed? As it was measured last.

S1  Each tie and class that is declared is shown, measured or not: of the round that is asked for, else of the newest.
S2  Evidence whose inputs are other ones now is stale; it is shown as what it was.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from typing_extensions import TypedDict

from lockgate.ledger.evidence import Recorded
from lockgate.ledger.registers.tables import entries_of
from lockgate.practices.migration.perform.showing.history import By, by_round, figure, kept, whole
from lockgate.practices.migration.perform.showing.sight import Sight
from lockgate.practices.migration.perform.tying.answers import (
    FigureAnswer,
    State,
    TieAnswer,
    TieGroupAnswer,
    TieOutAnswer,
    TreatmentAnswer,
    TreatmentsAnswer,
    TreatmentValue,
)

SIGNED: Final = frozenset({"balances", "stock", "data"})
"""What a sign-off is about, where it is about figures."""


class TieLine(TypedDict):
    """A tie in short."""

    tie: str
    title: str
    owner: str
    state: State
    round: int | None
    left: float | None
    right: float | None
    difference: float | None
    unexplained: float | None
    tolerance: float
    evidence: int | None


class SignOffLine(TypedDict):
    """Who has signed, or is asked to."""

    id: str
    title: str
    subject: str
    state: str
    signed_by: list[str]
    figures: str


class ShownTie(TieLine):
    """A tie as it stands on its sheet."""

    why: str
    companies: list[str]
    by: list[str]
    unit: str
    instance: str
    at: str | None
    measured_by: str
    digest: str
    figures: list[FigureAnswer]
    lines: list[TieAnswer]
    groups: list[TieGroupAnswer]
    groups_in_all: int
    sign_offs: list[SignOffLine]


class TreatmentLine(TypedDict):
    """What becomes of a class."""

    treatment: str
    title: str
    way: str | None
    why: str | None
    owner: str
    due: str | None
    state: State
    open: int | None
    value: float | None
    value_in: str
    values: list[TreatmentValue]
    undecided: int | None
    overdue: int | None
    evidence: int | None


def ties(sight: Sight, number: int | None = None) -> list[TieLine]:
    """Return all ties in short (S1)."""
    found = by_round(sight, "migration.tied_out", "tie")
    return [_line(sight, key, _newest(found, key, number)) for key in sight.migration.ties]


def tie(sight: Sight, key: str, number: int | None = None) -> ShownTie:
    """Return a tie with all that was kept of it."""
    declared = sight.migration.ties[key]
    found = _newest(by_round(sight, "migration.tied_out", "tie"), key, number)
    sheet: dict[str, Any] = kept(sight, found)
    plain: list[FigureAnswer] = [{"key": one.key, "title": one.title} for one in declared.figures]
    return {
        **_line(sight, key, found),
        "why": declared.why,
        "companies": list(declared.companies),
        "by": list(declared.by),
        "unit": declared.unit,
        "instance": str(sheet.get("instance", "")),
        "at": found.at.isoformat() if found else None,
        "measured_by": found.evidence.producer if found else "",
        "digest": str(found.evidence.artifact or "") if found else "",
        "figures": sheet.get("figures", plain),
        "lines": sheet.get("lines", []),
        "groups": sheet.get("groups", []),
        "groups_in_all": int(sheet.get("groups_in_all", 0)),
        "sign_offs": sign_offs(sight),
    }


def treatments(sight: Sight) -> list[TreatmentLine]:
    """Return what becomes of each class (S1)."""
    found = by_round(sight, "cutover.treated", "class")
    told: list[TreatmentLine] = []
    for key, one in sight.migration.treatments.items():
        last = _newest(found, key, None)
        told.append(
            {
                "treatment": key,
                "title": one.title,
                "way": one.treatment,
                "why": one.why,
                "owner": one.owner,
                "due": one.due.isoformat() if one.due else None,
                "state": _state(sight, last),
                "open": whole(last, "open"),
                "value": figure(last, "value"),
                "value_in": one.value_in,
                "values": kept(sight, last).get("values", []),
                "undecided": whole(last, "undecided"),
                "overdue": whole(last, "overdue"),
                "evidence": last.number if last else None,
            }
        )
    return told


def tied_out(sight: Sight, number: int | None = None) -> TieOutAnswer:
    """Return what `tie-out` told last of each tie (S1), in the same form."""
    found = by_round(sight, "migration.tied_out", "tie")
    last = {key: _newest(found, key, number) for key in sight.migration.ties}
    compared = [(one, kept(sight, one)) for one in last.values() if one is not None]
    lines: list[TieAnswer] = [
        {**line, "state": _state(sight, one), "evidence": one.number}
        for one, sheet in compared
        for line in _lines(sheet)
    ]
    missing = [key for key, one in last.items() if one is None]
    instances = {str(sheet["instance"]) for _, sheet in compared if "instance" in sheet}
    return {
        "ok": not missing and all(one["state"] == "met" for one in lines),
        "round": _round(last.values()),
        "instance": ", ".join(sorted(instances)),
        "ties": lines,
        "missing": missing,
    }


def treated(sight: Sight) -> TreatmentsAnswer:
    """Return what `treatments` told last of each class (S1), in the same form."""
    found = by_round(sight, "cutover.treated", "class")
    last = {key: _newest(found, key, None) for key in sight.migration.treatments}
    told: list[TreatmentAnswer] = []
    for one in last.values():
        sheet: Any = kept(sight, one)
        if one is not None and sheet:
            plain = {name: value for name, value in sheet.items() if name != "records"}
            told.append({**plain, "state": _state(sight, one), "evidence": one.number})  # type: ignore[typeddict-item] # as it was kept
    return {
        "ok": len(told) == len(last) and all(one["undecided"] == 0 for one in told),
        "round": _round(last.values()),
        "treatments": told,
        "missing": [key for key, one in last.items() if one is None],
    }


def _lines(sheet: Mapping[str, Any]) -> list[TieAnswer]:
    return sheet.get("lines", [])  # type: ignore[no-any-return] # as it was kept


def _round(found: Iterable[Recorded | None]) -> int | None:
    return max((int(one.evidence.measures["round"]) for one in found if one is not None), default=None)


def sign_offs(sight: Sight) -> list[SignOffLine]:
    """Return the sign-offs that are about figures."""
    entries = entries_of(sight.place.ledger, sight.when).of("sign-off")
    return [
        {
            "id": one.id,
            "title": str(one.values.get("title", "")),
            "subject": str(one.values["subject"]),
            "state": one.state,
            "signed_by": [
                f"{step.by}" for step in one.steps if step.transition in {"sign-operations", "sign-finance", "sign"}
            ],
            "figures": str(one.values.get("figures") or ""),
        }
        for one in entries
        if one.values.get("subject") in SIGNED
    ]


def _newest(found: By, key: str, number: int | None) -> Recorded | None:
    there = [at for at, about in found if about == key]
    chosen = number if number is not None else max(there, default=None)
    return found.get((chosen, key)) if chosen is not None else None


def _state(sight: Sight, found: Recorded | None) -> State:
    if found is None:
        return "missing"
    if sight.stale(found):
        return "stale"  # S2
    return "met" if found.evidence.verdict == "passed" else "unmet"


def _line(sight: Sight, key: str, found: Recorded | None) -> TieLine:
    declared = sight.migration.ties[key]
    return {
        "tie": key,
        "title": declared.title,
        "owner": declared.owner,
        "state": _state(sight, found),
        "round": whole(found, "round"),
        "left": figure(found, "left"),
        "right": figure(found, "right"),
        "difference": figure(found, "difference"),
        "unexplained": figure(found, "unexplained"),
        "tolerance": declared.tolerance,
        "evidence": found.number if found else None,
    }
