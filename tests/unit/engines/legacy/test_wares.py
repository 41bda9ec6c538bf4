"""Do prices overlap, and do parts lack, just where the truth says?"""

from collections import defaultdict
from datetime import date
from itertools import combinations

import yaml

from documents import ROOT
from lockgate.engines.legacy.erp.wares.parts import TEMPLATE
from lockgate.engines.legacy.facts.house import UNITS
from support.extracts import day, dump, listed, number, sheet

RIGHT = {other: unit.code for unit in UNITS for other in unit.also}
ASSEMBLY = ROOT / "examples" / "meridian" / "template"


def test_prices_overlap_just_where_the_truth_says(written):
    lines = defaultdict(list)
    for row in dump(written, "PREISE.CSV"):
        unit = RIGHT.get(row["ME"], row["ME"])
        lines[row["PRLIST"], row["KDNR"], row["ARTNR"], row["ABMENGE"], unit].append(row)
    later = set()
    for one, other in (pair for of in lines.values() for pair in combinations(of, 2)):
        ends = [day(row["GUELTBIS"]) if row["GUELTBIS"] else date.max for row in (one, other)]
        if day(one["GUELTAB"]) <= ends[1] and day(other["GUELTAB"]) <= ends[0]:
            later.add(max(one["PRNR"], other["PRNR"]))
    assert later == listed(written, "PREISE.CSV", "price-overlap")


def test_prices_are_of_a_list_or_of_one_customer_who_is_there_unless_listed(written):
    rows = dump(written, "PREISE.CSV")
    assert {(bool(row["PRLIST"]), bool(row["KDNR"])) for row in rows} == {(True, False), (False, True)}
    there = {row["KDNR"] for row in dump(written, "KUNDEN.CSV")} | {""}
    assert {row["PRNR"] for row in rows if row["KDNR"] not in there} == listed(written, "PREISE.CSV", "orphan")


def test_parts_are_there_and_needed_unless_the_truth_says_otherwise(written):
    items = {row["ARTNR"] for row in dump(written, "ARTIKEL.CSV")}
    rows = dump(written, "STUELI.CSV")
    keys = {f"{row['STLNR']}/{row['POS']}": row for row in rows}
    missing = {key for key, row in keys.items() if row["KOMP"] not in items}
    assert missing == listed(written, "STUELI.CSV", "part-missing")
    zero = {key for key, row in keys.items() if number(row["MENGE"]) == 0}
    assert zero == listed(written, "STUELI.CSV", "part-zero")


def test_kits_and_sets_of_the_template_have_its_parts(written):
    resources = {}
    for path in ASSEMBLY.rglob("*.yaml"):
        for resource in yaml.safe_load(path.read_text(encoding="utf-8")).get("resources", []):
            resources[resource["key"]] = resource
    said = {key: resource["values"] for key, resource in resources.items()}
    code = {key: values.get("number") or values.get("default_code") for key, values in said.items()}
    wanted = {
        code[resource["values"]["makes"]]: {
            code[line["product"]]: line["quantity"] for line in resource["values"]["components"]
        }
        for resource in resources.values()
        if resource.get("kind") == "bill-of-materials"
    }
    assert wanted == TEMPLATE
    name = {row["ARTNR"]: row["BEZB"] for row in dump(written, "ARTIKEL.CSV") if row["BEZB"]}
    found = defaultdict(dict)
    for row in dump(written, "STUELI.CSV"):
        if row["ARTNR"] in name:
            found[name[row["ARTNR"]]][name[row["KOMP"]]] = number(row["MENGE"]) // 100
    assert found == wanted


def test_what_lies_in_another_unit_is_of_an_item_that_is_handled_in_it(written):
    handled = {(row["ARTNR"], row["ME"]) for row in dump(written, "MENGEH.CSV")}
    base = {(row["ARTNR"], RIGHT.get(row["ME"], row["ME"])) for row in dump(written, "ARTIKEL.CSV")}
    assert {(row["ARTNR"], row["ME"]) for row in sheet(written, "Bestand")} - handled - base == set()


def test_supplier_prices_are_one_for_each_supplier_and_item(written):
    keys = [(row["LFNR"], row["ARTNR"]) for row in dump(written, "EKINFO.CSV")]
    assert len(keys) == len(set(keys)) > 200
    there = {row["LFNR"] for row in dump(written, "LIEFER.CSV")}
    assert {supplier for supplier, _ in keys} - there == set()
