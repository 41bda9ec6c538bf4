"""What are the first steps with the client? Look round, load three suppliers, look again.

Needs a lab (`lockgate lab up`; `make demo` does both). Run it twice: the second time nothing is new.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from lockgate.kernel.instance import Role
from lockgate.kernel.secret import Secret
from lockgate.odoo.client import Client
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey
from lockgate.odoo.loading import load

COLUMNS = ["id", "name", "city", "country_id/id"]
SUPPLIERS = [
    ("demo.supplier_1", "Northwind Fasteners", "Gent", "base.be"),
    ("demo.supplier_2", "Harbour Paper", "Rotterdam", "base.nl"),
    ("demo.supplier_3", "Lost Properties", "Nowhere", "base.atlantis"),  # there is no such country: a reject
]


def main() -> int:
    """Take the steps and say what came of each; return the exit code."""
    lab = running_lab()
    key = ApiKey(Secret(lab["api_key"]))
    with connect(lab["url"], lab["database"], key, role=Role.LAB, allow_private=True) as odoo:
        version = ".".join(map(str, odoo.server.version))
        print(f"\nConnected to Odoo {version} as {odoo.login}, by {odoo.server.transport}.")
        read(odoo)
        write(odoo)
    print(f"\nSee for yourself: {lab['url']}/web?db={lab['database']}")
    print(f"login {lab['login']}, password {lab['password']}; stop it with: lockgate lab down")
    return 0


def running_lab() -> dict[str, Any]:
    """Return where the lab is and how to get in, as the command line tells it."""
    lockgate = Path(sys.executable).with_name("lockgate")
    said = subprocess.run([lockgate, "lab", "status", "--json"], stdout=subprocess.PIPE, text=True, check=False)
    if said.returncode != 0:
        sys.exit(said.returncode)  # why, it has said itself
    lab: dict[str, Any] = json.loads(said.stdout)
    return lab


def read(odoo: Client) -> None:
    """Read what is there."""
    companies = odoo.search_read("res.company", fields=["name", "currency_id"])
    partners = odoo.search_count("res.partner")
    names = ", ".join(f"{company['name']} ({company['currency_id'][1]})" for company in companies)
    print(f"Read:   {len(companies)} company, {names}; {partners} contacts.")


def write(odoo: Client) -> None:
    """Load suppliers by external id, so that loading them again changes nothing."""
    result = load(odoo, "res.partner", COLUMNS, SUPPLIERS, changes_only=True)
    print(f"Loaded: {result.created} created, {result.updated} updated, {result.unchanged} unchanged.")
    for reject in result.rejected:
        print(f"        row {reject.row} is not in Odoo: {reject.reason}")


if __name__ == "__main__":
    sys.exit(main())
