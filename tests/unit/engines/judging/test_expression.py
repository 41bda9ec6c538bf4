"""Which texts are conditions? Refused is all that leads out of one expression, or reads elsewhere."""

import duckdb
import pytest

from lockgate.engines.judging import parse_condition, tables_of
from lockgate.kernel.errors import UsageError


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as opened:
        opened.execute(
            "CREATE SCHEMA typed; CREATE TABLE typed.items (code VARCHAR); CREATE TABLE prices (code VARCHAR)"
        )
        opened.execute("CREATE VIEW typed.cheap AS SELECT * FROM prices")
        yield opened


HARMLESS = [
    "a",
    "a > 1 and (b is null or not c)",
    "a between 1 and 2 or a in (1, 2) or -a > 3",
    "name like 'x%' or name ilike '%y' or name similar to 'z+' or regexp_matches(name, '^[A-Z]')",
    "cast(a as date) > date '2020-01-01' - interval 3 month",
    "try_cast(a as integer) > 1",
    "case when a then b else c end = 1",
    "extract(year from day) = 2026",
    "coalesce(a, b) is not distinct from nullif(c, '')",
    "list_filter(tags, lambda tag: tag = 'x') = ['x']",
    "a -- a remark",
    "a /* a remark; drop table items */",
    "'; drop table items' = a",
    "(select max(code) from prices) > code",
    "code in (select i.code from typed.items i join prices p on p.code = i.code)",
    "code = any(select code from typed.cheap)",
    "exists (select * from main.prices p where p.code = items.code)",
    'exists (select 1 from "typed"."items")',
]


@pytest.mark.parametrize("text", HARMLESS)
def test_one_expression_is_a_condition(connection, text):
    assert parse_condition(connection, text, tables=tables_of(connection)).text == text


def test_it_tells_which_tables_it_asks(connection):
    text = "exists (select 1 from typed.items) and exists (select 1 from prices)"
    assert parse_condition(connection, text, tables=tables_of(connection)).tables == {"typed.items", "prices"}


def test_it_is_closed_after_a_remark_too(connection):
    condition = parse_condition(connection, "1 = 2 -- no")
    assert connection.execute(f"SELECT {condition.sql}").fetchall() == [(False,)]


ONE = "It is more than one expression."
NONE = "It is no expression."
REFUSED = [
    ("", NONE),
    (" \n ", NONE),
    ("-- nothing", NONE),
    ("a, b", ONE),
    ("a; drop table prices", NONE),
    ("a;", 'Line 1, column 2: Syntax error at or near ";".'),
    ("a) or (b", 'Line 1, column 2: Syntax error at or near ")".'),
    ("(a", 'Line 1, column 2: Syntax error at or near "a".'),
    ("a as b", 'Line 1, column 3: Syntax error at or near "as".'),
    ("a from prices", 'Line 1, column 3: Syntax error at or near "from".'),
    ("a union select 1", ONE),
    ("a order by 1", 'Line 1, column 3: Syntax error at or near "order".'),
    ("a\nand and b", 'Line 2, column 5: Syntax error at or near "and".'),
    ("drop table prices", 'Line 1, column 6: Syntax error at or near "table".'),
    ("copy prices to 'x'", 'Line 1, column 13: Syntax error at or near "to".'),
    ("pragma database_list", 'Line 1, column 8: Syntax error at or near "database_list".'),
    ("install httpfs", 'Line 1, column 9: Syntax error at or near "httpfs".'),
    ("set threads = 1", 'Line 1, column 13: Syntax error at or near "=".'),
    ("exists (delete from prices)", 'Line 1, column 9: Syntax error at or near "delete".'),
    ("read_text('/etc/passwd') = ''", "Line 1, column 1: read_text may not be used here."),
    ("main.getenv('HOME') = ''", "Line 1, column 1: getenv may not be used here."),
    ("'x'.getenv() = ''", "Line 1, column 5: getenv may not be used here."),
    ("current_setting('x') = ''", "Line 1, column 1: current_setting may not be used here."),
    ("nextval('s') = 1", "Line 1, column 1: nextval may not be used here."),
    ("exists (from read_csv('a.csv'))", "Line 1, column 14: table function is not known here."),
    ("exists (from glob('*'))", "Line 1, column 14: table function is not known here."),
    ("exists (from query('drop table prices'))", "Line 1, column 14: table function is not known here."),
    ("exists (from duckdb_settings())", "Line 1, column 14: table function is not known here."),
    ("exists (from 'a.csv')", "Line 1, column 14: There is no table a.csv that it may ask."),
    ("exists (from nothing)", "Line 1, column 14: There is no table nothing that it may ask."),
    ("exists (from pg_catalog.x)", "Line 1, column 14: There is no table pg_catalog.x that it may ask."),
    ("exists (from prices using sample 1)", "A sample gives another answer each time."),
    ("exists (with p as (from prices) from p)", "WITH is not known here."),
    ("exists (show tables)", "show ref is not known here."),
    ("now() > a", "Line 1, column 1: now asks the clock."),
    ("a < current_date", "Line 1, column 5: current_date asks the clock."),
    ("random() > 0.5", "Line 1, column 1: random gives another answer each time or to somebody else."),
    ("a = current_user", "Line 1, column 5: current_user gives another answer each time or to somebody else."),
    ("é = 1 or row_number() over () = 1", "Line 1, column 10: It looks at other rows by their order."),
    ("a = $1", "Line 1, column 5: It has a gap for a value."),
    ("#1 = 1", "Line 1, column 1: It names a column by its number."),
    ("columns('x')", "Line 1, column 1: It names all columns at once."),
    ("a = '\0'", "Line 1, column 6: It holds a NUL character."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_what_is_more_or_less_than_a_condition_is_refused_with_its_place(connection, text, why):  # S1 to S4
    with pytest.raises(UsageError) as refused:
        parse_condition(connection, text, tables=tables_of(connection))
    assert refused.value.why == why


def test_only_the_tables_that_are_named_may_be_asked(connection):
    with pytest.raises(UsageError) as refused:
        parse_condition(connection, "exists (from prices)", tables=["typed.items"])
    assert refused.value.lines() == (
        "This is no condition: exists (from prices)",
        "Line 1, column 14: There is no table prices that it may ask.",
        "Write one condition on a record.",
    )
