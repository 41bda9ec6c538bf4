"""A file that goes with a record, looked at: as what it is, and sealed."""

import json
import struct
import zlib

import pytest
from playwright.sync_api import expect

from support import recorded

COUNTED = {"warehouse": {"name": "Gent", "counted": [1, 2]}}
PAGE = """<!doctype html><title>Report</title><h1>What was counted</h1><p id="said">before</p>
<script>document.getElementById("said").textContent = "a script ran"; top.location = "/account/"; alert(1)</script>
<img src="x" onerror="document.getElementById('said').textContent = 'a handler ran'">
<form action="/account/theme/" method="post"><button>Send</button></form>"""


@pytest.fixture
def kept(tower):
    """Keep a file with a record, and return its page."""

    def keep(content):
        digest = recorded.keep(tower.root, content)
        recorded.record(tower.root, recorded.measured("", "report.kept", artifact=digest))
        return f"/artifact/{digest}/"

    return keep


def test_json_is_laid_out_and_a_table_is_a_table(desk, kept):
    desk.goto(kept(json.dumps(COUNTED).encode()))
    assert desk.locator("main pre").text_content() == json.dumps(COUNTED, indent=2)

    desk.goto(kept(b"item,counted\nA-1,7\nA-2,9\n"))
    assert desk.locator("main th").all_text_contents() == ["item", "counted"]
    assert desk.locator("main td").all_text_contents() == ["A-1", "7", "A-2", "9"]


def test_a_picture_is_seen(desk, kept):
    desk.goto(kept(_picture(3, 2)))
    picture = desk.locator("main img")

    expect(picture).to_be_visible()
    assert picture.evaluate("(one) => [one.naturalWidth, one.naturalHeight]") == [3, 2]


def test_a_page_is_seen_and_runs_nothing(browser, tower, states, kept):
    address = kept(PAGE.encode())
    context = browser.new_context(base_url=tower.url, storage_state=states("bart"))
    page = context.new_page()
    opened, said = [], []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    inside = page.frame_locator("iframe.sealed")

    expect(inside.locator("h1")).to_have_text("What was counted")
    expect(inside.locator("#said")).to_have_text("before")
    inside.get_by_role("button", name="Send").click()
    expect(inside.locator("h1")).to_have_text("What was counted")
    assert (page.url.endswith(address), opened) == (True, [])
    assert [text for text in said if text.startswith("Blocked script execution")]
    context.close()


def _picture(width, height):
    """Return a PNG of one colour."""

    def part(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = b"".join(b"\0" + b"\x0b\x6a\x71" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
