"""Which rules do records break, whose are they, and how does that go from round to round?

R1  A rule that nothing breaks is shown too, with 0 where its dataset was measured.
R2  Found besides are values that are not of their kind, and references that lead nowhere: each is a rule of its own.
R3  Which records break a rule, and what was put right, is shown to who works on them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from typing_extensions import TypedDict

from lockgate.practices.migration.perform.showing.history import By, by_round, kept, rounds_of
from lockgate.practices.migration.perform.showing.listing import Listing, Wanted, listing
from lockgate.practices.migration.perform.showing.opened import RoundShown
from lockgate.practices.migration.perform.showing.sight import Sight


class RuleRoundAnswer(TypedDict):
    """How many records break a rule in a round; None where that was not measured."""

    round: int
    records: int | None


class RuleLine(TypedDict):
    """A rule, and how many records break it."""

    rule: str
    dataset: str
    column: str
    severity: str
    must: str
    """What must hold; empty for what is found besides."""
    why: str
    owner: str
    records: int | None
    rounds: list[RuleRoundAnswer]


class MendedLine(TypedDict):
    """How many values were put right by what."""

    dataset: str
    by: str
    values: int


class RulesAnswer(TypedDict):
    """All rules, and what was put right."""

    rounds: list[int]
    round: int | None
    rules: list[RuleLine]
    mended: list[MendedLine]


def rules(sight: Sight, number: int | None = None) -> RulesAnswer:
    """Return all rules as they stand in a round, else in the newest (R1, R2)."""
    found = by_round(sight, "migration.profiled", "dataset")
    rounds = rounds_of(found)
    chosen = number if number in rounds else (rounds[-1] if rounds else None)
    told = {key: kept(sight, one) for key, one in found.items()}
    lines = [*_declared(sight), *_found(sight, told)]
    return {
        "rounds": rounds,
        "round": chosen,
        "rules": sorted((_counted(one, told, found, rounds, chosen) for one in lines), key=_rank),
        "mended": [
            {"dataset": dataset, "by": by, "values": values}
            for (number, dataset), about in sorted(told.items())
            if number == chosen
            for by, values in about.get("changed_by", {}).items()
        ],
    }


def failing(shown: RoundShown, rule: str, wanted: Wanted) -> Listing:
    """Return the records that break a rule, as a work list (R3)."""
    names = {"dataset": "dataset", "key": "key", "line": "row", "field": '"column"', "value": "value", "why": "why"}
    asked = (("rule", rule), ("dataset", wanted.dataset))
    words = "concat_ws(' ', key, value)"
    return listing(shown, names, "findings where true", asked, wanted, words=words, first="dataset, line, field")


def changes(shown: RoundShown, wanted: Wanted) -> Listing:
    """Return what was put right, before and after (R3)."""
    names = {name: name for name in ("dataset", "key", "before", "after", "rule")} | {"field": '"column"'}
    asked = (("rule", wanted.rule), ("dataset", wanted.dataset))
    words = "concat_ws(' ', key, before, after)"
    return listing(shown, names, "changes where true", asked, wanted, words=words, first="dataset, key, field")


def _declared(sight: Sight) -> Iterator[RuleLine]:
    for one in sight.migration.rules:
        dataset = sight.migration.datasets.get(one.dataset)
        yield {
            "rule": one.id,
            "dataset": one.dataset,
            "column": one.column or "",
            "severity": one.severity,
            "must": one.must,
            "why": one.why,
            "owner": one.owner or (dataset.steward if dataset else "") or "",
            "records": None,
            "rounds": [],
        }


def _found(sight: Sight, told: Mapping[tuple[int, str], Mapping[str, Any]]) -> Iterator[RuleLine]:
    """Yield what was found besides the rules that are declared (R2)."""
    declared = {(one.dataset, one.id) for one in sight.migration.rules}
    seen: set[tuple[str, str]] = set()
    for (_, dataset), about in sorted(told.items(), reverse=True):
        for one in about.get("findings", ()):
            if (dataset, one["rule"]) not in declared | seen:
                seen.add((dataset, one["rule"]))
                said = sight.migration.datasets.get(dataset)
                yield {
                    "rule": one["rule"],
                    "dataset": dataset,
                    "column": one["column"] or "",
                    "severity": one["severity"],
                    "must": "",
                    "why": one["why"] or "",
                    "owner": (said.steward if said else "") or "",
                    "records": None,
                    "rounds": [],
                }


def _counted(
    line: RuleLine, told: Mapping[tuple[int, str], Mapping[str, Any]], found: By, rounds: list[int], chosen: int | None
) -> RuleLine:
    past: list[RuleRoundAnswer] = [
        {"round": number, "records": _records(line, told.get((number, line["dataset"]), {}))} for number in rounds
    ]
    now = [one["records"] for one in past if one["round"] == chosen and (chosen, line["dataset"]) in found]
    return {**line, "rounds": past, "records": now[0] if now else None}


def _records(line: RuleLine, about: Mapping[str, Any]) -> int | None:
    if "findings" not in about:
        return None
    return sum(int(one["records"]) for one in about["findings"] if one["rule"] == line["rule"])


def _rank(one: RuleLine) -> tuple[bool, int, str, str]:
    return one["severity"] != "blocks", -(one["records"] or 0), one["dataset"], one["rule"]
