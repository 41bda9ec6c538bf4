"""How does an Odoo compare with the template of a site? Looked at once, and planned from what was seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lockgate.kernel.errors import UsageError
from lockgate.kernel.evidence import InstanceRef
from lockgate.kernel.finding import Finding
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.odoo.client import Client
from lockgate.practices.template.decide.facts import Declared, Live
from lockgate.practices.template.decide.planning import FieldChange, Plan, Step, plan
from lockgate.practices.template.perform.declared import declared, parts
from lockgate.practices.template.perform.looking import look
from lockgate.programme.opening import opened
from lockgate.programme.reaching import measured, reach
from lockgate.workspace import Workspace

INPUT = "files:template"
"""What evidence of the template is measured from."""


@dataclass(frozen=True)
class Held:
    """A template held against an Odoo."""

    workspace: Workspace
    client: Client
    instance: InstanceRef
    scope: Scope
    declared: tuple[Declared, ...]
    live: Live
    plan: Plan

    def findings(self) -> tuple[Finding, ...]:
        """Return what is wrong with the template in this Odoo, each where it stands."""
        return tuple(
            Finding(self.workspace.documents[fault.path].at(fault.steps), fault.code, fault.what, fault.hint)
            for fault in self.plan.faults
        )

    def place(self, step: Step, change: FieldChange) -> str:
        """Return where a value is declared, like `template/items.yaml:12:7`; empty where it is declared no more."""
        if not step.path:
            return ""
        return str(self.workspace.documents[step.path].at(change.way, key=isinstance(change.way[-1], str)))

    def again(self) -> "Held":
        """Return how it compares now."""
        return _held(self.workspace, self.client, self.instance.name, self.scope)


@contextmanager
def held(folder: Path | None, instance: str | None, site: str | None, *, read_only: bool = True) -> Iterator[Held]:
    """Give the template of the workspace, held against an instance; nothing is written when it is `read_only`."""
    workspace = opened(folder)
    scope = _scope(workspace, site)
    chosen = instance or _only(workspace)
    with reach(workspace, chosen, read_only=read_only) as client:
        yield _held(workspace, client, chosen, scope)


def _held(workspace: Workspace, client: Client, instance: str, scope: Scope) -> Held:
    site = None if scope == PROGRAMME else scope.key
    all_of_it, needed = declared(workspace, site), parts(workspace, site)
    if not all_of_it and not needed:
        raise UsageError("The template declares nothing.", do="Declare resources in files below template/.")
    live = look(client, all_of_it, needed)
    elsewhere = {one.resource.key for one in declared(workspace)}
    found = plan(all_of_it, live, parts=needed, elsewhere=elsewhere)
    return Held(workspace, client, measured(client, instance), scope, all_of_it, live, found)


def _scope(workspace: Workspace, site: str | None) -> Scope:
    if site is None:
        return PROGRAMME
    scope = Scope(Level.SITE, site)
    workspace.keys("site", scope)  # stops where no such site is declared
    return scope


def _only(workspace: Workspace) -> str:
    """Return the instance that is meant when none is named: the one for building."""
    building = [key for key, each in workspace.instances.items() if each.role is Role.BUILD]
    if len(building) != 1:
        there = ", ".join(workspace.instances) or "none"
        raise UsageError("Which instance is meant?", why=f"Declared: {there}.", do="Name it: `--instance KEY`.")
    return building[0]
