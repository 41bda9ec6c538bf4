r"""How does a text become a number? Only when it can be read in one way under the notation that is declared.

M1  Groups of three digits only where a sign for them is declared, and then all of them: `1.23` is none.
M2  Negative is a minus before or behind, or brackets around: `-5`, `5-`, `(5)`.
M3  A currency's sign may stand before or behind when it is the declared one.
M4  Exponents are refused in text: a spreadsheet that wrote `1.23457E+12` has cut digits off. Numbers that a database
    itself keeps in binary may have one.
M5  A decimal has no more digits behind its point than declared; zeros at the end do not count. The tail of a binary
    number, as in `0.30000000000000004`, is taken off when 15 digits tell the same and it fits then.
M6  An integer may have decimals that are all zero, and lies between -2^63 and 2^63 - 1.
"""

import re
from typing import Final

from lockgate.engines.sources.extract import Notation
from lockgate.engines.sources.values.blanks import bare, literal

DIGITS: Final = 38
_GAPS: Final = " \u00a0\u2007\u2009\u202f"


def decimal(column: str, notation: Notation, *, decimals: int) -> str:
    """Return the expression of a column as DECIMAL, NULL where it is none."""
    as_decimal = f"DECIMAL({DIGITS}, {decimals})"
    fits = rf"[+-]?\d{{1,{DIGITS - decimals}}}(?:\.\d{{0,{decimals}}}0*)?"
    canonical = _canonical(column, notation)
    tail = f"format('{{:.15g}}', try_cast({canonical} AS DOUBLE))"
    binary = f"try_cast({canonical} AS DOUBLE)::VARCHAR = {canonical}"
    cases = [
        *_usual(column, notation, as_decimal, decimals=decimals),
        f"WHEN regexp_full_match({canonical}, {literal(fits)}) THEN try_cast({canonical} AS {as_decimal})",  # M5
        f"WHEN {binary} AND regexp_full_match({tail}, {literal(fits)}) THEN try_cast({tail} AS {as_decimal})",
    ]
    if notation.scientific:
        exact = f"try_cast({canonical} AS {as_decimal})"
        cases.append(f"WHEN {exact}::DOUBLE = try_cast({canonical} AS DOUBLE) THEN {exact}")
    return f"CASE {' '.join(cases)} END"


def _usual(column: str, notation: Notation, as_decimal: str, *, decimals: int) -> list[str]:
    """Return the cases of most numbers, which stand by themselves without blanks: a tenth of the work of all others."""
    point, group = re.escape(notation.decimal), re.escape(notation.thousands)
    behind = rf"(?:{point}\d{{0,{decimals}}}0*)?"
    shapes = {rf"[+-]?\d{{1,{DIGITS - decimals}}}{behind}": column}
    groups = (DIGITS - decimals) // 3 - 1
    if group and notation.thousands not in _GAPS and groups > 0:
        bared = f"replace({column}, {literal(notation.thousands)}, '')"
        shapes[rf"[+-]?\d{{1,3}}(?:{group}\d{{3}}){{1,{groups}}}{behind}"] = bared
    pointed = {
        shape: text if notation.decimal == "." else f"replace({text}, {literal(notation.decimal)}, '.')"
        for shape, text in shapes.items()
    }
    return [
        f"WHEN regexp_full_match({column}, {literal(shape)}) THEN try_cast({text} AS {as_decimal})"
        for shape, text in pointed.items()
    ]


def integer(column: str, notation: Notation) -> str:
    """Return the expression of a column as BIGINT, NULL where it is none (M6)."""
    canonical = _canonical(column, notation)
    whole = literal(r"[+-]?\d+(?:\.0*)?")
    cases = [
        f"WHEN regexp_full_match({column}, '[+-]?\\d{{1,18}}') THEN try_cast({column} AS BIGINT)",
        f"WHEN regexp_full_match({canonical}, {whole}) THEN try_cast(split_part({canonical}, '.', 1) AS BIGINT)",
    ]
    if notation.scientific:
        exact = f"try_cast({canonical} AS HUGEINT)"
        cases.append(f"WHEN {exact}::DOUBLE = try_cast({canonical} AS DOUBLE) THEN try_cast({exact} AS BIGINT)")
    return f"CASE {' '.join(cases)} END"


def _canonical(column: str, notation: Notation) -> str:
    """Return the expression of a number with a point and a minus before it; NULL where the notation is another."""
    text = bare(column)
    if notation.currency:
        sign = re.escape(notation.currency)
        around = literal(rf"^([-+(]?)\s*{sign}\s*|\s*{sign}\s*([-)]?)$")
        text = f"regexp_replace({text}, {around}, '\\1\\2')"
    group = f"[{_GAPS}]" if notation.thousands and notation.thousands in _GAPS else re.escape(notation.thousands)
    point = re.escape(notation.decimal)
    digits = rf"(?:\d+|\d{{1,3}}(?:{group}\d{{3}})+)" if notation.thousands else r"\d+"
    number = rf"(?:{digits}(?:{point}\d*)?|{point}\d+)"
    shape = literal(rf"[+-]?\s?{number}|{number}\s?-|\(\s?{number}\s?\)")  # M1, M2, M4
    others = literal(rf"[^0-9{point}]")
    signed = f"CASE WHEN regexp_matches({text}, '[-(]') THEN '-' ELSE '' END"
    bared = f"replace(regexp_replace({text}, {others}, '', 'g'), {literal(notation.decimal)}, '.')"
    led = f"CASE WHEN {bared} LIKE '.%' THEN '0' ELSE '' END"
    cases = f"WHEN regexp_full_match({text}, {shape}) THEN {signed} || {led} || {bared}"
    if notation.scientific:
        binary = literal(rf"[+-]?\d+(?:{point}\d*)?[eE][+-]?\d+")
        cases += f" WHEN regexp_full_match({text}, {binary}) THEN replace({text}, {literal(notation.decimal)}, '.')"
    return f"CASE {cases} END"


def why_not(column: str, notation: Notation, *, whole: bool, decimals: int) -> str:
    """Return the expression that says why a column's text is no number."""
    text, canonical = bare(column), _canonical(column, notation)
    kind = "integer" if whole else "decimal"
    written = f"{notation.decimal!r} before decimals"
    written += (
        f" and {notation.thousands!r} between thousands" if notation.thousands else " and nothing between thousands"
    )
    cases = [
        (f"regexp_full_match({text}, '[-+]?[0-9.,]+[eE][-+]?[0-9]+')", "It has an exponent: digits may be cut off."),
        (f"{canonical} IS NOT NULL AND {canonical} LIKE '%._%'", _decimals(decimals, whole=whole)),
        (
            f"{canonical} IS NOT NULL",
            f"It is too large for {'an integer' if whole else 'a decimal'}: declare it as text.",
        ),
        (
            f"regexp_matches({text}, '[0-9]') AND regexp_matches({text}, '[$€£¥]|^[A-Za-z]{{3}}\\b|\\b[A-Za-z]{{3}}$')",
            "Its currency is not declared.",
        ),
        (f"regexp_full_match({text}, '[-+(]?[0-9][0-9.,''\\s]*[-)]?')", f"Numbers are declared with {written}."),
    ]
    told = " ".join(f"WHEN {when} THEN {literal(why)}" for when, why in cases)
    return f"CASE {told} ELSE {literal(f'It is no {kind}.')} END"


def _decimals(decimals: int, *, whole: bool) -> str:
    if whole:
        return "It has decimals, and an integer is declared."
    return f"It has more than {decimals} decimals or too many digits: declare `decimals`, or text."
