"""With what is the lab of this machine asked? With where its files lie, and a way to see which Odoo answers."""

from lockgate.kernel.instance import Role
from lockgate.kernel.secret import Secret
from lockgate.lab.places import default_places
from lockgate.lab.provider import Seen, Workbench
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey


def workbench() -> Workbench:
    """Return what the lab's providers are made with here."""
    return Workbench(default_places(), probe)


def probe(url: str, database: str, login: str, api_key: Secret) -> Seen:
    """Ask an Odoo for its version and its installed modules."""
    with connect(url, database, ApiKey(api_key, login), role=Role.LAB, read_only=True, allow_private=True) as odoo:
        rows = odoo.search_read("ir.module.module", domain=[["state", "=", "installed"]], fields=["name"])
        major, minor = odoo.server.version
        return Seen(f"{major}.{minor}", frozenset(row["name"] for row in rows))
