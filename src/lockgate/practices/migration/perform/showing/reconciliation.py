"""Does Odoo hold what the old systems had, and where not? From the sum of a domain down to the row and its record.

C1  Sums come from the evidence, also as of the past; rows come from the round, are of now, and for who works on them.
C2  Unexplained is what nothing accounts for: it is the number that has to become nought.
C3  A row leads to its record in the Odoo that was compared, where that is a record of its own and not a line.
"""

from collections.abc import Sequence

from typing_extensions import TypedDict

from lockgate.kernel.clock import stamp
from lockgate.kernel.external_id import MODULE
from lockgate.ledger.evidence import Recorded
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.definition import Domain
from lockgate.practices.migration.perform.answers import TotalAnswer
from lockgate.practices.migration.perform.rounds import of_dataset
from lockgate.practices.migration.perform.showing.history import By, by_round, kept, rounds_of, whole
from lockgate.practices.migration.perform.showing.listing import Listing, Wanted, listing
from lockgate.practices.migration.perform.showing.opened import RoundShown
from lockgate.practices.migration.perform.showing.sight import Sight

_FIGURES = ("source_rows", "target_rows", "missing", "extra", "different", "unexplained")


class ClassAnswer(TypedDict):
    """Differences of one kind in one field."""

    of: str
    """The mapping, or the mapping and the field of its lines."""
    field: str
    kind: str
    because: str
    """What explains them; empty where nothing does."""
    records: int


class ReconciledRoundAnswer(TypedDict):
    """What was unexplained in a round."""

    round: int
    unexplained: int | None


class ReconciledLine(TypedDict):
    """How a domain compares."""

    domain: str
    title: str
    owner: str
    source_rows: int | None
    target_rows: int | None
    missing: int | None
    extra: int | None
    different: int | None
    unexplained: int | None
    instance: str
    evidence: int | None
    at: str
    stale: bool
    kept_back: dict[str, int]
    """Why records of the old systems are not in Odoo, and how many."""
    classes: list[ClassAnswer]
    totals: list[TotalAnswer]
    """Sums by groups, as `lockgate migrate reconcile --json` has them."""
    rounds: list[ReconciledRoundAnswer]


class ReconciliationAnswer(TypedDict):
    """How all domains compare."""

    rounds: list[int]
    round: int | None
    domains: list[ReconciledLine]


def reconciliation(sight: Sight, number: int | None = None) -> ReconciliationAnswer:
    """Return how all domains compare in a round, else in the newest that was compared (C1)."""
    found = by_round(sight, "migration.reconciled", "domain")
    rounds = rounds_of(found)
    chosen = number if number in rounds else (rounds[-1] if rounds else None)
    lines = [_line(sight, one, found, rounds, chosen) for one in sight.migration.domains.values()]
    return {"rounds": rounds, "round": chosen, "domains": lines}


def names_of(sight: Sight, domain: str) -> list[str]:
    """Return under which names the differences of a domain are kept: its mappings, their lines, and its datasets."""
    of_mappings = [
        name
        for mapping in sight.migration.mappings.values()
        if mapping.domain == domain
        for name in (mapping.key, *(f"{mapping.key}.{field}" for field in mapping.lines))
    ]
    return [*of_mappings, *map(of_dataset, sight.migration.homes(domain))]


def differences(shown: RoundShown, names: Sequence[str], wanted: Wanted) -> Listing | None:
    """Return the rows that differ, with the record of Odoo where there is one (C3); None where nothing was compared."""
    if not shown.has("main", "differences") or not names:
        return None
    listed = ", ".join(sql.text(name) for name in names)
    select = {
        "of": "d.domain",
        "key": "d.key",
        "field": "d.field",
        "sent": 'd."left"',
        "odoo": 'd."right"',
        "kind": "d.class",
        "because": "d.because",
        "record": _record(shown, names),
    }
    unexplained = " and d.because is null" if wanted.open else ""
    source = f"differences d where d.domain in ({listed}){unexplained}"
    asked = (("d.domain", wanted.of), ("d.field", wanted.field), ("d.class", wanted.kind))
    words = """concat_ws(' ', d.key, d."left", d."right")"""
    return listing(shown, select, source, asked, wanted, words=words, first="1, 2, 3")


def record_url(sight: Sight, line: ReconciledLine, of: str, record: object) -> str:
    """Return where the record is in the Odoo that was compared, empty where it has no page of its own (C3)."""
    mapping, instance = sight.migration.mappings.get(of), sight.workspace.instances.get(line["instance"])
    if mapping is None or instance is None or record is None or not instance.url:
        return ""
    return f"{str(instance.url).rstrip('/')}/odoo/{mapping.model}/{record}"


def _record(shown: RoundShown, names: Sequence[str]) -> str:
    """Return the expression for the id of the record in Odoo."""
    cases = "".join(
        f" when {sql.text(name)} then (select min(n.res_id) from {sql.table('live', f'{name} by name')} n"
        f" where {sql.text(f'{MODULE}.')} || n.name = d.key)"
        for name in names
        if shown.has("live", f"{name} by name")
    )
    return f"case d.domain{cases} end" if cases else "null"


def _line(sight: Sight, domain: Domain, found: By, rounds: Sequence[int], chosen: int | None) -> ReconciledLine:
    newest = found.get((chosen, domain.key)) if chosen is not None else None
    told = kept(sight, newest)
    figures = {name: whole(newest, name) for name in _FIGURES}
    return {
        "domain": domain.key,
        "title": domain.title,
        "owner": domain.owner,
        "source_rows": figures["source_rows"],
        "target_rows": figures["target_rows"],
        "missing": figures["missing"],
        "extra": figures["extra"],
        "different": figures["different"],
        "unexplained": figures["unexplained"],
        "instance": _instance(newest),
        "evidence": newest.number if newest else None,
        "at": stamp(newest.evidence.taken_at) if newest else "",
        "stale": sight.stale(newest) if newest else False,
        "kept_back": told.get("kept_back", {}),
        "classes": told.get("classes", []),
        "totals": told.get("totals", []),
        "rounds": [
            {"round": number, "unexplained": whole(found.get((number, domain.key)), "unexplained")} for number in rounds
        ],
    }


def _instance(found: Recorded | None) -> str:
    return found.evidence.instance.name if found and found.evidence.instance else ""
