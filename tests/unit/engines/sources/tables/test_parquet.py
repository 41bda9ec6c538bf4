"""Do the values of a Parquet file come as they are, whatever notation is declared for texts?"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from lockgate.engines.sources import Column, Extract, Kind, Notation, digest
from support.staging import told


def write(round_, **columns):
    pq.write_table(pa.table(columns), round_.folder / "items.parquet")


def stage(round_, *columns, **declared):
    return round_.stage(Extract(Kind.PARQUET, path="items.parquet", columns=columns, **declared))


def test_values_of_all_types_are_exact_in_text_and_back(round_):
    moment = datetime(2024, 1, 5, 9, 30, 0, 250_000, tzinfo=UTC)
    write(
        round_,
        code=["00123", None],
        number=pa.array([2**63 - 1, -1]),
        price=pa.array([Decimal("1234567890123456.25"), None]),
        rate=[0.1 + 0.2, 1e-7],
        day=[date(2024, 1, 5), None],
        at=[moment, None],
        on=[True, False],
    )
    types = {
        "number": "integer",
        "price": "decimal",
        "rate": "decimal",
        "day": "date",
        "at": "datetime",
        "on": "boolean",
    }
    comma = Notation(decimal=",", thousands=".", date="%d.%m.%Y")
    staged = stage(round_, *(Column(name, kind) for name, kind in types.items()), notation=comma)
    assert (told(staged), staged.unparsed) == ([], 0)
    assert round_.raw == [
        (
            1,
            "00123",
            "9223372036854775807",
            "1234567890123456.25",
            "0.30000000000000004",
            "2024-01-05",
            "2024-01-05 09:30:00.25",
            "true",
        ),
        (2, None, "-1", None, "1e-07", None, None, "false"),
    ]
    naive = moment.replace(tzinfo=None)
    assert round_.typed == [
        (1, "00123", 2**63 - 1, Decimal("1234567890123456.25"), Decimal("0.3"), date(2024, 1, 5), naive, True),
        (2, None, -1, None, Decimal("0.0000001"), None, None, False),
    ]


def test_a_column_with_parts_is_refused(round_):
    write(round_, id=[1], tags=[["a", "b"]], picture=[b"\x89PNG"])
    parts = "Make columns of its parts, or leave it out."
    assert told(stage(round_)) == [
        f"items.parquet: The column 'tags' is VARCHAR[], which is no text. {parts}",
        f"items.parquet: The column 'picture' is BLOB, which is no text. {parts}",
    ]


def test_a_file_of_another_kind_is_told(round_):
    (round_.folder / "items.parquet").write_bytes(b"id,name\n" * 10)
    (refusal,) = stage(round_).refusals
    assert (refusal.place, refusal.code) == ("items.parquet", "parquet")


def test_a_file_that_is_cut_off_is_told(round_):
    write(round_, id=list(range(1000)))
    whole = (round_.folder / "items.parquet").read_bytes()
    (round_.folder / "items.parquet").write_bytes(whole[: len(whole) // 2])
    (refusal,) = stage(round_).refusals
    assert (refusal.place, refusal.code) == ("items.parquet", "parquet")


def test_the_digest_is_that_of_the_file(round_):
    write(round_, id=[1])
    assert stage(round_).digest == digest(Extract(Kind.PARQUET, path="items.parquet"), folder=round_.folder)
