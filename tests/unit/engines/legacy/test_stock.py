"""Is the stock worth what the truth says, and does the count differ just where it says?"""

from collections import Counter

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from lockgate.engines.legacy import write
from lockgate.engines.legacy.facts.house import UNITS
from support.extracts import SCALE, SEED, dump, listed, number, sheet, truth

FACTOR = {unit.code: unit.factor for unit in UNITS}


def test_stock_at_the_cost_of_the_old_system_is_what_the_truth_says(written):
    cost = {row["ARTNR"]: number(row["EKPREIS"]) for row in dump(written, "ARTIKEL.CSV")}
    worth, loadable = Counter(), Counter()
    left_out = listed(written, "Bestand", "negative-stock") | listed(written, "Bestand", "serial-twice")
    for row in sheet(written, "Bestand"):
        cents = int(row["MENGE"]) * FACTOR[row["ME"]] * cost[row["ARTNR"]]
        worth[row["LAGER"]] += cents
        loadable[row["LAGER"]] += 0 if row["ZEILE"] in left_out else cents
    told = {(row["measure"], row["place"]): number(row["amount"]) for row in truth(written, "totals")}
    assert {place: told["stock", place] for place in worth} == worth
    assert {place: told["stock-loadable", place] for place in worth} == loadable


def test_the_count_differs_just_where_the_truth_says(written):
    stock = {row["ZEILE"]: row["MENGE"] for row in sheet(written, "Bestand")}
    differs = {row["ZEILE"] for row in sheet(written, "Zählung") if row["GEZAEHLT"] != stock[row["ZEILE"]]}
    assert differs == listed(written, "Zählung", "count-differs")


def test_negative_stock_and_second_serial_numbers_are_listed(written):
    rows = sheet(written, "Bestand")
    assert {row["ZEILE"] for row in rows if row["MENGE"] < 0} == listed(written, "Bestand", "negative-stock")
    serials = Counter(row["CHARGE"] for row in rows if row["CHARGE"].startswith("SN"))
    twice = {serial for serial, count in serials.items() if count > 1}
    chosen = listed(written, "Bestand", "serial-twice")
    assert twice == {row["CHARGE"] for row in rows if row["ZEILE"] in chosen}


def test_what_is_tracked_has_a_lot_unless_the_truth_says_otherwise(written):
    tracked = {row["ARTNR"] for row in dump(written, "ARTIKEL.CSV") if row["CHARGPF"]}
    bare = {row["ZEILE"] for row in sheet(written, "Bestand") if row["ARTNR"] in tracked and not row["CHARGE"]}
    assert bare == listed(written, "Bestand", "lot-missing") | listed(written, "Bestand", "serial-missing")


def test_obsolete_items_are_there_with_and_without_stock(written):
    obsolete = {row["ARTNR"] for row in dump(written, "ARTIKEL.CSV") if row["STATUS"] == "O"}
    rows = sheet(written, "Bestand")
    with_stock = {row["ARTNR"] for row in rows} & obsolete
    assert 0 < len(with_stock) < len(obsolete)
    assert {row["ZEILE"] for row in rows if row["ARTNR"] in obsolete} == listed(written, "Bestand", "obsolete-stock")


def test_each_bin_of_the_stock_is_in_the_list_of_bins(written):
    places = [row["PLATZ"] for row in sheet(written, "Plätze")]
    assert len(places) == len(set(places))
    assert {row["PLATZ"] for row in sheet(written, "Bestand")} - set(places) == set()


def test_a_title_stands_above_the_header_and_one_sheet_is_hidden(written):
    book = CalamineWorkbook.from_path(written.folder / "wms" / "BESTAND.XLSX")
    assert [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Hidden] == ["Alt_2019"]
    rows = book.get_sheet_by_name("Zählung").to_python(skip_empty_area=False)
    assert [row[0] for row in rows[:4]] == ["Zählung 29.08.2026; nicht löschen!", "", "ZEILE", "0000001"]
    assert rows[3][6] == "29.08.2026"


def test_a_full_sheet_goes_on_in_another_one(written, tmp_path, monkeypatch):
    monkeypatch.setattr("lockgate.engines.legacy.outlets.workbook.LARGEST", 700)
    split = write(tmp_path / "split", scale=SCALE, seed=SEED)
    assert sheet(split, "Bestand") + sheet(split, "Bestand (2)") == sheet(written, "Bestand")
