"""Which document helps with a page? The one for the beginning of its address; the first of all where there is none."""

from typing import Final

PAGES: Final = {
    "/account/": "tutorial/index",
    "/artifact/": "reference/ledger",
    "/checkpoint/": "explanation/ledger",
    "/evidence/": "explanation/ledger",
    "/gate/": "how-to/decide-a-gate",
    "/instance/": "how-to/connect-to-an-existing-odoo",
    "/notice/": "how-to/send-notices",
    "/person/": "reference/workspace",
    "/programme/": "reference/workspace",
    "/register/": "how-to/keep-a-register",
    "/rerun/": "explanation/gates",
    "/settings/": "reference/settings",
    "/template/": "how-to/set-up-an-odoo",
    "/workspace/": "reference/workspace",
}
"""Beginning of an address → document."""


def help_on(path: str) -> str:
    """Return the address of the help on a page."""
    if path == "/":
        return "/help/explanation/the-idea/"
    found = next((name for start, name in PAGES.items() if path.startswith(start)), "")
    return f"/help/{found}/" if found else "/help/"
