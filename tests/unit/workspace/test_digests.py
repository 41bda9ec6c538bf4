import json
from textwrap import indent
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockgate.kernel.errors import UsageError
from lockgate.workspace import Declares, Definition, Key, parse, read
from lockgate.workspace.digests import content_of, definitions_of, digests_of
from lockgate.workspace.frame.people import PeopleFile
from support.programme import FILES, SITES

KEYS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1).filter(str.strip)
ROLES = st.lists(
    st.fixed_dictionaries({"key": KEYS, "title": TEXTS}, optional={"answers_for": TEXTS}),
    min_size=1,
    max_size=5,
    unique_by=lambda role: role["key"],
)


def people(text):
    model, findings = parse(read(text), PeopleFile)
    assert findings == ()
    return model


def plain(roles):
    return json.dumps({"roles": roles}, ensure_ascii=False)


def as_blocks(value):
    """Write a value in the other style of YAML: blocks, with comments and blank lines."""
    if isinstance(value, dict):
        lines = [f"{key}:  # said\n{indent(as_blocks(inner), '   ')}" for key, inner in value.items()]
        return "\n\n".join(lines)
    if isinstance(value, list):
        return "\n".join(f"-\n{indent(as_blocks(item), '  ')}" for item in value)
    return json.dumps(value, ensure_ascii=False)


@given(ROLES, st.randoms(use_true_random=False))
def test_a_digest_is_deaf_to_comments_order_of_keys_and_formatting(roles, random):
    shuffled = [dict(random.sample([*role.items()], len(role))) for role in roles]
    one, other = people(plain(roles)), people(as_blocks({"roles": shuffled}))
    assert dict(digests_of(one)) == dict(digests_of(other))
    assert content_of(one) == content_of(other)


@given(ROLES, st.data())
def test_a_definition_has_a_digest_of_its_own(roles, data):
    changed = data.draw(st.integers(0, len(roles) - 1))
    others = [{**role, "title": role["title"] + "!"} if n == changed else role for n, role in enumerate(roles)]
    before, after = (dict(digests_of(people(plain(each)))) for each in (roles, others))
    assert {name for name in before if before[name] != after[name]} == {f"role:{roles[changed]['key']}"}


@given(ROLES, st.randoms(use_true_random=False))
def test_the_order_of_definitions_changes_none_of_them(roles, random):
    shuffled = random.sample(roles, len(roles))
    before, after = (dict(digests_of(people(plain(each)))) for each in (roles, shuffled))
    assert before == after


def test_what_equals_the_default_counts_as_not_said():  # D1
    said = people("roles: [{key: a, title: A, answers_for: ''}]\npeople: []\n")
    assert dict(digests_of(said)) == dict(digests_of(people("roles: [{key: a, title: A}]")))


def changes(loaded, path, old, new):
    """Return the names of the digests that change when a text in a file does."""
    before = loaded().digests
    assert FILES[path].count(old) == 1
    after = loaded({path: FILES[path].replace(old, new)}).digests
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.mark.parametrize(
    ("path", "old", "new", "changed"),
    [
        ("programme/sites.yaml", "name: Ghent", "name: Gent", {"site:ghent"}),
        ("programme/sites.yaml", "key: web", "key: shop", {"site:web", "site:shop"}),
        ("programme/sites.yaml", "country: BE", "country: LU", {"site:benelux", "site:ghent"}),  # D2, D3
        ("programme/sites.yaml", "[Sales, Inventory]", "[Inventory, Sales]", set()),
        ("programme/sites.yaml", "name: Ghent", "'name': \"Ghent\"  # the harbour", set()),
        (
            "programme/calendars.yaml",
            "days_before: 1",
            "days_before: 2",
            {"site:benelux", "site:ghent", "site:breda", "site:web"},
        ),
        ("programme/calendars.yaml", "name: Holland", "name: Netherlands", {"calendar:holland"}),
        ("lockgate.toml", 'name = "Meridian"', 'name = "Zenith"', {"programme"}),
        ("lockgate.toml", 'database = "breda"', 'database = "breda2"', {"instance:breda-lab"}),
        ("programme/people.yaml", "amount: 10000", "amount: 10000.0", set()),
        ("programme/people.yaml", "amount: 10000", "amount: 10001", {"decision-right:money"}),
    ],
)
def test_a_change_changes_the_digests_of_what_it_concerns_and_no_other(loaded, path, old, new, changed):
    assert {name for name in changes(loaded, path, old, new) if not name.startswith(("file:", "files:"))} == changed


def test_a_file_has_a_digest_too_and_is_known_by_its_path(loaded):
    assert changes(loaded, "programme/sites.yaml", "name: Ghent", "name: Gent") == {
        "file:programme/sites.yaml",
        "files:sites",
        "site:ghent",
    }
    assert (
        changes(loaded, "programme/sites.yaml", "sites:\n  - key: benelux", "# tidied\n\nsites:\n  - key: benelux")
        == set()
    )


def test_what_is_not_declared_has_no_digest(loaded):
    workspace = loaded()
    assert workspace.digest_of("site:ghent") == workspace.digests["site:ghent"]
    with pytest.raises(UsageError) as stop:
        workspace.digest_of("site:gent")
    assert stop.value.lines() == (
        "The workspace declares no `site:gent`.",
        "Did you mean `ghent`? Of site there are: `benelux`, `ghent`, `breda`, `web`.",
    )
    assert SITES.count("ghent") == 1


class Part(Definition):
    key: Annotated[Key, Declares("part")]


class Shelf(Definition):
    labels: dict[str, str]
    parts: dict[str, Part]
    drawers: dict[Annotated[Key, Declares("drawer")], Part]
    sizes: list[int]


def test_definitions_are_found_in_lists_and_mappings_by_their_keys():
    text = "{labels: {a: b}, parts: {x: {key: one}}, drawers: {top: {key: two}}, sizes: [1]}"
    shelf, findings = parse(read(text), Shelf)
    assert findings == ()
    digests = dict(digests_of(shelf))
    assert sorted(digests) == ["drawer:top", "part:one", "part:two"]
    assert digests["drawer:top"] == digests["part:two"]
    assert Part(key="one") == shelf.parts["x"]


def test_a_definition_is_found_where_it_stands_in_its_file(loaded):
    whole = loaded(FILES)
    model = whole.of("sites")["programme/sites.yaml"]
    document = whole.documents["programme/sites.yaml"]

    lines = document.text.splitlines()
    found = {one.name: lines[document.at(one.steps).line - 1].strip() for one in definitions_of(model)}

    assert found == {
        "site:benelux": "- key: benelux",
        "site:ghent": "- key: ghent",
        "site:breda": "- key: breda",
        "site:web": "- key: web",
    }
