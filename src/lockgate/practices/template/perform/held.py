"""How does an Odoo compare with the template of a site? Looked at once, and planned from what was seen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lockgate.kernel.errors import UsageError
from lockgate.kernel.evidence import InstanceRef
from lockgate.kernel.scope import Scope
from lockgate.odoo.client import Client
from lockgate.odoo.errors import AccessDenied, NotAuthenticated
from lockgate.practices.template.decide.facts import Declared, Live
from lockgate.practices.template.decide.planning import FieldChange, Plan, plan
from lockgate.practices.template.definition.kinds.kind import Kind
from lockgate.practices.template.perform.laying_out.laid_out import Template, template_of
from lockgate.practices.template.perform.looking.looking import look
from lockgate.practices.template.perform.looking.rights import unreadable
from lockgate.programme.reaching import meant, measured, reach
from lockgate.workspace import Workspace

INPUT = "files:template"
"""What evidence of the template is measured from."""


@dataclass(frozen=True)
class Held:
    """A template held against an Odoo."""

    template: Template
    client: Client
    instance: InstanceRef
    live: Live
    plan: Plan
    only: tuple[str, ...] = ()
    """The resources that are asked for; none for all."""

    @property
    def workspace(self) -> Workspace:
        """The workspace that declares it."""
        return self.template.workspace

    @property
    def scope(self) -> Scope:
        """The site that it is the template of, or the programme."""
        return self.template.scope

    @property
    def declared(self) -> tuple[Declared, ...]:
        """Its resources."""
        return self.template.merged.declared

    def kind_of(self, key: str) -> Kind | None:
        """Return the kind that a resource is of."""
        return next((one.resource.of_kind for one in self.declared if one.resource.key == key), None)

    def place(self, change: FieldChange) -> str:
        """Return where a value is declared, like `template/items.yaml:12:7`; empty where it is declared no more."""
        path, steps = change.place
        return str(self.workspace.documents[path].at(steps, key=isinstance(steps[-1], str))) if path else ""

    def again(self) -> "Held":
        """Return how it compares now."""
        return _held(self.template, self.client, self.instance.name, self.only)

    @property
    def asked(self) -> Plan:
        """What is to be done with what is asked for."""
        return self.plan.only(self.only)


@contextmanager
def held(
    folder: Path | None, instance: str | None, site: str | None, *, only: Sequence[str] = (), read_only: bool = True
) -> Iterator[Held]:
    """Give the template of the workspace, held against an instance; nothing is written when it is `read_only`."""
    template = template_of(folder, site)
    chosen = instance or meant(template.workspace)
    with reach(template.workspace, chosen, read_only=read_only) as client:
        yield _held(template, client, chosen, tuple(only))


def _held(template: Template, client: Client, instance: str, only: tuple[str, ...]) -> Held:
    resources = template.merged.declared
    unknown = [key for key in only if key not in template.elsewhere]
    if unknown:
        raise UsageError(f"No resource {unknown[0]!r} is declared.", do="See all of them: `lockgate plan`.")
    try:
        live = look(client, resources, template.parts)
    except NotAuthenticated:
        raise
    except AccessDenied:
        faults = unreadable(client, resources)
        if not faults:
            raise
        return Held(template, client, measured(client, instance), Live({}), Plan((), faults), only)
    found = plan(resources, live, parts=template.parts, elsewhere=template.elsewhere, faults=template.faults)
    return Held(template, client, measured(client, instance), live, found, only)
