"""Which records may somebody see, and as whom do they act?

S1  A record that names sites is there for those who see one of them. For others it is not there at all: not in lists,
    counts and searches, not as the other end of a link, not to be named in a field.
S2  Somebody acts with the roles that they have at that moment, whether declared or given in the tower. Looking after
    the accounts is no role to act by.
S3  Who is neither in programme/people.yaml nor has a role acts on no record.
S4  A record in a blind state is there for nobody: what the first of two said may only be seen where the second decides.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import Http404
from django.utils.translation import gettext as _

from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.errors import RefusedError
from lockgate.kernel.register import Kind, Register
from lockgate.ledger.registers.action import Action, Actor, Edit, Move, Raise, Refusal, Tie
from lockgate.ledger.registers.entry import ID, Entries, Entry, Link
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.values import near, sites_of
from lockgate.programme.desk import Desk
from lockgate.programme.persons import actor_of
from lockgate.tower.server import as_of, live

_MOST: Final = 40
"""For how many kinds of viewers it is kept what they see."""


@dataclass(frozen=True)
class Sight:
    """What one person sees of the registers."""

    desk: Desk
    viewer: Viewer
    known: Known
    """What is declared, with the records that the viewer may see (S1)."""
    when: str = ""
    """The moment that it is asked as of, as it was said; empty for now."""

    def register(self, key: str) -> Register:
        """Return the register of that key, or answer that there is none."""
        found = self.known.registers.get(key)
        if found is None:
            raise Http404(near(key, self.known.registers))
        return found

    def entry(self, record: str, register: str | None = None) -> Entry:
        """Return a record, or answer that there is none (S1)."""
        found = self.known.entries.by_id.get(record)
        if found is None or register not in {None, found.register} or found.register not in self.known.registers:
            raise Http404(record)
        return found

    @property
    def actor(self) -> Actor:
        """Who acts (S2, S3)."""
        found = actor_of(self.viewer)
        if self.viewer.person not in self.desk.workspace.people and not found.grants:
            raise RefusedError(
                _("The workspace knows nobody called {person!r}.").format(person=self.viewer.person),
                why=_("Records keep the id of a person in programme/people.yaml."),
                do=_("Have the person declared there, or be given a role."),
            )
        return found

    @property
    def watcher(self) -> Actor:
        """Who looks, to be told what they could do; nobody may be lacking here."""
        return actor_of(self.viewer)

    def hidden(self, actions: Iterable[Action]) -> tuple[Refusal, ...]:
        """Return that what is named there is not there, for records that the viewer does not see (S1)."""
        there = self.desk.known.entries.by_id
        named = {one for action in actions for one in _named(action, self.known, there)}
        return tuple(
            Refusal(
                "unknown-record",
                _("There is no record {record!r}.").format(record=one),
                _("Name one by its id, like GAP-12."),
            )
            for one in sorted(named)
            if one in there and one not in self.known.entries.by_id
        )


def sight(viewer: Viewer, when: str = "") -> Sight:
    """Return what somebody sees of the registers, now or as of a moment or number."""
    desk = live().desk(as_of(when))
    return Sight(desk, viewer, visible(desk.known, viewer), when)


def visible(known: Known, viewer: Viewer) -> Known:
    """Return what is known with nothing that the viewer may not see (S1, S4)."""
    if viewer.everywhere and not blind(known):
        return known
    return replace(known, entries=_kept.entries(known, viewer))


class _Kept:
    """The records that those see who don't see all, kept since every page asks; found only for who sees the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: OrderedDict[tuple[frozenset[str], bool, bool], tuple[Entries, Mapping[str, Register], Entries]]
        self._found = OrderedDict()

    def entries(self, known: Known, viewer: Viewer) -> Entries:
        """Return the records of a ledger and a workspace that a viewer sees."""
        key = (viewer.sites, viewer.member, viewer.everywhere)
        with self._lock:
            found = self._found.get(key)
        if found is None or found[0] is not known.entries or found[1] is not known.registers:
            found = (known.entries, known.registers, _seen(known, viewer))
        with self._lock:
            self._found[key] = found
            self._found.move_to_end(key)
            while len(self._found) > _MOST:
                self._found.popitem(last=False)
        return found[2]


_kept = _Kept()


def _seen(known: Known, viewer: Viewer) -> Entries:
    by_id = known.entries.by_id
    seen = {key: one for key, one in by_id.items() if _sees(viewer, one, known)}
    return replace(known.entries, by_id={key: _unlinked(one, by_id, seen) for key, one in seen.items()})


def _sees(viewer: Viewer, entry: Entry, known: Known) -> bool:
    register = known.registers.get(entry.register)
    if register is None or is_blind(entry, register):
        return False
    return viewer.sees_sites(site for site in sites_of(entry.values, register) if site)


def is_blind(entry: Entry, register: Register) -> bool:
    """Return whether nobody is to see what was said of the record so far (S4)."""
    state = register.state(entry.state)
    return state is not None and state.blind


def blind(known: Known) -> frozenset[str]:
    """Return the ids of all such records, without going through registers that have none."""
    return frozenset(
        one.id
        for key, register in known.registers.items()
        if any(known.entries.summary(key).states.get(state.key, 0) for state in register.states if state.blind)
        for one in known.entries.of(key)
        if is_blind(one, register)
    )


def _unlinked(entry: Entry, there: Mapping[str, Entry], seen: Mapping[str, Entry]) -> Entry:
    """Return the record without the ends of links that are not seen."""

    def shown(links: tuple[Link, ...]) -> tuple[Link, ...]:
        return tuple(one for one in links if one.to in seen or one.to not in there)

    links, back = shown(entry.links), shown(entry.linked_from)
    if (links, back) == (entry.links, entry.linked_from):
        return entry
    return replace(entry, links=links, linked_from=back)


def _named(action: Action, known: Known, there: Mapping[str, Entry]) -> Iterable[str]:
    """Yield the records that an action names besides its own."""
    if isinstance(action, Tie):
        yield action.to
    if isinstance(action, Raise | Edit | Move):
        entry = None if isinstance(action, Raise) else there.get(action.id)
        key = action.register if isinstance(action, Raise) else entry.register if entry else ""
        register = known.registers.get(key)
        kinds = {one.key for one in register.fields if one.kind is Kind.REFERENCE} if register else set()
        for field in kinds & {*action.values}:
            kept = _texts(entry.values.get(field)) if entry else []
            yield from (one for one in _texts(action.values[field]) if ID.fullmatch(one) and one not in kept)


def _texts(value: Any) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
