"""What was built beside the standard of an Odoo? Modules of nobody else, and all that was made or edited by hand.

I1  Nothing is written to Odoo.
I2  A part that the user may not read is named, and no sum is made of what is left.
I3  Whether Odoo's own code was edited can't be told over its API: files are compared, where they are declared.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lockgate.kernel.evidence import InstanceRef
from lockgate.ledger.registers.entry import Entry
from lockgate.odoo.client import Client
from lockgate.odoo.errors import AccessDenied, NotAuthenticated
from lockgate.odoo.fingerprint import Fingerprint, Owner, fingerprint
from lockgate.practices.fit.decide.custom import (
    STUDIO,
    Gap,
    Inventory,
    Over,
    Piece,
    lines_of,
    listed,
    over,
    stale_names,
    with_source,
)
from lockgate.practices.fit.definition import CustomFile
from lockgate.practices.fit.perform.source import core_edits, counted
from lockgate.programme.desk import Desk, desk
from lockgate.programme.reaching import meant, measured, reach
from lockgate.workspace import Workspace

_STUDIO_MODULE: Final = "studio_customization"
_LISTED_ELSEWHERE: Final = frozenset(
    {"ir.model", "ir.model.fields", "ir.ui.view", "ir.actions.server", "base.automation", "ir.actions.report"}
)
_PARTS: Final = {"modules", "custom models", "custom fields", "custom code", "custom automations", "custom views"}

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Counted:
    """The own code of an instance, held against the gaps of the programme."""

    desk: Desk
    instance: InstanceRef
    seen: Fingerprint
    inventory: Inventory
    over: tuple[Over, ...]
    not_there: tuple[tuple[Gap, str], ...]
    """What gaps name and is not in this Odoo."""

    @property
    def as_agreed(self) -> bool:
        """True when all of it could be looked at, is approved, and is no more than was agreed."""
        found = self.inventory
        return not (found.unread or found.unapproved or found.core_edits or self.over)


@contextmanager
def inventory(folder: Path | None, instance: str | None) -> Iterator[Counted]:
    """Give the own code of an instance, held against the gaps."""
    with desk(folder) as it:
        where = instance or meant(it.workspace)
        said = _said(it.workspace)
        with reach(it.workspace, where, read_only=True) as client:
            seen = fingerprint(client)
            pieces, unread = _pieces(client, seen)
            ref = measured(client, where)
        source = counted(it.workspace.root, said.sources)
        whole = with_source(pieces, source)
        gaps = [_gap(entry) for entry in it.known.entries.of("gap")]
        uncounted = tuple(one.name for one in whole if one.kind == "module" and one.name not in source)
        found = Inventory(listed(whole, gaps), unread, uncounted, core_edits(it.workspace.root, said.core))
        most = {name: limit for name, limit in said.most.model_dump().items() if limit is not None}
        yield Counted(it, ref, seen, found, over(found.measures(), most), stale_names(gaps, whole))


def _said(workspace: Workspace) -> CustomFile:
    files = (file for file in workspace.of("custom").values() if isinstance(file, CustomFile))
    return next(files, CustomFile())


def _gap(entry: Entry) -> Gap:
    named = [*(entry.values.get("customises") or ()), entry.values.get("artefact")]
    return Gap(entry.id, entry.values["title"], entry.state, tuple(dict.fromkeys(name for name in named if name)))


def _pieces(client: Client, seen: Fingerprint) -> tuple[list[Piece], tuple[str, ...]]:
    """Return all that was built, and the parts that could not be read (I2)."""
    there = client.within(lang="en_US", active_test=False)
    modules = {module.name for module in seen.modules} - {_STUDIO_MODULE}
    unread = [part for part in seen.unknown if part in _PARTS]
    pieces = [
        Piece("module", one.name, f"version {one.version}")
        for one in seen.modules
        if one.owner is Owner.CUSTOM and one.name != _STUDIO_MODULE
    ]
    pieces += [_made(one.kind, one.name, modules) for one in seen.custom if one.kind != "code"]
    for part, read in (("server actions", _code), ("reports", _reports), ("Studio", _studio)):
        rows = _allowed(lambda read=read: read(there, modules))  # type: ignore[misc]
        if rows is None:
            unread.append(part)
        else:
            pieces += rows
    return pieces, tuple(unread)


def _allowed(read: Callable[[], list[Piece]]) -> list[Piece] | None:
    try:
        return read()
    except NotAuthenticated:
        raise
    except AccessDenied:
        return None


def _made(kind: str, name: str, modules: set[str]) -> Piece:
    edited = kind == "view" and name.partition(".")[0] in modules
    return Piece(kind, name, "standard view, edited" if edited else "", overrides=int(edited))


def _code(client: Client, modules: set[str]) -> list[Piece]:
    rows = client.search_read(
        "ir.actions.server", [["state", "=", "code"]], ["name", "xml_id", "code", "model_name"], order="id"
    )
    return [
        Piece("code", row["name"], f"server action on {row['model_name']}", lines_of(row["code"] or ""))
        for row in _by_hand(rows, modules)
    ]


def _reports(client: Client, modules: set[str]) -> list[Piece]:
    rows = client.search_read("ir.actions.report", [], ["name", "xml_id", "model"], order="id")
    return [Piece("report", row["name"], f"report on {row['model']}") for row in _by_hand(rows, modules)]


def _studio(client: Client, _: set[str]) -> list[Piece]:
    rows = client.search_read("ir.model.data", [["module", "=", _STUDIO_MODULE]], ["name", "model"], order="id")
    return [Piece(STUDIO, row["name"], row["model"]) for row in rows if row["model"] not in _LISTED_ELSEWHERE]


def _by_hand(rows: Rows, modules: set[str]) -> Iterator[dict[str, Any]]:
    return (row for row in rows if (row["xml_id"] or "").partition(".")[0] not in modules)
