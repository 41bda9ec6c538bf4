"""How do records of the old systems become records of Odoo, and what is in the way?

M1  What is declared is shown as it is declared: fields by expression, look-ups, maps, references, company.
M2  What came of it comes from the evidence of the last load of a round; what Odoo would refuse, from the round itself.
"""

from collections.abc import Mapping
from typing import Any

from typing_extensions import TypedDict

from lockgate.kernel.errors import UsageError
from lockgate.practices.migration.definition import Mapping as Declared
from lockgate.practices.migration.definition.mapped import FieldValue
from lockgate.practices.migration.perform.showing.history import by_round, kept, rounds_of
from lockgate.practices.migration.perform.showing.sight import Sight
from lockgate.workspace.words import advice


class FieldAnswer(TypedDict):
    """How a field gets its value."""

    field: str
    of: str
    value: str
    """The same for all, empty where it is made of something."""
    map: dict[str, str]
    otherwise: str
    refers_to: str
    """The mapping whose records it names; `resource` for those of the template or of Odoo."""


class LinesAnswer(TypedDict):
    """Lines that are a part of a record."""

    field: str
    dataset: str
    of: str
    fields: list[FieldAnswer]


class KeptBackAnswer(TypedDict):
    """Why records were not sent."""

    dataset: str
    kind: str
    records: int
    because: str
    keys: list[str]


class FaultLine(TypedDict):
    """Something that Odoo would refuse."""

    field: str
    rows: int
    what: str
    do: str


class MappingLine(TypedDict):
    """A mapping, in a list; figures are of the last load."""

    mapping: str
    domain: str
    model: str
    of: str
    company: str
    fields: int
    rows: int | None
    loaded: int | None
    rejected: int | None
    kept_back: int | None


class ShownMapping(MappingLine):
    """A mapping, as it is declared, and what came of it."""

    rounds: list[int]
    round: int | None
    where: str
    join: str
    same_as: str
    then: str
    find: str
    loose: list[str]
    tolerance: dict[str, float]
    how: list[FieldAnswer]
    lines: list[LinesAnswer]
    held_back: list[KeptBackAnswer]
    faults: list[FaultLine] | None
    """What Odoo would refuse by the last look before a load; None where nobody looked, or who asks may not see it."""


def mappings(sight: Sight, number: int | None = None) -> list[MappingLine]:
    """Return all mappings, with what came of them in a round, else in the newest."""
    _, _, told = _loads(sight, number)
    return [_line(one, told.get(one.domain, {})) for one in sight.migration.mappings.values()]


def mapping(sight: Sight, key: str, number: int | None = None) -> ShownMapping:
    """Return a mapping."""
    if key not in sight.migration.mappings:
        raise UsageError(f"No mapping {key!r} is declared.", why=advice(key, sight.migration.mappings))
    rounds, chosen, told = _loads(sight, number)
    one = sight.migration.mappings[key]
    about = told.get(one.domain, {})
    return {
        **_line(one, about),
        "rounds": rounds,
        "round": chosen,
        "where": one.where or "",
        "join": one.join or "",
        "same_as": one.same_as or "",
        "then": one.then or "",
        "find": one.find or "",
        "loose": list(one.loose),
        "tolerance": dict(one.tolerance),
        "how": [_field(field, value) for field, value in one.fields.items()],
        "lines": [
            {
                "field": field,
                "dataset": lines.dataset,
                "of": lines.of,
                "fields": [_field(inner, value) for inner, value in lines.fields.items()],
            }
            for field, lines in one.lines.items()
        ],
        "held_back": [
            {
                "dataset": each["dataset"],
                "kind": each["kind"],
                "records": each["records"],
                "because": each["because"] or "",
                "keys": [str(name) for name in each["keys"]],
            }
            for each in about.get("kept_back", ())
            if each["mapping"] == key
        ],
        "faults": _faults(sight, key, number),
    }


def _loads(sight: Sight, number: int | None) -> tuple[list[int], int | None, dict[str, dict[str, Any]]]:
    """Return the rounds, the one that is meant, and what was kept of its loads by domain (M2)."""
    found = by_round(sight, "migration.loaded", "domain")
    rounds = rounds_of(found)
    chosen = number if number in rounds else (rounds[-1] if rounds else None)
    told = {domain: kept(sight, one) for (each, domain), one in found.items() if each == chosen}
    return rounds, chosen, told


def _line(one: Declared, about: Mapping[str, Any]) -> MappingLine:
    came = next((each for each in about.get("mappings", ()) if each["mapping"] == one.key), None)
    return {
        "mapping": one.key,
        "domain": one.domain,
        "model": one.model,
        "of": one.dataset or one.entity or "",
        "company": one.company or "",
        "fields": len(one.fields) + sum(len(lines.fields) for lines in one.lines.values()),
        "rows": came["rows"] if came else None,
        "loaded": came["created"] + came["updated"] + came["unchanged"] if came else None,
        "rejected": came["rejected"] + came["unknown"] + came["not_posted"] if came else None,
        "kept_back": came["kept_back"] if came else None,
    }


def _field(field: str, value: FieldValue) -> FieldAnswer:
    if isinstance(value, str):
        return {"field": field, "of": value, "value": "", "map": {}, "otherwise": "", "refers_to": ""}
    return {
        "field": field,
        "of": value.of or "",
        "value": "" if value.value is None else str(value.value),
        "map": dict(value.map or {}),
        "otherwise": value.otherwise or "",
        "refers_to": value.record or ("resource" if value.resource else ""),
    }


def _faults(sight: Sight, key: str, number: int | None) -> list[FaultLine] | None:
    with sight.round(number) as shown:
        if shown is None or not shown.has("main", "looked"):
            return None
        if not shown.one("select count(*) from looked where mapping = ?", [key]):
            return None
        rows = shown.rows("select field, rows, what, advice from faults where mapping = ? order by rowid", [key])
    return [{"field": field, "rows": count, "what": what, "do": do} for field, count, what, do in rows]
