"""How is it told what happened to a record? One line for each event, with what each changed from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lockgate.kernel.register import Register
from lockgate.ledger.registers.engine import RELATIONS
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.showing.history import Happening
from lockgate.tower.seeing.shown import Names, names_of, said, state_title
from lockgate.tower.seeing.sight import Sight

_WORDS = {
    "raised": gettext_lazy("raised it"),
    "edited": gettext_lazy("changed it"),
    "commented": gettext_lazy("commented"),
    "tagged": gettext_lazy("tagged it"),
    "untagged": gettext_lazy("took a tag off"),
}


@dataclass(frozen=True)
class Difference:
    """One field that changed."""

    title: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """One thing that happened."""

    number: int
    at: datetime
    by: str
    what: str
    text: str
    changes: tuple[Difference, ...]
    comment: bool


def lines(happened: Iterable[Happening], entry: Entry, sight: Sight) -> tuple[Line, ...]:
    """Return what happened, the newest first; what others did whom the viewer does not see is left out."""
    register, names = sight.known.registers[entry.register], names_of(sight.desk.workspace)
    return tuple(_line(one, entry, register, names, sight) for one in seen(happened, sight))[::-1]


def seen(happened: Iterable[Happening], sight: Sight) -> list[Happening]:
    """Return what happened without links from and to records that the viewer does not see."""
    there, shown = sight.desk.known.entries.by_id, sight.known.entries.by_id
    ends = ((one, (one.id, str(one.said.get("to", "")))) for one in happened)
    return [one for one, named in ends if all(end in shown or end not in there for end in named)]


def _line(one: Happening, entry: Entry, register: Register, names: Names, sight: Sight) -> Line:
    changes = []
    for diff in one.diffs:
        field = register.field(diff.field)
        old, new = (said(value, field, names, sight.known) for value in (diff.old, diff.new))
        changes.append(Difference(field.title if field else diff.field, old, new))
    words = [str(one.said[key]) for key in ("text", "reason") if one.said.get(key)]
    words += [", ".join(one.said.get("tags", ()))]
    return Line(
        one.number,
        one.at,
        names.person(one.by),
        _what(one, entry, register),
        "\n".join(word for word in words if word),
        tuple(changes),
        one.happened == "commented",
    )


def _what(one: Happening, entry: Entry, register: Register) -> str:
    step = register.transition(str(one.said.get("transition", "")))
    title = step.title if step else str(one.said.get("transition", ""))
    if one.happened == "voted":
        return (_("voted yes on “{step}”") if one.said.get("yes") else _("voted no on “{step}”")).format(step=title)
    if one.happened in {"linked", "unlinked"}:
        relation, to = str(one.said.get("relation", "")), str(one.said.get("to", ""))
        told = f"{relation} {to}" if one.id == entry.id else f"{RELATIONS.get(relation, relation)} {one.id}"
        return (_("linked it: {to}") if one.happened == "linked" else _("took the link away: {to}")).format(to=told)
    if title:
        return _("took “{step}”: {state}").format(
            step=title, state=state_title(str(one.said.get("target", "")), register)
        )
    return str(_WORDS.get(one.happened, one.happened))
