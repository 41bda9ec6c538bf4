"""What of the standard may carry a requirement, and who said that it does? Searched, and confirmed in the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.ledger.registers.action import Actor, Edit
from lockgate.practices.fit.decide.catalogue import Found, ranked, words_of
from lockgate.practices.fit.perform.catalogue import Catalogue, catalogue
from lockgate.programme.desk import Desk, desk
from lockgate.programme.opening import opened
from lockgate.programme.reaching import meant, reach
from lockgate.workspace import Workspace

FIELD: Final = "standard"
"""The field of a requirement that says what of the standard carries it."""
_REGISTER: Final = "requirement"


@dataclass(frozen=True)
class Searched:
    """What was found, and in how much."""

    instance: str
    words: tuple[str, ...]
    entries: int
    found: tuple[Found, ...]


def searched(folder: Path | None, instance: str | None, text: str, *, area: str = "") -> Searched:
    """Return what of the standard may be meant; Odoo is asked whether it is still made the same."""
    return _searched(opened(folder), instance, text, area)


def suggested(folder: Path | None, instance: str | None, requirement: str) -> tuple[str, Searched]:
    """Return the title of a requirement, and what may carry it."""
    with desk(folder) as it:
        entry, _ = it.entry(requirement)
        _is_requirement(entry.register, requirement)
        values = entry.values
        return values["title"], _searched(it.workspace, instance, text_of(values), values.get("capability") or "")


def confirm(
    folder: Path | None, instance: str | None, requirement: str, choice: str, *, by: str | None
) -> tuple[str, ...]:
    """Write into a requirement what carries it, as a change of its register, and return all that it names now."""
    with desk(folder) as it:
        return confirmed(it, instance or meant(it.workspace), (requirement, choice), it.actor(by))


def confirmed(it: Desk, instance: str, said: tuple[str, str], actor: Actor) -> tuple[str, ...]:
    """Write into a requirement what carries it, as somebody, and return all that it names now."""
    requirement, choice = said
    entry, _ = it.entry(requirement)
    _is_requirement(entry.register, requirement)
    if _kept(it.workspace, instance).entry(choice) is None:
        why = f"The catalogue of `{instance}` has no `{choice}`."
        raise UsageError("Nothing of the standard is called that.", why=why, do="Search for it: `lockgate fit search`.")
    named = tuple(dict.fromkeys((*(entry.values.get(FIELD) or ()), choice)))
    _changed(it, Edit(requirement, entry.version, {FIELD: list(named)}), actor)
    return named


def text_of(values: Mapping[str, Any]) -> str:
    """Return the words of a requirement."""
    return f"{values['title']} {values.get('story') or ''}"


def _changed(it: Desk, edit: Edit, actor: Actor) -> None:
    done = it.book.perform([edit], actor=actor, moment=system_clock())
    if done.refusals:
        raise RefusedError(
            f"{edit.id} was not changed.",
            why=" ".join(no.what for no in done.refusals),
            do=" ".join(dict.fromkeys(no.do for no in done.refusals)),
        )


def _is_requirement(register: str, record: str) -> None:
    if register != _REGISTER:
        raise UsageError(
            f"{record} is no requirement.", do="See which there are: `lockgate register list requirement`."
        )


def _searched(workspace: Workspace, instance: str | None, text: str, area: str) -> Searched:
    where = instance or meant(workspace)
    words = words_of(text)
    if not words:
        raise UsageError("There is nothing to search for.", do="Say in a few words what is needed.")
    kept = _kept(workspace, where)
    with reach(workspace, where, read_only=True) as client:
        entries = kept.bring_up_to_date(client)
    return Searched(where, words, entries, ranked(words, kept.candidates(words), area=area))


def _kept(workspace: Workspace, instance: str) -> Catalogue:
    return catalogue(workspace.root, instance)
