"""What can be found? Gathered from the tower's places, the workspace, the ledger and the documents, and kept.

I1  The newest stand first.
I2  What follows from the workspace is gathered anew when that changed; of the ledger only what is new is taken in.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from itertools import takewhile
from typing import Any

from django.utils.translation import gettext as _

from lockgate.faces.web.lines import address
from lockgate.faces.web.places import places
from lockgate.faces.web.policy import may
from lockgate.faces.web.viewer import Viewer
from lockgate.gates.criteria.reading import scopes_of
from lockgate.kernel.errors import UsageError
from lockgate.kernel.scope import Scope
from lockgate.ledger import Ledger
from lockgate.ledger.registers.entry import Entry
from lockgate.tower.evidence.briefs import Brief, Briefs
from lockgate.tower.evidence.opened import briefs
from lockgate.tower.evidence.seeing import sees_entry
from lockgate.tower.help.library import documents
from lockgate.tower.person.roles import reached
from lockgate.tower.search.finding import Item
from lockgate.tower.server import live
from lockgate.tower.workspace.tree import is_seen
from lockgate.workspace import Workspace


class Shelf:
    """All items of one programme; may be shared between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._workspace: Workspace | None = None
        self._declared: tuple[Item, ...] = ()
        self._entries: dict[str, tuple[Entry, Item]] = {}
        self._known: Mapping[str, Entry] = {}
        self._records: tuple[Item, ...] = ()
        self._upto = 0
        self._evidence: dict[int, tuple[int, Item]] = {}

    def items(self) -> tuple[Item, ...]:
        """Return all that can be found (I2)."""
        known, workspace = briefs(), live().workspace()
        with self._lock:
            if self._workspace is not workspace:
                self._declared = (*_gates(workspace), *_people(workspace), *_definitions(workspace))
                self._workspace = workspace
            if self._known is not known.entries.by_id or self._upto != known.head.number:
                self._take_in(known)
            return (*_places(), *self._declared, *self._records, *_help())

    def _take_in(self, known: Briefs) -> None:
        if known.head.number < self._upto:
            self._entries, self._evidence, self._upto = {}, {}, 0
        for key, entry in known.entries.by_id.items():
            kept = self._entries.get(key)
            if kept is None or kept[0] is not entry:
                self._entries[key] = (entry, _entry(entry))
        newest: dict[int, Brief] = {}
        for brief in takewhile(self._is_new, known.newest_first(known.head.number + 1)):
            if brief.identity is not None:
                newest.setdefault(known.series(brief, brief.number)[0], brief)
        self._evidence.update({first: (brief.number, _evidence(brief)) for first, brief in newest.items()})
        self._known, self._upto = known.entries.by_id, known.head.number
        entries = sorted(self._entries.values(), key=lambda kept: -kept[0].number)
        evidence = sorted(self._evidence.values(), key=lambda kept: -kept[0])
        self._records = (*(item for _, item in entries), *(item for _, item in evidence))

    def _is_new(self, brief: Brief) -> bool:
        return brief.number > self._upto


@cache
def shelf_of(ledger: Ledger) -> Shelf:  # noqa: ARG001 - each ledger has its own
    """Return what is kept of a programme for as long as the process lives."""
    return Shelf()


def _everybody(viewer: Viewer) -> bool:
    return viewer.member


def _sees_scope(viewer: Viewer, *, scope: Scope) -> bool:
    return viewer.sees(scope)


def _may(viewer: Viewer, *, operation: str) -> bool:
    return may(viewer, operation)


def _sees_entry(viewer: Viewer, *, entry: Entry) -> bool:
    return entry.id not in briefs().blind and sees_entry(entry, viewer)


def _sees_file(viewer: Viewer, *, path: str) -> bool:
    return is_seen(path, viewer)


def _sees_person(viewer: Viewer, *, person: str, reaches: tuple[frozenset[str], ...]) -> bool:
    return viewer.person == person or any(viewer.sees_sites(sites) for sites in reaches)


