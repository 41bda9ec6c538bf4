"""Do page, API and command tell the same of fit? The commands on a real Odoo, the rest by a server of their own."""

import html
import json
import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest

from faults.partners import client_of
from support.tower import PASSWORD, start

WORDS = "lots and serial numbers"


@pytest.fixture
def programme_of_fresh(programme, fresh, lab, monkeypatch):
    """The programme, on an Odoo in which somebody has made a field and an action."""
    settings = programme.folder / "lockgate.toml"
    settings.write_text(settings.read_text().replace(lab.database, fresh.database))
    monkeypatch.setenv("BUILD_KEY", fresh.api_key)
    with client_of(fresh) as client:
        [partner] = client.search("ir.model", [["model", "=", "res.partner"]])
        field = {"model_id": partner, "name": "x_grade", "ttype": "char", "field_description": "Grade"}
        client.create("ir.model.fields", [field])
        code = "for each in records:\n    each.write({'comment': 'Hello'})\n"
        client.create("ir.actions.server", [{"name": "Greet", "model_id": partner, "state": "code", "code": code}])
    return programme


@pytest.fixture
def shown(tmp_path):
    """Return what serves a programme and gives its pages to an administrator."""
    towers = []

    def serve(folder):
        tower = start(folder, tmp_path / "tower")
        towers.append(tower)
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

        def get(address, **said):
            with opener.open(address if "://" in address else f"{tower.url}{address}", **said) as answer:
                return answer.read().decode()

        form = get(tower.first_link)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form).group(1)
        said = {"csrfmiddlewaretoken": token, "name": "Admin", "password": PASSWORD}
        get(tower.first_link, data=urllib.parse.urlencode(said).encode())
        return get

    (tmp_path / "tower").mkdir()
    yield serve
    for tower in towers:
        tower.stop()


def test_page_api_and_command_tell_the_same_of_what_is_found_and_what_was_built(programme_of_fresh, shown):
    found = programme_of_fresh.say("fit", "search", WORDS)
    built = programme_of_fresh.say("fit", "custom", "--by", "ann")
    get, words = shown(programme_of_fresh.folder), urllib.parse.quote(WORDS)

    told = json.loads(get(f"/api/fit/search?instance=build&q={words}"))
    [counted] = json.loads(get("/api/fit/custom"))

    assert told | {"code": 0} == found
    assert {name: counted[name] for name in built if name != "code"} | {"code": built["code"]} == built
    assert [one["name"] for one in built["pieces"]] == ["Greet", "res.partner.x_grade"]
    page = _texts(get(f"/fit/?instance=build&q={words}"))
    assert _in_order(page, [one["label"] for one in found["found"]])
    assert _in_order(_texts(get("/fit/custom/")), [one["name"] for one in built["pieces"]])


def _texts(page):
    """Return what a page says, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())


def _in_order(text, parts):
    """Return whether the text says all of these, one after the other."""
    at = 0
    for part in parts:
        at = text.find(" ".join(part.split()), at) + 1
        if not at:
            return False
    return True
