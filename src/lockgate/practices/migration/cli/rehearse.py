"""How is the whole migration rehearsed from the command line?"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer

from lockgate.faces.options import By, Json, OnlyFor, WorkspaceFolder
from lockgate.faces.output import Table, View, show
from lockgate.faces.progress import Steps, Work, steps
from lockgate.kernel.errors import Exit
from lockgate.kernel.verb import Doing
from lockgate.practices.migration.decide.rehearsing import Step
from lockgate.practices.migration.perform.declared import migration_of
from lockgate.practices.migration.perform.rehearsing.answers import RehearseAnswer
from lockgate.practices.migration.perform.rehearsing.rehearse import Wish
from lockgate.practices.migration.perform.rehearsing.rehearse import rehearse as whole
from lockgate.programme.ledger_place import person
from lockgate.programme.opening import opened

Where = Annotated[str, typer.Option("--instance", help="Which Odoo; the one for rehearsals when left out.")]
Without = Annotated[list[str] | None, typer.Option("--without", help="Leave out this step; may be repeated.")]
Again = Annotated[bool, typer.Option("--again", help="Begin anew, although a run that began is not over.")]
Deltas = Annotated[bool, typer.Option("--deltas", help="Send only what differs, to the Odoo as it stands.")]


def rehearse(
    *,
    rehearsal: Annotated[str, typer.Option("--rehearsal", help="Which rehearsal; the only one when left out.")] = "",
    instance: Where = "",
    scope: OnlyFor = None,
    without: Without = None,
    again: Again = False,
    deltas: Deltas = False,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Run the whole migration on a copy, and time it; run again, it goes on where it was."""
    migration = migration_of(opened(workspace))
    wish = Wish(rehearsal, instance, scope or "", tuple(without or ()), again=again, deltas=deltas)
    doing = _AtTerminal(migration.workspace.root, person(by))
    with steps() as all_steps:
        answer = whole(migration, wish, doing, lambda step: _shown(step, doing, all_steps))
    show(answer, *_views(answer), as_json=json)
    return Exit.DONE if answer["ok"] else Exit.NO


@dataclass(frozen=True)
class _AtTerminal:
    """What steps are given to work with, and what they tell is shown of."""

    root: Path
    person: str
    work: Work | None = None
    state: Mapping[str, Any] = field(default_factory=dict)

    def progress(self, done: int, total: int | None = None, unit: str = "") -> None:
        if self.work is not None:
            of = f" of {total:,}" if total is not None else ""
            self.work.note(f"{done:,}{of} {unit}")

    def log(self, line: str) -> None:
        if self.work is not None:
            self.work.note(line)

    def keep(self, **state: Any) -> None:
        """Leave it to the rehearsal, which keeps from where a step goes on."""


@contextmanager
def _shown(step: Step, doing: _AtTerminal, all_steps: Steps) -> Iterator[Doing]:
    with all_steps.step(step.name.capitalize()) as work:
        yield _AtTerminal(doing.root, doing.person, work)


def _views(answer: RehearseAnswer) -> Iterator[View]:
    rows = [(one["step"], _WORDS[one["state"]], one["seconds"], one["says"]) for one in answer["steps"]]
    yield Table(("Step", "What came of it", "Seconds", "What it said"), rows)
    fits = "fits" if answer["minutes"] <= answer["window_minutes"] else "does not fit"
    yield (
        f"Round {answer['round']} took {answer['minutes']} minutes and {fits} the window of {answer['window_minutes']};"
        f" {answer['failed_steps']} failed steps; {answer['volume_share']:.0%} of the volume;"
        f" {answer['rounds']} complete runs so far."
    )


_WORDS = {
    "done": "done",
    "no": "the answer is no",
    "failed": "failed",
    "left-out": "left out",
    "skipped": "left out on purpose",
    "not-needed": "not needed",
}
