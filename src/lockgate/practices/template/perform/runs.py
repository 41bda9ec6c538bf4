"""What does a worker do of the template when it is asked by name? It plans, applies, looks for drift, and adopts.

B1  What is applied is the plan that somebody saw: its digest is an argument, or it names the resources alone.
B2  Whoever takes over from a worker that ended goes on with what was agreed to, as long as the template is the same.
B3  What changes an Odoo or the template looks for drift at the end, so that the inbox shows what is left.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Final

from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import UsageError
from lockgate.kernel.verb import Doing, Outcome
from lockgate.practices.template.decide.planning import Action
from lockgate.practices.template.perform.adopting.accepting import accept, chosen_of
from lockgate.practices.template.perform.carrying_out import carry_out, stale
from lockgate.practices.template.perform.held import INPUT, Held, held
from lockgate.practices.template.perform.telling.answers import drift_answer, plan_answer
from lockgate.practices.template.perform.telling.last_plan import keep_plan
from lockgate.practices.template.perform.telling.recording import record_drift
from lockgate.programme.ledger_place import LedgerPlace, ledger_place

_MOST_FAULTS: Final = 20
UNIT: Final = "resources"
_PLANNED: Final = frozenset({"create", "change", "archive", "unchanged", "instance"})
_DONE: Final = frozenset({"written", "taken_over", "archived", "installed", "left"})


def plan(doing: Doing, instance: str = "", site: str = "") -> Outcome:
    """Plan, and keep the plan for its page."""
    with _held(doing, instance, site) as here:
        answer = plan_answer(here)
        keep_plan(here, answer, (system_clock(), doing.person))
        facts = {name: value for name, value in answer.items() if name in _PLANNED}
    says = f"{answer['create']} to create, {answer['change']} to change, {answer['archive']} to archive in "
    says += f"{answer['instance']}."
    return Outcome(not answer["resources"], says, facts)


def apply(doing: Doing, instance: str = "", site: str = "", plan: str = "", only: str = "") -> Outcome:
    """Carry out a plan that was agreed to, or make some resources as the template says (B1 to B3)."""
    keys = tuple(only.split())
    if not (plan or keys):
        raise UsageError("Nobody has agreed to this plan.", do="Make a plan, look at it, and apply that one.")
    reached = _held(doing, instance, site, only=keys, read_only=False)
    with ledger_place(doing.root, begin=True) as place, reached as here:
        template = str(here.workspace.digest_of(INPUT))
        if plan and doing.state.get("agreed") != template and plan != here.asked.digest:
            raise stale()
        doing.keep(agreed=template)
        done, total = count(), here.asked.work

        def on_done(more: int) -> None:
            for _ in range(more):
                doing.progress(next(done) + 1, total, UNIT)

        answer, after = carry_out(place, here, doing.person, on_done=on_done)
        for one in answer["refused"]:
            doing.log(f"{one['at']}: {one['key']} {one['field']}: {one['why']}")
        looked = _look(place, after, doing)
        keep_plan(after, plan_answer(after), (system_clock(), doing.person))
    ok = not (answer["refused"] or answer["differing"])
    says = f"{answer['written']} written, {answer['archived']} archived, {len(answer['refused'])} refused by Odoo."
    facts = {name: value for name, value in answer.items() if name in _DONE}
    return Outcome(ok, says, {"instance": after.instance.name, **facts}, (answer["evidence"], looked))


def drift(doing: Doing, instance: str = "", site: str = "") -> Outcome:
    """Look what was changed by hand, and leave evidence."""
    with ledger_place(doing.root, begin=True) as place, _held(doing, instance, site) as here:
        number = _look(place, here, doing)
        differing = len(here.plan.steps) - len(here.plan.of(Action.UNCHANGED))
    says = f"{differing} of {len(here.plan.steps)} resources differ in {here.instance.name}."
    return Outcome(not differing, says, {"differing": differing}, (number,))


def adopt(doing: Doing, what: str, instance: str = "", site: str = "") -> Outcome:
    """Write what an Odoo holds into the files of the template, and look again (B3)."""
    with _held(doing, instance, site) as here:
        places = accept(here, chosen_of(here, what.split()))
        where = here.instance.name
    for each in places:
        doing.log(f"Adopted: {each}")
    with ledger_place(doing.root, begin=True) as place, _held(doing, where, site) as after:
        number = _look(place, after, doing)
    return Outcome(bool(places), f"Adopted into {', '.join(places)}.", {"instance": where}, (number,))


@contextmanager
def _held(
    doing: Doing, instance: str, site: str, *, only: tuple[str, ...] = (), read_only: bool = True
) -> Iterator[Held]:
    """Give the template held against an instance; stop, with all that is wrong, where it has findings there."""
    doing.log(f"Looking at {instance or 'the instance for building'}")
    with held(doing.root, instance or None, site or None, only=only, read_only=read_only) as here:
        found = [here.template.finding(fault) for fault in here.plan.faults]
        for one in found[:_MOST_FAULTS]:
            doing.log(f"{one.at}: {one.message}")
        if found:
            raise UsageError(
                f"The template has {len(found)} findings in this Odoo; nothing was planned.",
                why=f"{found[0].at}: {found[0].message}.",
                do="Mend what the log names, then ask again.",
            )
        doing.progress(0, here.asked.work, UNIT)
        yield here


def _look(place: LedgerPlace, here: Held, doing: Doing) -> int:
    answer = drift_answer(here)
    return record_drift(place, here, answer, (system_clock(), doing.person))
