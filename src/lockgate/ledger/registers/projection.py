"""Which records are there after these events? A fold over the ledger: pure, incremental, and the same at every reading.

J1  Projecting some events onto what the ones before made is the same as projecting all of them at once.
J2  What happened stays: the projection knows no declarations, so a changed playbook never rewrites a record.
J3  An event that fits no record, or is not made as it should be, changes nothing; its number is told among the strays.
J4  Events of other parts of Lockgate are passed over.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

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
    by_id = dict(before.by_id)
    highest = dict(before.highest)
    number, strays = before.number, list(before.strays)
    for one in told:
        number = max(number, one.number)
        if "register" not in one.payload or "id" not in one.payload:
            continue  # J4
        if not _applied(one, by_id):
            strays.append(one.number)  # J3
        elif one.kind.endswith(".raised"):
            prefix, _, count = one.payload["id"].rpartition("-")
            highest[prefix] = max(highest.get(prefix, 0), int(count))
    return Entries(by_id, number, tuple(strays), highest)


def _applied(told: Told, by_id: dict[str, Entry]) -> bool:
    try:
        return _apply(told, by_id)
    except (AttributeError, KeyError, TypeError):
        return False  # whoever wrote it did not ask the engine


def _apply(told: Told, by_id: dict[str, Entry]) -> bool:
    payload = told.payload
    register, _, happened = told.kind.partition(".")
    if register != payload["register"]:
        return False
    entry = by_id.get(payload["id"])
    if happened == "raised":
        fits = entry is None and ID.fullmatch(payload["id"]) is not None
        if fits:
            by_id[payload["id"]] = _raised(told)
        return fits
    if entry is None or entry.register != register:
        return False
    changed = _HAPPENINGS.get(happened, _moved)(entry, told)
    by_id[entry.id] = replace(changed, number=told.number, heard={**entry.heard, told.by: told.at})
    if happened in {"linked", "unlinked"}:
        _link_back(payload, by_id, added=happened == "linked")
    return True


def _raised(told: Told) -> Entry:
    payload = told.payload
    values = {key: value for key, value in payload["values"].items() if value is not None}
    owner = values.get("owner")
    return Entry(
        register=payload["register"],
        id=payload["id"],
        state=payload["state"],
        values=values,
        version=1,
        raised_by=told.by,
        raised_at=told.at,
        since=told.at,
        number=told.number,
        changes=(Change(1, told.by, told.at, tuple(sorted(values))),),
        heard={told.by: told.at},
        owners=(owner,) if owner else (),
    )


def _edited(entry: Entry, told: Told) -> Entry:
    """Return the record with other values and one version on; votes that stood were for another text."""
    given = told.payload["values"]
    values = {key: value for key, value in {**entry.values, **given}.items() if value is not None}
    owner = values.get("owner")
    change = Change(entry.version + 1, told.by, told.at, tuple(sorted(given)))
    return replace(
        entry,
        values=values,
        version=change.version,
        changes=(*entry.changes, change),
        owners=(*entry.owners, owner) if owner and owner not in entry.owners else entry.owners,
        votes=(),
    )


def _moved(entry: Entry, told: Told) -> Entry:
    payload = told.payload
    changed = _edited(entry, told)
    step = Step(
        payload["transition"],
        payload["source"],
        payload["target"],
        told.by,
        told.at,
        payload["reason"],
        tuple(vote for vote in entry.votes if vote.transition == payload["transition"]),
    )
    since = told.at if step.target != entry.state else entry.since
    return replace(changed, state=step.target, since=since, steps=(*entry.steps, step))


def _voted(entry: Entry, told: Told) -> Entry:
    payload = told.payload
    vote = Vote(payload["transition"], told.by, told.at, payload["yes"], payload["reason"])
    others = (one for one in entry.votes if (one.transition, one.by) != (vote.transition, vote.by))
    return replace(entry, votes=(*others, vote))


def _commented(entry: Entry, told: Told) -> Entry:
    return replace(entry, comments=(*entry.comments, Comment(told.by, told.at, told.payload["text"])))


def _linked(entry: Entry, told: Told) -> Entry:
    return replace(entry, links=_with(entry.links, _link(told.payload)))


def _unlinked(entry: Entry, told: Told) -> Entry:
    return replace(entry, links=_without(entry.links, _link(told.payload)))


def _tagged(entry: Entry, told: Told) -> Entry:
    return replace(entry, tags=tuple(sorted({*entry.tags, *told.payload["tags"]})))


def _untagged(entry: Entry, told: Told) -> Entry:
    return replace(entry, tags=tuple(sorted({*entry.tags} - {*told.payload["tags"]})))


def _link_back(payload: Mapping[str, Any], by_id: dict[str, Entry], *, added: bool) -> None:
    other = by_id.get(payload["to"])
    if other is not None:
        back = Link(payload["relation"], payload["id"])
        change = _with if added else _without
        by_id[other.id] = replace(other, linked_from=change(other.linked_from, back))


def _link(payload: Mapping[str, Any]) -> Link:
    return Link(payload["relation"], payload["to"])


def _with(links: tuple[Link, ...], link: Link) -> tuple[Link, ...]:
    return tuple(sorted({*links, link}))


def _without(links: tuple[Link, ...], link: Link) -> tuple[Link, ...]:
    return tuple(one for one in links if one != link)


_HAPPENINGS: Mapping[str, Callable[[Entry, Told], Entry]] = {
    "edited": _edited,
    "voted": _voted,
    "commented": _commented,
    "linked": _linked,
    "unlinked": _unlinked,
    "tagged": _tagged,
    "untagged": _untagged,
}
