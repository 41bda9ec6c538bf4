"""One contract, three transports: the same calls bring the same results and the same errors from the same Odoo."""

import base64
import threading
import time
from datetime import UTC, date, datetime

import pytest

from lockgate.kernel.secret import Secret
from lockgate.odoo.calls.call import Call
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey, Password
from lockgate.odoo.errors import (
    AccessDenied,
    BadCall,
    ConstraintViolated,
    NotAuthenticated,
    NotFound,
    OdooError,
    Refused,
    ServerFault,
    TimedOut,
)

TEXT = "Ünïcødé 漢字 🚪 “quotes” & <tags>\nsecond line\ttab"
HELD_SECONDS = 5


def key(lab):
    return ApiKey(Secret(lab.api_key))


def password(lab):
    return Password(lab.login, Secret(lab.password))


WAYS = {"json2": key, "jsonrpc": password, "xmlrpc": password}


@pytest.fixture(params=WAYS, scope="module")
def odoo(request, lab):
    credentials = WAYS[request.param](lab)
    with connect(lab.url, lab.database, credentials, allow_private=True, transport=request.param) as client:
        yield client


@pytest.mark.parametrize("transport", ["jsonrpc", "xmlrpc"])
@pytest.mark.parametrize("login", ["admin", None])
def test_a_key_serves_as_the_password_of_the_older_ways(lab, transport, login):
    credentials = ApiKey(Secret(lab.api_key), login)
    with connect(lab.url, lab.database, credentials, allow_private=True, transport=transport) as odoo:
        assert (odoo.server.transport, odoo.login, odoo.search("res.users", [["id", "=", 2]])) == (
            transport,
            "admin",
            [2],
        )


@pytest.fixture
def partner(odoo):
    (made,) = odoo.create("res.partner", [{"name": "Conformance"}])
    yield made
    if odoo.search("res.partner", [["id", "=", made], ["active", "in", [True, False]]]):
        odoo.unlink("res.partner", made)


@pytest.fixture(scope="module")
def run(odoo):
    """Run Python on the server, as a server action of partners; its `answer` comes back."""
    (model,) = odoo.search("ir.model", [["model", "=", "res.partner"]])
    (group,) = odoo.call("ir.model.data", "search_read", domain=[["name", "=", "group_system"]], fields=["res_id"])
    made = []

    def send(code, client=odoo, **options):
        vals = {"name": "conformance", "model_id": model, "state": "code", "code": code}
        action = odoo.create("ir.actions.server", [{**vals, "group_ids": [[6, 0, [group["res_id"]]]]}])
        made.extend(action)
        return client.send(Call("ir.actions.server", "run", tuple(action)), **options)

    yield send
    if made:
        odoo.unlink("ir.actions.server", made)


def answering(expression):
    return f"action = {{'type': 'ir.actions.act_window_close', 'infos': {expression}}}"


def test_records_are_made_read_changed_and_deleted(odoo):
    first, second = odoo.create("res.partner", [{"name": "First"}, {"name": "Second"}])
    assert odoo.read("res.partner", [second, first], ["name"]) == [
        {"id": second, "name": "Second"},
        {"id": first, "name": "First"},
    ]
    odoo.write("res.partner", [first, second], {"comment": False, "ref": "conformance"})
    assert odoo.search("res.partner", [["ref", "=", "conformance"]], order="id") == [first, second]
    assert odoo.search_count("res.partner", [["ref", "=", "conformance"]]) == 2
    odoo.unlink("res.partner", [first, second])
    assert odoo.read("res.partner", [first, second], ["name"]) == []


def test_search_read_takes_fields_offset_limit_and_order(odoo):
    made = odoo.create("res.partner", [{"name": name, "ref": "page"} for name in "cab"])
    found = odoo.search_read("res.partner", [["ref", "=", "page"]], ["name"], order="name", offset=1, limit=1)
    assert found == [{"id": made[2], "name": "b"}]
    odoo.unlink("res.partner", made)


def test_texts_of_every_script_come_back_as_they_were(odoo, partner):
    odoo.write("res.partner", partner, {"name": TEXT, "ref": TEXT})
    assert odoo.read("res.partner", partner, ["name", "ref"]) == [{"id": partner, "name": TEXT, "ref": TEXT}]


def test_nothing_comes_back_as_odoo_says_it(odoo, partner):
    read = odoo.read("res.partner", partner, ["ref", "parent_id", "category_id", "partner_latitude"])
    assert read == [{"id": partner, "ref": False, "parent_id": False, "category_id": [], "partner_latitude": 0.0}]


