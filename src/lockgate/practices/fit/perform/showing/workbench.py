"""What can the standard do, and what of it carries which requirement? From the catalogue that was read last.

B1  No Odoo is asked: what was never read is said to be so, and a worker reads it.
B2  A requirement is there for whoever may see its sites.
B3  Who confirmed a choice is told from the history of the requirement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import Http404
from typing_extensions import TypedDict

from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.clock import stamp
from lockgate.ledger import AsOf
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.values import sites_of
from lockgate.practices.fit.decide.catalogue import ranked, words_of
from lockgate.practices.fit.perform.catalogue import Catalogue, catalogue
from lockgate.practices.fit.perform.choices import SearchAnswer, search_answer
from lockgate.practices.fit.perform.showing.traces import trace
from lockgate.practices.fit.perform.suggesting import FIELD, Searched, confirmed, text_of
from lockgate.programme.desk import Desk
from lockgate.programme.persons import actor_of
from lockgate.programme.server import live


class NeedAnswer(TypedDict):
    """A requirement, how it fits, what is known of its tests, and what of the standard carries it."""

    requirement: str
    title: str
    capability: str
    fit: list[str]
    proofs: list[str]
    standard: list[str]
    confirmed_by: str
    confirmed_at: str


class AreaAnswer(TypedDict):
    """How much of each kind there is of an area of Odoo."""

    capability: str
    kinds: dict[str, int]


@dataclass(frozen=True)
class Wanted:
    """What the address asks for."""

    instance: str = ""
    q: str = ""
    requirement: str = ""
    capability: str = ""


def needs(viewer: Viewer, when: AsOf | None) -> list[NeedAnswer]:
    """Return the requirements that a viewer sees (B2, B3)."""
    entries = {one.id: one for one in live().desk(when).known.entries.of("requirement")}
    told: dict[str, NeedAnswer] = {}
    for one in trace(viewer, when)["threads"]:
        entry = entries[one["requirement"]]
        made = next((each for each in reversed(entry.changes) if FIELD in each.fields), None)
        need = told.setdefault(
            entry.id,
            NeedAnswer(
                requirement=entry.id,
                title=one["title"],
                capability=one["capability"],
                fit=[],
                proofs=[],
                standard=list(entry.values.get(FIELD) or ()),
                confirmed_by=made.by if made else "",
                confirmed_at=stamp(made.at) if made else "",
            ),
        )
        need["fit"] += [one["fit"]] if one["fit"] else []
        need["proofs"] += [each["proof"] for each in one["tests"] if each["proof"] not in need["proofs"]]
    return list(told.values())


def kept(instance: str) -> Catalogue:
    """Return the catalogue of an instance, whether it was read or not (B1)."""
    return catalogue(live().root, instance)


def areas(instance: str) -> list[AreaAnswer]:
    """Return how much there is of each area."""
    found: dict[str, dict[str, int]] = {}
    for capability, kind, count in kept(instance).counts():
        found.setdefault(capability, {})[kind] = count
    return [AreaAnswer(capability=capability, kinds=kinds) for capability, kinds in sorted(found.items())]


def search(viewer: Viewer, wanted: Wanted) -> SearchAnswer | None:
    """Return what may be meant by some words, or may carry a requirement; None where nothing is asked."""
    text, area = wanted.q, wanted.capability
    if wanted.requirement and not text:
        entry = _seen(live().desk(), viewer, wanted.requirement)
        text, area = text_of(entry.values), area or entry.values.get("capability") or ""
    words, there = words_of(text), kept(wanted.instance)
    if not words:
        return None
    found = ranked(words, there.candidates(words), area=area)
    return search_answer(Searched(wanted.instance, words, there.size, found))


def confirm(viewer: Viewer, instance: str, requirement: str, choice: str) -> Sequence[str]:
    """Write into a requirement what carries it, as whoever looks, and return all that it names now."""
    desk = live().desk()
    _seen(desk, viewer, requirement)
    return confirmed(desk, instance, (requirement, choice), actor_of(viewer))


def read_at(instance: str) -> datetime | None:
    """Return when a catalogue was read, None when it never was."""
    at = kept(instance).read_at
    return None if at is None else datetime.fromtimestamp(at, UTC)


def _seen(desk: Desk, viewer: Viewer, requirement: str) -> Entry:
    entry = desk.known.entries.by_id.get(requirement)
    if entry is None or entry.register != "requirement":
        raise Http404(requirement)
    if not viewer.sees_sites(site for site in sites_of(entry.values, desk.known.registers[entry.register]) if site):
        raise Http404(requirement)
    return entry
