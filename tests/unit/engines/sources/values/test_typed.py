"""Is a text the value that it is under the declared notation, and never another?"""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lockgate.engines.sources import Column, Notation
from lockgate.engines.sources.values.blanks import BLANKS
from support.staging import Round

COMMA = Notation(decimal=",", thousands=".")
SPACE = Notation(decimal=",", thousands=" ")
DOLLAR = Notation(thousands=",", currency="$")
TOO_MANY = "It has more than 10 decimals or too many digits: declare `decimals`, or text."
EXPONENT = "It has an exponent: digits may be cut off."
PLAIN = "Numbers are declared with '.' before decimals and nothing between thousands."

NUMBERS = [
    ("decimal", None, "32000.00", Decimal(32000)),
    ("decimal", None, "(32000.00)", Decimal(-32000)),
    ("decimal", None, "32-", Decimal(-32)),
    ("decimal", None, "- 32", Decimal(-32)),
    ("decimal", None, "+.5", Decimal("0.5")),
    ("decimal", None, "0005.", Decimal(5)),
    ("decimal", None, "\u00a032 ", Decimal(32)),
    ("decimal", None, "1234567890123456789012345678.0123456789", Decimal("1234567890123456789012345678.0123456789")),
    ("decimal", None, "0.30000000000000004", Decimal("0.3")),
    ("decimal", None, "1.23000000000000000000", Decimal("1.23")),
    ("decimal", None, "0.12345678901", TOO_MANY),
    ("decimal", None, "1,234", PLAIN),
    ("decimal", None, "1.234.567", PLAIN),
    ("decimal", None, "1.23457E+12", EXPONENT),
    ("decimal", None, "$ 32", "Its currency is not declared."),
    ("decimal", None, "abc", "It is no decimal."),
    ("decimal", None, "1_000", "It is no decimal."),
    ("decimal", None, "nan", "It is no decimal."),
    ("decimal", None, "(5-)", "It is no decimal."),
    ("decimal", COMMA, "1.234,56", Decimal("1234.56")),
    ("decimal", COMMA, "1234,56", Decimal("1234.56")),
    ("decimal", COMMA, "-1.234.567", Decimal(-1234567)),
    ("decimal", COMMA, "1.23", "Numbers are declared with ',' before decimals and '.' between thousands."),
    ("decimal", SPACE, "1\u202f234\u00a0567,5", Decimal("1234567.5")),
    ("decimal", DOLLAR, "$ 32", Decimal(32)),
    ("decimal", DOLLAR, "-$1,234.50", Decimal("-1234.5")),
    ("decimal", DOLLAR, "($5)", Decimal(-5)),
    ("decimal", DOLLAR, "€ 5", "Its currency is not declared."),
    ("integer", None, "00123", 123),
    ("integer", None, "12.00", 12),
    ("integer", None, "12.5", "It has decimals, and an integer is declared."),
    ("integer", None, "-9223372036854775808", -(2**63)),
    ("integer", None, "9223372036854775808", "It is too large for an integer: declare it as text."),
]
DAYS = [
    ("date", "%Y-%m-%d", "2024-02-29", date(2024, 2, 29)),
    ("date", "%Y-%m-%d", "2024-02-29 00:00:00", date(2024, 2, 29)),
    ("date", "%Y-%m-%d", "2024-02-29 10:00:00", "It has a time, and a date is declared."),
    ("date", "%Y-%m-%d", "2023-02-29", "There is no such day."),
    ("date", "%Y-%m-%d", "05/06/2024", "Dates are declared as YYYY-MM-DD; day and month of this one may be either."),
    ("date", "%Y-%m-%d", "24-01-05", "Dates are declared as YYYY-MM-DD; day and month of this one may be either."),
    ("date", "%Y-%m-%d", "epoch", "It is not written as YYYY-MM-DD."),
    ("date", "%Y-%m-%d", "infinity", "It is not written as YYYY-MM-DD."),
    ("date", "%d/%m/%Y", "05/06/2024", date(2024, 6, 5)),
    ("date", "%m/%d/%Y", "05/06/2024", date(2024, 5, 6)),
    ("date", "%d.%m.%Y", "5.6.2024", date(2024, 6, 5)),
    ("date", "%d.%m.%y", "05.06.24", date(2024, 6, 5)),
    ("date", "%Y%m%d", "20240605", date(2024, 6, 5)),
    ("date", "%Y%m%d", "2024605", "It is not written as YYYYMMDD."),
    ("datetime", "%Y-%m-%d", "2024-06-05 10:00:00.25", datetime(2024, 6, 5, 10, 0, 0, 250_000)),  # noqa: DTZ001 - in UTC
    ("datetime", "%Y-%m-%d", "2024-06-05", datetime(2024, 6, 5)),  # noqa: DTZ001 - in UTC
    ("boolean", "%Y-%m-%d", "YES", True),
    ("boolean", "%Y-%m-%d", "0", False),
    ("boolean", "%Y-%m-%d", "maybe", "It is none of true, yes, 1, false, no, 0."),
]


