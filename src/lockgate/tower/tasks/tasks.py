"""What waits for one person?

W1  An open record waits for its owner.
W2  A step that leads on waits for those who may take it by a role of theirs, or because they raised the record, once
    the record has all that the step needs. It does not wait for them where its owner may take it, nor when it only
    ends the record: such a step is a way out, not the way on.
W3  A step that takes several people waits for whoever may still say yes.
W4  A criterion that keeps a gate closed waits for those who hold the role that is to act, where the gate is asked. A
    gate that is ready waits for those who decide it; who was lent the role votes for whoever lent it.
W5  What is due first comes first, what is never due last.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from lockgate.faces.web.viewer import Held, Viewer
from lockgate.faces.web.words import said
from lockgate.gates.asking.evaluating import GateState, GateVerdict
from lockgate.kernel.clock import stamp
from lockgate.kernel.register import Register, Transition
from lockgate.kernel.scope import Level
from lockgate.ledger.registers.due import due_at, is_open
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.showing.offer import offered
from lockgate.tower.seeing.sight import Sight


@dataclass(frozen=True)
class Task:
    """One thing that waits."""

    kind: str
    """`own`, `vote`, `step`, `criterion` or `decide`."""
    about: str
    """The id of the record, or the gate and its scope."""
    title: str
    do: str
    """What is to be done."""
    url: str
    due: datetime | None = None
    late: bool = False

    def at(self, moment: datetime) -> "Task":
        """Return the same at a later moment."""
        over = self.due is not None and self.due < moment
        return self if over == self.late else replace(self, late=over)


def in_order(found: Iterable[Task]) -> tuple[Task, ...]:
    """Return tasks, what is due first first (W5)."""
    return tuple(sorted(found, key=lambda one: (one.due is None, stamp(one.due) if one.due else "", one.about, one.do)))


def of_records(sight: Sight) -> Iterator[Task]:
    """Yield what waits for the viewer of the registers."""
    roles = frozenset(one.role for one in sight.viewer.held)
    for register in sight.known.registers.values():
        mine = [one for one in register.transitions if "raiser" in one.who or not roles.isdisjoint(one.who)]
        of_state = {state.key: [one for one in mine if state.key in one.source] for state in register.states}
        for entry in sight.known.entries.of(register.key):
            if is_open(entry, register):
                there = of_state.get(entry.state, ())
                steps = [one for one in there if _is_mine(one, entry, sight, roles) and _waits(one, entry, register)]
                if steps or entry.owner == sight.viewer.person:  # most records are somebody else's
                    yield from _record(entry, register, steps, sight)


def _record(entry: Entry, register: Register, steps: Iterable[Transition], sight: Sight) -> Iterator[Task]:
    due = due_at(entry, sight.known)
    late = due is not None and due < sight.desk.moment
    title, url = str(entry.values.get("title", "")), f"/register/{register.key}/{entry.id}/"
    state = register.state(entry.state)
    if entry.owner == sight.viewer.person:
        do = _("You own it: {state}").format(state=state.title.lower() if state else entry.state)
        yield Task("own", entry.id, title, do, url, due, late)  # W1
    for step in steps:
        one = offered(step, entry, sight.watcher, sight.known, sight.desk.moment)
        if one.may:
            kind = "vote" if one.ballot else "step"
            do = _("Vote on “{step}”").format(step=one.step.title) if one.ballot else one.step.title
            yield Task(kind, entry.id, title, do, f"{url}#step-{one.step.key}", due, late)


def _is_mine(step: Transition, entry: Entry, sight: Sight, roles: frozenset[str]) -> bool:
    """Return whether a step is the viewer's by a role or for having raised the record, not everybody's (W2)."""
    raised = "raiser" in step.who and entry.raised_by == sight.viewer.person
    return raised or not roles.isdisjoint(step.who)


def _waits(step: Transition, entry: Entry, register: Register) -> bool:
    """Return whether a step, should the viewer be let take it, waits to be taken (W2, W3)."""
    if step.votes > 1:
        return True
    target = register.state(step.target)
    owned = "owner" in step.who and bool(entry.owner)
    ends = target is not None and not target.open and not step.needs and not step.guards
    lacks = any(entry.values.get(key) is None for key in step.needs)
    return not (owned or (ends and step.reason) or lacks)


def of_gates(states: Iterable[GateState], viewer: Viewer) -> Iterator[Task]:
    """Yield what waits for the viewer of the gates (W4)."""
    for state in states:
        if state.verdict is GateVerdict.OPEN or not viewer.sees(state.scope):
            continue
        about, url = f"{state.gate.key} {state.scope}", f"/gate/{state.gate.key}/{state.scope}/"
        holding = _holding(state.gate.decides.role, state, viewer)
        if state.verdict is GateVerdict.READY and holding:
            yield Task("decide", about, state.gate.title, _to_decide(holding), url)
        for one in state.unsettled:
            if _holding(one.criterion.owner or state.gate.decides.role, state, viewer):
                do = f"{one.criterion.title}: {said(one.status)}"
                yield Task("criterion", about, state.gate.title, do, f"{url}#c-{one.criterion.key}")


def _to_decide(holding: Sequence[Held]) -> str:
    """Return in whose name the viewer decides: nobody votes in their own by a role that was lent alone (W4)."""
    if any(not one.lent_by for one in holding):
        return _("Decide the gate: all of it is settled")
    lenders = ", ".join(dict.fromkeys(one.lent_by for one in holding))
    return _("Vote for {lender}, who lent you the role: all of it is settled").format(lender=lenders)


def _holding(role: str, state: GateState, viewer: Viewer) -> list[Held]:
    """Return by what the viewer has a role where a gate is asked (W4)."""
    held = [one for one in viewer.held if one.role == role]
    if state.scope.level is Level.WAVE and state.scope.key in viewer.waves:
        return held
    site = state.scope.key if state.scope.level is Level.SITE else None
    return [one for one in held if one.sites is None or site in one.sites]
