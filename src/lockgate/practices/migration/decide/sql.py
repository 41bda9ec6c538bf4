"""How are names, texts and keys written in SQL, so that nothing in them is taken for SQL?"""

from collections.abc import Iterable, Sequence

from lockgate.engines.quoting import quoted as name
from lockgate.kernel.external_id import MODULE, RESOURCE

__all__ = ["external_id", "inherited", "key", "literal", "name", "resource", "slug", "table", "text", "together"]

_UNFIT = "'[^A-Za-z0-9_-]+'"


def text(of: str) -> str:
    """Return a text in quotes."""
    doubled = of.replace("'", "''")
    return f"'{doubled}'"


def table(schema: str, of: str) -> str:
    """Return the name of a table with its schema."""
    return f"{name(schema)}.{name(of)}"


def literal(value: bool | float | str) -> str:  # noqa: FBT001 - a value is what it is
    """Return a value as SQL has it."""
    if isinstance(value, bool):
        return str(value).lower()
    return text(value) if isinstance(value, str) else repr(value)


def key(parts: Sequence[str]) -> str:
    """Return the expression for the key of a record: its parts with bars between them, nothing when one is missing."""
    casts = [f"cast(({part}) as varchar)" for part in parts]
    return casts[0] if len(casts) == 1 else " || '|' || ".join(casts)


def slug(expression: str) -> str:
    """Return the expression for what an external id may hold of a key."""
    return f"regexp_replace({expression}, {_UNFIT}, '_', 'g')"


def external_id(mapping: str, expression: str) -> str:
    """Return the expression for the external id of a record of a mapping, by its key."""
    return f"{text(f'{MODULE}.{mapping}_')} || {slug(expression)}"


def inherited(model: str) -> str:
    """Return what Odoo adds to the external id of a record for the record of this model that it inherits from."""
    return "_" + model.replace(".", "_")


def resource(expression: str) -> str:
    """Return the expression for the external id of a resource by its key; what has a dot is an external id already."""
    ours = text(f"{MODULE}.{RESOURCE}")
    return f"case when contains({expression}, '.') then {expression} else {ours} || {expression} end"


def together(parts: Iterable[str]) -> str:
    """Return a condition that holds where all of these do."""
    return " and ".join(f"({part})" for part in parts) or "true"
