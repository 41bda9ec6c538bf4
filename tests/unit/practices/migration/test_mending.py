"""Does what a data owner mends in a work list come back, hold in later rounds, and give way to what the source says?"""

import csv
import json

import pytest

from lockgate.ledger.registers.files.xlsx_file import read_xlsx, write_xlsx
from support.running import _as_it_was, home, lockgate

__all__ = ["_as_it_was", "home", "lockgate"]

DECLARED = """
sources:
  - {key: erp, title: The old ERP, kind: csv, separator: ";", notation: {decimal: ",", date: "%d.%m.%Y"}}
datasets:
  - key: items
    title: Items
    source: erp
    file: items.csv
    id: [SKU]
    columns: {PRICE: {type: decimal}, SINCE: {type: date, required: true}}
rules:
  - {id: unit, dataset: items, must: "UNIT in ('ST', 'KG')", column: UNIT, why: Nothing is counted without a unit}
"""
EXTRACT = "SKU;UNIT;PRICE;SINCE\n007;PCS;12,50;01.02.2024\n008;ST;3,20;31.02.2024\n009;KG;1,00;02.02.2024\n"


@pytest.fixture
def programme(tmp_path, monkeypatch, lockgate):
    """A programme whose items have a wrong unit and a day that there is not, read and put right."""
    monkeypatch.delenv("LOCKGATE_EXTRACTS", raising=False)
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)
    folder = tmp_path / "acme"
    assert lockgate("init", str(folder), "--playbook", "distribution-governance").code == 0
    monkeypatch.chdir(folder)
    for name, content in {"migration/own.yaml": DECLARED, "extracts/items.csv": EXTRACT}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content)

    def say(verb, *words):
        ran = lockgate("migrate", verb, *words, "--by", "example-sponsor", "--json")
        return json.loads(ran.out or ran.err) | {"code": ran.code}

    say.folder = folder
    say("profile")
    say("cleanse")
    return say


def mended(say, name, **values):
    """Write the work list, put values into the row of each key, and take it back."""
    file = say.folder / name
    assert say("worklist", "--dataset", "items", "--out", str(file))["code"] == 0
    table = read_xlsx(file.read_bytes(), "Work list") if name.endswith("xlsx") else None
    with file.open(encoding="utf-8-sig", newline="") if table is None else file.open("rb") as opened:
        rows = (
            list(csv.reader(opened))
            if table is None
            else [list(table.headings), *(list(cells) for _, cells in table.rows)]
        )
    for row in rows[1:]:
        for column, value in values.get(f"at{row[1]}", {}).items():
            row[rows[0].index(column)] = value
    if table is None:
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows(rows)
    else:
        file.write_bytes(write_xlsx("Work list", rows[0], rows[1:]))
    return say("corrections", str(file))


def standing(say):
    [items] = say("cleanse")["datasets"]
    return items["errors"], items["changes"], items["ready"]


def test_each_record_is_in_the_list_once_with_its_errors_and_its_values_as_they_stand(programme):
    file = programme.folder / "list.csv"
    answer = programme("worklist", "--dataset", "items", "--out", str(file))
    assert (answer["records"], answer["file"]) == (2, str(file))
    with file.open(encoding="utf-8-sig", newline="") as opened:
        names, *rows = list(csv.reader(opened))
    assert names == ["_errors", "SKU", "UNIT", "PRICE", "SINCE", "_record"]
    assert [row[1:-1] for row in rows] == [["007", "PCS", "12,50", "01.02.2024"], ["008", "ST", "3,20", "31.02.2024"]]
    assert rows[0][0] == "unit: Nothing is counted without a unit"
    only = programme("worklist", "--dataset", "items", "--rule", "unit", "--out", str(file))
    assert only["records"] == 1


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_what_was_mended_is_put_right_in_this_round_and_the_next(programme, name):
    assert standing(programme)[0] == 2
    answer = mended(programme, name, at007={"UNIT": "ST"}, at008={"SINCE": "29.02.2024", "PRICE": "3,30"})
    assert (answer["code"], answer["kept"], answer["refused"]) == (0, 3, [])
    assert standing(programme) == (0, 3, 1.0)
    assert programme("profile", "--new-round")["round"] == 2
    assert standing(programme) == (0, 3, 1.0)


def test_a_correction_gives_way_when_the_source_has_changed_and_says_both_values(programme):
    mended(programme, "list.csv", at007={"UNIT": "ST"})
    extract = programme.folder / "extracts/items.csv"
    extract.write_text(EXTRACT.replace("PCS", "BOX"))
    programme("profile")
    assert standing(programme)[0] == 2
    programme("worklist", "--dataset", "items", "--rule", "correction", "--out", str(programme.folder / "again.csv"))
    told = (programme.folder / "again.csv").read_text(encoding="utf-8-sig")
    assert "It was corrected from 'PCS' to 'ST'; the source says 'BOX' now: decide anew." in told
    extract.write_text(EXTRACT.replace("PCS", "ST"))
    programme("profile")
    assert standing(programme)[:2] == (1, 0)


