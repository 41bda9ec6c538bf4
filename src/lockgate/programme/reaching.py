"""How does a verb reach an instance of the workspace? At its address, with its key from the environment.

A1  What the workspace declares may be reached, on a private network too.
A2  A key stands in the environment and nowhere else.
A3  Writing to production asks the gates, call by call.
A4  Where none is named the one for building is meant, else the only lab; never one that people work in.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from lockgate.kernel.errors import UsageError
from lockgate.kernel.evidence import InstanceRef
from lockgate.kernel.instance import Role
from lockgate.kernel.secret import Secret
from lockgate.odoo.client import Client
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey
from lockgate.odoo.database import Database, database_of
from lockgate.programme.permit import GatePermit
from lockgate.workspace import Workspace
from lockgate.workspace.words import advice


def reach(workspace: Workspace, instance: str, *, read_only: bool = False, database: str | None = None) -> Client:
    """Return a client of an instance (A1 to A3), or of another database of its Odoo: a copy."""
    declared = workspace.instances.get(instance)
    if declared is None:
        why = advice(instance, workspace.instances, otherwise="Declared")
        raise UsageError(f"No instance `{instance}` is declared.", why=why, do="See lockgate.toml.")
    key = os.environ.get(declared.key_variable or "")
    if not key:
        named = declared.key_variable
        why = f"{named} is not set." if named else "It names no `key_variable`."
        do = f"Put the API key into {named}." if named else "Say in lockgate.toml which variable holds its key."
        raise UsageError(f"The key of the instance `{instance}` is not there.", why=why, do=do)
    permit = GatePermit(instance, workspace.root) if declared.role is Role.PRODUCTION else None
    return connect(
        declared.url,
        database or declared.database,
        ApiKey(Secret(key), declared.login),
        role=declared.role,
        read_only=read_only,
        permit=permit,
        allow_private=True,
    )


@contextmanager
def beside(workspace: Workspace, instance: str, client: Client) -> Iterator[Database | None]:
    """Give the database of an instance for reading past its server; None where the instance has no such way."""
    address = os.environ.get(workspace.instances[instance].reader_variable or "")
    if not address or client.server.database != workspace.instances[instance].database:
        yield None  # a copy has a database of its own
        return
    with database_of(client, Secret(address)) as database:
        yield database


def meant(workspace: Workspace) -> str:
    """Return the instance that is meant when none is named (A4); stop where that can't be told."""
    for role in (Role.BUILD, Role.LAB):
        found = [key for key, each in workspace.instances.items() if each.role is role]
        if len(found) == 1:
            return found[0]
    there = ", ".join(workspace.instances) or "none"
    raise UsageError("Which instance is meant?", why=f"Declared: {there}.", do="Name it: `--instance KEY`.")


def measured(client: Client, instance: str) -> InstanceRef:
    """Return what evidence says of the instance that was measured."""
    uuid = str(client.call("ir.config_parameter", "get_param", key="database.uuid"))
    return InstanceRef(uuid, ".".join(map(str, client.server.version)), client.role, instance)
