"""How does a file take another value? In its place; all else stays as it was written."""

import pytest
import yaml

from lockgate.practices.template.decide.rewriting import rewritten, written
from lockgate.workspace.text.yaml_reader import read_yaml

TEXT = """\
# What is sold.
resources:
  - key: pump  # the best
    model: product.template
    values: { name: Pump, list_price: 12.5, product_tag_ids: [urgent, fragile] }
  - key: halves
    model: account.payment.term
    values:
      name: Half and half # is said so
      line_ids:
        - { value_amount: 50, nb_days: 10 } # soon
        - { value_amount: 50, nb_days: 30 }

      # the note is printed
      note: Thanks
"""


def place(*steps):
    return "template/items.yaml", ("resources", *steps)


@pytest.mark.parametrize(
    ("steps", "value", "before", "after"),
    [
        ((0, "values", "list_price"), 14.0, "list_price: 12.5", "list_price: 14"),
        ((0, "values", "name"), "Pump: the new one", "name: Pump,", "name: 'Pump: the new one',"),
        ((0, "values", "product_tag_ids"), ["urgent"], "[urgent, fragile]", "[urgent]"),
        ((1, "values", "name"), "Zwei Hälften", "Half and half", "Zwei Hälften"),
        ((1, "values", "note"), None, "Thanks", "null"),
        ((1, "values", "line_ids", 1, "nb_days"), 45, "nb_days: 30", "nb_days: 45"),
    ],
)
def test_a_value_is_exchanged_and_comments_and_order_stay(steps, value, before, after):
    assert rewritten(TEXT, [(place(*steps), value)]) == TEXT.replace(before, after)


def test_a_block_ends_with_the_last_of_what_it_holds():
    found = rewritten(TEXT, [(place(1, "values", "line_ids"), [{"value_amount": 100.0, "nb_days": 30}])])
    assert found.splitlines()[9:13] == [
        "      line_ids:",
        "        [{value_amount: 100, nb_days: 30}]",
        "",
        "      # the note is printed",
    ]
    assert yaml.safe_load(found)["resources"][1]["values"]["line_ids"] == [{"value_amount": 100, "nb_days": 30}]


def test_several_values_are_exchanged_at_once():
    changes = [(place(1, "values", "note"), "Merci"), (place(0, "values", "list_price"), 3)]
    assert rewritten(TEXT, changes) == TEXT.replace("Thanks", "Merci").replace("12.5", "3")


@pytest.mark.parametrize("text", ["0208", "9000", "1e3", "0o17", "0x1F", "true", "null", "~", "2026-01-01", "7" * 400])
def test_a_text_that_looks_like_something_else_comes_back_as_a_text(text):
    assert read_yaml(written({"values": [text]}, width=80), "a.yaml").data == {"values": [text]}
