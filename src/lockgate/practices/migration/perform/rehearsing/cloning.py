"""With which Odoo does a rehearsal begin? With a new copy of a database of the lab, or with the one that is given.

L1  Only an Odoo for rehearsals, for building or of the lab is rehearsed on. Production never, and nothing that people
    learn on.
L2  A copy takes the place of the one before: what a rehearsal wrote there is of no use any more. Only an Odoo for
    rehearsals is replaced, and only one that the lab on this machine has.
L3  Work is tried on a copy of the copy, which is gone afterwards: what was rehearsed stays as it was loaded.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Final

from lockgate.kernel.errors import RefusedError, UnreachableError, UsageError
from lockgate.kernel.instance import Role
from lockgate.lab.provider import Lab, Provider
from lockgate.lab.providers import current_provider
from lockgate.programme.workbench import workbench
from lockgate.workspace import Workspace
from lockgate.workspace.frame.programme import Instance

ROLES: Final = frozenset({Role.LAB, Role.BUILD, Role.REHEARSAL})


def rehearsable(workspace: Workspace, instance: str) -> Instance:
    """Return an instance of the workspace, or stop where nothing is to be rehearsed (L1)."""
    declared = workspace.instances.get(instance)
    if declared is None:
        there = ", ".join(workspace.instances) or "none"
        raise UsageError(f"No instance `{instance}` is declared.", why=f"Declared: {there}.", do="See lockgate.toml.")
    if declared.role not in ROLES:
        raise RefusedError(
            f"Nothing is rehearsed on `{instance}`.",
            why=f"Its role is {declared.role}; what a rehearsal does there would stay.",
            do="Name an instance for rehearsals: `--instance KEY`.",
        )
    return declared


def meant_for_rehearsals(workspace: Workspace) -> str:
    """Return the instance that is meant when none is named: the only one for rehearsals, else for building."""
    for role in (Role.REHEARSAL, Role.BUILD, Role.LAB):  # as elsewhere, a lab comes last
        found = [key for key, each in workspace.instances.items() if each.role is role]
        if len(found) == 1:
            return found[0]
    there = ", ".join(workspace.instances) or "none"
    raise UsageError("Which instance is meant?", why=f"Declared: {there}.", do="Name it: `--instance KEY`.")


def copy_of(declared: Instance, source: str) -> str:
    """Make the database of an instance anew as a copy of another one of the lab; return what was done (L2)."""
    if declared.role is not Role.REHEARSAL:
        raise RefusedError(
            f"The database `{declared.database}` is not made anew.",
            why=f"Its role is {declared.role}; only one for rehearsals is replaced.",
            do='Give the instance the role "rehearsal", or leave `fresh_from` out.',
        )
    provider, there = _lab_of(declared)
    _replace(provider, declared.database, source, there=there)
    return f"{declared.database} is a new copy of {source}."


@contextmanager
def apart(declared: Instance) -> Iterator[str]:
    """Give the name of a new copy of a rehearsable instance's database, which is gone afterwards (L3)."""
    provider, there = _lab_of(declared)
    name = f"{declared.database}-tried"
    _replace(provider, name, declared.database, there=there)
    try:
        yield name
    finally:
        provider.drop(name)


def _lab_of(declared: Instance) -> tuple[Provider, tuple[str, ...]]:
    """Return the lab in which an instance is, and the databases that it has; stop where it is in none."""
    provider = current_provider(workbench())
    lab = provider.status()
    if lab is None or not lab.running or lab.url.rstrip("/") != declared.url.rstrip("/"):
        raise UnreachableError(
            "The lab of this machine is not where the rehearsal is to be.",
            why=_told(lab),
            do="Start it with `lockgate lab up`, or leave `fresh_from` out.",
        )
    return provider, lab.databases


def _told(lab: Lab | None) -> str:
    if lab is None:
        return "There is none."
    return f"Its address is {lab.url}." if lab.running else "It does not answer."


def _replace(provider: Provider, database: str, source: str, *, there: tuple[str, ...]) -> None:
    if source not in there:
        raise UsageError(f"The lab has no database `{source}`.", why=f"There are: {', '.join(there)}.")
    if database == source:
        raise UsageError(f"`{database}` can't be a copy of itself.", do="Name another database in `fresh_from`.")
    if database in there:
        provider.drop(database)
    provider.clone(database, source, lambda _title: nullcontext())