def _item(what: tuple[str, str, str], title: str, about: str, url: str, seen_by: Callable[[Viewer], bool]) -> Item:
    mark, group, icon = what
    return Item(mark, group, title, about, url, icon, f"{title} {about}".casefold(), seen_by, title.casefold())


def _with(item: Item, words: str) -> Item:
    """Return the same, found by more words too."""
    return replace(item, text=f"{item.text} {words.casefold()}")


def _places() -> Iterator[Item]:
    for place in places():
        what = ("place", "Places", place.icon)
        yield _with(_item(what, str(place.title), "", place.url, partial(_may, operation=place.operation)), place.url)
    see, what = partial(_may, operation="evidence.see"), ("place", "Places", "seal")
    yield _item(what, _("Checkpoint"), _("the signed head of the ledger"), "/checkpoint/", see)
    account = _item(("place", "Places", "person"), _("Account and sign-in"), "", "/account/", _everybody)
    yield _with(account, "password theme passkey")


def _gates(workspace: Workspace) -> Iterator[Item]:
    try:
        gates = () if workspace.findings else live().room().gates
    except UsageError:
        gates = ()
    for gate in gates:
        for scope in scopes_of(gate, workspace):
            url, seen_by = f"/gate/{gate.key}/{scope}/", partial(_sees_scope, scope=scope)
            about = f"{scope}, {len(gate.criteria)} criteria"
            yield _with(_item(("", "Gates", "gate"), gate.title, about, url, seen_by), f"{gate.key} {gate.objective}")
            for criterion in gate.criteria:
                at, about = f"{url}#c-{criterion.key}", f"{gate.title}, {scope}"
                yield _with(_item(("", "Criteria", "task"), criterion.title, about, at, seen_by), criterion.key)


def _people(workspace: Workspace) -> Iterator[Item]:
    for person in workspace.people.values():
        roles = ", ".join(one.role for one in person.roles if not one.sites)  # those at some sites are not for all
        reaches = tuple(frozenset(reached(one.sites, workspace)) for one in person.roles)
        url = f"/person/#{person.key}"
        seen_by = partial(_sees_person, person=person.key, reaches=reaches)
        found = _item(("person", "People", "person"), person.name or person.key, roles, url, seen_by)
        yield _with(found, person.key)


def _definitions(workspace: Workspace) -> Iterator[Item]:
    what = ("", "Definitions", "workspace")
    for kind, models in workspace.models.items():
        for path in models:
            url, seen_by = f"/workspace/{path}", partial(_sees_file, path=path)
            yield _item(what, path, kind, url, seen_by)
            for one in workspace.definitions[path]:
                there = address(path, workspace.documents[path].at(one.steps).line)
                yield _item(what, one.name, path, there, seen_by)


def _entry(entry: Entry) -> Item:
    title = f"{entry.id} {entry.values.get('title') or ''}".strip()
    words = " ".join(_texts([entry.values, [one.text for one in entry.comments], entry.tags]))
    url, seen_by = f"/register/{entry.register}/{entry.id}/", partial(_sees_entry, entry=entry)
    found = _item(("record", "Records", "register"), title, f"{entry.register}, {entry.state}", url, seen_by)
    return _with(found, words)


def _evidence(brief: Brief) -> Item:
    assert brief.scope is not None  # noqa: S101 - all evidence has one
    url, about = f"/evidence/{brief.number}/", f"{brief.subject}, {brief.scope}, {brief.verdict}"
    seen_by = partial(_sees_scope, scope=brief.scope)
    return _item(("record", "Evidence", "evidence"), f"#{brief.number} {brief.kind}", about, url, seen_by)


@cache
def _help() -> tuple[Item, ...]:
    what = ("help", "Help", "help")
    return tuple(
        _with(_item(what, one.title, one.group, one.url, _everybody), one.text) for one in documents().values()
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
    elif value is not None:
        yield str(value)
