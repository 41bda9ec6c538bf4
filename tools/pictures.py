"""How do the pages look that the documents show? Takes them again, from the tower that `make demo` leaves running.

    LOCKGATE_PASSWORD=… .venv/bin/python tools/pictures.py http://127.0.0.1:8070 LOGIN

LOGIN is an account of that tower without a second factor. They go to docs/pictures. Needs Debian's chromium.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, ViewportSize, sync_playwright

PICTURES: Final = Path(__file__).parents[1] / "docs" / "pictures"
SIZE: Final = ViewportSize(width=1360, height=820)
SHOWN: Final = {
    "programme": "/",
    "gate": "/gate/wave-data/wave:germany/",
    "migration": "/migration/",
    "ties": "/migration/ties/",
    "rounds": "/migration/rounds/",
}
"""The name of each picture, and the page that it shows."""


def main() -> int:
    """Take them all; return the exit code."""
    program, password = shutil.which("chromium"), os.environ.get("LOCKGATE_PASSWORD")
    if len(sys.argv) != 3 or not password or not program:  # noqa: PLR2004 - the program itself, the address, the login
        print(__doc__, file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        take(browser, sys.argv[1], sys.argv[2], password)
        browser.close()
    return 0


def take(browser: Browser, tower: str, login: str, password: str) -> None:
    """Sign in, and keep a picture of each page."""
    page = browser.new_page(base_url=tower, viewport=SIZE)
    page.goto("/account/login/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/account/login/" not in url)
    PICTURES.mkdir(exist_ok=True)
    for name, address in SHOWN.items():
        page.goto(address, wait_until="networkidle")
        page.screenshot(path=PICTURES / f"{name}.png")
        print(f"{name}: {page.title()}")


if __name__ == "__main__":
    sys.exit(main())
