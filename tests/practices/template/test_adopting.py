"""What an Odoo holds is taken into files: records that were made by hand, and what was changed of resources."""

import pytest
import yaml

from faults.partners import client_of
from lockgate.odoo.external_ids import targets_of

MODELS = ("product.category", "product.tag", "product.template", "account.payment.term", "product.pricelist")


@pytest.fixture
def by_hand(fresh, programme_at):
    """A programme without a template, and a client of an Odoo that somebody has set up by hand."""
    made = programme_at(fresh)
    (made.folder / "template" / "goods.yaml").unlink()
    with client_of(fresh) as there:
        [goods] = there.create("product.category", [{"name": "Hydraulic goods"}])
        [parts] = there.create("product.category", [{"name": "Spare parts", "parent_id": goods}])
        tags = there.create("product.tag", [{"name": "Urgent"}, {"name": "Fragile"}])
        there.create(
            "product.template",
            [
                {
                    "name": "Gear pump",
                    "categ_id": parts,
                    "list_price": 12.5,
                    "sale_ok": False,
                    "product_tag_ids": [[6, 0, tags]],
                    "description_sale": "Mind the seal: it is thin.",
                }
            ],
        )
        lines = [
            {"value": "percent", "value_amount": 50, "nb_days": days, "delay_type": "days_after"} for days in (10, 30)
        ]
        there.create("account.payment.term", [{"name": "In halves", "line_ids": [[0, 0, line] for line in lines]}])
        item = {
            "applied_on": "2_product_category",
            "categ_id": goods,
            "compute_price": "percentage",
            "percent_price": 10,
        }
        there.create("product.pricelist", [{"name": "Dealers", "item_ids": [[0, 0, item]]}])
        yield made, there


def test_what_was_set_up_by_hand_becomes_files_and_then_there_is_nothing_to_do(by_hand, fresh):
    programme, _ = by_hand

    came = programme.say("adopt", *MODELS, "--out", "template/lifted.yaml", "--by", "ann")

    assert (came["code"], came["resources"] >= 7, came["taken_over"]) == (0, True, came["resources"])
    found = {
        one["key"]: one for one in yaml.safe_load((programme.folder / "template/lifted.yaml").read_text())["resources"]
    }
    assert found["hydraulic-goods-spare-parts"]["values"]["parent_id"] == "hydraulic-goods"
    pump = found["gear-pump"]["values"]
    assert (pump["categ_id"], pump["sale_ok"]) == ("hydraulic-goods-spare-parts", False)
    assert sorted(pump["product_tag_ids"]) == ["fragile", "urgent"]
    assert [line["nb_days"] for line in found["in-halves"]["values"]["line_ids"]] == [10, 30]
    plan = programme.say("plan")
    assert (plan["code"], plan["resources"], plan["unchanged"]) == (0, [], came["resources"])

    (programme.folder / "template" / "lifted.yaml").unlink()
    again = programme.say("adopt", "--out", "template/again.yaml", "--by", "ann")
    assert (again["resources"], again["taken_over"]) == (came["resources"], 0)
    assert programme.say("plan")["resources"] == []


def test_what_was_changed_by_hand_is_taken_into_the_files(programme, odoo):
    assert programme.apply()["code"] == 0
    made = targets_of(odoo, ["template__pump", "template__urgent"])
    pump, urgent = made["template__pump"].id, made["template__urgent"].id
    odoo.write("product.template", pump, {"list_price": 14, "weight": 0.4, "product_tag_ids": [[6, 0, [urgent]]]})

    one = programme.say("adopt", "pump:list_price")
    assert (one["code"], one["adopted"]) == (0, ["template/goods.yaml:25:7"])
    assert sorted(change["field"] for step in programme.say("plan")["resources"] for change in step["changes"]) == [
        "product_tag_ids",
        "weight",
    ]
    assert programme.say("adopt", "pump")["code"] == 0
    assert programme.say("plan")["resources"] == []
    text = (programme.folder / "template" / "goods.yaml").read_text()
    assert "list_price: 14\n" in text
    assert "product_tag_ids: [urgent]\n" in text
    assert programme.lockgate("adopt", "pump").err.splitlines()[0] == "Error: Nothing differs of 'pump' in this Odoo."


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("product.category", "pump"), "Error: Models and resources are adopted apart."),
        (("product.category",), "Error: Where to?"),
        (("product.category", "--out", "template/goods.yaml"), "Error: template/goods.yaml is there already."),
        (("product.category", "--out", "elsewhere.yaml"), "Error: elsewhere.yaml is no file of the template."),
        (("product.categories", "--out", "template/a.yaml"), "Error: This Odoo has no model 'product.categories'."),
        (("--out", "template/a.yaml"), "Error: There is nothing to adopt."),
    ],
)
def test_what_can_t_be_adopted_is_told(programme, words, what):
    ran = programme.lockgate("adopt", *words, "--by", "ann")
    assert (ran.code, ran.err.splitlines()[0]) == (2, what)