def test_dates_and_moments_are_sent_as_odoo_reads_them(odoo):
    vals = {"name": "Moment", "model_id": odoo.search("ir.model", [["model", "=", "res.partner"]])[0]}
    (lang,) = odoo.search_read("res.currency", [["active", "=", True]], ["id"], limit=1)
    (rate,) = odoo.create("res.currency.rate", [{"name": date(2001, 2, 3), "rate": 2, "currency_id": lang["id"]}])
    assert odoo.read("res.currency.rate", rate, ["name"])[0]["name"] == "2001-02-03"
    odoo.unlink("res.currency.rate", rate)
    moment = datetime(2030, 2, 3, 4, 5, 6, tzinfo=UTC)
    (cron,) = odoo.create("ir.cron", [{**vals, "state": "code", "active": False, "nextcall": moment}])
    assert odoo.read("ir.cron", cron, ["nextcall"])[0]["nextcall"] == "2030-02-03 04:05:06"
    odoo.unlink("ir.cron", cron)


def test_a_payload_of_megabytes_arrives_whole_both_ways(odoo):
    content = base64.b64encode(bytes(range(256)) * 20_000).decode()
    (made,) = odoo.create("ir.attachment", [{"name": "big", "datas": content}])
    assert odoo.read("ir.attachment", made, ["datas"])[0]["datas"] == content
    odoo.unlink("ir.attachment", made)


def test_a_hundred_records_in_one_call_come_back_in_order(odoo):
    names = [f"{number:03} {TEXT}" for number in range(100)]
    made = odoo.create("res.partner.category", [{"name": name} for name in names])
    assert [row["name"] for row in odoo.read("res.partner.category", made, ["name"])] == names
    odoo.unlink("res.partner.category", made)


def test_the_context_reaches_odoo(odoo, run):
    seen = "{'company': env.company.id, **{name: env.context.get(name) for name in ('lang', 'tz', 'more')}}"
    view = odoo.within(company=1, lang="en_US", tz="Asia/Tokyo", more={"deep": [1, "ü"]})
    answer = run(answering(seen), client=view)
    assert answer["infos"] == {"company": 1, "lang": "en_US", "tz": "Asia/Tokyo", "more": {"deep": [1, "ü"]}}


def test_the_context_decides_what_is_seen(odoo, partner):
    odoo.call("res.partner", "action_archive", [partner])
    domain = [["id", "=", partner]]
    assert odoo.search("res.partner", domain) == []
    assert odoo.within(active_test=False).search("res.partner", domain) == [partner]


def test_a_method_that_answers_nothing_is_carried_out(odoo, partner):
    assert odoo.call("res.partner", "action_archive", [partner]) is None
    assert odoo.read("res.partner", partner, ["active"]) == [{"id": partner, "active": False}]


def test_fields_are_described(odoo):
    few = odoo.fields_get("res.partner.category", ["type", "required"])["name"]
    assert (few["type"], few["required"], "help" in few) == ("char", True, False)
    every = odoo.fields_get("res.partner.category")["active"]
    assert (every["type"], every["help"]) == (
        "boolean",
        "The active field allows you to hide the category without removing it.",
    )


def test_a_method_on_records_may_go_without_any(odoo):
    assert odoo.call("res.users", "has_group", [odoo.uid], group_ext_id="base.group_user") is True
    with pytest.raises(ServerFault) as error:
        odoo.call("res.users", "has_group", group_ext_id="base.group_user")
    assert error.value.why == "Expected singleton: res.users()"


def test_a_business_rule_speaks_in_its_own_words(run):
    with pytest.raises(Refused) as error:
        run(f"raise UserError({TEXT!r})")
    assert (error.value.why, error.value.call, error.value.sent) == (TEXT, "ir.actions.server.run", False)


def test_a_constraint_of_the_model_speaks_in_its_own_words(odoo, partner):
    with pytest.raises(Refused) as error:
        odoo.write("res.partner", partner, {"parent_id": partner})
    assert error.value.why == "You cannot create recursive Partner hierarchies."
    assert isinstance(error.value, ConstraintViolated) is (odoo.server.transport != "xmlrpc")  # it does not say which


def test_a_constraint_of_the_database_speaks_in_its_own_words(odoo):
    with pytest.raises(Refused) as error:
        odoo.create("res.users", [{"name": "Twin", "login": "admin"}])
    assert error.value.why == "The operation cannot be completed: You can not have two users with the same login!"
    assert isinstance(error.value, ConstraintViolated) is (odoo.server.transport != "xmlrpc")


def test_a_refused_create_leaves_nothing_behind(odoo):
    with pytest.raises(Refused):
        odoo.create("res.partner.category", [{"name": "Left behind"}, {"color": 1}])
    assert odoo.search("res.partner.category", [["name", "=", "Left behind"]]) == []


