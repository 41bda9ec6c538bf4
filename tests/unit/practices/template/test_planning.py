"""What has to be done so that an Odoo is as the template says? Rules P1 to P4, O1, B1 and B2."""

from lockgate.practices.template.decide.batching import batches
from lockgate.practices.template.decide.facts import HERE, Declared, FieldFact, Live, Target
from lockgate.practices.template.decide.known import key_of, speaks
from lockgate.practices.template.decide.ordering import circle, levels
from lockgate.practices.template.decide.planning import Action, ahead, plan
from lockgate.practices.template.definition import Resource

CATEGORY = {
    "name": FieldFact("name", "char", required=True),
    "parent_id": FieldFact("parent_id", "many2one", relation="product.category"),
    "active": FieldFact("active", "boolean"),
}
MODELS = {"product.category": CATEGORY, "product.tag": {"name": FieldFact("name", "char")}}


def declared(*resources):
    return [
        Declared(
            Resource(key=key, model="product.category", values=values, find=tuple(find)), "template/goods.yaml", number
        )
        for number, (key, values, *find) in enumerate(resources)
    ]


def told(found):
    return [
        (step.action, step.key, step.record, tuple((one.field, one.old, one.new) for one in step.changes))
        for step in found.steps
    ]


def at_home(records):
    return {(HERE, target): values for target, values in records.items()}


GOODS = ("goods", {"name": "Goods"})
PARTS = ("parts", {"name": "Parts", "parent_id": "goods"})
AT_3, AT_4 = Target("product.category", 3), Target("product.category", 4)


def test_what_is_not_there_is_made_after_what_it_refers_to():
    found = plan(declared(PARTS, GOODS), Live(MODELS))
    assert told(found) == [
        (Action.CREATE, "goods", None, (("name", None, "Goods"),)),
        (
            Action.CREATE,
            "parts",
            None,
            (("name", None, "Parts"), ("parent_id", None, "goods")),
        ),
    ]
    assert [step.level for step in found.steps] == [0, 1]
    assert not found.empty


def test_what_is_there_is_changed_in_what_the_template_says_alone():  # P1
    live = Live(
        MODELS,
        {"goods": AT_3, "parts": AT_4},
        records=at_home(
            {
                AT_3: {"id": 3, "name": "Wares", "parent_id": 9, "active": True},
                AT_4: {"id": 4, "name": "Parts", "parent_id": 3, "active": True},
            }
        ),
    )
    assert told(plan(declared(PARTS, GOODS), live)) == [
        (Action.CHANGE, "goods", 3, (("name", "Wares", "Goods"),)),
        (Action.UNCHANGED, "parts", 4, ()),
    ]


def test_one_that_is_found_is_taken_over_and_two_are_a_fault():  # P2
    found_one = Live(MODELS, found={"goods": (3,)}, records=at_home({AT_3: {"id": 3, "name": "Goods", "active": True}}))
    [step] = plan(declared((*GOODS, "name")), found_one).steps
    assert (step.action, step.record, step.changes, step.takes_over) == (Action.CHANGE, 3, (), True)

    [fault] = plan(declared((*GOODS, "name")), Live(MODELS, found={"goods": (3, 4)})).faults
    assert (fault.code, fault.steps) == ("ambiguous", ("resources", 0, "find"))
    assert fault.what == "more than one product.category has these values: 3 and 4"


def test_what_is_declared_no_more_is_archived_once():  # P3
    live = Live(
        MODELS, {"old": AT_3, "older": AT_4}, records=at_home({AT_3: {"active": True}, AT_4: {"active": False}})
    )
    assert told(plan(declared(), live)) == [(Action.ARCHIVE, "old", 3, (("active", True, False),))]


def test_what_is_declared_for_another_site_stays_as_it_is():  # P3
    live = Live(MODELS, {"theirs": AT_3}, records=at_home({AT_3: {"active": True}}))
    assert plan(declared(), live, elsewhere={"theirs"}).steps == ()


def test_a_record_belongs_to_one_resource_alone():  # P2
    records = {AT_3: {"id": 3, "name": "Goods", "active": True}}
    twice = declared(("a", {"name": "Goods"}, "name"), ("b", {"name": "Goods"}, "name"))
    [fault] = plan(twice, Live(MODELS, found={"a": (3,), "b": (3,)}, records=at_home(records))).faults
    assert (fault.code, fault.what) == ("ambiguous", "the product.category 3 that it finds belongs to `a`")

    [fault] = plan(declared(("b", {"name": "Goods"}, "name")), Live(MODELS, {"a": AT_3}, {"b": (3,)})).faults
    assert fault.what == "the product.category 3 that it finds belongs to `a`"


