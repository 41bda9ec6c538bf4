"""Which providers are there? The built-in ones and those that packages add."""

from importlib.metadata import entry_points

from lockgate.kernel.errors import UsageError
from lockgate.lab.debian_lab import DebianLab
from lockgate.lab.external import ExternalLab
from lockgate.lab.provider import ENTRY_POINT, Provider, Workbench

BUILT_IN = (DebianLab, ExternalLab)


def provider_named(name: str, workbench: Workbench) -> Provider:
    """Return a provider, or stop with the names that there are."""
    for made in BUILT_IN:
        if made.name == name:
            return made(workbench)
    added = {point.name: point for point in entry_points(group=ENTRY_POINT)}
    if name not in added:
        names = ", ".join([*(made.name for made in BUILT_IN), *sorted(added)])
        raise UsageError(
            f"There is no lab provider '{name}'.",
            why=f"There are: {names}.",
            do=f"A package adds one through the entry point group `{ENTRY_POINT}`.",
        )
    provider: Provider = added[name].load()(workbench)
    return provider


def current_provider(workbench: Workbench) -> Provider:
    """Return the provider of the lab in use: an external one when remembered, else the machine's own."""
    external = ExternalLab(workbench)
    return external if (workbench.places.data / "external.json").exists() else DebianLab(workbench)
