"""Begin a programme: write a small workspace that explains itself."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypedDict

import typer

from lockgate.faces.options import Json
from lockgate.faces.output import show
from lockgate.gates.criteria.reading import gates_in
from lockgate.gates.criteria.staffing import needed
from lockgate.kernel.errors import UsageError
from lockgate.programme.opening import offered
from lockgate.workspace.playbook import gate_files
from lockgate.workspace.playbooks import playbooks as shipped
from lockgate.workspace.starting import Beginning, start
from lockgate.workspace.words import listed


class InitAnswer(TypedDict):
    """The keys of `lockgate init --json`."""

    folder: str
    files: list[str]


Name = Annotated[str, typer.Argument(help="The folder to make; `.` is this one.", show_default=False)]
Playbooks = Annotated[
    list[str] | None, typer.Option("--playbook", help="How the rollout is run; give it again for more.")
]
Title = Annotated[str | None, typer.Option("--title", help="What people call it; the folder's name when left out.")]


def command(
    name: Name,
    *,
    playbook: Playbooks = None,
    title: Title = None,
    currency: Annotated[str, typer.Option(help="In which the programme counts, by ISO 4217.")] = "EUR",
    time_zone: Annotated[str, typer.Option(help="Of its dates, like Europe/Brussels.")] = "UTC",
    json: Json = False,
) -> None:
    """Begin a programme: write a small workspace with comments that explain it."""
    if not playbook:
        why = f"There are: {listed(shipped())}."
        raise UsageError("A programme follows at least one playbook.", why=why, do="Say it with --playbook.")
    folder = Path(name)
    called = title or folder.resolve().name
    kinds, _ = offered()
    chosen = tuple(dict.fromkeys(playbook))
    beginning = Beginning(called, chosen, currency, time_zone, _needed(chosen))
    files = start(folder, beginning, kinds=kinds)
    where = "" if folder.resolve() == Path.cwd() else f" in {folder}"
    told = [f"Wrote {len(files)} files{where}:", *(f"  {path}" for path in files), "", _next(folder)]
    show(InitAnswer(folder=str(folder), files=list(files)), "\n".join(told), as_json=json)


def _needed(playbooks: tuple[str, ...]) -> Mapping[str, int]:
    """Return how many people the gates of the playbooks take in each role."""
    return needed(gates_in(gate_files(*(name for name in playbooks if name in shipped()))))


def _next(folder: Path) -> str:
    enter = "" if folder.resolve() == Path.cwd() else f"cd {folder}, then "
    return f"Next: {enter}lockgate check"
