"""What does a worker do of fit when it is asked by name? It assesses, tries what is claimed, counts and catalogues."""

from typing import Final

from lockgate.kernel.clock import system_clock
from lockgate.kernel.verb import Doing, Outcome
from lockgate.practices.fit.decide.answering import State, tally
from lockgate.practices.fit.perform.assessing import assess
from lockgate.practices.fit.perform.catalogue import catalogue
from lockgate.practices.fit.perform.counting import record_custom
from lockgate.practices.fit.perform.inventory import inventory
from lockgate.practices.fit.perform.probing import tried
from lockgate.practices.fit.perform.recording import record_probed
from lockgate.practices.fit.perform.threads import trace_answer
from lockgate.practices.fit.perform.tracing import traced
from lockgate.programme.ledger_place import ledger_place
from lockgate.programme.opening import opened
from lockgate.programme.reaching import meant, reach
from lockgate.programme.room import room

_MOST: Final = 50


def trace(doing: Doing) -> Outcome:
    """Follow all requirements, and leave evidence of how far the programme is."""
    with room(doing.root) as here:
        found = traced(here)
        number = assess(here, found, (system_clock(), doing.person))
    told = trace_answer(found)
    says = f"{told['proven']} of {told['requirements']} requirements are proven."
    return Outcome(found.whole, says, {"loose_ends": len(told["orphans"])}, (number,))


def probe(doing: Doing, instance: str = "", capability: str = "") -> Outcome:
    """Try what is claimed of an Odoo, and leave evidence."""
    with ledger_place(doing.root, begin=True) as place:
        found = tried(doing.root, instance or None, capability=capability or None, probe=None)
        numbers = record_probed(place.ledger, found, (system_clock(), doing.person))
    counts = tally(found.answers)
    held, failed, untold = (counts[one] for one in (State.HELD, State.NOT_HELD, State.UNTOLD))
    says = f"{held} hold, {failed} do not, {untold} could not be looked at in {found.instance.name}."
    return Outcome(found.all_held, says, {"held": held, "not_held": failed}, tuple(sorted(numbers.values()))[:_MOST])


def custom(doing: Doing, instance: str = "") -> Outcome:
    """Count what was built beside the standard of an Odoo, and leave evidence."""
    with inventory(doing.root, instance or None) as found:
        number = record_custom(found, (system_clock(), doing.person))["evidence"]
        sums, where = found.inventory.measures(), found.instance.name
        whole, unapproved = len(found.inventory.listed), len(found.inventory.unapproved)
    says = f"{whole} pieces in {where}, {unapproved} of them without an approved gap."
    return Outcome(found.as_agreed, says, sums, (number,))


def catalogued(doing: Doing, instance: str = "") -> Outcome:
    """Read what an Odoo can do, for the workbench."""
    workspace = opened(doing.root)
    where = instance or meant(workspace)
    with reach(workspace, where, read_only=True) as client:
        entries = catalogue(workspace.root, where).bring_up_to_date(client)
    return Outcome(bool(entries), f"{entries:,} entries of {where}.", {"entries": entries})
