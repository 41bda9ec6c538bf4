"""On what does an action fall? One record with its declaration, who wants something of it, and what is told of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lockgate.kernel.clock import stamp
from lockgate.kernel.register import Field, Register
from lockgate.ledger.record import Event
from lockgate.ledger.registers.action import Actor, Outcome, Refusal
from lockgate.ledger.registers.engine.rights import missing_right
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.known import Known


@dataclass(frozen=True)
class On:
    """One record, its declaration, and who wants something of it."""

    entry: Entry
    register: Register
    actor: Actor
    known: Known

    def event(self, happened: str, **payload: Any) -> Event:
        """Return an event of the record."""
        return event_of(self.register, happened, self.entry.id, **payload)

    def right(self, who: Iterable[str], doing: str, values: Mapping[str, Any] | None = None) -> list[Refusal]:
        """Return why the actor may not, for the values that the record has or will have."""
        refusal = missing_right(
            tuple(who),
            self.actor,
            self.entry.values if values is None else values,
            register=self.register,
            raiser=self.entry.raised_by,
            known=self.known,
            doing=doing,
        )
        return [refusal] if refusal else []


def looked_up(record: str, actor: Actor, known: Known) -> On | Refusal:
    """Return the record of an id with its declaration, or why it can't be acted on."""
    entry = known.entries.by_id.get(record)
    if entry is None:
        return Refusal("unknown-record", f"There is no record {record!r}.", "Look it up in the list first.")
    register = known.registers.get(entry.register)
    if register is None:
        return Refusal(
            "unknown-register",
            f"{entry.id} is in the register {entry.register!r}, which is not declared any more.",
            "Declare it again, or choose the playbook that has it.",
        )
    return On(entry, register, actor, known)


def stale(version: int, entry: Entry) -> list[Refusal]:
    """Return that the version read is not the newest, with who changed what since."""
    if version == entry.version:
        return []
    since = [one for one in entry.changes if one.version > version]
    told = "; ".join(f"{one.by} at {stamp(one.at)[:19]}Z ({', '.join(one.fields) or 'state'})" for one in since)
    return [
        Refusal(
            "stale-version",
            f"{entry.id} is at version {entry.version}, not {version}."
            + (f" Changed since by {told}." if told else ""),
            "Read it again, and put your change on top of theirs.",
        )
    ]


def changed_by(values: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    """Return the values that the record does not have yet."""
    return {key: value for key, value in values.items() if entry.values.get(key) != value}


def required(one: Field) -> Refusal:
    """Return that a field must have a value."""
    return Refusal("missing-value", f"{one.title} must have a value.", f"Give it: {one.key}=…", one.key)


def title_of(key: str, register: Register) -> str:
    """Return what people call a field; its key when it is one that every record has."""
    one = register.field(key)
    return one.title if one else key


def state_of(on: On) -> str:
    """Return what people call the state of the record."""
    state = on.register.state(on.entry.state)
    return state.title.lower() if state else on.entry.state


def way_out(on: On) -> str:
    """Return which steps can be taken from the state of the record."""
    steps = [one.key for one in on.register.transitions if on.entry.state in one.source]
    return f"From here: {', '.join(steps)}." if steps else "Nothing leads out of that state."


def event_of(register: Register, happened: str, record: str, **payload: Any) -> Event:
    """Return an event of a register."""
    return Event(f"{register.key}.{happened}", {"register": register.key, "id": record, **payload})


def no(*refusals: Refusal) -> Outcome:
    """Return that nothing happens, and why."""
    return Outcome(refusals=refusals)
