"""Which records are in Odoo already just as they are in the input? They need not be sent.

U1  A record is unchanged only when every cell of it can be compared and is equal; in doubt it is sent.
U2  So it is with its lines: each has to be there, below this record, and equal. Lines that only Odoo has change
    nothing: loading would leave them too.
U3  Not compared: relations by name or database id, files, properties, lines of lines. What the caller leaves out of the
    comparison does not count, and goes along when something else differs.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lockgate.odoo.calls.caller import Caller
from lockgate.odoo.catalogue import Field
from lockgate.odoo.external_ids import Target, qualified
from lockgate.odoo.loading.calls import Calls
from lockgate.odoo.loading.header import Header
from lockgate.odoo.loading.records import Cells, Record
from lockgate.odoo.loading.values import COMPARED, Same, comparer


@dataclass(frozen=True)
class Part:
    """What of a row belongs to one model: the record itself, or one of its lines."""

    model: str
    id_column: int
    columns: Mapping[int, Field]
    """The field that each column is compared with."""
    lines: str = ""
    """The field of the record that holds the lines, empty for the record itself."""


class Comparison:
    """Compares records with what Odoo has."""

    def __init__(
        self,
        client: Caller,
        calls: Calls,
        model: str,
        header: Header,
        *,
        context: Mapping[str, Any],
        left_out: Collection[str] = (),
    ) -> None:
        self._client = client
        self._calls = calls
        self._header = header
        self._context = {**context, "active_test": False}
        self._parts = parts_of(model, header, left_out)
        self._ids: dict[str, int] = {}

    def unchanged(self, records: Sequence[Record], targets: Mapping[str, Target]) -> frozenset[str]:
        """Return the external ids of the records that Odoo has just like this; `targets` is what they stand for."""
        if self._parts is None:
            return frozenset()
        own, *lines = self._parts
        there = [record for record in records if _stands_for(own.model, targets.get(record.external_id))]
        if not there:
            return frozenset()
        self._look_up(there)
        more = [part.lines for part in lines]
        found = self._read(own, [targets[record.external_id].id for record in there], more)
        same = self._same(own)
        kept = {
            record.external_id: row
            for record in there
            if (row := found.get(targets[record.external_id].id)) is not None and same(record.rows[0], row)
        }
        for part in lines:
            kept = self._with_same_lines(part, [one for one in there if one.external_id in kept], kept)
        return frozenset(kept)

    def _with_same_lines(
        self, part: Part, records: Sequence[Record], kept: Mapping[str, Mapping[str, Any]]
    ) -> dict[str, Mapping[str, Any]]:
        """Return those records whose lines are there and equal too (U2)."""
        named = {name for record in records for cells in record.rows if (name := self._name(cells, part))}
        targets = self._calls.targets(named)
        ids = [target.id for target in targets.values() if target.model == part.model]
        found = self._read(part, ids)
        same = self._same(part)

        def equal(record: Record) -> bool:
            below = kept[record.external_id][part.lines]
            for cells in record.rows:
                name = self._name(cells, part)
                if not name:
                    if any(cells[at] for at in part.columns):
                        return False
                    continue
                target = targets.get(name)
                row = found.get(target.id) if _stands_for(part.model, target) and target else None
                if row is None or row["id"] not in below or not same(cells, row):
                    return False
            return True

        return {record.external_id: kept[record.external_id] for record in records if equal(record)}

    def _name(self, cells: Cells, part: Part) -> str:
        name = cells[part.id_column].strip()
        return qualified(name, module=self._header.layout.module) if name else ""

    def _same(self, part: Part) -> Callable[[Cells, Mapping[str, Any]], bool]:
        module = self._header.layout.module
        checks: list[tuple[int, str, Same]] = [
            (at, field.name, comparer(field, self._ids, module)) for at, field in part.columns.items()
        ]
        return lambda cells, row: all(same(cells[at], row[name]) for at, name, same in checks)

    def _read(self, part: Part, ids: Sequence[int], more: Sequence[str] = ()) -> dict[int, Mapping[str, Any]]:
        names = [*(field.name for field in part.columns.values()), *more] or ["id"]
        if not ids:
            return {}
        rows = self._calls.ask(
            lambda: self._client.call(part.model, "read", list(ids), context=self._context, fields=names, load="")
        )
        return {row["id"]: row for row in rows}

    def _look_up(self, records: Iterable[Record]) -> None:
        columns = [at for part in self._parts or () for at in part.columns if self._header.columns[at].endswith("/id")]
        named = {
            qualified(name.strip(), module=self._header.layout.module)
            for record in records
            for cells in record.rows
            for at in columns
            for name in cells[at].split(",")
            if name.strip()
        }
        found = self._calls.targets(named - self._ids.keys())
        self._ids.update((external_id, target.id) for external_id, target in found.items())


def parts_of(model: str, header: Header, left_out: Collection[str] = ()) -> tuple[Part, ...] | None:
    """Return what the columns are compared with, the record itself first; None when one can't be compared (U3)."""
    own: dict[int, Field] = {}
    lines: dict[str, dict[int, Field]] = {}
    for at, column in enumerate(header.columns):
        first, _, rest = column.partition("/")
        below = at in header.layout.line_columns
        if column == "id" or (below and rest == "id"):
            continue
        name = rest if below else column
        field = header.relations[at] if name.endswith("/id") else header.fields[at]
        if not below and first in left_out:
            continue
        if field is None or name.count("/") > name.endswith("/id") or field.type not in COMPARED:
            return None
        if (field.relation is not None) != name.endswith("/id"):
            return None
        (lines.setdefault(first, {}) if below else own)[at] = field
    return (Part(model, header.layout.id_column, own), *_parts_of_lines(header, lines))


def _parts_of_lines(header: Header, lines: Mapping[str, Mapping[int, Field]]) -> Iterator[Part]:
    for name, columns in lines.items():
        at = header.columns.index(f"{name}/id")
        relation = header.relations[at]
        if relation is not None and relation.relation is not None:
            yield Part(relation.relation, at, columns, name)


def _stands_for(model: str, target: Target | None) -> bool:
    return target is not None and target.model == model