def staged(round_, kind, text, notation):
    """Return the typed value of a text, or why it has none."""
    content = '"a\tb"\n"' + text.replace('"', '""') + '"\n'
    round_.csv(content, Column("a\tb", kind), separator=";", notation=notation)
    (row,) = round_.typed
    return round_.findings[0][4] if round_.findings else row[1]


@pytest.mark.parametrize(("kind", "notation", "text", "value"), NUMBERS)
def test_a_number_is_read_as_declared_or_not_at_all(kind, notation, text, value, round_):
    assert staged(round_, kind, text, notation or Notation()) == value


@pytest.mark.parametrize(("kind", "day", "text", "value"), DAYS)
def test_a_day_is_read_as_declared_or_not_at_all(kind, day, text, value, round_):
    assert staged(round_, kind, text, Notation(date=day)) == value


@pytest.mark.parametrize("case", [*NUMBERS, *((kind, Notation(date=day), *more) for kind, day, *more in DAYS)])
@pytest.mark.parametrize("blanks", [" ", "\t\u00a0", "\u3000"])
def test_blanks_around_a_value_change_nothing(case, blanks, round_):
    kind, notation, text, value = case
    assert staged(round_, kind, f"{blanks}{text}{blanks}", notation or Notation()) == value


def test_what_holds_no_value_is_empty_or_a_word_whatever_blanks_are_around_it(round_):
    words = ("", "n/a", "\u2013", "Ж")
    beside = {chr(ord(blank) + step) for blank in BLANKS for step in (-1, 1)} - set(BLANKS)
    texts = [
        f"{before}{word}{after}"
        for word in (*words, "n", "n/a.", "ж")
        for before in ("", *BLANKS, *beside)
        for after in ("", " ", "\u3000", "x")
    ]
    lines = "".join(f'{number};"{text}"\n' for number, text in enumerate(texts))
    round_.csv(f"id;text\n{lines}", Column("text"), separator=";", notation=Notation(blank=words))
    read = {int(row[1]): row[2] for row in round_.typed}
    assert read == {n: None if text.strip(BLANKS) in words else text for n, text in enumerate(texts)}


def test_a_moment_with_an_offset_is_kept_in_utc(round_):
    zoned = Notation(datetime="%Y-%m-%dT%H:%M:%S%z")
    assert staged(round_, "datetime", "2024-06-05T10:00:00+0200", zoned) == datetime(2024, 6, 5, 8)  # noqa: DTZ001 - same


def test_declared_words_stand_for_no_value(round_):
    content = "id,price\n1,NULL\n2,\n3,  \n4,n/a\n5,7\n"
    round_.csv(content, Column("price", "decimal", required=True), notation=Notation(blank=("NULL", "n/a")))
    assert [row[2] for row in round_.typed] == [None, None, None, None, Decimal(7)]
    assert [finding[:3] for finding in round_.findings] == [(row, "missing", "price") for row in (2, 3, 4, 5)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.decimals(-(10**20), 10**20, places=4), comma=st.booleans())
def test_any_number_survives_in_groups_of_three(value, comma, tmp_path_factory):
    round_ = Round(tmp_path_factory.mktemp("round"))
    text = f"{value:,.4f}"
    if comma:
        text = text.translate(str.maketrans(",.", ".,"))
    assert staged(round_, "decimal", text, COMMA if comma else Notation(thousands=",")) == value


def test_a_declaration_that_contradicts_itself_is_told_whole(round_):
    wrong = Notation(decimal=",", thousands=",", date="%d.%m", true=("x",), false=("X",))
    staged = round_.csv("id\n1\n", Column("id"), Column("ID"), notation=wrong)
    assert [one.message for one in staged.refusals] == [
        "The column 'id' is declared twice.",
        "`decimal` and `thousands` of the extract are the same.",
        "`date` of the extract is '%d.%m', and has to have day, month and year, like `%d.%m.%Y`.",
        "'x' of the extract is both `true` and `false`.",
    ]
