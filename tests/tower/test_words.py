"""Every word of a page can be translated, and no word of the data is."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

import messages
from support.recorded import measured, record
from support.unmarked import unmarked

SOURCE = Path(__file__).parents[2] / "src" / "lockgate"
MERIDIAN = Path(__file__).parents[2] / "examples" / "meridian"
WEB, TOWER = SOURCE / "faces" / "web", SOURCE / "tower"
SAYS = {"label", "help_text", "empty_label"}
"""Arguments of a form's field that people read."""


def _templates():
    return {
        str(file.relative_to(SOURCE)): file.read_text()
        for folder in (WEB, TOWER)
        for file in sorted(folder.glob("templates/**/*.*"))
    }


def test_every_text_of_a_template_can_be_translated():
    assert {file: found for file, text in _templates().items() if (found := unmarked(text))} == {}


def test_a_text_that_nobody_marked_is_found_wherever_it_stands():
    template = (
        '{% load lists %}<p title="Over it">Before {{ one }}</p><code>lockgate init</code>'
        '{% translate "marked" %}{% blocktranslate trimmed %}marked {{ one }}{% endblocktranslate %}'
        '{{ one|default:"none" }}{% state "met" "yes" %}{{ many|pluralize }}{{ at|date:"j M" }}'
    )

    assert unmarked(template) == ['"none"', '"yes"', "pluralize", 'date:"j M"', "Over it", "Before"]


def test_every_text_of_a_form_a_place_and_a_message_can_be_translated():
    files = [file for file in TOWER.glob("*/*.py") if file.name in {"pages.py", "forms.py", "changing.py", "wishes.py"}]

    assert {str(file.relative_to(SOURCE)): found for file in files if (found := _plain(file))} == {}


def test_every_refusal_and_setting_of_the_tower_can_be_translated():
    # Backups are told where no reader's language is known: on the command line, and with a run that is kept.
    files = [file for file in TOWER.rglob("*.py") if TOWER / "backup" not in file.parents]

    assert {str(file.relative_to(SOURCE)): found for file in files if (found := _told_plainly(file))} == {}


def test_a_refusal_that_nobody_marked_is_found(tmp_path):
    file = tmp_path / "faces.py"
    file.write_text(
        """UsageError(f"No {x}.", why="So it is.", do=_("Look."))
setting("a.b", "Title", f"{x}:{y}", do="" if x else "Do it.")
"""
    )

    assert _told_plainly(file) == ["f'No {x}.'", "'So it is.'", "'Title'", "'Do it.'"]


def test_scripts_take_their_words_from_the_page():
    said = re.compile(
        r"(?:textContent|innerText|innerHTML|title)\s*=\s*[^;]*[\"'`][^\"'`]*[A-Za-z]|(?:alert|confirm|prompt)\("
    )

    assert {file.name: found for file in WEB.glob("static/web/*.js") if (found := said.findall(file.read_text()))} == {}


