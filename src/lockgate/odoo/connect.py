"""How does Lockgate find the way to an Odoo? It asks the server what it is and takes the best transport. (first version)"""

import orjson

from lockgate.kernel.instance import Role
from lockgate.odoo.client import Client, Server
from lockgate.odoo.credentials import ApiKey, Credentials
from lockgate.odoo.errors import WrongVersion
from lockgate.odoo.http import Http
from lockgate.odoo.json2 import Json2


def connect(
    url: str,
    database: str,
    credentials: Credentials,
    *,
    role: Role = Role.BUILD,
    read_only: bool = False,
    permit: object = None,
    allow_private: bool = False,
    timeout_seconds: float = 60,
    budget_seconds: float | None = None,
    transport: str | None = None,
) -> Client:
    """Return a client of this database, speaking for the user of these credentials."""
    http = Http(url, allow_private=allow_private)
    info = orjson.loads(http.get("/web/version", timeout=timeout_seconds).body)["version_info"]
    if not isinstance(credentials, ApiKey):
        raise WrongVersion("Only API keys on Odoo 19 are supported yet.")
    carrier = Json2(http, database, credentials)
    server = Server(http.url, database, (int(info[0]), int(info[1])), carrier.name)
    return Client(
        carrier,
        server,
        login=credentials.login or "",
        role=role,
        read_only=read_only,
        timeout_seconds=timeout_seconds,
    )
