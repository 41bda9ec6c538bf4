"""How does a text become a date? By the declared notation to the letter, with years of four digits unless declared.

D1  The text has the shape that the notation says; words like `epoch` and `infinity`, which DuckDB would take, have not.
D2  A date may have the time of midnight behind it, and a moment may be a date alone: then it is midnight.
D3  A moment with an offset is kept in UTC.
"""

import re
from typing import Final

from lockgate.engines.sources.extract import Notation
from lockgate.engines.sources.values.blanks import BLANKS, bare, literal

_SHAPES: Final = {
    "Y": r"\d{4}",
    "y": r"\d{2}",
    "m": r"\d{1,2}",
    "d": r"\d{1,2}",
    "H": r"\d{1,2}",
    "I": r"\d{1,2}",
    "M": r"\d{1,2}",
    "S": r"\d{1,2}",
    "f": r"\d{1,6}",
    "j": r"\d{1,3}",
    "b": r"[A-Za-z]{3}",
    "B": r"[A-Za-z]+",
    "a": r"[A-Za-z]{3}",
    "A": r"[A-Za-z]+",
    "p": r"[AaPp][Mm]",
    "z": r"(?:[+-]\d{2}(?::?\d{2})?|Z)",
    "%": "%",
}
LETTERS: Final = frozenset(_SHAPES)


def date(column: str, notation: Notation) -> str:
    """Return the expression of a column as DATE, NULL where it is none."""
    moment = _moment(column, _moments(notation))
    midnight = f"CASE WHEN {moment}::TIME = '00:00' THEN {moment}::DATE END"
    return f"coalesce({_moment(column, (notation.date,))}::DATE, {midnight})"  # D2


def datetime(column: str, notation: Notation) -> str:
    """Return the expression of a column as TIMESTAMP, NULL where it is none."""
    return f"coalesce({_moment(column, _moments(notation))}, {_moment(column, (notation.date,))})"


def why_not(column: str, notation: Notation, *, moment: bool) -> str:
    """Return the expression that says why a column's text is no date."""
    shape = " or ".join(
        {_as_people_write(one): None for one in ((notation.datetime, notation.date) if moment else (notation.date,))}
    )
    text = bare(column)
    cases = []
    if not moment:
        cases.append(
            f"WHEN {_moment(column, _moments(notation))} IS NOT NULL THEN 'It has a time, and a date is declared.'"
        )
    fits = literal(_shape(notation.date))
    cases.append(f"WHEN regexp_full_match({text}, {fits}) THEN 'There is no such day.'")
    cases.append(
        f"WHEN regexp_full_match({text}, '\\d{{1,2}}[./-]\\d{{1,2}}[./-]\\d{{2,4}}') "
        f"THEN {literal(f'Dates are declared as {shape}; day and month of this one may be either.')}"
    )
    return f"CASE {' '.join(cases)} ELSE {literal(f'It is not written as {shape}.')} END"


def _moments(notation: Notation) -> tuple[str, ...]:
    """Return the notations of a moment: the declared one, and the same with parts of a second."""
    declared = notation.datetime
    return (declared, f"{declared}.%f") if declared.endswith("%S") else (declared,)


def _moment(column: str, notations: tuple[str, ...]) -> str:
    as_it_is = [_read(column, one) for one in notations if one == one.strip(BLANKS)]  # most have no blanks to take off
    return "coalesce(" + ", ".join([*as_it_is, *(_read(bare(column), one) for one in notations)]) + ")"


def _read(text: str, notation: str) -> str:
    read = f"try_strptime({text}, {literal(notation)})"
    if "%z" in notation:
        read = f"timezone('UTC', {read})"  # D3
    return f"CASE WHEN regexp_full_match({text}, {literal(_shape(notation))}) THEN {read} END"  # D1


def _shape(notation: str) -> str:
    """Return the pattern of a notation; digits that stand side by side have their full number."""
    parts = re.findall(r"%.|[^%]+", notation, re.DOTALL)
    shape = []
    for number, part in enumerate(parts):
        beside = [parts[n] for n in (number - 1, number + 1) if 0 <= n < len(parts)]
        tight = any(one.startswith("%") and one[1] in "YymdHIMSj" for one in beside)
        pattern = _SHAPES[part[1]] if part.startswith("%") else re.escape(part)
        shape.append(pattern.replace("{1,2}", "{2}").replace("{1,3}", "{3}") if tight else pattern)
    return "".join(shape)


_WORDS: Final = {
    "Y": "YYYY",
    "y": "YY",
    "m": "MM",
    "d": "DD",
    "H": "hh",
    "I": "hh",
    "M": "mm",
    "S": "ss",
    "b": "Jan",
    "B": "January",
}


def _as_people_write(notation: str) -> str:
    return re.sub(r"%(.)", lambda found: _WORDS.get(found[1], found[0]), notation)
