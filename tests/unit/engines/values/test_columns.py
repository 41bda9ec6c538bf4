"""A column is judged and tidied in DuckDB, and every change is kept."""

import duckdb
import pytest

from lockgate.engines.values import check_address, check_column, lookup, needed_parts, normalise_column
from lockgate.kernel.errors import UsageError


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        connection.execute("create schema clean")
        connection.execute('create table clean."my customers" (_row bigint, no varchar, phone varchar, land varchar)')
        connection.executemany(
            'insert into clean."my customers" values (?, ?, ?, ?)',
            [
                (2, "007", "0221 1234567", "D"),
                (3, "008", "+492211234567", "DE"),
                (4, "009", "0221 1234567", None),
                (5, "010", " N/A ", "DE"),
                (6, "011", None, "DE"),
                (7, "012", "0221 1234567", "Germany"),
            ],
        )
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection


CUSTOMERS = "clean.my customers"


def test_faults_come_with_row_value_and_reason(connection):
    assert check_column(connection, CUSTOMERS, "phone", "phone", "land").fetchall() == [
        (4, "0221 1234567", "it can't be judged: no country is given, and it begins with none")
    ]
    assert connection.execute("select count(*) from column_faults").fetchall() == [(1,)]


def test_a_column_is_tidied_and_every_change_is_kept(connection):  # C2
    done = normalise_column(connection, CUSTOMERS, "phone", "phone", "land", dataset="customers", key="no")
    assert (done.rows, done.emptied) == (3, 1)
    assert connection.execute('select _row, phone from clean."my customers" order by 1').fetchall() == [
        (2, "+492211234567"),
        (3, "+492211234567"),
        (4, "0221 1234567"),
        (5, None),
        (6, None),
        (7, "+492211234567"),
    ]
    assert connection.execute("from changes").fetchall() == [
        ("customers", 2, "007", "phone", "0221 1234567", "+492211234567", "phone"),
        ("customers", 5, "010", "phone", " N/A ", None, "blank word"),
        ("customers", 7, "012", "phone", "0221 1234567", "+492211234567", "phone"),
    ]


def test_a_second_run_changes_nothing(connection):  # C3
    normalise_column(connection, CUSTOMERS, "phone", "phone", "land")
    again = normalise_column(connection, CUSTOMERS, "phone", "phone", "land")
    assert (again.rows, again.emptied) == (0, 0)
    assert connection.execute("select count(*) from changes").fetchall() == [(3,)]


def test_a_mended_encoding_is_named_as_the_rule(connection):
    connection.execute("""update clean."my customers" set no = 'MÃ¼ller GMBH' where _row = 2""")
    normalise_column(connection, CUSTOMERS, "no", "organisation")
    assert connection.execute('select before, after, rule, dataset, key from changes where "row" = 2').fetchall() == [
        ("MÃ¼ller GMBH", "Müller GmbH", "organisation, encoding mended", "my customers", None)
    ]


def test_a_table_of_terms_works_like_a_kind(connection):
    lands = lookup("lands", {"D": "DE", "Germany": "DE"})
    assert normalise_column(connection, CUSTOMERS, "land", lands).rows == 2
    assert connection.execute('select distinct land from clean."my customers" order by 1').fetchall() == [
        ("DE",),
        (None,),
    ]


def test_in_a_transaction_of_the_caller_the_caller_decides(connection):
    connection.begin()
    normalise_column(connection, CUSTOMERS, "phone", "phone", "land")
    connection.rollback()
    assert connection.execute("""select count(*) from clean."my customers" where phone = ' N/A '""").fetchall() == [
        (1,)
    ]
    assert connection.execute("select count(*) from duckdb_tables() where table_name = 'changes'").fetchall() == [(0,)]


def test_more_distinct_values_than_fit_one_batch_are_all_judged(connection):
    connection.execute("create table many as select i as _row, 'x' || i as gtin from range(120_000) r(i)")
    assert check_column(connection, "many", "gtin", "gtin").count("*").fetchall() == [(120_000,)]


def test_a_column_that_is_not_there_is_refused_with_what_is_near(connection):
    with pytest.raises(UsageError) as refused:
        normalise_column(connection, CUSTOMERS, "fone", "phone")
    assert refused.value.lines() == (
        "clean.my customers has no column fone",
        "it has _row, no, phone, land",
        "is phone meant?",
    )


def test_a_table_that_is_not_there_is_refused(connection):
    with pytest.raises(UsageError, match=r"there is no table clean\.nobody"):
        check_column(connection, "clean.nobody", "phone", "phone")


def test_an_address_lacks_what_its_country_asks_for():  # D1 D2
    with duckdb.connect() as connection:
        connection.execute("create table a (_row bigint, street varchar, town varchar, zip varchar, land varchar)")
        connection.executemany(
            "insert into a values (?, ?, ?, ?, ?)",
            [
                (1, "Hauptstraße 5", "Köln", "50667", "D"),
                (2, "-", None, "50667", "DE"),
                (3, "Main Street 5", "Dublin", None, "Ireland"),
                (4, "Nowhere 1", "X", "1", "Atlantis"),
                (5, "Nowhere 1", "Y", "1", None),
            ],
        )
        found = check_address(connection, "a", {"street": "street", "city": "town", "postcode": "zip"}, "land")
        assert found.fetchall() == [
            (2, "city", "an address in DE needs a city"),
            (2, "street", "an address in DE needs a street"),
            (4, "country", "its country is not known, so its address can't be judged"),
            (5, "country", "its country is not known, so its address can't be judged"),
        ]


def test_countries_ask_for_different_parts():
    assert {land: needed_parts(land) for land in ("DE", "IE", "US", "Atlantis")} == {
        "DE": ("street", "city", "postcode"),
        "IE": ("street", "city"),
        "US": ("street", "city", "postcode", "region"),
        "Atlantis": None,
    }
