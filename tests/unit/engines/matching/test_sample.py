"""On the sample, whose truth is kept apart, default settings find what is the same."""

import csv

import duckdb
import pyarrow as pa
import pytest

from lockgate.engines import legacy
from lockgate.engines.matching import Entity, Part, match, score_against

PARTNER = {
    "name": "NAMA",
    "street": "STR",
    "postcode": "PLZ",
    "city": "ORT",
    "country": "LAND",
    "vat": "USTID",
    "phone": "TEL",
    "email": "MAIL",
}
ITEM = {"name": "BEZA", "gtin": "GTIN", "maker": "HERST", "maker_number": "HERSTNR"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "extracts"
    legacy.write(folder, scale=0.2, seed=7)
    with duckdb.connect() as connection:
        for name, path, encoding, separator in (
            ("kunden", folder / "erp/KUNDEN.CSV", "cp1252", ";"),
            ("liefer", folder / "erp/LIEFER.CSV", "cp1252", ";"),
            ("artikel", folder / "erp/ARTIKEL.CSV", "cp1252", ";"),
            *(
                (f"{kind}_truth", folder.with_name("extracts-truth") / f"{kind}.csv", "utf-8", ",")
                for kind in ("customers", "suppliers", "items")
            ),
        ):
            with path.open(encoding=encoding, newline="") as lines:
                head, *rows = csv.reader(lines, delimiter=separator)
            batch = pa.table({column: [row[place] for row in rows] for place, column in enumerate(head)})
            connection.register("_batch", batch)
            connection.execute(f"create table {name} as select * from _batch")
            connection.unregister("_batch")
        yield connection


@pytest.mark.parametrize(
    ("truth", "kind", "part"),
    [
        ("customers_truth", "organisation", Part("erp", "kunden", "KDNR", PARTNER)),
        ("suppliers_truth", "organisation", Part("erp", "liefer", "LFNR", PARTNER)),
        ("items_truth", "item", Part("erp", "artikel", "ARTNR", ITEM)),
    ],
)
def test_f1_is_at_least_97_percent_at_default_settings(sample, truth, kind, part):
    entity = Entity(truth, kind, (part,))
    match(sample, entity)
    sample.execute(f"create table told as select system as dataset, record as key, entity from {truth}")
    score = score_against(sample, entity, "told")
    sample.execute("drop table told")
    assert score.right + score.missed >= 20
    assert score.f1 >= 0.97