def _told_plainly(file):
    """Return the texts of refusals and settings that nobody marked; names and figures alone are no texts."""
    found = []
    for node in ast.walk(ast.parse(file.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).rpartition(".")[2]
        said = []
        if name.endswith("Error") and name not in {"ValueError", "TypeError", "KeyError", "HttpError"}:
            said = [*node.args[:1], *(one.value for one in node.keywords if one.arg in {"why", "do"})]
        if name == "setting":
            said = [*node.args[1:3], *(one.value for one in node.keywords if one.arg == "do")]
        texts = [each for one in said for each in ([one.body, one.orelse] if isinstance(one, ast.IfExp) else [one])]
        found += [ast.unparse(one) for one in texts if _has_words(one)]
    return found


def _has_words(node):
    """Return whether a constant or a formatted text has more to read than the names of products."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    elif isinstance(node, ast.JoinedStr):
        text = "".join(str(one.value) for one in node.values if isinstance(one, ast.Constant))
    else:
        return False
    return bool(re.search(r"[A-Za-z]{2}", text)) and text not in {"Lockgate", "Python"}


def _plain(file):
    """Return what a file hands to forms, places and messages as plain English."""
    found = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            said = [one.value for one in node.keywords if one.arg in SAYS]
            if name in {"success", "error", "info", "warning", "add_error"}:
                said += node.args[1:2]
            if name == "Place":
                said += [*node.args[1:2], *node.args[5:6]]
            found += [ast.unparse(one) for one in said if isinstance(one, ast.Constant | ast.JoinedStr)]
    return found


@pytest.fixture(scope="module")
def bracketed(tmp_path_factory):
    """A language in which every text stands in brackets, made of all texts there are."""
    catalog = Catalog(locale="de", charset="utf-8", fuzzy=False)
    for one in messages.messages():
        if one.id:
            string = tuple(f"[{each}]" for each in one.id) if one.pluralizable else f"[{one.id}]"
            catalog.add(one.id, string, context=one.context)
    folder = tmp_path_factory.mktemp("locale")
    file = folder / "de" / "LC_MESSAGES" / "django.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_mo(out, catalog)
    return folder


@pytest.fixture
def german(bracketed, settings_as):
    """The tower with that language as its German."""
    from lockgate.faces.web.catalogs import languages

    with settings_as(LOCALE_PATHS=[str(bracketed)], LANGUAGES=languages(bracketed)):
        yield {"Accept-Language": "de"}


@pytest.fixture
def settings_as():
    from django.test.utils import override_settings

    return override_settings


class Words(HTMLParser):
    """The texts of headings, links of the navigation, buttons, labels and heads of columns; and the language."""

    READ = ("h1", "h2", "button", "label", "th", "legend", "caption", "title", "summary")
    VOID = ("input", "br", "img", "meta", "link", "path", "polyline", "circle", "rect", "line")

    def __init__(self, page):
        super().__init__()
        self.language, self.open, self.said, self.places = "", [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        kept = dict(attrs)
        self.language = kept.get("lang", self.language) if tag == "html" else self.language
        if tag not in self.VOID:
            data = tag == "th" and kept.get("scope") != "col"
            self.open.append((tag, "data" if data or tag in {"code", "kbd", "select"} else "", kept.get("class", "")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        text, tags = " ".join(data.split()), [tag for tag, *_ in self.open]
        if re.search("[A-Za-z]{2}", text) and not any(kind for _, kind, _ in self.open):
            if "nav" in tags and "a" in tags:
                self.places.append(text)
            elif set(tags) & set(self.READ):
                self.said.append(text)

    @property
    def plain(self):
        """What is in no brackets, each once."""
        return tuple(sorted({one for one in (*self.said, *self.places) if "[" not in one and "]" not in one}))


PLAIN = (
    "/evidence/", "/gate/", "/instance/", "/notice/", "/people/", "/person/", "/register/", "/rerun/", "/run/",
    "/search/", "/settings/", "/task/", "/account/lend/", "/account/notice/", "/styleguide/",
)  # fmt: skip
FOLDERS = tuple(sorted({path.parent.relative_to(MERIDIAN).as_posix() for path in MERIDIAN.glob("template/**/*.yaml")}))
"""The folders of the sample's template, by which the page of the workspace is divided."""
PAGES = {
    **dict.fromkeys(PLAIN, ()),
    "/account/": ("Bart",),
    "/raid/": ("Assumptions", "Critical", "Dependencies", "High", "Issues", "Low", "Medium", "Risks"),
    "/workspace/": ("migration", "programme", *FOLDERS),
    "/programme/calendar/?month=2031-07": ("Di", "Do", "Fr", "Juli 2031", "Mi", "Mo", "Sa", "So"),
}
"""Page → what stands in its headings of the data, and what Django itself says of months and days."""


@pytest.mark.parametrize(("address", "data"), PAGES.items())
def test_headings_navigation_and_buttons_speak_the_readers_language(programme, browser_of, german, address, data):
    page = Words(browser_of("bart", name="Bart", administrator=True).get(address, headers=german).content.decode())

    assert (page.language, page.plain) == ("de", data)


def test_somebody_who_is_not_signed_in_is_asked_in_their_language(programme, client, german):
    page = client.get("/account/login/", headers=german).content.decode()

    assert re.findall(r"<h1>(.*?)</h1>", page) == ["[Sign in]"]


def test_names_of_gates_sites_and_records_stay_as_they_were_written(programme, browser_of, german):
    page = browser_of("bart").get("/", headers=german).content.decode()

    assert re.findall(r"<h1>(.*?)</h1>", page) == ["Meridian"]
    assert ">Ghent warehouse<" in page
    assert "[Ghent warehouse]" not in page
    assert "[Gates by stage, computed from the ledger up to #" in page


def test_a_plural_is_chosen_by_the_number(programme, browser_of, german):
    browser = browser_of("bart")
    gates = [(one["stage"], one["scope"]) for one in browser.get("/api/gate").json()]
    stage, scope = next(one for one in gates if gates.count(one) == 1)

    pages = [browser.get(f"/gate/?{asked}", headers=german) for asked in (f"stage={stage}&scope={scope}", "")]

    assert [re.findall(r'<caption id="gates-caption">(.*?)</caption>', one.content.decode()) for one in pages] == [
        ["[1 gate, with how many of its criteria stand how]"],
        [f"[{len(gates)} gates, with how many of their criteria stand how]"],
    ]


def test_drawings_keep_the_points_of_their_numbers_whatever_the_language(programme, browser_of, german):
    for unexplained in (0.5, 0.7, 0.9):
        [newest] = record(programme, measured(unexplained=unexplained))
    browser = browser_of("bart")
    pages = [browser.get(one, headers=german).content.decode() for one in ("/", f"/evidence/{newest.number}/")]

    assert re.findall(r'(?:x|y|cx|cy|x1|x2|width|height)="[^"]*,[^"]*"', "".join(pages)) == []


def test_programs_read_plain_english_whatever_they_accept(programme, browser_of, german):
    browser = browser_of("bart")

    assert browser.get("/api/programme", headers=german).content == browser.get("/api/programme").content
    assert (
        browser.get("/register/risk/export.csv", headers=german).content
        == browser.get("/register/risk/export.csv").content
    )


def test_without_a_catalog_a_language_is_not_offered(programme, browser_of):
    page = browser_of("bart").get("/", headers={"Accept-Language": "de"}).content.decode()

    assert '<html lang="en"' in page


def test_the_list_of_texts_is_what_templates_and_pages_say():
    assert messages.main(["--check"]) == 0
