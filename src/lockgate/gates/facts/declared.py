"""What does the workspace declare, as gates ask for it? Keys and what is said of them, digests, people and places."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from pydantic import BaseModel

from lockgate.gates.facts.wanted import Declared, Values
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.ledger.registers.known import Known as Records
from lockgate.workspace import Workspace
from lockgate.workspace.models.shapes import declaring

NO_REGISTERS: Final = Records({})


@dataclass(frozen=True)
class Known:
    """What the workspace declares, as gates ask for it."""

    workspace: Workspace
    records: Records = NO_REGISTERS
    """What is declared of registers, and what their due times are told by."""
    dimensions: Collection[str] = ()
    """Those that practices to come will declare: nothing is declared of them yet."""

    def keys(self, dimension: str, scope: Scope) -> Sequence[Declared] | None:
        """Return what is declared of a dimension in the scope, None when nothing can declare it."""
        keys = self.workspace.keys(dimension, scope)
        there = {*self.workspace.dimensions, *self.workspace.known, *self.dimensions, "role", "person", "instance"}
        if not keys and dimension not in there:
            return None
        return [Declared(key, self._said.get((dimension, key), {})) for key in keys]

    def around(self, scope: Scope, level: Level) -> Sequence[Scope]:
        """Return the scopes of that level that hold this one."""
        if level is Level.PROGRAMME:
            return (PROGRAMME,)
        waves = self.workspace.keys("wave", scope) if level is Level.WAVE and scope.level is Level.SITE else ()
        return tuple(Scope(Level.WAVE, key) for key in waves)

    def digest(self, name: str, scope: Scope) -> str | None:  # noqa: ARG002 - a definition has one digest everywhere
        """Return the digest that an input has now."""
        return self.workspace.digests.get(name)

    def declares(self, name: str) -> bool:
        """Return whether an input of that name is the workspace's: a definition, or a file."""
        dimension = name.partition(":")[0]
        others = {"file", "files", "programme"}
        return dimension in {*self.workspace.known, *self.workspace.dimensions, *self.dimensions, *others}

    def holders(self, role: str, scope: Scope) -> tuple[str, ...]:
        """Return the people who have the role for the scope."""
        return self.workspace.holders(role, scope)

    def known(self, person: str) -> bool:
        """Return whether somebody of that id is declared."""
        return person in self.workspace.people

    @property
    def delegates(self) -> Mapping[str, str]:
        """The deputy of each person who has named one."""
        return {key: person.deputy for key, person in self.workspace.people.items() if person.deputy}

    @cached_property
    def _said(self) -> Mapping[tuple[str, str], Values]:
        found: dict[tuple[str, str], Values] = {
            ("instance", key): instance.model_dump(mode="json") for key, instance in self.workspace.instances.items()
        }
        for about, brought in self.workspace.brought.items():
            found[about] = brought.model_dump(mode="json", by_alias=True)
        for models in self.workspace.models.values():
            for model in models.values():
                found.update(_declared(model))
        return found


def _declared(value: Any) -> Iterator[tuple[tuple[str, str], Values]]:
    """Yield what is said of everything that has a key, wherever it stands in a file."""
    if isinstance(value, BaseModel):
        found = declaring(type(value))
        if found is not None:
            said = value.model_dump(mode="json", by_alias=True)
            yield (found[1], str(getattr(value, found[0]))), said
        yield from _declared([getattr(value, name) for name in type(value).model_fields])
    elif isinstance(value, Mapping):
        yield from _declared(list(value.values()))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _declared(inner)
