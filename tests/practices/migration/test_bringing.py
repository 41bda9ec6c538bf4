"""Does what the old systems hold come into Odoo, each record once, and is each accounted for? Through the verbs."""

from faults.proxy import FaultProxy
from lockgate.odoo.calls.policy import READING
from lockgate.odoo.external_ids import targets_of
from lockgate.programme.ledger_place import ledger_place


def mapping(answer, key):
    return next(one for domain in answer["domains"] for one in domain["mappings"] if one["mapping"] == key)


def domain(answer, key):
    return next(one for one in answer["domains"] if one["domain"] == key)


def test_what_is_read_is_judged_and_put_right(programme):
    read = programme.say("profile")
    assert [(one["dataset"], one["rows"], one["errors"], one["warnings"]) for one in read["datasets"]] == [
        ("customers", 5, 1, 1),
        ("items", 2, 0, 0),
        ("orders", 4, 0, 0),
        ("order-lines", 6, 1, 0),
    ]
    right = programme.say("cleanse")
    told = {one["dataset"]: one for one in right["datasets"]}
    assert (told["customers"]["changes"], told["customers"]["left_out"], told["customers"]["warnings"]) == (2, 1, 0)
    assert (told["customers"]["ready"], told["orders"]["ready"], told["order-lines"]["ready"]) == (0.75, 0.75, 0.666667)


def test_what_is_ready_is_loaded_and_all_the_rest_is_told_with_its_reason(programme, odoo):
    loaded = programme.brought()
    assert [(one["domain"], one["rows"], one["loaded"], one["rejected"]) for one in loaded["domains"]] == [
        ("partners", 5, 3, 1),
        ("goods", 2, 2, 0),
        ("orders", 4, 2, 2),
    ]
    order = mapping(loaded, "order")
    assert (order["created"], order["kept_back"], order["posted"], order["not_posted"]) == (2, 1, 2, 0)
    ids = targets_of(odoo, ["order_A", "customer_008", "customer_007", "item_MIG-1"])
    [held] = odoo.read("sale.order", ids["order_A"].id, ["partner_id", "state", "amount_untaxed", "order_line"])
    assert (held["state"], held["amount_untaxed"], len(held["order_line"])) == ("sale", 55.0, 2)
    assert held["partner_id"][0] == ids["customer_007"].id
    [branch] = odoo.read("res.partner", ids["customer_008"].id, ["name", "vat", "parent_id"])
    assert (branch["name"], branch["vat"], branch["parent_id"][0]) == ("Van Hool Lier", False, ids["customer_007"].id)


def test_a_record_that_no_mapping_takes_is_named(programme):
    declared = (programme.folder / "migration" / "own.yaml").read_text()
    programme.declare(declared.replace("dataset: items\n", "dataset: items\n    where: s.SKU <> 'MIG-2'\n"))
    programme.brought()
    told = programme.say("reconcile")
    assert told["code"] == 1
    goods, orders = domain(told, "goods"), domain(told, "orders")
    assert (goods["missing"], goods["unexplained"], orders["unexplained"]) == (0, 1, 0)
    assert goods["unaccounted"] == [{"dataset": "items", "records": 1, "keys": ["MIG-2"]}]
    ran = programme.lockgate("migrate", "reconcile", "--by", "example-sponsor")
    assert "Neither sent nor kept back for a reason, 1 of items: MIG-2" in ran.out


