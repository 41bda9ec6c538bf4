"""How is a lab shown? As the keys that `lockgate lab … --json` promises, and as lines for a person."""

from typing import TypedDict

from lockgate.faces.output import Fields, Table, View
from lockgate.kernel.capability import recognise
from lockgate.lab.provider import Lab


class CapabilityAnswer(TypedDict):
    """One capability of the answer."""

    ready: bool
    modules: list[str]


class LabAnswer(TypedDict):
    """The keys of `lab up --json`, `lab status --json` and `lab clone --json`."""

    url: str
    database: str
    login: str
    password: str | None
    api_key: str
    version: str
    databases: list[str]
    capabilities: dict[str, CapabilityAnswer]
    provider: str
    running: bool
    notes: list[str]


def answer(lab: Lab) -> LabAnswer:
    """Return the lab in the words of the contract; its secrets are shown, since that is what was asked for."""
    capabilities = {
        name: CapabilityAnswer(ready=found.ready, modules=list(found.present))
        for name, found in recognise(lab.modules).items()
    }
    return LabAnswer(
        url=lab.url,
        database=lab.database,
        login=lab.login,
        password=lab.password.reveal() if lab.password else None,
        api_key=lab.api_key.reveal(),
        version=lab.version,
        databases=list(lab.databases),
        capabilities=capabilities,
        provider=lab.provider,
        running=lab.running,
        notes=list(lab.notes),
    )


def views(lab: Lab) -> list[View]:
    """Return the lab for a person."""
    said = answer(lab)
    ready = [name for name, found in said["capabilities"].items() if found["ready"]]
    lacking = [name for name in said["capabilities"] if name not in ready]
    fields = {
        "State": "running" if lab.running else "stopped",
        "URL": web_address(lab),
        "Database": lab.database,
        "Login": lab.login,
        "Password": said["password"],
        "API key": said["api_key"],
        "Odoo": f"{lab.version} ({lab.provider})",
        "Databases": ", ".join(lab.databases),
        "Capabilities": f"{len(ready)} of {len(said['capabilities'])} ready" if lab.modules else "",
        "Without": ", ".join(lacking) if lab.modules else "",
    }
    shown: list[View] = [Fields({name: value for name, value in fields.items() if value})]
    return [*shown, *lab.notes]


def capability_table(lab: Lab) -> Table:
    """Return each capability with whether it is ready and what makes it."""
    rows = [
        (name, "ready" if found["ready"] else "missing", ", ".join(found["modules"]))
        for name, found in answer(lab)["capabilities"].items()
    ]
    return Table(("Capability", "State", "Modules"), rows, looks={"ready": "green", "missing": "yellow"})


def web_address(lab: Lab) -> str:
    """Return the address that opens this very database in a browser."""
    return f"{lab.url}/web?db={lab.database}"
