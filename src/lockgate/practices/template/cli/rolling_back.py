"""What does `lockgate apply --rollback` do? It sets back what an apply has changed, and leaves evidence."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import typer

from lockgate.faces import terminal
from lockgate.faces.output import Fields, Table, View, show
from lockgate.faces.progress import progress
from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import Exit, UsageError
from lockgate.practices.template.cli.views import plan_views
from lockgate.practices.template.perform.applying.applying import Applied
from lockgate.practices.template.perform.applying.locking import turn
from lockgate.practices.template.perform.held import Held
from lockgate.practices.template.perform.telling.answers import ApplyAnswer, PlanAnswer
from lockgate.practices.template.perform.telling.recording import record_applied
from lockgate.practices.template.perform.undoing.answering import set_back_answer, undoing_answer
from lockgate.practices.template.perform.undoing.keeping import read
from lockgate.practices.template.perform.undoing.setting_back import looked, set_back
from lockgate.programme.ledger_place import LedgerPlace


def roll_back(here: Held, place: LedgerPlace, file: Path, *, who: str, yes: bool, as_json: bool) -> Exit:
    """Set back what an apply changed, as far as nobody has changed it since."""
    kept = read(file)
    todo, live = looked(here, kept)
    planned = undoing_answer(here, todo, live)
    if not yes:
        _agreed(planned, here)
    begun = time.monotonic()
    with turn(here.client, who) as mine, progress("Setting back", total=len(todo.steps), unit="resources") as work:
        came = set_back(here.client, todo, live, keep=mine.keep, on_done=work.advance)
    after = here.again()
    answer = set_back_answer(todo, came, after)
    done = Applied(written=came.written, archived=came.archived, refused=came.refused)
    about = (system_clock(), who, time.monotonic() - begun)
    answer["evidence"] = record_applied(place, after, (planned, done, answer), about)
    show(answer, *_views(answer), as_json=as_json)
    return Exit.NO if answer["refused"] or answer["stays"] else Exit.DONE


def _agreed(planned: PlanAnswer, here: Held) -> None:
    if not terminal.on_terminal(sys.stdin):
        raise UsageError("Nobody has agreed to set this back.", do="Look at the file, and say `--yes`.")
    show(planned, *plan_views(planned))
    typer.confirm(f"Set this back in {here.instance.name} ({here.instance.role})?", abort=True)


def _views(answer: ApplyAnswer) -> Iterator[View]:
    yield Fields({"Set back": answer["written"], "Archived": answer["archived"]})
    if answer["refused"]:
        rows = [(one["key"], one["why"]) for one in answer["refused"]]
        yield Table(("Resource", "What Odoo says"), rows)
    if answer["stays"]:
        left = [(one["key"], one["field"], one["why"]) for one in answer["stays"]]
        yield Table(("Resource", "Field", "Stays because"), left)
    if not answer["refused"] and not answer["stays"]:
        yield "Odoo is as it was before."
