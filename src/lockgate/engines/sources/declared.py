"""Does a declaration make sense by itself? Said before a file is opened, all faults at once."""

import re
from collections import Counter
from typing import Final

from lockgate.engines.sources.extract import Extract, Kind, Notation
from lockgate.engines.sources.refusal import Refusal
from lockgate.engines.sources.values.blanks import BLANKS
from lockgate.engines.sources.values.dates import LETTERS

_FILES: Final = {Kind.CSV, Kind.WORKBOOK, Kind.PARQUET, Kind.SQLITE}
_DATABASES: Final = {Kind.SQLITE, Kind.POSTGRESQL, Kind.ADBC}
_MOST_DECIMALS: Final = 37
_DAY: Final = ({"Y", "y"}, {"m", "b", "B", "j"}, {"d", "j"})


def faults(extract: Extract) -> tuple[Refusal, ...]:
    """Return everything that is wrong with a declaration."""
    told = [*_source(extract), *_columns(extract), *_notation(extract.notation, "the extract")]
    for column in extract.columns:
        if column.notation:
            told += _notation(column.notation, repr(column.name))
    if extract.longest_cell < 1:
        told.append("`longest_cell` is less than 1.")
    return tuple(Refusal(extract.place, "declaration", what, "See the reference of extracts.") for what in told)


def _source(extract: Extract) -> list[str]:
    told = []
    if extract.kind in _FILES and not extract.path:
        told.append(f"An extract of the kind {extract.kind} needs a `path`.")
    if extract.kind in _DATABASES and (extract.table is None) == (extract.query is None):
        told.append("A database needs either a `table` or a `query`.")
    if extract.kind in {Kind.POSTGRESQL, Kind.ADBC} and not extract.connection:
        told.append("A database needs a `connection`: the environment variable that holds its address.")
    if extract.kind is Kind.ADBC and not re.fullmatch(r"adbc_driver_\w+", extract.driver or ""):
        told.append("`driver` is no ADBC driver: name its package, like `adbc_driver_snowflake`.")
    if extract.header is not None and extract.header < 0:
        told.append("`header` is less than 0.")
    return told


def _columns(extract: Extract) -> list[str]:
    counted = Counter(one.name.casefold() for one in extract.columns)
    told = [f"The column {name!r} is declared twice." for name, count in counted.items() if count > 1]
    told += [
        f"`decimals` of {one.name!r} is not between 0 and {_MOST_DECIMALS}."
        for one in extract.columns
        if not 0 <= one.decimals <= _MOST_DECIMALS
    ]
    return told + ["A column is declared without a name." for one in extract.columns if not one.name.strip()]


def _notation(notation: Notation, whose: str) -> list[str]:
    told = []
    signs = (notation.decimal, notation.thousands or None)
    if len(notation.decimal) != 1 or notation.decimal.isalnum() or notation.decimal in "-+()":
        told.append(f"`decimal` of {whose} is {notation.decimal!r}, and has to be one sign.")
    if len(notation.thousands) > 1 or notation.thousands.isalnum() or (signs[1] and signs[1] in "-+()"):
        told.append(f"`thousands` of {whose} is {notation.thousands!r}, and has to be one sign or none.")
    if signs[0] == signs[1]:
        told.append(f"`decimal` and `thousands` of {whose} are the same.")
    if notation.currency != notation.currency.strip() or re.search(r"[\d()+-]", notation.currency):
        told.append(f"`currency` of {whose} is {notation.currency!r}, and has to be a sign or a code.")
    told += _date(notation.date, "date", whose) + _date(notation.datetime, "datetime", whose)
    both = {word.casefold() for word in notation.true} & {word.casefold() for word in notation.false}
    told += [f"{word!r} of {whose} is both `true` and `false`." for word in sorted(both)]
    told += [
        f"{w!r} of {whose} has blanks around it." for w in (*notation.true, *notation.false) if w != w.strip(BLANKS)
    ]
    return told


def _date(pattern: str, key: str, whose: str) -> list[str]:
    letters = re.findall(r"%(.?)", pattern)
    told = [f"`{key}` of {whose} has `%{one}`, which is not known." for one in letters if one not in LETTERS]
    if not all(set(letters) & part for part in _DAY):
        told.append(f"`{key}` of {whose} is {pattern!r}, and has to have day, month and year, like `%d.%m.%Y`.")
    if key == "datetime" and not set(letters) & {"H", "I"}:
        told.append(f"`datetime` of {whose} is {pattern!r}, and has no hour: `%H`.")
    if key == "date" and set(letters) & set("HIMSfpz"):
        told.append(f"`date` of {whose} is {pattern!r}, and has a time: declare it as `datetime`.")
    return told
