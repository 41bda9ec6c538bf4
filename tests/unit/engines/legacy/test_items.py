"""Are the items what the truth says, and are the template's among them?"""

import yaml
from stdnum import ean

from documents import ROOT
from lockgate.engines.legacy.facts.goods import KNOWN
from support.extracts import dump, listed, truth

TEMPLATE = ROOT / "examples" / "meridian" / "template"


def products():
    """Return what the template says of each item by its number, in the words of its kind."""
    found = {}
    for path in TEMPLATE.rglob("*.yaml"):
        for resource in yaml.safe_load(path.read_text(encoding="utf-8")).get("resources", []):
            values = resource["values"]
            if resource.get("kind") == "product" and "number" in values:
                found[values["number"]] = values
            if resource.get("model") == "product.template" and "default_code" in values:
                found[values["default_code"]] = {**values, "price": values["list_price"]}
    return found


def test_the_items_of_the_template_are_known_by_the_names_that_it_gives_them():
    assert {item.code: item.name for item in KNOWN} == {code: each["name"] for code, each in products().items()}


def test_list_prices_of_the_template_are_those_of_the_old_system():
    priced = {code: round(each["price"] * 100) for code, each in products().items() if "price" in each}
    assert {item.code: item.price for item in KNOWN if item.code in priced} == priced


def test_every_item_of_the_template_is_one_item_of_the_old_system(written):
    codes = [row["BEZB"] for row in dump(written, "ARTIKEL.CSV") if row["BEZB"]]
    assert sorted(codes) == sorted(item.code for item in KNOWN)
    assert sorted(
        row["template"] for row in truth(written, "items") if row["template"] and row["system"] == "erp"
    ) == sorted(codes)


def test_gtins_are_right_unless_the_truth_says_otherwise(written):
    wrong = {row["ARTNR"] for row in dump(written, "ARTIKEL.CSV") if row["GTIN"] and not ean.is_valid(row["GTIN"])}
    assert wrong == listed(written, "ARTIKEL.CSV", "gtin-invalid")


def test_items_are_numbered_by_eight_digits(written):
    numbers = [row["ARTNR"] for row in dump(written, "ARTIKEL.CSV")]
    assert len(set(numbers)) == len(numbers) == 300
    assert {(len(number), number[:2]) for number in numbers} == {(8, "00")}