def test_what_is_there_before_what_it_rests_on_is_told():
    assert ahead(declared(PARTS, GOODS), Live(MODELS, {"parts": AT_4})) == ("parts",)
    assert ahead(declared(PARTS, GOODS), Live(MODELS, {"parts": AT_4, "goods": AT_3})) == ()
    assert ahead(declared(PARTS, GOODS), Live(MODELS)) == ()


def test_all_that_can_t_be_is_told_at_once_and_nothing_is_planned():  # P4
    resources = [
        *declared(
            ("goods", {"nam": "Goods", "name": 3, "parent_id": "gods"}),
            ("parts", {"name": "Parts", "parent_id": "base.none"}, "active"),
            ("tagged", {"name": "Tagged", "parent_id": "red"}),
        ),
        Declared(Resource(key="red", model="product.tag", values={"name": "Red"}), "template/tags.yaml", 0),
        Declared(Resource(key="odd", model="product.tags", values={"name": "Odd"}), "template/tags.yaml", 1),
    ]
    found = plan(resources, Live(MODELS, {"parts": Target("product.tag", 1)}))
    assert found.steps == ()
    assert [(fault.code, fault.steps[1], *fault.steps[2:]) for fault in found.faults] == [
        ("unknown-field", 0, "values", "nam"),
        ("wrong-value", 0, "values", "name"),
        ("unknown-reference", 0, "values", "parent_id"),
        ("unknown-field", 1, "find"),
        ("other-model", 1, "model"),
        ("unknown-reference", 1, "values", "parent_id"),
        ("wrong-value", 2, "values", "parent_id"),
        ("unknown-model", 1, "model"),
    ]
    assert found.faults[0].what == "product.category has no field `nam`; is it `name`?"
    assert found.faults[2].what == "no resource `gods` is declared; is it `goods`?"


def test_a_circle_is_named():  # O1
    assert circle({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}) in {
        ("a", "b", "c", "a"),
        ("b", "c", "a", "b"),
        ("c", "a", "b", "c"),
    }
    assert circle({"a": ["b"], "b": ["elsewhere"]}) == ()
    found = plan(declared(("a", {"name": "A", "parent_id": "b"}), ("b", {"name": "B", "parent_id": "a"})), Live(MODELS))
    assert [fault.code for fault in found.faults] == ["circle"]


def test_levels_hold_what_rests_on_nothing_of_the_same_level():
    assert levels({"c": ["a", "b"], "b": ["a"], "a": [], "x": []}) == [("a", "x"), ("b",), ("c",)]


def test_a_digest_tells_one_plan_from_another_and_nothing_else():
    once, again = plan(declared(GOODS), Live(MODELS)), plan(declared(GOODS), Live(MODELS))
    assert once.digest == again.digest
    assert once.digest != plan(declared(("goods", {"name": "Wares"})), Live(MODELS)).digest
    unchanged = Live(MODELS, {"goods": AT_3}, records=at_home({AT_3: {"name": "Goods", "active": True}}))
    assert plan(declared(GOODS), unchanged).digest == plan(declared(), Live(MODELS)).digest
    assert plan(declared(GOODS), unchanged).empty


def test_what_is_alike_goes_in_one_batch_and_only_what_differs():  # B1, B2
    live = Live(MODELS, {"goods": AT_3}, records=at_home({AT_3: {"name": "Wares", "active": True}}))
    more = ("more", {"name": "More"})
    found = plan(declared(PARTS, GOODS, more, ("other", {"name": "Other", "active": True})), live)
    assert [
        [(batch.model, batch.fields, tuple(step.key for step in batch.steps)) for batch in level]
        for level in batches(found.steps, MODELS)
    ] == [
        [
            ("product.category", ("name",), ("goods", "more")),
            ("product.category", ("active", "name"), ("other",)),
        ],
        [("product.category", ("name", "parent_id"), ("parts",))],
    ]


def test_what_odoo_names_beside_a_resource_is_not_taken_for_one_that_is_declared_no_more():
    names = ["template__pump", "template__pump_product_template", "source__pump"]
    assert [key_of(name) for name in names] == ["pump", None, None]


def test_no_text_is_read_in_a_language_that_is_yet_to_be_installed():
    live = Live(MODELS, {}, parts={("res.lang", "fr_BE"): "installed", ("res.lang", "de_DE"): "uninstalled"})
    assert [speaks(language, live) for language in ("", "fr_BE", "de_DE")] == [True, True, False]
