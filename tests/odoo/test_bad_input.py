"""What people get wrong, on a live Odoo: one clear message each."""

import socket

import pytest

from lockgate.kernel.instance import Role
from lockgate.kernel.secret import Secret
from lockgate.odoo.calls.policy import Refusal
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey, Password
from lockgate.odoo.errors import (
    AddressRefused,
    DatabaseNotFound,
    NotAuthenticated,
    NotFound,
    NotJson,
    Unreachable,
    WriteRefused,
)

AGAIN = "Check the key or password and its user; keys also expire and can be revoked: then make a new one."
MINT = """
key = env['res.users.apikeys'].with_user(record).sudo()._generate(None, 'expiring', False)
mine = env['res.users.apikeys'].sudo().search([('user_id', '=', record.id), ('name', '=', 'expiring')])
action = {'type': 'ir.actions.act_window_close', 'infos': {'key': key, 'ids': mine.ids}}
"""
EXPIRE = """
env.cr.execute("UPDATE res_users_apikeys SET expiration_date = now() - interval '1 hour' WHERE name = 'expiring'")
"""
REVOKE = "env.cr.execute(\"DELETE FROM res_users_apikeys WHERE name = 'expiring'\")"


def enter(lab, **changed):
    given = {"url": lab.url, "database": lab.database, "credentials": ApiKey(Secret(lab.api_key)), **changed}
    options = {"allow_private": True, **{k: v for k, v in given.items() if k not in {"url", "database", "credentials"}}}
    return connect(given["url"], given["database"], given["credentials"], **options)


@pytest.fixture
def run(lab):
    """Run Python on the server as an action of the administrator's user."""
    with enter(lab) as odoo:
        (model,) = odoo.search("ir.model", [["model", "=", "res.users"]])
        (group,) = odoo.search_read(
            "ir.model.data", [["name", "=", "group_system"], ["module", "=", "base"]], ["res_id"]
        )
        groups = [[6, 0, [group["res_id"]]]]

        def send(code):
            vals = {"name": "bad input", "model_id": model, "state": "code", "code": code, "group_ids": groups}
            action = odoo.create("ir.actions.server", [vals])
            context = {"active_model": "res.users", "active_id": odoo.uid, "active_ids": [odoo.uid]}
            try:
                return odoo.call("ir.actions.server", "run", action, context=context)
            finally:
                odoo.unlink("ir.actions.server", action)

        yield send


@pytest.mark.parametrize("transport", ["json2", "jsonrpc", "xmlrpc"])
def test_a_wrong_key_is_told(lab, transport):
    with pytest.raises(NotAuthenticated) as error:
        enter(lab, credentials=ApiKey(Secret("0" * 40), lab.login), transport=transport)
    why = {"json2": "Invalid apikey"}.get(transport, "The login, the password or the key is wrong, expired or revoked.")
    assert error.value.why == why


def test_a_key_that_expired_or_was_revoked_is_told(lab, run):
    minted = Secret(run(MINT)["infos"]["key"])
    with enter(lab, credentials=ApiKey(minted)) as odoo:
        assert odoo.login == lab.login
        for end in (EXPIRE, REVOKE):
            run(end)
            run("env.registry.clear_cache()")
            with pytest.raises(NotAuthenticated) as error:
                odoo.search_count("res.partner")
            assert error.value.lines() == ("Odoo does not accept these credentials.", "Invalid apikey", AGAIN)


@pytest.mark.parametrize("transport", ["jsonrpc", "xmlrpc", None])
def test_a_wrong_password_is_told(lab, transport):
    with pytest.raises(NotAuthenticated) as error:
        enter(lab, credentials=Password(lab.login, Secret("not the password")), transport=transport)
    assert error.value.what == "Odoo does not accept the credentials of admin."


@pytest.mark.parametrize("transport", ["json2", "jsonrpc", "xmlrpc"])
def test_a_database_that_is_not_there_is_told_with_the_one_that_is_near(lab, transport):
    with pytest.raises(DatabaseNotFound) as error:
        enter(lab, database=f"{lab.database}x", credentials=ApiKey(Secret(lab.api_key), lab.login), transport=transport)
    assert error.value.what == f"The server has no database '{lab.database}x'."
    assert lab.database in error.value.do


def test_a_password_takes_the_older_way(lab):
    with enter(lab, credentials=Password(lab.login, Secret(lab.password))) as odoo:
        assert (odoo.server.transport, odoo.server.version) == ("jsonrpc", (19, 0))


def test_a_key_takes_the_newest_way(lab):
    with enter(lab) as odoo:
        assert (odoo.server.transport, odoo.server.version, odoo.login) == ("json2", (19, 0), lab.login)


@pytest.mark.parametrize("pasted", ["/", "/web", "/web/login?db=x", "/odoo/sales#action=7"])
def test_the_address_may_be_pasted_from_the_browser(lab, pasted):
    with enter(lab, url=lab.url + pasted) as odoo:
        assert odoo.server.url == lab.url


def test_a_port_where_nothing_listens_is_told(lab):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unreachable) as error:
        enter(lab, url=f"http://127.0.0.1:{port}")
    assert error.value.why == f"Nothing listens on 127.0.0.1:{port}."


def test_a_page_of_odoo_itself_is_not_its_api(lab):
    with pytest.raises(NotJson):
        enter(lab, url=f"{lab.url}/erp")


def test_https_where_odoo_speaks_http_is_told(lab):
    with pytest.raises(Unreachable) as error:
        enter(lab, url=lab.url.replace("http:", "https:"))
    assert error.value.do == "Check whether it is http:// or https://."


def test_an_undeclared_private_address_is_not_connected_to(lab):
    with pytest.raises(AddressRefused):
        enter(lab, allow_private=False)


def test_a_module_that_is_not_installed_is_told_by_its_model(lab):
    with enter(lab) as odoo, pytest.raises(NotFound) as error:
        odoo.search_count("hr.payslip")
    assert error.value.lines() == (
        "This Odoo has no model hr.payslip.",
        "the model 'hr.payslip' does not exist",
        "Install the module that brings it: hr_payroll.",
    )


def test_a_reader_reads_and_writes_nothing(lab):
    with enter(lab, read_only=True) as odoo:
        before = odoo.search_count("res.partner")
        with pytest.raises(WriteRefused):
            odoo.create("res.partner", [{"name": "x"}])
        assert odoo.search_count("res.partner") == before


def test_production_is_written_to_when_its_gate_is_open(lab):
    gate = [Refusal("The gate is shut.")]
    with enter(lab, role=Role.PRODUCTION, permit=lambda call: gate[0]) as odoo:
        before = odoo.search_count("res.partner")
        with pytest.raises(WriteRefused) as error:
            odoo.create("res.partner", [{"name": "x"}])
        assert (error.value.why, odoo.search_count("res.partner")) == ("The gate is shut.", before)
        gate[0] = None
        odoo.unlink("res.partner", odoo.create("res.partner", [{"name": "x"}]))
