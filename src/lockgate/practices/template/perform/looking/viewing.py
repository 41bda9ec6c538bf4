"""As who is a record read and written? Within a company and in a language, whatever is archived included."""

from lockgate.odoo.client import Client
from lockgate.practices.template.decide.facts import Live, View
from lockgate.practices.template.decide.known import NEW, id_of, speaks

ENGLISH = "en_US"


def companies_of(client: Client) -> list[int]:
    """Return the companies that the user may work in, the own one first."""
    [user] = client.call("res.users", "read", client.uid, fields=["company_id", "company_ids"], load="")
    return [user["company_id"], *(one for one in user["company_ids"] if one != user["company_id"])]


def everywhere(client: Client) -> Client:
    """Return a view on all companies, in English."""
    return client.within(companies=companies_of(client), lang=ENGLISH, active_test=False)


def within(there: Client, view: View, live: Live) -> Client | None:
    """Return the client as of a view, None when the company or the language of the view is not there yet."""
    if not speaks(view.language, live):
        return None
    language = view.language or ENGLISH
    if not view.company:
        return there.within(lang=language)
    company = id_of(view.company, live)
    if company == NEW:
        return None
    others = [one for one in there.context["allowed_company_ids"] if one != company]
    return there.within(companies=[company, *others], lang=language)
