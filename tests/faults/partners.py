"""The rows that fault tests load, and what of them is in Odoo afterwards: none lost, none doubled."""

from dataclasses import dataclass, field
from itertools import count
from os import getpid
from typing import Any

from lockgate.kernel.secret import Secret
from lockgate.odoo.client import Client
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey
from support.live import LiveDatabase

COLUMNS = ("id", "name", "ref", "country_id/id")
_numbers = count(1)


@dataclass(frozen=True)
class Partners:
    """So many partners under a tag of their own."""

    rows: int
    tag: str = field(default_factory=lambda: f"f{getpid()}n{next(_numbers)}")

    def data(self, name: str = "Partner") -> list[list[str]]:
        """Return their rows."""
        return [[f"{self.tag}.c{at}", f"{name} {at}", self.tag, "base.be"] for at in range(self.rows)]

    def in_odoo(self, client: Client) -> tuple[int, int]:
        """Return how many external ids and how many partners Odoo has of them."""
        return (
            client.search_count("ir.model.data", [["module", "=", self.tag]]),
            client.search_count("res.partner", [["ref", "=", self.tag]]),
        )

    def names(self, client: Client) -> list[str]:
        """Return the names that Odoo has, in the order of the rows."""
        found = client.search_read("res.partner", [["ref", "=", self.tag]], ["name"], order="id")
        return [record["name"] for record in found]


def client_of(live: LiveDatabase, url: str | None = None, **options: Any) -> Client:
    """Return a client of the database, through another address when one is given."""
    return connect(url or live.url, live.database, ApiKey(Secret(live.api_key)), allow_private=True, **options)
