"""Do the sums agree, group by group? What the old systems had, less what was kept back, and what Odoo holds.

T1  Added up is what Odoo was read to hold, record by record, in the group that the old system puts the record in. What
    is there and was never sent is in a group of its own, without a name.
T2  What is a part of another record counts in the group of that one.
T3  A group is right when records and sums agree to the tolerance: source, less kept back, is Odoo.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.decide.shaping import Known, grouped
from lockgate.practices.migration.definition.mapped import Total
from lockgate.practices.migration.perform.answers import SumAnswer, TotalAnswer, TotalGroupAnswer
from lockgate.practices.migration.perform.rounds import Round, as_declared
from lockgate.practices.migration.perform.sending.targets import Target


def totalled(store: Round, target: Target, known: Known) -> list[TotalAnswer]:
    """Add up what is declared of a mapping, after it was read back."""
    return [_total(store, target, known, total) for total in target.mapping.totals]


def _total(store: Round, target: Target, known: Known, total: Total) -> TotalAnswer:
    with as_declared(f"total {total.title!r}"):
        rows = store.connection.execute(_query(target, known, total)).fetchall()
    width = len(total.by)
    names = ["records", *total.of]
    groups = [_group(row[:width], row[width:], names, Decimal(str(total.tolerance))) for row in rows]
    off = sum(not one["ok"] for one in groups)
    return {"mapping": target.mapping.key, "title": total.title, "by": list(total.by), "groups": groups, "off": off}


def _group(group: Sequence[Any], values: Sequence[Any], names: Sequence[str], tolerance: Decimal) -> TotalGroupAnswer:
    """Return a group; of each sum the query tells what the source has, what was kept back, and what Odoo holds."""
    sums: list[SumAnswer] = []
    right = True
    for at, name in enumerate(names):
        source, kept, odoo = (Decimal(str(value)) for value in values[3 * at : 3 * at + 3])
        apart = source - kept - odoo
        right = right and abs(apart) <= (tolerance if at else 0)  # T3
        told = {"source": float(source), "kept_back": float(kept), "odoo": float(odoo), "difference": float(apart)}
        sums.append({"of": name, **told})  # type: ignore[typeddict-item] # these keys
    return {"group": [str(one) for one in group], "sums": sums, "ok": right}


def _query(target: Target, known: Known, total: Total) -> str:
    mapping = target.mapping
    headers = {column.field: column.header for column in (*target.shape.columns, *target.shape.held)}
    groups = [f"g{at}" for at in range(1, len(total.by) + 1)]
    amounts = [f"a{at}" for at in range(1, len(total.of) + 1)]
    key = sql.text(mapping.key)
    which = f"k.dataset = s._dataset and k.row = s._row and (k.mapping is null or k.mapping = {key})"
    kept = f"exists (select 1 from kept_back k where {which})"
    of_parts = f"select id from added_up u where u.mapping = {key} and u.dataset = s._dataset and u.row = s._row"
    said = (
        f"select s.*, coalesce(({of_parts}), s.id) as whole, {kept} as kept from ({grouped(mapping, known, total)}) s"
    )
    firsts = f"select whole, {', '.join(groups)} from said where whole = id"  # T2
    told = [f"coalesce(f.{name}, s.{name}) as {name}" for name in groups]
    old = ["case when s.whole = s.id then 1 else 0 end as a0", *(f"s.{name} as {name}" for name in amounts)]
    live = [f"coalesce(l.{sql.name(headers[name])}, 0) as a{at}" for at, name in enumerate(total.of, 1)]
    there = [f"coalesce(f.{name}, '') as {name}" for name in groups]
    sums = [
        f"coalesce(sum({name}) filter (where side {which}), 0)"
        for name in ("a0", *amounts)
        for which in ("in ('old', 'kept')", "= 'kept'", "= 'odoo'")
    ]
    by = ", ".join(groups)
    return f"""with said as materialized ({said}), firsts as ({firsts}), sides as (
        select case when s.kept then 'kept' else 'old' end as side, {", ".join([*told, *old])}
        from said s left join firsts f on f.whole = s.whole
        union all
        select 'odoo' as side, {", ".join([*there, "1 as a0", *live])}
        from {sql.table("live", mapping.key)} l left join firsts f on f.whole = l.id)
        select {", ".join([by, *sums])} from sides group by {by} order by {by}"""
