"""A page, looked at in every way in which people look, by axe, with pictures in build/screenshots.

Wide and narrow, light and dark; enlarged twice, by the browser and, on a small phone too, by the text alone; on
paper; in forced colours; still.
"""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
WIDE, NARROW, NARROWEST = {"width": 1440, "height": 900}, {"width": 390, "height": 844}, {"width": 360, "height": 740}
ENLARGED = {"width": 720, "height": 450}
"""What a window of 1440 by 900 is at 200 %."""
PAPER = {"width": 703, "height": 1000}
"""The width of A4 between its margins."""
GRAVE = {"serious", "critical"}


def look(page, name):
    """Look at a page in every way in which people look."""
    expect(page.locator(".htmx-request")).to_have_count(0)
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.emulate_media(reduced_motion="reduce")  # a colour on its way to another has no contrast to be measured
    for scheme, size in (("light", WIDE), ("dark", NARROW)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        page.screenshot(path=PICTURES / f"{name}-{size['width']}-{scheme}.png", full_page=True)
    assert _too_wide(page, NARROWEST) == []
    assert _too_wide(page, ENLARGED) == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert _too_wide(page, NARROWEST) == []
    assert _too_wide(page, ENLARGED) == []
    assert _violations(page) == []  # narrow, dark, and with text of twice its size
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    assert _violations(page) == []
    _look_at_paper(page)
    _look_at_forced_colours(page)
    _look_at_stillness(page)


def _look_at_paper(page):
    """No navigation, nothing beyond the edge, and from where and when it is."""
    page.emulate_media(media="print")
    assert _too_wide(page, PAPER) == []
    shown = page.evaluate(
        """() => [...document.querySelectorAll(".bar, .places, .skip, .acts .button, nav")]
          .filter((one) => one.checkVisibility()).map((one) => one.className)"""
    )
    assert shown == []
    if page.locator(".foot").count():
        printed = page.locator(".only-print")
        expect(printed).to_be_visible()
        expect(printed).to_contain_text(f"from {page.url}")
        assert printed.locator("time").count() == 1
    page.emulate_media(media="screen")


def _look_at_forced_colours(page):
    """Buttons and states keep what tells them when colours are taken away."""
    page.set_viewport_size(WIDE)
    page.emulate_media(forced_colors="active")
    bare = page.evaluate(
        """() => [...document.querySelectorAll(
            "main :is(button:not(.bare, .sort), .button, .chip, .card, input, select)")]
          .filter((one) => one.checkVisibility() && !["hidden", "range", "checkbox", "radio"].includes(one.type))
          .filter((one) => !parseFloat(getComputedStyle(one).borderTopWidth))
          .map((one) => one.outerHTML.slice(0, 160))"""
    )
    told_by_colour = page.evaluate(
        """() => [...document.querySelectorAll("main .state")]
          .filter((one) => !one.textContent.trim() || !one.querySelector("svg.icon"))
          .map((one) => one.outerHTML.slice(0, 160))"""
    )
    page.emulate_media(forced_colors="none")
    assert (bare, told_by_colour) == ([], [])


def _look_at_stillness(page):
    """Nothing moves for who asked for it."""
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")]
          .map((one) => [one, getComputedStyle(one)])
          .filter(([, looks]) => /[1-9]/.test(looks.transitionDuration + looks.animationDuration))
          .map(([one]) => one.outerHTML.slice(0, 160))"""
    )
    page.emulate_media(reduced_motion="no-preference")
    assert moving == []


def _too_wide(page, size) -> list[str]:
    """Return what makes a page wider than its window: the innermost parts that stand over the edge."""
    page.set_viewport_size(size)
    over: list[str] = page.evaluate(
        """() => {
          const root = document.documentElement
          if (root.scrollWidth <= root.clientWidth) return []
          const kept = (one) => one.parentElement && one.parentElement !== document.body &&
            (getComputedStyle(one.parentElement).overflowX !== "visible" || kept(one.parentElement))
          return ["page: " + root.scrollWidth, ...[...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 0.5 && !kept(one))
            .map((one) => one.outerHTML.slice(0, 160)).slice(-4)]
        }"""
    )
    return over


def _violations(page) -> list[str]:
    """Return what axe finds that would keep somebody out."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]}: {node['failureSummary']}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"][:3]
    ]
