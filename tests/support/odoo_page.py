"""How a person comes into Odoo's own pages."""

from playwright.sync_api import Page

from support.live import LiveDatabase


def log_in(page: Page, lab: LiveDatabase) -> None:
    """Log in as the administrator, and wait until the page stands."""
    page.goto(f"{lab.url}/web/login?db={lab.database}")
    page.fill("input[name=login]", lab.login)
    page.fill("input[name=password]", lab.password)
    page.click("button[type=submit]")
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
