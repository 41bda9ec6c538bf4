import pytest

from lockgate.odoo.calls.call import Call


@pytest.mark.parametrize(("ids", "sent"), [(7, (7,)), ([7, 8], (7, 8)), (iter([7]), (7,)), (None, None), ([], ())])
def test_ids_may_be_one_several_or_none(client, ids, sent):
    odoo, _ = client()
    assert odoo.call("res.partner", "read", ids).ids == sent


def test_ids_may_be_named(client):
    odoo, _ = client()
    assert odoo.call("res.partner", "write", ids=[7], vals={}) == Call("res.partner", "write", (7,), {"vals": {}})


def test_a_view_adds_its_context_to_every_call_and_leaves_the_client_as_it_was(client):
    odoo, _ = client()
    view = odoo.within(company=3, lang="fr_FR").within(tz="Europe/Paris", active_test=False)
    assert view.call("res.partner", "search", context={"lang": "de_DE"}).context == {
        "allowed_company_ids": [3],
        "lang": "de_DE",
        "tz": "Europe/Paris",
        "active_test": False,
    }
    assert odoo.call("res.partner", "search").context == {}


def test_a_view_of_several_companies_keeps_their_order(client):
    odoo, _ = client()
    assert odoo.within(company=1, companies=(5, 4)).context == {"allowed_company_ids": [5, 4]}


def test_a_view_is_on_the_same_connection(client):
    odoo, transport = client()
    with odoo.within(lang="fr_FR") as view:
        view.search("res.partner")
    assert (odoo.stats.calls, transport.closed, view.login, view.uid) == (1, True, "admin", 2)


def test_a_client_says_whom_it_speaks_for(client):
    assert repr(client()[0]) == "Client(admin at https://odoo.example.com, database prod)"


@pytest.mark.parametrize(
    ("verb", "args", "sent"),
    [
        ("search_read", ([], ["name"]), ("search_read", None, {"domain": [], "fields": ["name"]})),
        ("read", ([1], ["name"]), ("read", (1,), {"fields": ["name"]})),
        ("search", ([["id", ">", 3]],), ("search", None, {"domain": [["id", ">", 3]]})),
        ("fields_get", (["type"],), ("fields_get", None, {"allfields": [], "attributes": ["type"]})),
        ("fields_get", (), ("fields_get", None, {"allfields": [], "attributes": None})),
        ("create", ([{"name": "x"}],), ("create", None, {"vals_list": [{"name": "x"}]})),
    ],
)
def test_the_short_forms_are_the_calls_they_stand_for(client, verb, args, sent):
    odoo, _ = client()
    call = getattr(odoo, verb)("res.partner", *args)
    assert (call.method, call.ids, call.args) == sent