def test_a_list_that_is_older_than_the_source_is_refused_with_both_values(programme):
    file = programme.folder / "list.csv"
    programme("worklist", "--dataset", "items", "--out", str(file))
    (programme.folder / "extracts/items.csv").write_text(EXTRACT.replace("PCS", "BOX"))
    programme("profile")
    file.write_text(file.read_text(encoding="utf-8-sig").replace('"PCS"', '"ST"', 1))
    answer = programme("corrections", str(file))
    assert (answer["code"], answer["kept"]) == (1, 0)
    [refused] = answer["refused"]
    assert (refused["at"], refused["key"], refused["column"]) == ("list.csv:2", "007", "UNIT")
    assert refused["why"] == "The source has changed: it was 'PCS' and is 'BOX' now. Decide anew."


def test_what_can_not_be_is_refused_and_the_rest_is_kept(programme):
    answer = mended(
        programme, "list.csv", at007={"UNIT": "ST", "SINCE": "2024-02-01"}, at008={"SKU": "8", "SINCE": "29.02.2024"}
    )
    assert (answer["code"], answer["kept"]) == (1, 2)
    assert [(one["key"], one["column"], one["why"]) for one in answer["refused"]] == [
        ("007", "SINCE", "It is not written as DD.MM.YYYY."),
        ("008", "SKU", "It tells which record it is."),
    ]


def rewritten(file, row, unit, **record):
    """Mend the unit in a row of a work list, and put other things into what its last column says."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))
    rows[row][-1] = json.dumps(json.loads(rows[row][-1]) | record)
    rows[row][rows[0].index("UNIT")] = unit
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(rows)


@pytest.mark.parametrize(
    "touched",
    [{"dataset": []}, {"dataset": {}}, {"key": 7}, {"was": {"UNIT": ["PCS"]}}, {"was": {"UNIT": None}}, {"was": []}],
)
def test_a_row_of_which_somebody_touched_the_record_is_refused_and_the_rest_is_kept(programme, touched):  # M2, M3
    file = programme.folder / "list.csv"
    programme("worklist", "--dataset", "items", "--out", str(file))
    rewritten(file, 1, "ST", **touched)
    rewritten(file, 2, "KG")
    answer = programme("corrections", str(file))
    assert (answer["code"], answer["kept"]) == (1, 1)
    [refused] = answer["refused"]
    assert (refused["at"], refused["column"]) == ("list.csv:2", "_record")
    assert refused["why"] == "_record no longer says which record it is."


def test_a_row_whose_record_has_no_key_is_refused_only_when_it_was_mended(programme):
    (programme.folder / "extracts/items.csv").write_text(EXTRACT.replace("007", ""))
    programme("profile")
    file = programme.folder / "list.csv"
    programme("worklist", "--dataset", "items", "--rule", "unit", "--out", str(file))
    assert programme("corrections", str(file))["refused"] == []
    rewritten(file, 1, "ST")
    [refused] = programme("corrections", str(file))["refused"]
    assert (refused["column"], refused["why"]) == ("UNIT", "There is no such record now.")


MORE = """datasets:
  - {key: shops, title: Shops, source: erp, file: shops.csv, id: [NO]}
"""


def test_a_list_of_a_dataset_that_the_round_has_not_read_is_refused_value_by_value(programme):  # M2
    file = programme.folder / "list.csv"
    programme("worklist", "--dataset", "items", "--rule", "unit", "--out", str(file))
    (programme.folder / "migration/more.yaml").write_text(MORE)
    (programme.folder / "extracts/shops.csv").write_text("NO\n1\n")
    assert programme("profile", "--new-round", "--dataset", "shops")["round"] == 2
    rewritten(file, 1, "ST")
    answer = programme("corrections", str(file))
    assert (answer["code"], answer["kept"]) == (1, 0)
    [refused] = answer["refused"]
    assert (refused["at"], refused["key"], refused["column"]) == ("list.csv:2", "007", "UNIT")
    assert refused["why"] == "items was not read in this round."


def test_a_file_that_is_no_work_list_is_told(programme):
    (programme.folder / "other.csv").write_text("a,b\n1,2\n")
    answer = programme("corrections", str(programme.folder / "other.csv"))
    assert (answer["code"], answer["error"]["what"]) == (2, "other.csv is no work list.")
