"""When are two values of a field the same? What a field is, and the SQL that says so.

F1  Nothing and something differ, nothing and nothing are the same. An empty text is something unless blanks are
    ignored.
F2  Numbers are the same within the absolute tolerance, or within the relative one, which is a share of the left number.
F3  A binary float has no exact decimals: what lies in 1e-12 of the value (or of 1) is arithmetic, not a difference.
F4  A set is the same in any order and however often it names a member; no set is an empty set.
F5  Dates are compared by the day, moments exactly, texts letter by letter.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lockgate.kernel.errors import UsageError

Kind = Literal["text", "number", "date", "datetime", "boolean", "set"]

NOISE = "1e-12"
"""What arithmetic in binary floats may add to a value (F3)."""
_WHOLES = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "UHUGEINT",
)
NUMBERS = (*_WHOLES, "DECIMAL", "FLOAT", "DOUBLE")
"""What the name of a type of numbers begins with."""
_FITS: dict[Kind, tuple[str, ...]] = {
    "number": NUMBERS,
    "date": ("DATE", "TIMESTAMP"),
    "datetime": ("DATE", "TIMESTAMP"),
    "boolean": ("BOOLEAN",),
}
"""What the name of a column's type begins with, for the kinds that need more than a text."""


@dataclass(frozen=True)
class Field:
    """One column that both tables have, and what does not count as a difference in it."""

    name: str
    kind: Kind = "text"
    tolerance: Decimal | None = None
    """How far two numbers may be apart."""
    relative: Decimal | None = None
    """The same as a share of the left number: 0.01 is one per cent."""
    ignore_case: bool = False
    ignore_blanks: bool = False
    """Blanks around a text count for nothing, many between words for one, and a text of blanks only for none."""


@dataclass(frozen=True)
class Typed:
    """A field with the types of its two columns and the one in which they are compared."""

    field: Field
    left: str
    right: str
    common: str

    def normal(self, value: str, own: str) -> str:
        """Return the SQL of what is compared, made of the SQL of a value and the type of its column."""
        if self.field.kind == "set":
            return _as_set(value, own)
        plain = f"CAST({value} AS {self.common})"
        if self.field.ignore_blanks:
            plain = f"nullif(trim(regexp_replace({plain}, '[\\s\\p{{Z}}]+', ' ', 'g')), '')"
        return f"lower({plain})" if self.field.ignore_case else plain

    def shown(self, value: str, own: str) -> str:
        """Return the SQL of what people are shown of a value."""
        if self.field.kind == "set" and own.endswith("[]"):
            return f"array_to_string({_as_set(value, own)}, ', ')"
        return f"CAST({value} AS VARCHAR)"

    def differs(self, left: str, right: str) -> str:
        """Return the SQL that is true when two normal values are not the same."""
        allowed = self._allowed(left, right)
        unequal = f"({left} IS DISTINCT FROM {right})"  # F1
        return f"({unequal} AND NOT coalesce({allowed}, false))" if allowed else unequal

    def _allowed(self, left: str, right: str) -> str:
        floats = self.common == "DOUBLE"
        noise = f" + {NOISE} * greatest(1, abs({left}), abs({right}))" if floats else ""  # F3
        limits = ["0"] if floats else []
        if self.field.tolerance is not None:  # a Decimal is written with digits only: nothing of it is SQL
            limits.append(f"{self.field.tolerance:f}")
        if self.field.relative is not None:
            limits.append(f"{self.field.relative:f} * abs({left})")
        return (
            f"({' OR '.join(f'abs({left} - {right}) <= {limit}{noise}' for limit in limits)})" if limits else ""
        )  # F2


def typed(field: Field, left: str, right: str, common: str) -> Typed:
    """Return the field for columns of these types; `common` is the type that DuckDB finds for both."""
    _refuse_unfit(field, left, right)
    names: dict[Kind, str] = {"date": "DATE", "datetime": "TIMESTAMP", "boolean": "BOOLEAN"}
    if field.kind == "number":
        names["number"] = "DOUBLE" if common in {"FLOAT", "DOUBLE"} else common
    return Typed(field, left, right, names.get(field.kind, "VARCHAR"))


def _refuse_unfit(field: Field, left: str, right: str) -> None:
    fits = _FITS.get(field.kind)
    for own in (left, right):
        if fits is not None and not own.startswith(fits):
            raise UsageError(
                f"{field.name} can't be compared as a {field.kind}.",
                why=f"One side holds it as {own}.",
                do="Declare its type where it is read, or compare it as a text.",
            )
    limits = [limit for limit in (field.tolerance, field.relative) if limit is not None]
    if limits and field.kind != "number":
        raise UsageError(
            f"{field.name} can't have a tolerance.",
            why=f"It is compared as a {field.kind}.",
            do="Compare it as a number, or take the tolerance out.",
        )
    if any(not limit.is_finite() or limit < 0 for limit in limits):
        raise UsageError(f"The tolerance of {field.name} is no number from zero up.", do="Write one like 0.01.")
    if (field.ignore_case or field.ignore_blanks) and field.kind != "text":
        raise UsageError(
            f"Letter case and blanks can't be ignored in {field.name}.",
            why=f"It is compared as a {field.kind}.",
            do="Compare it as a text, or take that out.",
        )


def _as_set(value: str, own: str) -> str:
    """Return the SQL of the members, once each and in order (F4); a text names them with commas between."""
    members = f"CAST({value} AS VARCHAR[])" if own.endswith("[]") else f"string_split(CAST({value} AS VARCHAR), ',')"
    trimmed = f"list_transform({members}, lambda member: trim(member))"
    return f"coalesce(list_sort(list_distinct(list_filter({trimmed}, lambda member: member <> ''))), [])"
