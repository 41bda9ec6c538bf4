"""How does an editor know what a file may hold? By a JSON Schema for each kind of file, made from its model.

J1  Inside of a workspace, the keys that it declares are offered where they can be referred to. They are offered, not
    demanded: `lockgate check` tells what is wrong, from what all files say at that moment.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from lockgate.kernel.capability import capabilities
from lockgate.kernel.practice import FileKind
from lockgate.workspace.loading import target_of
from lockgate.workspace.model import REFERS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas(kinds: Iterable[FileKind], known: Mapping[str, Collection[str]] | None = None) -> dict[str, str]:
    """Return the text of a schema for each kind of file, by the name of the file to write."""
    offered = {"capability": [each.name for each in capabilities()], **(known or {})}
    return {f"{kind.name}.json": _text(kind, offered) for kind in kinds}


def schema_of(kind: FileKind, known: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """Return the schema of a kind of file."""
    made: dict[str, Any] = target_of(kind.target).model_json_schema(by_alias=True)
    made["title"] = f"Lockgate: {kind.name}"
    _offer(made, known)
    return {"$schema": _DIALECT, **made}


def _text(kind: FileKind, known: Mapping[str, Collection[str]]) -> str:
    return json.dumps(schema_of(kind, known), indent=2, ensure_ascii=False) + "\n"


def _offer(node: Any, known: Mapping[str, Collection[str]]) -> None:
    """Put the declared keys where they can be referred to (J1)."""
    if isinstance(node, list):
        for each in node:
            _offer(each, known)
    elif isinstance(node, dict):
        for each in node.values():
            _offer(each, known)
        keys = sorted(known.get(node.get(REFERS, ""), ()))
        if keys:
            node["anyOf"] = [{"enum": keys}, {"type": node.pop("type")}]
