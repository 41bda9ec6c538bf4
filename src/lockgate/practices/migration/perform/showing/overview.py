"""How far is the migration? Each domain in each round, what blocks it, what becomes of it and what comes next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from typing_extensions import TypedDict

from lockgate.kernel.clock import stamp
from lockgate.ledger.evidence import Recorded
from lockgate.practices.migration.decide.standing import Cell, commands, held_up, next_steps, standing
from lockgate.practices.migration.definition import Domain
from lockgate.practices.migration.perform.rehearsing.answers import HeldUpAnswer
from lockgate.practices.migration.perform.rounds import numbers
from lockgate.practices.migration.perform.showing.history import By, by_round, figure, kept, rounds_of, whole
from lockgate.practices.migration.perform.showing.sight import Sight


class CellAnswer(TypedDict):
    """A domain in a round."""

    round: int
    state: str
    rows: int | None
    ready: float | None
    loaded: int | None
    rejected: int | None
    unexplained: int | None
    evidence: int | None
    at: str
    stale: bool


class BlockAnswer(TypedDict):
    """A rule that keeps records back."""

    dataset: str
    rule: str
    records: int
    why: str
    owner: str


class LeftAnswer(TypedDict):
    """Records that don't come along."""

    key: str
    dataset: str
    treatment: str
    records: int | None
    owner: str
    why: str


class DomainStandAnswer(TypedDict):
    """A domain: whose it is, what becomes of it and how far it is."""

    domain: str
    title: str
    owner: str
    treatment: str
    why: str
    capability: str
    datasets: list[str]
    mappings: list[str]
    rounds: list[CellAnswer]
    blocks: list[BlockAnswer]
    left_out: list[LeftAnswer]
    held_up: list[HeldUpAnswer]
    """By what, in the round that is looked at."""
    next: list[str]
    """What is done next for it in that round."""


class OverviewAnswer(TypedDict):
    """The migration as a whole."""

    rounds: list[int]
    round: int | None
    domains: list[DomainStandAnswer]
    next: list[str]


@dataclass(frozen=True)
class _Measured:
    """What was measured."""

    profiled: By
    loaded: By
    reconciled: By


def overview(sight: Sight, number: int | None = None) -> OverviewAnswer:
    """Return how far each domain is; what blocks it is told for the round of that number, else for the newest."""
    found = _Measured(
        by_round(sight, "migration.profiled", "dataset"),
        by_round(sight, "migration.loaded", "domain"),
        by_round(sight, "migration.reconciled", "domain"),
    )
    rounds = rounds_of(found.profiled, found.loaded, found.reconciled)
    if sight.when is None:
        rounds = sorted({*rounds, *numbers(sight.root)})
    chosen = number if number in rounds else (rounds[-1] if rounds else None)
    domains = [_domain(sight, domain, found, rounds, chosen) for domain in sight.migration.domains.values()]
    return {"rounds": rounds, "round": chosen, "domains": domains, "next": _next(sight, found, chosen)}


def _domain(
    sight: Sight, domain: Domain, found: _Measured, rounds: Sequence[int], chosen: int | None
) -> DomainStandAnswer:
    datasets = sight.migration.datasets_of(domain.key)
    told = {key: kept(sight, found.profiled.get((chosen, key))) for key in datasets} if chosen else {}
    cell = _measured(sight, domain, datasets, found, chosen or 0)
    blocks = sorted(_blocks(sight, domain, told), key=lambda one: -one["records"])
    return {
        "domain": domain.key,
        "title": domain.title,
        "owner": domain.owner,
        "treatment": domain.treatment,
        "why": domain.why,
        "capability": domain.capability or "",
        "datasets": list(datasets),
        "mappings": [one.key for one in sight.migration.mappings.values() if one.domain == domain.key],
        "rounds": [_cell(sight, domain, datasets, found, number) for number in rounds],
        "blocks": blocks,
        "left_out": list(_left_out(sight, domain, told)),
        "held_up": [
            {"what": what, "records": records} for what, records in held_up(cell, sum(one["records"] for one in blocks))
        ],
        "next": commands(next_steps([cell], cleanses=_cleanses(sight)), domain.key),
    }


