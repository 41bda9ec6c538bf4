"""Which claims does a programme make? Those of its playbooks for the areas that it brings live, and its own."""

from collections.abc import Iterator

from lockgate.kernel.capability import capabilities
from lockgate.kernel.errors import UsageError
from lockgate.practices.fit.definition import ProbesFile
from lockgate.workspace import Workspace
from lockgate.workspace.frame.probes import Probe
from lockgate.workspace.words import advice


def declared(workspace: Workspace) -> tuple[Probe, ...]:
    """Return all probes that count, by area of Odoo and key; one of the programme's own replaces a playbook's."""
    own = {probe.key: probe for probe in _own(workspace)}
    brought = {key: one for (name, key), one in workspace.brought.items() if name == "probe" and isinstance(one, Probe)}
    found = [own.get(key) or brought[key] for key in workspace.keys("probe")]
    order = {each.name: number for number, each in enumerate(capabilities())}
    return tuple(sorted(found, key=lambda probe: (order[probe.capability], probe.key)))


def chosen(workspace: Workspace, capability: str | None = None, probe: str | None = None) -> tuple[Probe, ...]:
    """Return the probes of an area, or one, or all; stop where there is none."""
    there = declared(workspace)
    if not there:
        why = "Neither the playbooks nor files in fit/probes/ say any for the areas of the sites."
        raise UsageError("Nothing is claimed of Odoo.", why=why, do="Name a playbook, or declare probes.")
    if capability is not None:
        there = _of_area(there, capability)
    if probe is not None:
        found = tuple(one for one in there if one.key == probe)
        if not found:
            raise UsageError(f"No probe `{probe}` is declared.", why=advice(probe, [one.key for one in there]))
        return found
    return there


def _of_area(there: tuple[Probe, ...], capability: str) -> tuple[Probe, ...]:
    areas = {probe.capability.lower(): probe.capability for probe in there}
    area = areas.get(capability.lower())
    if area is None:
        why = advice(capability, areas.values(), otherwise="There are probes of")
        raise UsageError(f"There is no probe of `{capability}`.", why=why)
    return tuple(probe for probe in there if probe.capability == area)


def _own(workspace: Workspace) -> Iterator[Probe]:
    for file in workspace.of("probes").values():
        if isinstance(file, ProbesFile):
            yield from file.probes
