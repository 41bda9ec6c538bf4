"""How does a value read on a page? Under the names that people use, while records keep ids."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from lockgate.faces.web.reading import number
from lockgate.kernel.register import Field, Kind, Register
from lockgate.ledger.registers.known import Known
from lockgate.workspace import Workspace


@dataclass(frozen=True)
class Part:
    """One value: what is read, and where it leads."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Names:
    """What people, sites and money are called."""

    people: Mapping[str, str]
    sites: Mapping[str, str]
    currency: str

    def person(self, key: str) -> str:
        """Return the name of a person; the id of one who is not declared any more."""
        return self.people.get(key, key)


def names_of(workspace: Workspace) -> Names:
    """Return the names that a workspace declares."""
    return Names(
        {key: one.name or key for key, one in workspace.people.items()},
        {key: one.name for key, one in workspace.sites.items()},
        str(workspace.programme.currency),
    )


def parts(value: Any, field: Field, names: Names, known: Known) -> tuple[Part, ...]:
    """Return a value as it is read, one part for each of several."""
    if value is None:
        return ()
    return tuple(_part(item, field, names, known) for item in (value if field.several else [value]))


def address(record: str, known: Known) -> str:
    """Return where the page of a record is, empty for what is no record that is seen."""
    entry = known.entries.by_id.get(record)
    return f"/register/{entry.register}/{entry.id}/" if entry else ""


def state_title(key: str, register: Register) -> str:
    """Return what people call a state; its key when it is not declared any more."""
    state = register.state(key)
    return state.title if state else key


def said(value: Any, field: Field | None, names: Names, known: Known) -> str:
    """Return a value in one line, for what changed from what to what."""
    if value is None:
        return ""
    if field is None or field.several != isinstance(value, list):
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return ", ".join(one.text for one in parts(value, field, names, known))


def _part(value: Any, field: Field, names: Names, known: Known) -> Part:
    if field.kind is Kind.REFERENCE:
        return Part(value, address(value, known))
    read = _READ.get(field.kind)
    return Part(read(value, field, names) if read else str(value))


_READ: Final[Mapping[Kind, Callable[[Any, Field, Names], str]]] = {
    Kind.CHOICE: lambda value, field, _: str(field.choices.get(value, value)),
    Kind.PERSON: lambda value, _, names: names.person(value),
    Kind.SITE: lambda value, _, names: names.sites.get(value, value),
    Kind.YES_NO: lambda value, *_unused: _("yes") if value else _("no"),
    Kind.MONEY: lambda value, _, names: f"{number(value, 2)} {names.currency}",
    Kind.NUMBER: lambda value, _, __: number(value, 9),
    Kind.ATTACHMENT: lambda value, _, __: str(value)[:12],
}
