"""How does a record of an old system look as a record of Odoo? As SQL that makes the rows of a mapping.

S1  Columns are those of Odoo's import: `id`, `field`, `field/id`, `lines/id`, `lines/field`.
S2  A reference is an external id: of a record of a mapping, of a resource, or one that Odoo has, which is told by its
    dot; its holes are filled in. What was merged is followed to what it was merged into; what would then refer to
    itself refers to nothing.
S3  Besides its values, a row says which record it was made from, so that whatever is wrong with it can be told there.
S4  Kept back is a record that something blocks; so is one whose value is in no map, and one that refers to a record
    that is not loaded. It is said of each why.
S5  What becomes one record has the identity of the first; its other parts are told with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lockgate.engines.keys import key_text
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.decide.holes import filled
from lockgate.practices.migration.definition import Dataset, Entity
from lockgate.practices.migration.definition import Mapping as Declared
from lockgate.practices.migration.definition.mapped import FieldRule, FieldValue, Lines, Total


@dataclass(frozen=True)
class Column:
    """A column of what is loaded."""

    field: str
    header: str
    """As Odoo's import has it (S1)."""
    expression: str
    refers_to: str = ""
    """The mapping whose records it names."""
    line: str = ""
    """The field of that mapping whose lines it names, where it does not name the records themselves."""
    inherited: str = ""
    """The model of what those inherit from, where it names that."""
    many: bool = False
    made_of: str = ""
    unmapped: str = ""
    """A condition that holds where the value is in no map (S4)."""

    @property
    def because(self) -> str:
        """The expression for why a record whose value is in no map is kept back."""
        return f"{sql.text(f'{self.field}: the map has nothing for ')} || cast({self.made_of} as varchar)"


@dataclass(frozen=True)
class Shape:
    """The rows of a mapping, or those of its lines."""

    columns: tuple[Column, ...]
    select: str
    """The query that makes them, with `_dataset`, `_row` and `_key` besides (S3)."""
    held: tuple[Column, ...] = ()
    """Columns with what Odoo should make of them by itself; they are compared and not sent."""
    unmapped: tuple[str, ...] = ()
    """The queries for the records whose value is in no map: `dataset`, `row`, `key`, `because` (S4)."""
    parts: str = ""
    """The query for the records that become a part of another: `dataset`, `row`, `key`, and its `id` (S5)."""
    meant: str = ""
    """The query for the ids of all records, those that are kept back too."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The columns as Odoo's import has them."""
        return tuple(column.header for column in self.columns)


@dataclass(frozen=True)
class Known:
    """What mappings refer to."""

    datasets: Mapping[str, Dataset]
    entities: Mapping[str, Entity]
    mappings: Mapping[str, Declared]
    ids: Mapping[str, int] = field(default_factory=dict)
    """The ids of the records that external ids leave open, by the keys of their resources."""


@dataclass(frozen=True)
class _Origin:
    """From where records are selected."""

    table: str
    key: str
    """The expression for their key."""
    plain_key: str
    """The expression for what their external ids are made of."""
    home: str
    """The expression for the dataset that they are of."""
    join: str | None
    where: str

    def select(self, columns: Sequence[str], *conditions: str) -> str:
        """Return the query for these columns, with the origin of each record."""
        told = [*columns, f"{self.home} as _dataset", "s._row as _row", f"{self.key} as _key"]
        return self._query(told, conditions)

    def unmapped(self, columns: Sequence[Column]) -> tuple[str, ...]:
        """Return the queries for what is in no map."""
        return tuple(
            self._query([f"{self.home}, s._row, {self.key}", column.because], [column.unmapped])
            for column in columns
            if column.unmapped
        )

    def _query(self, columns: Sequence[str], conditions: Iterable[str]) -> str:
        lines = [f"select {', '.join(columns)}", f"from {self.table} s", *([self.join] if self.join else [])]
        return "\n".join([*lines, f"where {sql.together([self.where, *conditions])}"])


def shape(mapping: Declared, known: Known) -> Shape:
    """Return the rows of a mapping."""
    columns, held = _columns(mapping.fields, known), _columns(mapping.holds, known)
    origin = _origin(mapping, known)
    made_of = sql.key(mapping.record) if mapping.record else origin.plain_key
    own = mapping.same_as or mapping.key
    identity = sql.external_id(own, made_of)
    values = [
        f"{_of_others(column, own, identity, mapping)} as {sql.name(column.header)}" for column in (*columns, *held)
    ]
    select = origin.select([f"{identity} as id", *values], _kept(origin, mapping))
    unmapped = origin.unmapped(columns)
    meant = origin.select([f"{identity} as id"])
    if not mapping.one_per:
        return Shape(columns, select, held, unmapped, meant=meant)
    header = {column.field: sql.name(column.header) for column in (*columns, *held)}
    alike = f"partition by {', '.join(header[field] for field in mapping.one_per)}"
    sums = ", ".join(f"sum({header[name]}) over ({alike}) as {header[name]}" for name in mapping.adds_up)
    first = f"row_number() over ({alike} order by _row)"
    whole = f"select * replace ({sums}) from ({select}) qualify {first} = 1"
    of = f"first_value(id) over ({alike} order by _row)"
    parts = f"select _dataset, _row, _key, {of} as id from ({select}) qualify {first} > 1"
    return Shape(columns, whole, held, unmapped, parts, meant)


def grouped(mapping: Declared, known: Known, total: Total) -> str:
    """Return the query for all records of a mapping, kept back or not, with their groups `g1`… and amounts `a1`…."""
    origin = _origin(mapping, known)
    made_of = sql.key(mapping.record) if mapping.record else origin.plain_key
    there = {column.field: column for column in _columns({**mapping.fields, **mapping.holds}, known)}
    groups = [f"coalesce(cast(({text}) as varchar), '') as g{at}" for at, text in enumerate(total.by.values(), 1)]
    amounts = [f"coalesce({there[name].expression}, 0) as a{at}" for at, name in enumerate(total.of, 1)]
    return origin.select([f"{sql.external_id(mapping.same_as or mapping.key, made_of)} as id", *groups, *amounts])


