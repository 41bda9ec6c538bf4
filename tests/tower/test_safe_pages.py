"""No page runs what somebody typed, and no form that came from elsewhere does anything."""

import re
from html.parser import HTMLParser

import pytest

from support.addresses import SAMPLES, ask, asked, content_of, routes, world
from support.recorded import measured, record

LIBRARY = (
    "login", "logout", "reauthenticate", "password/change", "2fa", "2fa/totp/activate", "2fa/recovery-codes/generate",
    "2fa/webauthn", "2fa/webauthn/add", "sessions", "3rdparty", "email", "signup", "inactive",
)  # fmt: skip
"""Pages of the sign-in library, below /account/."""
MARK = "zqx"
PAYLOADS = (
    f"<script>{MARK}(1)</script>",
    f'"><img src=x onerror={MARK}(2)>',
    f"'><svg/onload={MARK}(3)>",
    f'" autofocus onfocus="{MARK}(4)',
    f"</textarea><script>{MARK}(5)</script>",
    f"</title><script>{MARK}(6)</script>",
    f"<!--><script>{MARK}(7)</script>",
    f"<a href='javascript:{MARK}(8)'>x</a>",
    f"<iframe srcdoc='<script>{MARK}(9)</script>'></iframe>",
    f"{{{{ {MARK} }}}}{{% {MARK} %}}",
    f"<style>@import '{MARK}'</style>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={MARK}(10)>",
)


class Looked(HTMLParser):
    """What a browser would run of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        kind = said.get("type") or ""
        if tag == "script" and not said.get("src") and kind != "application/json":
            self.found.append("a script in the page")
        if tag == "style" or "style" in said:
            self.found.append(f"a style in <{tag}>")
        if tag == "iframe" and "srcdoc" in said:
            self.found.append("a page in the page")
        for name, value in attrs:
            if name.startswith(("on", "hx-on")) or (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"{name} of <{tag}>")


def _runs(content):
    looked = Looked()
    looked.feed(content.decode())
    return looked.found


def _pages(browser, programme):
    """Yield every answer to a GET that is a page, ours and the library's."""
    own, other = world(programme)
    for route, _ in routes():
        for method, address, _ in asked(SAMPLES[route], own, other):
            if method == "GET":
                yield address, ask(browser, method, address, {})
    for name in LIBRARY:
        yield f"/account/{name}/", browser.get(f"/account/{name}/")


def test_every_answer_says_what_may_run_and_no_page_holds_a_script_a_style_or_a_handler(programme, browser_of):  # T27
    lacking, runs, pages = [], [], 0
    for address, answer in _pages(browser_of("ida", administrator=True), programme):
        policy = answer.get("Content-Security-Policy", "")
        sealed = policy.startswith("sandbox; default-src 'none'")  # what is handed out runs nothing at all
        if not sealed and not ("default-src 'none'" in policy and "script-src 'self'" in policy):
            lacking.append(f"{address}: {policy}")
        if answer["Content-Type"].startswith("text/html") and not sealed:
            pages += 1
            runs += [f"{address}: {found}" for found in _runs(answer.content)]
        content_of(answer)  # so that files are closed

    assert (lacking, runs) == ([], [])
    assert pages > 40


def test_what_may_run_is_ours_alone(programme, client):  # T27
    policy = client.get("/account/login/")["Content-Security-Policy"]

    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert (
        parts["script-src"],
        parts["style-src"],
        parts["object-src" if "object-src" in parts else "default-src"],
    ) == (
        "'self'",
        "'self'",
        "'none'",
    )
    assert "unsafe" not in policy


