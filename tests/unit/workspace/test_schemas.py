"""Do the schemas tell an editor all that it shows? What each key means, what it may hold, and what is declared."""

import jsonschema
import pytest

from lockgate.gates.criteria.reading import GATES
from lockgate.workspace import load, read
from lockgate.workspace.brought import BROUGHT
from lockgate.workspace.frame import FRAME
from lockgate.workspace.models.model import REFERS
from lockgate.workspace.schemas import everywhere, offered, schema_of
from support.programme import FILES

KINDS = (*FRAME, GATES)
GATES_TEXT = """\
gates:
  - key: g
    stage: testing
    scope: site
    decides: {role: sponsor, quorum: 2}
    criteria:
      - {key: a, register: defect, require: [count = 0]}
      - {key: b, evidence: {kind: scenario.run}, each: [site, {of: scenario, where: [critical = true]}], fresh: 14d}
"""


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "programme").mkdir()
    for path, text in FILES.items():
        (tmp_path / path).write_text(text)
    return load(tmp_path, [GATES])


def objects(schema):
    """Return the schema and those that it defines, as far as they are mappings with keys of their own."""
    return [each for each in (schema, *schema.get("$defs", {}).values()) if "properties" in each]


def words(node):
    """Yield every word of a schema, names of keys and definitions left out."""
    if isinstance(node, dict):
        for word, inner in node.items():
            yield word
            yield from words([*inner.values()] if word in {"properties", "$defs"} else inner)
    elif isinstance(node, list):
        for inner in node:
            yield from words(inner)


def references(node):
    """Yield the dimensions that are referred to, with what is offered there."""
    if isinstance(node, dict):
        if REFERS in node:
            yield node[REFERS], node.get("anyOf", [{}])[0].get("enum")
        for inner in node.values():
            yield from references(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from references(inner)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_key_says_what_it_means_and_no_other_key_is_allowed(kind):
    schema = schema_of(kind, {})
    for each in objects(schema):
        assert each["additionalProperties"] is False
        for key, inner in each["properties"].items():
            defined = schema["$defs"][inner["$ref"].rpartition("/")[2]] if "$ref" in inner else {}
            assert (inner.get("description") or defined.get("description") or f"{key} says nothing").endswith(".")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_editor_is_shown_no_name_of_a_model_and_offered_no_empty_value(kind):  # J2
    schema = schema_of(kind, everywhere())
    assert schema.pop("title") == f"Lockgate: {kind.name}"
    assert "title" not in set(words(schema))
    assert {"type": "null"} not in [each for part in objects(schema) for each in part["properties"].values()]
    assert '"null"' not in str(schema).replace("'", '"')


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_whatever_can_be_referred_to_is_offered_where_it_can(workspace, kind):  # J1
    known = {**everywhere(), **offered(workspace)}
    found = list(references(schema_of(kind, known)))
    assert [name for name, keys in found if keys != sorted(known[name])] == []


def test_a_workspace_offers_what_its_files_and_its_playbooks_bring(workspace):  # J1
    found = offered(workspace)
    assert {"sponsor", "site-lead", "test-lead"} <= set(found["role"])
    assert ("defect" in found["register"], "receiver" in found["job"], "ghent" in found["site"]) == (True, True, True)
    assert [name for name in BROUGHT if not found[name]] == []


@pytest.mark.parametrize("path", [*FILES, "programme/gates.yaml"])
def test_what_is_right_is_right_to_the_editor_too(workspace, path):
    kind = next(kind for kind in KINDS if kind.pattern == path)
    data = read(FILES.get(path, GATES_TEXT), path=path).data
    jsonschema.validate(data, schema_of(kind, {**everywhere(), **offered(workspace)}))


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("programme/sites.yaml", "kind: channel", "kind: chanel"),
        ("programme/sites.yaml", "country: NL", "country: Netherlands"),
        ("programme/sites.yaml", "    kind: channel", "    kind: channel\n    ownr: ann"),
        ("programme/people.yaml", "currency: EUR", "currency: EURO"),
        ("programme/gates.yaml", "scope: site", "scope: town"),
        ("programme/gates.yaml", "fresh: 14d", "fresh: soon"),
    ],
)
def test_what_is_wrong_is_wrong_to_the_editor_too(workspace, path, old, new):
    kind = next(kind for kind in KINDS if kind.pattern == path)
    text = FILES.get(path, GATES_TEXT)
    assert text.count(old) == 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(read(text.replace(old, new), path=path).data, schema_of(kind, everywhere()))