@pytest.mark.parametrize(
    ("company", "method", "args", "why"),
    [
        (999_999, "search", {"domain": []}, "Access to unauthorized or invalid companies."),
        (1, "_name_search", {}, "Private methods (such as 'res.partner._name_search') cannot be called remotely."),
        (1, "sudo", {}, "Private methods (such as 'res.partner.sudo') cannot be called remotely."),
    ],
)
def test_what_is_not_allowed_is_told(odoo, company, method, args, why):
    with pytest.raises(AccessDenied) as error:
        odoo.within(company=company).call("res.partner", method, **args)
    assert (error.value.why, isinstance(error.value, NotAuthenticated)) == (why, False)


def test_a_record_that_is_gone_is_told(odoo, partner):
    odoo.unlink("res.partner", partner)
    with pytest.raises(NotFound) as error:
        odoo.write("res.partner", partner, {"name": "x"})
    assert error.value.what == "A record that res.partner.write needs does not exist."


def test_a_model_that_no_module_brought_is_told_with_the_module_that_would(odoo):
    with pytest.raises(NotFound) as error:
        odoo.search("approval.request")
    assert (error.value.what, error.value.do) == (
        "This Odoo has no model approval.request.",
        "Install the module that brings it: approvals (Enterprise) or base_tier_validation (OCA).",
    )


def test_a_method_that_is_not_there_is_told(odoo, partner):
    with pytest.raises(NotFound) as error:
        odoo.call("res.partner", "action_nobody_knows", [partner])
    assert error.value.what == "This Odoo has no method res.partner.action_nobody_knows."


@pytest.mark.parametrize(
    ("method", "ids", "args", "why"),
    [
        ("read", [1], {"fields": ["colour"]}, "Invalid field 'colour' on 'res.partner'"),
        ("write", [1], {"vals": {"colour": 1}}, "res.partner has no field 'colour'."),
        ("search", None, {"domain": ["x"]}, "Domain() invalid item in domain: 'x'"),
        ("search", None, {"domain": [["name", "~", 1]]}, "Invalid operator in condition ('name', '~', 1)"),
        ("search", None, {"domain": [], "order": "colour"}, "Invalid field 'colour' on model 'res.partner'"),
        ("write", [1], {"vals": {"type": "cat"}}, "Wrong value for res.partner.type: 'cat'"),
    ],
)
def test_a_wrong_field_domain_or_value_is_told(odoo, method, ids, args, why):
    with pytest.raises(BadCall) as error:
        odoo.call("res.partner", method, ids, **args)
    assert error.value.why == why


def test_an_argument_that_the_method_does_not_have_is_told(odoo):
    with pytest.raises(BadCall) as error:
        odoo.call("res.partner", "search", domain=[], colour=1)
    assert error.value.why.endswith("got an unexpected keyword argument 'colour'")


def test_a_fault_of_the_server_is_told_without_its_traceback(run):
    with pytest.raises(ServerFault) as error:
        run("1 / 0")
    assert "division by zero" in error.value.why
    assert "Traceback" not in "".join(error.value.lines())


def test_an_answer_that_comes_too_late_is_told_as_maybe_carried_out(run):
    with pytest.raises(TimedOut) as error:
        run("env.cr.execute('SELECT pg_sleep(2)')", timeout=0.5)
    assert (error.value.sent, error.value.call) == (True, "ir.actions.server.run")
    time.sleep(2)


def locking(partner, then):
    return f"record = env['res.partner'].browse({partner})\nrecord.lock_for_update()\n{then}"


@pytest.fixture
def held(run, partner):
    """Another transaction holds the partner for some seconds."""
    hold = locking(partner, f"env.cr.execute('SELECT pg_sleep({HELD_SECONDS})')")
    other = threading.Thread(target=run, args=(hold,))
    free = f"record = env['res.partner'].browse({partner})\n" + answering("{'free': record.try_lock_for_update().ids}")
    other.start()
    while run(free)["infos"]["free"]:
        time.sleep(0.1)
    yield partner
    other.join()


def test_a_conflict_between_transactions_is_tried_again_until_it_goes_through(odoo, run, held):
    retries = odoo.stats.retries
    run(locking(held, "record.write({'ref': 'got through'})"))
    assert odoo.read("res.partner", held, ["ref"])[0]["ref"] == "got through"
    assert odoo.stats.retries > retries


def test_writers_on_one_record_all_get_through(odoo, partner):
    failures = []

    def work(number):
        for turn in range(5):
            try:
                odoo.write("res.partner", partner, {"ref": f"{number} {turn}"})
            except OdooError as error:
                failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert odoo.read("res.partner", partner, ["ref"])[0]["ref"].endswith(" 4")
