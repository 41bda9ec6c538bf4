"""Is each mistake in a migration told where it stands?"""

import pytest
from pydantic import TypeAdapter, ValidationError

from lockgate.practices.migration.definition.behaving import Check
from lockgate.practices.migration.definition.judged import Cleansing
from lockgate.practices.migration.definition.mapped import FieldRule, Mapping
from lockgate.practices.migration.definition.read import Below, Dataset, Source
from lockgate.practices.migration.definition.rehearsed import Freeze
from lockgate.practices.migration.definition.tied import Figure, Tie, Treatment

CLEANSING = {"key": "a", "dataset": "d", "column": "C", "why": "So"}
MAPPING = {"key": "a", "domain": "d", "model": "res.partner", "fields": {"name": "X"}}
FIGURE = {"key": "old", "title": "Old", "sql": "select 1"}
ASKED = {"key": "new", "title": "New", "odoo": {"model": "account.move", "measure": "__count"}}
TIE = {
    "key": "t",
    "title": "T",
    "why": "So",
    "owner": "ann",
    "companies": ["ours"],
    "unit": "EUR",
    "figures": [FIGURE, ASKED],
}
TREATMENT = {"key": "t", "title": "T", "owner": "ann", "sql": "select 1"}
CHECK = {"key": "a", "title": "A", "does": "count", "owner": "ann", "why": "So", "company": "c", "warehouses": ["w"]}
SOLD = {**CHECK, "does": "reserve-and-ship", "records": "m"}
FREEZE = {"domains": ["d"], "begins": "2027-01-02", "owner": "ann", "why": "So"}
SOURCE = {"key": "s", "title": "S"}
DATASET = {"key": "a", "title": "A", "source": "s", "id": ["X"]}
WRONG = [
    (Source, {**SOURCE, "kind": "odoo"}, "a source of the kind `odoo` needs `instance`"),
    (Source, {**SOURCE, "kind": "adbc"}, "a source of the kind `adbc` needs `driver`"),
    (Source, {**SOURCE, "kind": "csv", "instance": "old"}, "`instance` is for sources of the kind `odoo`"),
    (Source, {**SOURCE, "kind": "csv", "language": "nl_BE"}, "`language` is for sources of the kind `odoo`"),
    (Dataset, {**DATASET, "model": "res.partner"}, "it names no `fields`"),
    (Dataset, {**DATASET, "fields": ["name"]}, "it has `fields` and no `model`"),
    (Dataset, {**DATASET, "archived": True}, "it has `archived` and no `model`"),
    (Figure, {"key": "a", "title": "A"}, "it says neither `sql` nor `odoo`"),
    (Figure, {**FIGURE, "odoo": ASKED["odoo"]}, "it says both `sql` and `odoo`"),
    (Tie, {**TIE, "figures": [FIGURE, FIGURE]}, "two of its figures have the same key"),
    (Tie, {**TIE, "by": ["account"]}, "it is not by the groups of the tie"),
    (Tie, {**TIE, "explained": [{"because": "x", "sql": "x", "lacks": ["nwe"]}]}, "`nwe` is no figure of this tie"),
    (Treatment, {**TREATMENT, "treatment": "leave"}, "it says a treatment and no reason"),
    (Check, CHECK, "it does not say on which records"),
    (Check, {**CHECK, "does": "close-the-month", "records": "m"}, "a month is closed on no records"),
    (Check, {**CHECK, "records": "m", "warehouses": []}, "it does not say where"),
    (Check, SOLD, "it does not say with whom"),
    (Check, {**CHECK, "records": "m", "partners": "p"}, "nobody else has a part in it"),
    (Freeze, {**FREEZE, "ends": "2027-01-02"}, "it ends before it begins"),
    (FieldRule, {}, "it says neither what it is made of nor a value"),
    (FieldRule, {"of": "X", "value": 1}, "it says both `of` and `value`"),
    (FieldRule, {"of": "X", "record": "m", "resource": True}, "it refers to a `record` and to a `resource`"),
    (FieldRule, {"of": "X", "many": True}, "only what refers to records can be several"),
    (FieldRule, {"of": "X", "otherwise": "Y"}, "`otherwise` goes with `map`"),
    (FieldRule, {"of": "X", "dataset": "d"}, "`dataset` goes with `record`"),
    (FieldRule, {"of": "X", "line": "order_line"}, "`line` goes with `record`"),
    (FieldRule, {"of": "X", "inherited": "product.template"}, "`inherited` goes with `record`"),
    (Mapping, {**MAPPING, "dataset": "d", "fields": {}}, "it says nothing of any field"),
    (Mapping, {**MAPPING, "dataset": "d", "fields": {}, "same_as": "b"}, "it says nothing of any field"),
    (Mapping, {**MAPPING, "dataset": "d", "also_found": True}, "`also_found` goes with `same_as`"),
    (
        Mapping,
        {**MAPPING, "dataset": "d", "same_as": "b", "once": True},
        "what says more of a record can't be loaded once",
    ),
    (Mapping, {**MAPPING, "dataset": "d", "dated": "2026-08-31"}, "`dated` goes with `then`"),
    (Mapping, MAPPING, "it says neither a dataset nor an entity"),
    (Mapping, {**MAPPING, "dataset": "d", "entity": "e"}, "it says a dataset and an entity"),
    (Mapping, {**MAPPING, "dataset": "d", "find": "ref"}, "`ref` is no field with an expression"),
    (Cleansing, CLEANSING, "it does not say what to do"),
    (Cleansing, {**CLEANSING, "set": "1", "lookup": {"a": "b"}}, "it says in more than one way what to do"),
    (Cleansing, {**CLEANSING, "set": "1", "or_empty": True}, "`or_empty` goes with `normalise`"),
    (
        Dataset,
        {"key": "a", "title": "A", "source": "s", "id": ["X"], "columns": {"Y": {}}, "unused": {"Y": "So"}},
        "the column `Y` is described and unused",
    ),
    (
        Dataset,
        {"key": "a", "title": "A", "source": "s", "id": ["X"], "table": "t", "query": "q"},
        "it names a table and a query",
    ),
]


@pytest.mark.parametrize(
    ("model", "said", "told"), WRONG, ids=[f"{told}-{at}" for at, (_, _, told) in enumerate(WRONG)]
)
def test_what_contradicts_itself_is_told(model, said, told):
    with pytest.raises(ValidationError) as caught:
        model.model_validate(said, strict=False)
    assert [error["msg"] for error in caught.value.errors()] == [told]


@pytest.mark.parametrize("path", ["../secret", "a/../../b", "/etc/passwd", "a//b", ""])
def test_no_path_leads_out_of_the_folder_of_the_extracts(path):
    with pytest.raises(ValidationError):
        TypeAdapter(Below).validate_python(path)


def test_a_path_below_it_is_fine():
    assert TypeAdapter(Below).validate_python("erp/Kunden 2026.csv") == "erp/Kunden 2026.csv"
