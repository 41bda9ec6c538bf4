"""What one record would come of a pair, were it the same? Worked out as matching does, and kept nowhere.

P1  The cluster is all that either record is one with already, as the newest round was matched, and both together.
P2  Each value is told with the record that it comes from and the rule by which it survives: what a person chose, else
    the strategy that is declared, else the first that is known.
P3  Records that stay behind give no value; where all of them do, there is no golden record.
"""

from pathlib import Path
from typing import Final

from typing_extensions import TypedDict

from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.definition import Entity
from lockgate.practices.migration.perform.matching.decided import REVIEW, choices, pair_of
from lockgate.practices.migration.perform.matching.goldens import goldens, shown
from lockgate.practices.migration.perform.rounds import Round
from lockgate.practices.migration.perform.showing.opened import RoundShown
from lockgate.practices.migration.perform.showing.reviews import matched
from lockgate.practices.migration.perform.showing.sight import Sight
from lockgate.programme.desk import Desk

_BY_ITSELF: Final = "first"
_CHOSEN: Final = "chosen"


class SurvivingAnswer(TypedDict):
    """A value of the golden record."""

    column: str
    value: str | None
    record: str | None
    """The record that it comes from, as `dataset:key`."""
    by: str
    """The rule: `chosen` by a person, or a strategy."""
    differs: bool
    """True where another record of the cluster has another value."""


class GoldenPreviewAnswer(TypedDict):
    """What would come of a pair that is the same."""

    review: str
    entity: str
    golden: str
    """By which record it is called; empty where there would be none, or nobody can tell."""
    records: list[str]
    silent: list[str]
    """Those of them that stay behind."""
    survivors: list[SurvivingAnswer]


def golden_of(sight: Sight, desk: Desk, record: str) -> GoldenPreviewAnswer | None:
    """Return what would come of a pair, None where there is none of that id."""
    entry = desk.known.entries.by_id.get(record)
    if entry is None or entry.register != REVIEW:
        return None
    told: GoldenPreviewAnswer = {
        "review": record,
        "entity": str(entry.values["entity"]),
        "golden": "",
        "records": [],
        "silent": [],
        "survivors": [],
    }
    declared = sight.migration.entities.get(told["entity"])
    with sight.round(None) as there:
        if there is not None and declared is not None and there.has("main", "clusters") and matched(there, declared):
            chosen = choices(desk, declared.key)
            return _worked_out(there, declared, told, pair_of(entry.values), chosen)
    return told


def _worked_out(
    there: RoundShown,
    declared: Entity,
    told: GoldenPreviewAnswer,
    pair: tuple[str, str],
    chosen: list[tuple[str, str]],
) -> GoldenPreviewAnswer:
    records = _laid_out(there, declared, pair)
    if not set(pair) <= set(records):
        return told
    store = Round(there.number, Path(), there.connection)
    goldens(store, declared, declared.key, chosen=chosen)
    for one in shown(store, declared, declared.key, most=1):
        picked = {(record, column) for record, column in chosen}
        return {
            **told,
            "golden": one["golden"],
            "records": one["records"],
            "silent": one["silent"],
            "survivors": [
                {
                    **each,
                    "by": _CHOSEN if (each["record"], each["column"]) in picked else _rule(declared, each["column"]),
                }
                for each in one["survivors"]
            ],
        }
    return {**told, "records": records, "silent": records}  # P3


def _rule(declared: Entity, column: str) -> str:
    return str(declared.survivor.get(column, _BY_ITSELF))


def _laid_out(there: RoundShown, declared: Entity, pair: tuple[str, str]) -> list[str]:
    """Lay the records of the cluster out in memory, beside the copy of the round; return their names (P1)."""
    one_with = (
        "select record from clusters where entity = ? and cluster in"
        " (select cluster from clusters where entity = ? and record in (?, ?)) order by 1"
    )
    records = [row[0] for row in there.rows(one_with, [declared.key, declared.key, *pair])]
    names = ", ".join(map(sql.text, records)) or "null"
    execute = there.connection.execute
    execute("use memory")
    execute("create schema matching")
    for place, part in enumerate(declared.parts):
        table = sql.table("matching", f"{declared.key} {place + 1}")
        mine = f"{sql.text(f'{part.dataset}:')} || _key in ({names})"
        execute(f"create table {table} as select * from shown.{table} where {mine}")
    execute("create table kept_back as select * from shown.kept_back where mapping is null")
    order = ", ".join(sql.text(part.dataset) for part in declared.parts)
    mine = f"from shown.clusters where entity = {sql.text(declared.key)} and record in ({names})"
    first = f"select record {mine} order by list_position([{order}], dataset), key limit 1"
    execute(f"create table clusters as select * replace (({first}) as cluster) {mine}")
    return records
