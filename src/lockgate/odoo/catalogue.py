"""Which fields does a model of this Odoo have? Asked once per model, kept while the installed modules stay.

C1  A catalogue belongs to a registry: server, database, user and the digest of what is installed there.
C2  `refresh()` asks for the digest again; when it changed, everything kept is forgotten.
C3  A file is kept only under a directory that the caller names, and only when the digest could be read.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lockgate.odoo.calls.caller import Caller
from lockgate.odoo.errors import AccessDenied

ATTRIBUTES = (
    "type",
    "string",
    "relation",
    "required",
    "readonly",
    "store",
    "selection",
    "digits",
    "groupable",
    "related",
)
_FORMAT = 2


@dataclass(frozen=True)
class Field:
    """One field of a model, as its user sees it."""

    name: str
    type: str
    label: str = ""
    relation: str | None = None
    """The model a relation points to."""
    required: bool = False
    readonly: bool = False
    stored: bool = True
    selection: tuple[tuple[str, str], ...] = ()
    """Keys and labels of a selection field."""
    decimals: int | None = None
    """Decimal places that Odoo keeps, None when it says nothing."""
    groupable: bool = False
    """Odoo can group by it."""
    related: str = ""
    """The path to the field of another record that it shows: `product_tmpl_id.name`."""


class Catalogue:
    """The fields of the models of one Odoo, for one user."""

    def __init__(self, client: Caller, *, identity: Sequence[str] = (), directory: Path | None = None) -> None:
        self._client = client
        self._identity = tuple(identity)
        self._directory = directory
        self._models: dict[str, dict[str, Field]] = {}
        self._digest: str | None = None
        self._digest_asked = False

    @property
    def digest(self) -> str | None:
        """The digest of the registry, None when this user may not read what is installed (C3)."""
        if not self._digest_asked:
            self._digest, self._digest_asked = registry_digest(self._client, self._identity), True
        return self._digest

    def fields(self, model: str) -> Mapping[str, Field]:
        """Return the fields of the model by name."""
        if model not in self._models:
            self._models[model] = self._kept(model) or self._asked(model)
        return self._models[model]

    def refresh(self) -> bool:
        """Ask again what is installed; return True when that changed and the fields were forgotten (C2)."""
        before, self._digest_asked = self._digest, False
        changed = self.digest is None or self.digest != before
        if changed:
            self._models.clear()
        return changed

    def _asked(self, model: str) -> dict[str, Field]:
        answer = self._client.call(model, "fields_get", attributes=list(ATTRIBUTES))
        fields = {name: field_from(name, told) for name, told in answer.items()}
        if (path := self._path(model)) is not None:
            _write_whole(path, {"format": _FORMAT, "fields": [asdict(field) for field in fields.values()]})
        return fields

    def _kept(self, model: str) -> dict[str, Field] | None:
        path = self._path(model)
        if path is None or not path.exists():
            return None
        try:
            told = json.loads(path.read_bytes())
            fields = [Field(**{**entry, "selection": _pairs(entry["selection"])}) for entry in told["fields"]]
        except (ValueError, TypeError, KeyError):
            return None  # written by another version of Lockgate, or damaged: Odoo is asked again
        return {field.name: field for field in fields} if told.get("format") == _FORMAT else None

    def _path(self, model: str) -> Path | None:
        if self._directory is None or self.digest is None:
            return None
        return self._directory / self.digest[:32] / f"{model}.json"


def catalogue_of(client: Any, *, directory: Path | None = None) -> Catalogue:
    """Return a catalogue for this `Client`, known by its server, database and user (C1)."""
    server = client.server
    return Catalogue(client, identity=(server.url, server.database, client.login), directory=directory)


def field_from(name: str, told: Mapping[str, Any]) -> Field:
    """Return the field that an entry of `fields_get` describes."""
    digits = told.get("digits")
    return Field(
        name=name,
        type=str(told["type"]),
        label=str(told.get("string") or ""),
        relation=told.get("relation") or None,
        required=bool(told.get("required")),
        readonly=bool(told.get("readonly")),
        stored=bool(told.get("store", True)),
        selection=_pairs(told.get("selection") or ()),
        decimals=int(digits[1]) if digits else None,
        groupable=bool(told.get("groupable")),
        related=str(told.get("related") or ""),
    )


def registry_digest(client: Caller, identity: Sequence[str]) -> str | None:
    """Return a digest of who asks where and of what is installed there, None when this user may not read that."""
    try:
        modules = client.call(
            "ir.module.module",
            "search_read",
            domain=[["state", "=", "installed"]],
            fields=["name", "latest_version"],
            order="name",
        )
        own = client.call(  # fields made by hand or by Studio change no module
            "ir.model.fields",
            "search_read",
            domain=[["state", "=", "manual"]],
            fields=["model", "name", "write_date"],
            order="id",
        )
    except AccessDenied:
        return None
    facts = [
        list(identity),
        [[module["name"], module["latest_version"]] for module in modules],
        [[field["model"], field["name"], field["write_date"]] for field in own],
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _pairs(selection: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(key), str(label)) for key, label in selection)


def _write_whole(path: Path, content: object) -> None:
    """Write a file that is either there whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{os.getpid()}")
    half.write_text(json.dumps(content))
    half.replace(path)