def test_nothing_changes_without_the_token_of_a_page(programme, account):  # T27
    from django.test import Client

    browser = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    browser.force_login(
        account("ida", administrator=True), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    own, other = world(programme)
    statuses = {}
    for route, _ in routes():
        for method, address, _ in asked(SAMPLES[route], own, other):
            if method != "GET":
                statuses[f"{method} {address}"] = ask(browser, method, address, SAMPLES[route].said).status_code
    for name in LIBRARY:
        if name not in {"2fa", "2fa/webauthn", "inactive"}:  # these only show
            statuses[name] = browser.post(f"/account/{name}/", {}).status_code

    assert {name: status for name, status in statuses.items() if status != 403} == {}
    assert len(statuses) > 40


def test_what_is_typed_in_records_and_evidence_comes_out_as_text(programme, browser_of):  # T27
    browser = browser_of("bart", administrator=True)
    for number, payload in enumerate(PAYLOADS, 1):
        values = {"title": payload, "mitigation": payload, "owner": "bart"}
        raised = browser.post("/api/register/risk", {"values": values}, content_type="application/json")
        said = browser.post(f"/api/record/RISK-{number}/comment", {"text": payload}, content_type="application/json")
        assert (raised.status_code, said.status_code) == (200, 200), raised.content
    last = record(programme, *(measured("ghent", subject={"scenario": payload}) for payload in PAYLOADS))[-1].number

    everywhere = (
        "/", "/register/", "/register/risk/", "/register/risk/board/", "/raid/", "/record/options/?of=risk", "/task/",
        "/evidence/?all=on", "/search/?q=zqx", "/search/results/?q=zqx",
    )  # fmt: skip
    each = [
        f"/register/risk/RISK-{number}/{part}"
        for number in range(1, len(PAYLOADS) + 1)
        for part in ("", "edit/", "cell/title/")
    ]
    records = [f"/evidence/{number}/" for number in range(2, last + 1)]
    part = {"HX-Request": "true"}
    answers = {
        address: browser.get(address, headers=part if "/cell/" in address else {})
        for address in (*everywhere, *each, *records)
    }

    assert {address: answer.status_code for address, answer in answers.items() if answer.status_code != 200} == {}
    assert {address: _runs(answer.content) for address, answer in answers.items() if _runs(answer.content)} == {}
    shown = ("/register/risk/", "/register/risk/RISK-1/", "/evidence/?all=on", f"/evidence/{last}/", "/search/?q=zqx")
    assert [MARK in answers[address].content.decode() for address in shown] == [True] * 5


@pytest.mark.parametrize("payload", PAYLOADS[:4])
def test_what_addresses_and_forms_say_comes_out_as_text(programme, browser_of, client, payload):  # T27
    from urllib.parse import quote

    browser = browser_of("ida", administrator=True, name=payload)
    said = quote(payload)
    wrong = {
        address: found
        for address in (
            f"/people/?text={said}", f"/evidence/?text={said}&by={said}", f"/register/risk/?q={said}",
            f"/gate/?stage={said}",
            f"/search/?q={said}", f"/?as-of={said}", f"/help/{said}", f"/workspace/{said}", f"/gate/{said}/{said}/",
            f"/people/{said}/", f"/artifact/{said}/", f"/run/?state={said}", "/account/", "/people/",
        )
        if (found := _runs(browser.get(address).content))
    }  # fmt: skip
    typed = [
        browser.post("/people/ida/role/", {"role": payload, "begins": payload}),
        browser.post("/account/", {"name": payload, "email": payload}),
        client.post("/account/login/", {"login": payload, "password": payload}),
    ]

    assert (wrong, [_runs(answer.content) for answer in typed]) == ({}, [[], [], []])
    assert re.search(MARK, typed[2].content.decode())


def test_what_the_workspace_says_comes_out_as_text(programme, browser_of):  # T27
    people = programme / "programme" / "people.yaml"
    sites = programme / "programme" / "sites.yaml"
    for path, name in ((people, "Bart Claes"), (sites, "Ghent warehouse")):
        path.write_text(
            path.read_text(encoding="utf-8").replace(name, f"'{PAYLOADS[0]} {PAYLOADS[2]}'".replace("'>", ">"))
        )
    browser = browser_of("ida", administrator=True)

    addresses = (
        "/",
        "/gate/",
        "/person/",
        "/people/",
        "/people/bart/",
        "/workspace/programme/sites.yaml",
        "/account/lend/",
    )
    answers = {address: browser.get(address) for address in addresses}

    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(addresses, 200)
    assert {address: found for address in addresses if (found := _runs(answers[address].content))} == {}
    assert MARK in answers["/"].content.decode()
    assert MARK in answers["/people/bart/"].content.decode()
