"""Can one Odoo keep the books of two countries? A second localisation is installed and gives its own chart."""

from dataclasses import dataclass

import pytest

from lockgate.kernel.secret import Secret
from lockgate.odoo.client import Client
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey
from lockgate.odoo.fingerprint import Company, fingerprint

PATIENCE_SECONDS = 240
"""A new company may have more modules installed for its country, in the same call."""


@dataclass(frozen=True)
class Books:
    """What a company keeps its books with."""

    chart: str
    currency: str
    sales: str
    """The code of the account that its sales journal posts to."""
    tax_countries: set[str]
    entry_posted: bool


@pytest.mark.timeout(600)
def test_two_companies_in_two_countries_keep_books_by_two_charts(fresh):
    key = ApiKey(Secret(fresh.api_key))
    with connect(fresh.url, fresh.database, key, allow_private=True, timeout_seconds=PATIENCE_SECONDS) as client:
        install(client, "l10n_be")
        american = new_company(client, "Meridian Supply Inc.", "base.us", "base.USD")
        belgian = new_company(client, "Meridian Benelux BV", "base.be", "base.EUR")
        assert books(client, american) == Books("us", "USD", "400000", {"US"}, entry_posted=True)
        assert books(client, belgian) == Books("be_comp", "EUR", "700000", {"BE"}, entry_posted=True)
        assert set(fingerprint(client).companies) == {
            Company("My Company", "US", "USD"),
            Company("Meridian Supply Inc.", "US", "USD"),
            Company("Meridian Benelux BV", "BE", "EUR"),
        }


def install(client: Client, module: str) -> None:
    (found,) = client.search("ir.module.module", [["name", "=", module]])
    client.call("ir.module.module", "button_immediate_install", [found])


def new_company(client: Client, name: str, country: str, currency: str) -> int:
    asked = {"name": name, "country_id": record(client, country), "currency_id": record(client, currency)}
    (company,) = client.create("res.company", [asked])
    return company


def record(client: Client, xml_id: str) -> int:
    module, _, name = xml_id.partition(".")
    (row,) = client.search_read("ir.model.data", [["module", "=", module], ["name", "=", name]], ["res_id"])
    return int(row["res_id"])


def books(client: Client, company: int) -> Books:
    inside = client.within(company=company)
    (found,) = inside.read("res.company", company, ["chart_template", "currency_id"])
    accounts = inside.search("account.account", [["company_ids", "in", [company]]])
    of_sales = [["type", "=", "sale"], ["company_id", "=", company]]
    (journal,) = inside.search_read("account.journal", of_sales, ["default_account_id"])
    (sales,) = inside.read("account.account", journal["default_account_id"][0], ["code"])
    taxes = inside.search_read("account.tax", [["company_id", "=", company]], ["country_code"])
    return Books(
        chart=found["chart_template"],
        currency=found["currency_id"][1],
        sales=sales["code"],
        tax_countries={tax["country_code"] for tax in taxes},
        entry_posted=post_an_entry(inside, company, accounts),
    )


def post_an_entry(client: Client, company: int, accounts: list[int]) -> bool:
    (journal,) = client.search("account.journal", [["type", "=", "general"], ["company_id", "=", company]], limit=1)
    lines = [[0, 0, {"account_id": account, "name": "opening", side: 10}] for account, side in pairs(client, accounts)]
    (move,) = client.create("account.move", [{"journal_id": journal, "line_ids": lines}])
    client.call("account.move", "action_post", [move])
    (posted,) = client.read("account.move", move, ["state"])
    return bool(posted["state"] == "posted")


def pairs(client: Client, accounts: list[int]) -> list[tuple[int, str]]:
    free = [["id", "in", accounts], ["account_type", "in", ["expense", "income"]]]
    first, second = client.search("account.account", free, limit=2, order="id")
    return [(first, "debit"), (second, "credit")]
