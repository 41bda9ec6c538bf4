"""How far is each requirement, each area and each site? As somebody may see it; no Odoo is asked.

V1  Who may see a record's sites sees its thread. Evidence of another site counts for nobody who may not see that site.
V2  A site is as far as its own evidence and that of the whole programme say, for the requirements that hold there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.ledger import AsOf
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.values import sites_of
from lockgate.practices.fit.decide.tracing import Want
from lockgate.practices.fit.perform.threads import StandingAnswer, ThreadAnswer, TraceAnswer, trace_answer
from lockgate.practices.fit.perform.tracing import Sees, traced
from lockgate.programme.room import Room
from lockgate.programme.server import live


class SiteStanding(StandingAnswer):
    """How far an area of Odoo is at a site."""

    site: str
    name: str


class ShownTrace(TraceAnswer):
    """The threads as pages and programs see them."""

    sites: list[SiteStanding]


@dataclass(frozen=True)
class Wanted:
    """What the address asks for."""

    lack: str = ""
    """What a thread lacks, or `proven`."""
    capability: str = ""
    q: str = ""

    @property
    def narrows(self) -> bool:
        """True when it leaves something out."""
        return bool(self.lack or self.capability or self.q)


def trace(viewer: Viewer, when: AsOf | None) -> ShownTrace:
    """Return the threads that a viewer sees, and how far each area is at each of their sites (V1, V2)."""
    here = live().room(when)
    registers = live().desk(when).known.registers

    def named(entry: Entry) -> list[str]:
        return [site for site in sites_of(entry.values, registers[entry.register]) if site]

    whole = Sees(lambda entry: viewer.sees_sites(named(entry)), viewer.sees)
    sites = [key for key in here.workspace.sites if viewer.sees(Scope(Level.SITE, key))]
    told = [one for key in sites for one in _at_site(here, key, whole, named)]
    return ShownTrace(**trace_answer(traced(here, whole)), sites=told)


def threads(told: ShownTrace, wanted: Wanted) -> list[ThreadAnswer]:
    """Return the threads that are asked for."""
    words = wanted.q.casefold().split()
    return [one for one in told["threads"] if _fits(one, wanted) and all(word in _text(one) for word in words)]


def lacking(told: ShownTrace) -> list[tuple[str, int]]:
    """Return how many threads lack what, and how many lack nothing."""
    found = [(str(want), sum(want in one["wanting"] for one in told["threads"])) for want in Want]
    return [*found, ("proven", sum(not one["wanting"] for one in told["threads"]))]


def stages(told: ShownTrace) -> list[tuple[str, int]]:
    """Return how many requirements have come how far, from being raised to being proven."""
    by_need: dict[str, set[str]] = {}
    for one in told["threads"]:
        unasked = {Want.UNDECIDED} if one["gap"] is None and not one["tests"] else set()
        by_need.setdefault(one["requirement"], set()).update(one["wanting"], unasked)
    steps: Sequence[tuple[str, set[str]]] = (
        ("requirements", set()),
        ("decided", {Want.UNDECIDED}),
        ("built", {Want.UNDECIDED, Want.UNBUILT}),
        ("tested", {Want.UNDECIDED, Want.UNBUILT, Want.UNTESTED}),
        ("proven", set(Want)),
    )
    return [(name, sum(not wants & lacks for wants in by_need.values())) for name, lacks in steps]


def _at_site(here: Room, site: str, whole: Sees, named: Callable[[Entry], list[str]]) -> list[SiteStanding]:
    declared = here.workspace.sites[site]
    areas = set(declared.capabilities or ())
    if not areas:
        return []  # nothing goes live at a region itself
    around = {site, *here.workspace.sites.upwards(site)}
    here_only = replace(
        whole,
        entry=lambda entry: whole.entry(entry) and (not named(entry) or bool(around & set(named(entry)))),
        scope=lambda scope: scope in {PROGRAMME, Scope(Level.SITE, site)},
    )
    answer = trace_answer(traced(here, here_only))
    return [
        SiteStanding(**one, site=site, name=declared.name)
        for one in answer["capabilities"]
        if one["capability"] in areas
    ]


def _fits(one: ThreadAnswer, wanted: Wanted) -> bool:
    lacks = not wanted.lack or (wanted.lack in one["wanting"] if wanted.lack != "proven" else not one["wanting"])
    return lacks and wanted.capability in {"", one["capability"]}


def _text(one: ThreadAnswer) -> str:
    tests = (test["test"] for test in one["tests"])
    return " ".join((one["requirement"], one["title"], one["gap"] or "", *one["built"], *tests)).casefold()
