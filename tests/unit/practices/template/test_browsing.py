"""What refers to what in a template, and how is the order of building drawn? Rules W1 to W3 and D1."""

from lockgate.practices.template.decide.browsing import book, capability_of
from lockgate.practices.template.decide.drawing import picture
from lockgate.practices.template.decide.facts import Declared
from lockgate.practices.template.definition import Resource


def declared(**said):
    return [
        Declared(Resource(key=key, model=values.pop("model", "x.y"), **values), "template/a.yaml", number)
        for number, (key, values) in enumerate(said.items())
    ]


def test_a_resource_refers_to_others_in_relations_external_ids_companies_and_by_after():  # W1
    told = book(
        declared(
            goods={"values": {"name": "Goods"}},
            acme={"values": {"name": "goods", "partner_id": "base.main_partner"}},
            tag={"values": {"name": "x", "lines": [{"item_id": "goods"}], "count": 3}},
            set={"values": {"user_ids": {"has": ["tag"], "lacks": ["goods"]}}, "company": "acme"},
            tax={"values": {"tax_id": "account.{acme}_tax"}, "by_company": {"acme": {"rate_id": "tax"}}},
            last={"values": {"name": "x"}, "after": ("set",)},
        )
    )

    assert told.needs == {
        "goods": (),
        "acme": (),
        "tag": ("goods",),
        "set": ("acme", "tag", "goods"),
        "tax": ("acme",),
        "last": ("set",),
    }
    assert told.used_by["goods"] == ("tag", "set")


def test_what_is_referred_to_is_built_before():  # W2
    told = book(declared(pump={"values": {"categ_id": "goods"}}, goods={"values": {"name": "Goods"}}))

    assert (told.levels, told.level("pump"), told.circle) == ((("goods",), ("pump",)), 2, ())


def test_in_a_circle_there_is_no_order():  # W2
    told = book(declared(one={"values": {"x_id": "two"}}, two={"values": {"x_id": "one"}}))

    assert (told.levels, told.level("one"), len(told.circle)) == ((), None, 3)
    assert picture(told).boxes == ()


def test_a_model_belongs_to_the_capability_of_its_first_word():  # W3
    models = ("crm.team", "sale.order", "project.task", "stock.warehouse", "res.partner")
    assert [capability_of(model) for model in models] == ["CRM", "Sales", "Project", "Inventory", ""]


def test_resources_of_one_model_and_one_turn_share_a_box():  # D1
    long = "a-key-that-is-much-too-long-for-a-box"
    drawn = picture(
        book(
            declared(
                a={"values": {"name": "x"}},
                b={"values": {"name": "x"}},
                c={"values": {"x_ids": ["a", "b"]}},
                **{long: {"values": {"name": "x"}, "model": "m.n"}},
            )
        )
    )

    assert [(box.turn, box.keys, box.says) for box in drawn.boxes] == [
        (1, (long,), "a-key-that-is-much-too-lo…"),
        (1, ("a", "b"), "a +1"),
        (2, ("c",), "c"),
    ]
    assert (len(drawn.lines), [turn for turn, _ in drawn.turns]) == (1, [1, 2])
