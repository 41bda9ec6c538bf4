"""Every page, looked at: wide and narrow, light and dark, by axe, with a picture of each in build/screenshots."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

PICTURES = Path(__file__).parents[3] / "build" / "screenshots"
WIDE, NARROW, NARROWEST = {"width": 1440, "height": 900}, {"width": 390, "height": 844}, {"width": 360, "height": 740}
PAGES = {
    "programme": "/",
    "programme-then": "/?as-of=yesterday",
    "gates": "/gate/",
    "gate": "/gate/gaps-decided/programme/",
    "gate-closed": "/gate/design-freeze/programme/",
    "gate-sheet": "/gate/gaps-decided/programme/sign-off/",
    "rerun": "/rerun/",
    "evidence": "/evidence/",
    "record": "/evidence/1200/",
    "checkpoint": "/checkpoint/",
    "registers": "/register/",
    "register": "/register/gap/",
    "register-board": "/register/risk/board/",
    "register-new": "/register/risk/new/",
    "register-import": "/register/risk/import/",
    "register-record": "/register/gap/GAP-1/",
    "tasks": "/task/",
    "raid": "/raid/",
    "workspace": "/workspace/",
    "definition": "/workspace/programme/people.yaml",
    "roles": "/person/",
    "instances": "/instance/",
    "search": "/search/?q=rebate",
    "help": "/help/",
    "help-page": "/help/how-to/decide-a-gate",
    "people": "/people/",
    "notices": "/notice/",
    "notice-wishes": "/account/notice/",
    "runs": "/run/",
    "account": "/account/",
    "styleguide": "/styleguide/",
}
"""Name → address."""
FOR_ALL = {"sign-in": "/account/login/", "used-link": "/join/used/"}
"""Pages for whoever is not signed in."""
GRAVE = {"serious", "critical"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_legible_and_fits(sit_down, name):
    page = sit_down("admin")
    answer = page.goto(PAGES[name])

    assert answer.status == 200
    _look(page, name)


@pytest.mark.parametrize("name", FOR_ALL)
def test_a_page_for_everybody_is_whole_legible_and_fits(browser, tower, name):
    context = browser.new_context(base_url=tower.url, viewport=WIDE)
    page = context.new_page()
    page.goto(FOR_ALL[name])

    _look(page, name)
    context.close()


def _look(page, name):
    page.wait_for_load_state("networkidle")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            page.screenshot(path=PICTURES / f"{name}-{size['width']}-{scheme}.png", full_page=True)
        page.set_viewport_size(WIDE)
        assert _violations(page) == []
    page.set_viewport_size(NARROWEST)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROWEST["width"]


def _violations(page) -> list[str]:
    """Return what axe finds that would keep somebody out."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]}: {node['failureSummary']}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"][:3]
    ]