def _of_others(column: Column, own: str, identity: str, mapping: Declared) -> str:
    """Return the expression for a value; what was merged with what it refers to does not refer to itself (S2)."""
    if mapping.entity is None or column.refers_to != own or column.many:
        return column.expression
    return f"nullif({column.expression}, {identity})"


def line_shape(mapping: Declared, field: str, lines: Lines, known: Known) -> Shape:
    """Return the lines of a mapping; `_of` is the external id of the record that each belongs to."""
    columns, held = _columns(lines.fields, known, field), _columns(lines.holds, known, field)
    key = key_text([f"s.{sql.name(one)}" for one in known.datasets[lines.dataset].id])
    table, where = sql.table("clean", lines.dataset), sql.together(_said(lines.where))
    origin = _Origin(table, key, sql.key(lines.key), sql.text(lines.dataset), lines.join, where)
    owner = mapping.same_as or mapping.key
    select = [
        f"{sql.external_id(f'{owner}--{field}', origin.plain_key)} as {sql.name(f'{field}/id')}",
        f"{sql.external_id(owner, sql.key([lines.of]))} as _of",
        *(f"{column.expression} as {sql.name(column.header)}" for column in (*columns, *held)),
    ]
    return Shape(columns, origin.select(select), held, origin.unmapped(columns))


def _columns(fields: Mapping[str, FieldValue], known: Known, under: str = "") -> tuple[Column, ...]:
    return tuple(_column(field, value, known, under) for field, value in fields.items())


def _said(condition: str | None) -> list[str]:
    return [condition] if condition else []


def _kept(origin: _Origin, mapping: Declared) -> str:
    """Return the condition for what nothing keeps back (S4)."""
    which = f"k.mapping is null or k.mapping = {sql.text(mapping.key)}"
    return f"not exists (select 1 from kept_back k where k.dataset = {origin.home} and k.row = s._row and ({which}))"


def _origin(mapping: Declared, known: Known) -> _Origin:
    where = sql.together(_said(mapping.where))
    if mapping.entity is not None:
        golden = sql.table("golden", mapping.entity)
        return _Origin(golden, "s._key", "s._golden", "s._dataset", mapping.join, where)
    dataset = known.datasets[str(mapping.dataset)]
    columns = [f"s.{sql.name(one)}" for one in dataset.id]
    table, home = sql.table("clean", dataset.key), sql.text(dataset.key)
    return _Origin(table, key_text(columns), sql.key(columns), home, mapping.join, where)


def _column(field: str, value: FieldValue, known: Known, under: str = "") -> Column:
    way = f"{under}/{field}" if under else field
    if isinstance(value, str):
        return Column(field, way, f"({value})")
    made_of = sql.literal(value.value) if value.value is not None else f"({value.of})"
    refers = value.record is not None or value.resource
    expression = _several(made_of, value, known) if value.many else _one(made_of, value, known)
    unmapped = "" if value.many or value.otherwise is not None or not value.map else _outside(made_of, value.map)
    return Column(
        field,
        f"{way}/id" if refers else way,
        expression,
        value.record or "",
        value.line or "",
        value.inherited or "",
        value.many,
        made_of,
        unmapped,
    )


def _one(made_of: str, rule: FieldRule, known: Known) -> str:
    """Return the expression for one value: looked up in its map, and the external id that it stands for (S2)."""
    mapped = _looked_up(made_of, rule)
    if rule.record is not None:
        named = _record(mapped, rule, known)
        return f"{named} || {sql.text(sql.inherited(rule.inherited))}" if rule.inherited else named
    return sql.resource(filled(mapped, known.ids)) if rule.resource else mapped


def _several(made_of: str, rule: FieldRule, known: Known) -> str:
    parts = f"string_split(cast({made_of} as varchar), ',')"
    each = _one("trim(one)", rule, known)
    return f"nullif(array_to_string(list_transform({parts}, lambda one: {each}), ','), '')"


def _looked_up(made_of: str, rule: FieldRule) -> str:
    if rule.map is None:
        return made_of
    cases = " ".join(f"when {sql.text(old)} then {sql.text(new)}" for old, new in rule.map.items())
    otherwise = f" else {sql.text(rule.otherwise)}" if rule.otherwise is not None else ""
    return f"case cast({made_of} as varchar) {cases}{otherwise} end"


def _outside(made_of: str, lookup: Mapping[str, str]) -> str:
    there = ", ".join(map(sql.text, lookup))
    return f"{made_of} is not null and cast({made_of} as varchar) not in ({there})"


def _record(made_of: str, rule: FieldRule, known: Known) -> str:
    """Return the external id of the record that a key stands for; what was merged is followed (S2)."""
    target = known.mappings[str(rule.record)]
    owner = target.same_as or target.key
    if rule.line is not None:
        return sql.external_id(f"{owner}--{rule.line}", f"cast({made_of} as varchar)")
    if target.entity is None:
        return sql.external_id(owner, f"cast({made_of} as varchar)")
    dataset = rule.dataset or known.entities[target.entity].parts[0].dataset
    where = [
        f"m.entity = {sql.text(target.entity)}",
        f"m.dataset = {sql.text(dataset)}",
        f"m.key = cast({made_of} as varchar)",
    ]
    found = f"(select m.golden from merged m where {' and '.join(where)})"
    return sql.external_id(owner, f"coalesce({found}, cast({made_of} as varchar))")