def test_what_was_loaded_is_compared_field_by_field_and_adds_up(programme, odoo):
    programme.brought()
    same = programme.say("reconcile")
    columns = ("domain", "source_rows", "target_rows", "missing", "extra", "different", "unexplained")
    assert [tuple(one[name] for name in columns) for one in same["domains"]] == [
        ("partners", 5, 3, 0, 0, 0, 0),
        ("goods", 2, 2, 0, 0, 0, 0),
        ("orders", 4, 2, 0, 0, 0, 0),
    ]
    assert same["code"] == 0
    ids = targets_of(odoo, ["customer_011", "item_MIG-2", "order_D"])
    odoo.write("res.partner", ids["customer_011"].id, {"name": "Süd", "country_id": False})
    odoo.write("product.product", ids["item_MIG-2"].id, {"list_price": 3.21})
    [order] = odoo.read("sale.order", ids["order_D"].id, ["order_line"])
    odoo.write("sale.order.line", order["order_line"], {"product_uom_qty": 48, "price_unit": 3.1})
    changed = programme.say("reconcile")
    assert [(one["domain"], one["different"], one["unexplained"]) for one in changed["domains"]] == [
        ("partners", 1, 2),
        ("goods", 1, 1),
        ("orders", 1, 1),
    ]
    assert domain(changed, "partners")["fields"] == {"customer.name": 1, "customer.country_id/id": 1}
    assert domain(changed, "orders")["fields"] == {"order.order_line.order_line/product_uom_qty": 1}
    assert changed["code"] == 1


def test_evidence_of_each_step_is_in_the_ledger_with_the_extracts_it_was_measured_from(programme):
    programme.brought()
    programme.say("reconcile")
    with ledger_place(programme.folder) as place:
        found = [
            one.evidence
            for one in place.ledger.current_evidence(["migration.profiled", "migration.loaded", "migration.reconciled"])
        ]
    kinds = [one.kind for one in found]
    assert [kinds.count(f"migration.{what}") for what in ("profiled", "loaded", "reconciled")] == [4, 3, 3]
    assert sorted(found[-1].inputs) == [
        *("extract:customers", "extract:items", "extract:order-lines", "extract:orders"),
        "files:migration",
    ]


def test_loading_again_changes_nothing(programme, odoo):
    programme.brought()
    before = odoo.search_count("res.partner"), odoo.search_count("sale.order"), odoo.search_count("product.product")
    again = programme.say("load")
    assert again["domains"][0]["loaded"] == 3
    assert programme.say("profile", "--new-round")["round"] == 2
    programme.say("cleanse")
    second = programme.say("load")
    customer = mapping(second, "customer")
    assert (customer["created"], customer["updated"], customer["unchanged"]) == (0, 0, 3)
    after = odoo.search_count("res.partner"), odoo.search_count("sale.order"), odoo.search_count("product.product")
    assert after == before


def test_an_extract_that_changed_since_it_was_read_is_refused(programme):
    programme.say("profile")
    programme.extract("items.csv", "SKU;NAME;PRICE\nMIG-1;Pump;99,00\n")
    ran = programme.lockgate("migrate", "cleanse", "--by", "example-sponsor")
    assert ran.code == 5
    assert "The extract of 'items' has changed since it was read." in ran.err


def test_preflight_and_comparing_write_nothing(programme, lab):
    programme.brought()
    settings = programme.folder / "lockgate.toml"
    with FaultProxy(lab.url) as proxy:
        settings.write_text(settings.read_text().replace(lab.url, proxy.url))
        assert programme.say("preflight")["faults"] == []
        programme.say("reconcile")
        called = {tuple(path.split("/")[-2:]) for path in proxy.seen if path.startswith("/json/2/")}
    allowed = {("ir.config_parameter", "get_param"), ("res.users", "context_get")}
    assert {call for call in called if call[1] not in READING} == allowed


def test_what_is_read_past_the_server_compares_as_what_the_api_tells(programme, odoo, lab, monkeypatch):
    programme.brought()
    told = programme.say("reconcile")
    toml = programme.folder / "lockgate.toml"
    toml.write_text(toml.read_text().replace('role = "build"\n', 'role = "build"\nreader_variable = "BUILD_READER"\n'))
    reader = lab.reader()
    monkeypatch.setenv("BUILD_READER", reader.replace("onlooker", "postgres"))
    refused = programme.lockgate("migrate", "reconcile", "--by", "example-sponsor")
    assert "The user of the database may write there." in refused.err
    monkeypatch.setenv("BUILD_READER", reader)

    past = programme.say("reconcile")

    assert [{**one, "evidence": None} for one in past["domains"]] == [
        {**one, "evidence": None} for one in told["domains"]
    ]
