"""Which SQL makes a typed column of a raw one? One expression for each type, and one that says why a value has none."""

from lockgate.engines.quoting import quoted
from lockgate.engines.sources.extract import Column, Notation
from lockgate.engines.sources.values import dates, numbers
from lockgate.engines.sources.values.blanks import bare, blank, literal, one_of


def typed(column: Column, notation: Notation) -> str:
    """Return the expression of a column's values; NULL where there is none, or none that can be read."""
    name = quoted(column.name)
    return f"CASE WHEN {blank(name, notation)} THEN NULL ELSE {_value(name, column, notation)} END"


def why_not(column: Column, notation: Notation, name: str) -> str:
    """Return the expression that says why the text of a column has no value."""
    if column.type in {"integer", "decimal"}:
        return numbers.why_not(name, notation, whole=column.type == "integer", decimals=column.decimals)
    if column.type in {"date", "datetime"}:
        return dates.why_not(name, notation, moment=column.type == "datetime")
    words = ", ".join((*notation.true, *notation.false))
    return literal(f"It is none of {words}.")


def _value(name: str, column: Column, notation: Notation) -> str:
    if column.type == "integer":
        return numbers.integer(name, notation)
    if column.type == "decimal":
        return numbers.decimal(name, notation, decimals=column.decimals)
    if column.type == "date":
        return dates.date(name, notation)
    if column.type == "datetime":
        return dates.datetime(name, notation)
    if column.type == "boolean":
        return _boolean(name, notation)
    return name


def _boolean(name: str, notation: Notation) -> str:
    cases = []
    for text in (f"lower({name})", f"lower({bare(name)})"):  # most have no blanks to take off
        yes, no = (one_of(text, tuple(word.lower() for word in words)) for words in (notation.true, notation.false))
        cases.append(f"WHEN {yes} THEN true WHEN {no} THEN false")
    return f"CASE {' '.join(cases)} END"
