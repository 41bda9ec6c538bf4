"""Which records are there after these events? A fold over the ledger: pure, incremental, and the same at every reading.

J1  Projecting some events onto what the ones before made is the same as projecting all of them at once.
J2  What happened stays: the projection knows no declarations, so a changed playbook never rewrites a record.
J3  An event that fits no record, or is not made as it should be, changes nothing; its number is told among the strays.
J4  Events of other parts of Lockgate are passed over; so is what happened in a register before its first record.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Final, Protocol

from lockgate.ledger.registers.entry import ID, Change, Comment, Entries, Entry, Link, Step, Vote


class Told(Protocol):
    """A record of the ledger, as far as the projection reads it."""

    @property
    def number(self) -> int:
        """Its place in the ledger."""

    @property
    def at(self) -> datetime:
        """When it was appended."""

    @property
    def by(self) -> str:
        """Who appended it."""

    @property
    def kind(self) -> str:
        """What it is."""

    @property
    def payload(self) -> Mapping[str, Any]:
        """What it says."""


def project(told: Iterable[Told], onto: Entries | None = None) -> Entries:
    """Return the records after these events; `onto` is what the events before them made (J1)."""
    before = onto or Entries()
    changed = changes(told, before)
    if not changed.by_id:
        return before.later(changed.number, changed.strays, changed.highest)
    return replace(changed, by_id={**before.by_id, **changed.by_id})


def changes(told: Iterable[Told], onto: Entries) -> Entries:
    """Return the same with only those records that the events touch."""
    opened = _Opened(onto.by_id)
    highest = dict(onto.highest)
    number, strays = onto.number, list(onto.strays)
    for one in told:
        number = max(number, one.number)
        if "register" not in one.payload or "id" not in one.payload:
            continue  # J4
        if not _applied(one, opened):
            if opened.knows(one.kind.partition(".")[0]):  # J4
                strays.append(one.number)  # J3
        elif one.kind.endswith(".raised"):
            prefix, _, count = one.payload["id"].rpartition("-")
            highest[prefix] = max(highest.get(prefix, 0), int(count))
    return Entries(opened.closed(), number, tuple(strays), highest)


class _Opened:
    """Records while events are applied: each is taken apart once, changed in place, and frozen again at the end."""

    def __init__(self, by_id: Mapping[str, Entry]) -> None:
        self._before = by_id
        self._open: dict[str, dict[str, Any]] = {}

    def get(self, key: str) -> dict[str, Any] | None:
        """Return the parts of a record."""
        parts = self._open.get(key)
        if parts is None and (entry := self._before.get(key)) is not None:
            parts = self._open[key] = {name: getattr(entry, name) for name in _NAMES}
            for name in _GROWING:
                parts[name] = list(parts[name])
            parts["values"], parts["heard"] = dict(entry.values), dict(entry.heard)
        return parts

    def add(self, key: str, parts: dict[str, Any]) -> None:
        """Take in a new record."""
        self._open[key] = parts

    def knows(self, register: str) -> bool:
        """Return whether the register has a record by now."""
        raised = any(one["register"] == register for one in self._open.values())
        return raised or any(one.register == register for one in self._before.values())

    def closed(self) -> dict[str, Entry]:
        """Return those that were opened, frozen."""
        return {key: _frozen(parts) for key, parts in self._open.items()}


_NAMES: Final = tuple(one.name for one in fields(Entry))
_GROWING: Final = ("changes", "owners", "steps", "votes", "comments", "links", "linked_from", "tags", "numbers")


def _frozen(parts: Mapping[str, Any]) -> Entry:
    return Entry(**{**parts, **{name: tuple(parts[name]) for name in _GROWING}})


def _applied(told: Told, opened: _Opened) -> bool:
    try:
        return _apply(told, opened)
    except (AttributeError, KeyError, TypeError):
        return False  # whoever wrote it did not ask the engine


def _apply(told: Told, opened: _Opened) -> bool:
    payload = told.payload
    register, _, happened = told.kind.partition(".")
    if register != payload["register"] or not all(isinstance(payload.get(name, ""), str) for name in ("id", "to")):
        return False
    parts = opened.get(payload["id"])
    if happened == "raised":
        fits = parts is None and ID.fullmatch(payload["id"]) is not None
        if fits:
            opened.add(payload["id"], _raised(told))
        return fits
    if parts is None or parts["register"] != register:
        return False
    _HAPPENINGS.get(happened, _moved)(parts, told)
    parts["number"] = told.number
    parts["numbers"].append(told.number)
    parts["heard"][told.by] = told.at
    if happened in {"linked", "unlinked"}:
        _link_back(told, opened, added=happened == "linked")
    return True


def _raised(told: Told) -> dict[str, Any]:
    payload = told.payload
    values = {key: value for key, value in payload["values"].items() if value is not None}
    owner = values.get("owner")
    return {
        **{name: [] for name in _GROWING},
        "register": payload["register"],
        "id": payload["id"],
        "state": payload["state"],
        "values": values,
        "version": 1,
        "raised_by": told.by,
        "raised_at": told.at,
        "since": told.at,
        "number": told.number,
        "changes": [Change(1, told.by, told.at, tuple(sorted(values)))],
        "heard": {told.by: told.at},
        "owners": [owner] if owner else [],
        "numbers": [told.number],
    }


def _edited(parts: dict[str, Any], told: Told) -> None:
    """Give the record other values and one version more; votes that stood were for another text."""
    given = told.payload["values"]
    change = Change(parts["version"] + 1, told.by, told.at, tuple(sorted(given)))
    parts["values"] = {key: value for key, value in {**parts["values"], **given}.items() if value is not None}
    parts["version"] = change.version
    parts["changes"].append(change)
    parts["votes"] = []
    owner = parts["values"].get("owner")
    if owner and owner not in parts["owners"]:
        parts["owners"].append(owner)


def _moved(parts: dict[str, Any], told: Told) -> None:
    payload = told.payload
    step = Step(
        payload["transition"],
        payload["source"],
        payload["target"],
        told.by,
        told.at,
        payload["reason"],
        tuple(vote for vote in parts["votes"] if vote.transition == payload["transition"]),
    )
    _edited(parts, told)
    if step.target != parts["state"]:
        parts["since"] = told.at
    parts["state"] = step.target
    parts["steps"].append(step)


def _voted(parts: dict[str, Any], told: Told) -> None:
    payload = told.payload
    vote = Vote(payload["transition"], told.by, told.at, payload["yes"], payload["reason"])
    parts["votes"] = [one for one in parts["votes"] if (one.transition, one.by) != (vote.transition, vote.by)]
    parts["votes"].append(vote)


def _commented(parts: dict[str, Any], told: Told) -> None:
    parts["comments"].append(Comment(told.by, told.at, told.payload["text"]))


def _linked(parts: dict[str, Any], told: Told) -> None:
    parts["links"] = _with(parts["links"], _link(told.payload))


def _unlinked(parts: dict[str, Any], told: Told) -> None:
    parts["links"] = _without(parts["links"], _link(told.payload))


def _tagged(parts: dict[str, Any], told: Told) -> None:
    parts["tags"] = sorted({*parts["tags"], *told.payload["tags"]})


def _untagged(parts: dict[str, Any], told: Told) -> None:
    parts["tags"] = sorted({*parts["tags"]} - {*told.payload["tags"]})


def _link_back(told: Told, opened: _Opened, *, added: bool) -> None:
    payload = told.payload
    other = opened.get(payload["to"])
    if other is not None:
        back = Link(payload["relation"], payload["id"])
        other["numbers"].append(told.number)
        other["linked_from"] = (_with if added else _without)(other["linked_from"], back)


def _link(payload: Mapping[str, Any]) -> Link:
    return Link(payload["relation"], payload["to"])


def _with(links: list[Link], link: Link) -> list[Link]:
    return sorted({*links, link})


def _without(links: list[Link], link: Link) -> list[Link]:
    return [one for one in links if one != link]


_HAPPENINGS: Final[Mapping[str, Callable[[dict[str, Any], Told], None]]] = {
    "edited": _edited,
    "voted": _voted,
    "commented": _commented,
    "linked": _linked,
    "unlinked": _unlinked,
    "tagged": _tagged,
    "untagged": _untagged,
}
