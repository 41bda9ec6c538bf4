"""How does an editor know what a file may hold? By a JSON Schema for each kind of file, made from its model.

J1  Inside of a workspace, the keys that it declares, and those that its playbooks bring, are offered where they can be
    referred to. They are offered, not demanded: `lockgate check` tells what is wrong, from what all files say then.
J2  An editor shows what a key means, and not what the model calls it; it offers no empty value where a key can as well
    be left out.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from lockgate.kernel.capability import capabilities
from lockgate.kernel.practice import FileKind
from lockgate.workspace.brought import BROUGHT, part
from lockgate.workspace.loading import target_of
from lockgate.workspace.models.model import REFERS
from lockgate.workspace.playbook import catalogue, folders
from lockgate.workspace.playbooks import playbooks
from lockgate.workspace.registers import registers_of
from lockgate.workspace.workspace import Workspace

Schema = dict[str, Any]
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAMED = ("properties", "$defs")
_NULL = {"type": "null"}


def schemas(kinds: Iterable[FileKind], known: Mapping[str, Collection[str]] | None = None) -> dict[str, str]:
    """Return the text of a schema for each kind of file, by the name of the file to write."""
    return {f"{kind.name}.json": _text(schema_of(kind, {**everywhere(), **(known or {})})) for kind in kinds}


def everywhere() -> dict[str, Collection[str]]:
    """Return by dimension what can be referred to in every workspace."""
    return {
        "capability": [each.name for each in capabilities()],
        "playbook": playbooks(),
        "evidence": [*catalogue().kinds],
        "dimension": [*catalogue().dimensions],
    }


def offered(workspace: Workspace) -> dict[str, Collection[str]]:
    """Return by dimension what can be referred to in a workspace (J1)."""
    method = workspace.method
    registers = registers_of(workspace, folders(*workspace.playbooks or ())).by_key
    bring = {name: part(method, name) for name in BROUGHT} if method else {}
    return {
        **{name: {*keys, *bring.get(name, ())} for name, keys in workspace.known.items()},
        "register": [*registers],
    }


def schema_of(kind: FileKind, known: Mapping[str, Collection[str]]) -> Schema:
    """Return the schema of a kind of file."""
    made: Schema = target_of(kind.target).model_json_schema(by_alias=True)
    return {"$schema": _DIALECT, "title": f"Lockgate: {kind.name}", **_tidied(made, known)}


def _text(schema: Schema) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _tidied(schema: Schema, known: Mapping[str, Collection[str]]) -> Schema:
    """Return a schema for a person who writes (J1, J2)."""
    tidy: Schema = {}
    for word, value in schema.items():
        if word == "title" or (word == "default" and value in (None, "", [], {})):
            continue
        if word in _NAMED:
            tidy[word] = {name: _tidied(inner, known) for name, inner in value.items()}
        elif isinstance(value, dict) and word != "default":
            tidy[word] = _tidied(value, known)
        elif word in {"anyOf", "oneOf", "allOf", "prefixItems"}:
            tidy[word] = [_tidied(inner, known) for inner in value if inner != _NULL]
        else:
            tidy[word] = value
    return _with_keys(_plain(tidy), known)


def _plain(schema: Schema) -> Schema:
    """Return a schema without a choice of which only one is left."""
    if len(schema.get("anyOf", ())) != 1:
        return schema
    (only,) = schema["anyOf"]
    return {**only, **{word: value for word, value in schema.items() if word != "anyOf"}}


def _with_keys(schema: Schema, known: Mapping[str, Collection[str]]) -> Schema:
    """Return a schema that offers the keys that are declared, where one can be referred to (J1)."""
    keys = sorted(known.get(schema.get(REFERS, ""), ()))
    if not keys or "type" not in schema:
        return schema
    apart = {word: value for word, value in schema.items() if word not in {"type", "pattern", "maxLength"}}
    others = {word: schema[word] for word in ("type", "pattern", "maxLength") if word in schema}
    return {**apart, "anyOf": [{"enum": keys}, others]}