def _measured(sight: Sight, domain: Domain, datasets: Sequence[str], found: _Measured, number: int) -> Cell:
    profiled = [found.profiled.get((number, key)) for key in datasets]
    read = bool(datasets) and all(one is not None for one in profiled)
    loaded, compared = found.loaded.get((number, domain.key)), found.reconciled.get((number, domain.key))
    newest = compared or loaded
    rows = sum(whole(one, "rows") or 0 for one in profiled)
    ready = sum((whole(one, "rows") or 0) * (figure(one, "ready") or 0) for one in profiled)
    return Cell(
        rows=rows if read else None,
        ready=(round(ready / rows, 6) if rows else 1.0) if read else None,
        loaded=whole(loaded, "loaded"),
        rejected=whole(loaded, "rejected"),
        unexplained=whole(compared, "unexplained"),
        cleansed=read and all(kept(sight, one).get("step") == "cleanse" for one in profiled),
        stale=sight.stale(newest) if newest else any(sight.stale(one) for one in profiled if one),
        convert=domain.treatment == "convert",
    )


def _cell(sight: Sight, domain: Domain, datasets: Sequence[str], found: _Measured, number: int) -> CellAnswer:
    cell = _measured(sight, domain, datasets, found, number)
    newest = _newest(
        found.reconciled.get((number, domain.key)),
        found.loaded.get((number, domain.key)),
        *(found.profiled.get((number, key)) for key in datasets),
    )
    return {
        "round": number,
        "state": standing(cell),
        "rows": cell.rows,
        "ready": cell.ready,
        "loaded": cell.loaded,
        "rejected": cell.rejected,
        "unexplained": cell.unexplained,
        "evidence": newest.number if newest else None,
        "at": stamp(newest.evidence.taken_at) if newest else "",
        "stale": cell.stale,
    }


def _newest(*found: Recorded | None) -> Recorded | None:
    """Return the evidence of the last step, the newest of several of one step."""
    compared, loaded, *profiled = found
    return compared or loaded or max((one for one in profiled if one), key=lambda one: one.number, default=None)


def _blocks(sight: Sight, domain: Domain, told: Mapping[str, Mapping[str, Any]]) -> Iterator[BlockAnswer]:
    owners = {rule.id: rule.owner for rule in sight.migration.rules}
    for key, about in told.items():
        steward = sight.migration.datasets[key].steward if key in sight.migration.datasets else None
        for one in about.get("findings", ()):
            if one["severity"] == "blocks":
                yield {
                    "dataset": key,
                    "rule": one["rule"],
                    "records": one["records"],
                    "why": one["why"] or "",
                    "owner": owners.get(one["rule"]) or steward or domain.owner,
                }


def _left_out(sight: Sight, domain: Domain, told: Mapping[str, Mapping[str, Any]]) -> Iterator[LeftAnswer]:
    for one in sight.migration.left_out:
        if one.dataset in sight.migration.datasets_of(domain.key):
            about = told.get(one.dataset, {})
            yield {
                "key": one.key,
                "dataset": one.dataset,
                "treatment": one.treatment,
                "records": about["left_out_by"].get(one.key, 0) if about.get("step") == "cleanse" else None,
                "owner": one.owner or domain.owner,
                "why": one.why,
            }


def _cleanses(sight: Sight) -> bool:
    return bool(sight.migration.cleansing or sight.migration.left_out)


def _next(sight: Sight, found: _Measured, chosen: int | None) -> list[str]:
    """Return the commands that come next in a round."""
    migration = sight.migration
    domains = [one for one in migration.domains.values() if migration.datasets_of(one.key)]
    cells = [_measured(sight, one, migration.datasets_of(one.key), found, chosen or 0) for one in domains]
    return commands(next_steps(cells, cleanses=_cleanses(sight)))


HEADINGS = (
    *("domain", "title", "owner", "treatment", "why", "round", "state", "rows", "ready", "loaded", "rejected"),
    *("unexplained", "evidence", "at", "stale"),
)
"""Of the domains by rounds as a file."""


def table(told: OverviewAnswer) -> list[list[str | int | float | None]]:
    """Return the domains by rounds as a file has them, under `HEADINGS`."""
    return [
        [
            *(one["domain"], one["title"], one["owner"], one["treatment"], one["why"], cell["round"], cell["state"]),
            *(cell["rows"], cell["ready"], cell["loaded"], cell["rejected"], cell["unexplained"], cell["evidence"]),
            *(cell["at"], "yes" if cell["stale"] else "no"),
        ]
        for one in told["domains"]
        for cell in one["rounds"]
    ]
