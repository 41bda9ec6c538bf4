"""Odoo's own web client works against the lab: people see what Lockgate reads and writes."""

import re
import struct

from playwright.sync_api import expect

from support.odoo_page import log_in


def test_a_person_logs_in_and_opens_sales(page, lab, tmp_path):
    log_in(page, lab)
    page.goto(f"{lab.url}/odoo/sales")
    expect(page.locator(".o_menu_brand")).to_have_text("Sales", timeout=60_000)
    expect(page.locator(".o_control_panel .breadcrumb, .o_control_panel")).to_contain_text("Quotations")
    picture = page.screenshot(path=tmp_path / "sales.png")
    assert struct.unpack(">II", picture[16:24]) == (1280, 800)
    assert len(picture) > 20_000, "an almost empty page"


def test_a_wrong_password_does_not_open_it(page, lab):
    page.goto(f"{lab.url}/web/login?db={lab.database}")
    page.fill("input[name=login]", lab.login)
    page.fill("input[name=password]", "not the password")
    page.click("button[type=submit]")
    expect(page.locator(".alert-danger")).to_contain_text(re.compile("Wrong login/password"))


def test_the_style_sheets_scripts_and_icons_of_the_page_are_all_there(page, lab):
    missing = []
    page.on("response", lambda reply: missing.append(reply.url) if reply.status >= 400 else None)
    log_in(page, lab)
    assert missing == []
