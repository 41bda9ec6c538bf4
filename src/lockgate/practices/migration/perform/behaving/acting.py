"""Who does the work that is tried? Somebody with just the rights that are named, who is there while it lasts.

A1  The person is made on the copy, with a key of their own, and archived afterwards: an archived person's keys open
    nothing.
A2  A key for somebody else is made by a server action that nobody but administrators may run; it is deleted at once.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from lockgate.kernel.errors import UsageError
from lockgate.kernel.external_id import of_resource
from lockgate.kernel.secret import Secret
from lockgate.odoo.client import Client
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey
from lockgate.odoo.external_ids import targets_of
from lockgate.workspace.frame.programme import Instance

_LOGIN: Final = "lockgate-tries-{check}"
_CODE: Final = (
    "key = env['res.users.apikeys'].with_user(record).sudo()._generate(None, 'lockgate', False)\n"
    "action = {'type': 'ir.actions.act_window_close', 'key': key}"
)


def ids_of(client: Client, names: Sequence[str], model: str) -> list[int]:
    """Return the records that resources or external ids stand for, or stop where one is not there."""
    external = [name if "." in name else of_resource(name) for name in names]
    found = targets_of(client, external)
    for name, one in zip(names, external, strict=True):
        if one not in found or found[one].model != model:
            raise UsageError(f"Odoo has no {model} {name!r}.", do="Apply the template first, or name another one.")
    return [found[one].id for one in external]


@contextmanager
def acting(client: Client, declared: Instance, check: str, groups: Sequence[str], company: int) -> Iterator[Client]:
    """Give a client of somebody with these rights; the one that there is when none are named."""
    if not groups:
        yield client
        return
    person = _person(client, _LOGIN.format(check=check), ids_of(client, groups, "res.groups"), company)
    try:
        key = ApiKey(Secret(_key(client, person)), _LOGIN.format(check=check))
        with connect(declared.url, declared.database, key, role=declared.role, allow_private=True) as theirs:
            yield theirs
    finally:
        client.write("res.users", person, {"active": False})


def _person(client: Client, login: str, groups: list[int], company: int) -> int:
    [internal] = ids_of(client, ["base.group_user"], "res.groups")
    everybody = client.within(active_test=False, no_reset_password=True)
    values = {
        "name": "Lockgate tries work",
        "login": login,
        "active": True,
        "company_id": company,
        "company_ids": [[6, 0, [company]]],
        "group_ids": [[6, 0, [internal, *groups]]],
    }
    found = everybody.search("res.users", [["login", "=", login]])
    if found:
        everybody.write("res.users", found[0], values)
        return found[0]
    return everybody.create("res.users", [values])[0]


def _key(client: Client, person: int) -> str:
    """Return a key of somebody else (A2)."""
    [administrators] = ids_of(client, ["base.group_system"], "res.groups")
    [users] = client.search("ir.model", [["model", "=", "res.users"]])
    values = {"name": "Lockgate", "model_id": users, "state": "code", "code": _CODE}
    [action] = client.create("ir.actions.server", [{**values, "group_ids": [[6, 0, [administrators]]]}])
    try:
        about = {"active_model": "res.users", "active_id": person, "active_ids": [person]}
        said = client.call("ir.actions.server", "run", [action], context=about)
    finally:
        client.unlink("ir.actions.server", action)
    return str(said["key"])
