"""What is the template of a site, or of all of them together? Its files, put together in layers.

The register of deviations is read only when a change names one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import UsageError
from lockgate.kernel.finding import Finding
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.practices.template.decide.checking import Fault
from lockgate.practices.template.decide.facts import Part
from lockgate.practices.template.decide.layering import Deviation, Local, Merged, merged
from lockgate.practices.template.perform.laying_out.declared import declared, local_changes, misplaced, parts
from lockgate.programme.desk import desk
from lockgate.programme.opening import opened
from lockgate.workspace import Workspace


@dataclass(frozen=True)
class Template:
    """A template as it holds at a site, or for the programme."""

    workspace: Workspace
    scope: Scope
    merged: Merged
    parts: tuple[Part, ...]
    elsewhere: frozenset[str]
    """The keys of all resources, those of other sites too."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with it, whatever Odoo it is held against."""
        return (*misplaced(self.workspace), *self.merged.faults)

    def finding(self, fault: Fault) -> Finding:
        """Return what is wrong, where it stands."""
        return Finding(self.workspace.documents[fault.path].at(fault.steps), fault.code, fault.what, fault.hint)


def template_of(folder: Path | None, site: str | None) -> Template:
    """Return the template, or stop where nothing is declared."""
    workspace = opened(folder)
    deviations = _deviations(workspace, local_changes(workspace, site))
    return laid_out(workspace, site, deviations, system_clock().date().isoformat())


def laid_out(workspace: Workspace, site: str | None, deviations: Mapping[str, Deviation], today: str) -> Template:
    """Return the template as it holds on a day, or stop where nothing is declared."""
    scope = scope_of(workspace, site)
    resources, needed, local = declared(workspace, site), parts(workspace, site), local_changes(workspace, site)
    if not resources and not needed:
        raise UsageError("The template declares nothing.", do="Declare resources in files below template/.")
    whole = merged(resources, local, deviations, today)
    elsewhere = frozenset(one.resource.key for one in declared(workspace))
    return Template(workspace, scope, whole, needed, elsewhere)


def _deviations(workspace: Workspace, local: tuple[Local, ...]) -> dict[str, Deviation]:
    if not any(each.change.deviation for each in local):
        return {}
    with desk(workspace.root) as it:
        return {
            entry.id: deviation_of(entry.id, entry.state, entry.values) for entry in it.known.entries.of("deviation")
        }


def deviation_of(key: str, state: str, values: Mapping[str, Any]) -> Deviation:
    """Return a record of the register as layers are judged by it."""
    return Deviation(key, state, values["site"], values.get("resource") or "", str(values.get("due") or ""))


def scope_of(workspace: Workspace, site: str | None) -> Scope:
    """Return a site as a scope, or the programme; stop where no such site is declared."""
    if site is None:
        return PROGRAMME
    scope = Scope(Level.SITE, site)
    workspace.keys("site", scope)  # stops
    return scope
