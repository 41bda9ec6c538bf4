"""Ask whether a stage may be left, why or why not, and decide it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from lockgate.app.answers.gate import ending, explained, head, listed, shown
from lockgate.faces.options import AsOf, By, Json, OnlyFor, Reason, Until, WorkspaceFolder
from lockgate.faces.output import View, show
from lockgate.gates.asking.evaluating import GateVerdict
from lockgate.gates.facts.history import Choice
from lockgate.gates.showing.explaining import GateTree, explain
from lockgate.gates.showing.listing import line
from lockgate.kernel.errors import Exit, UsageError
from lockgate.kernel.scope import Scope
from lockgate.programme import acting
from lockgate.programme.ledger_place import person
from lockgate.programme.room import Room, narrowed, room

command = typer.Typer(no_args_is_help=True, help=__doc__)

Key = Annotated[str, typer.Argument(help="The gate.", show_default=False)]


@command.command(name="list")
def list_all(
    *,
    stage: Annotated[str | None, typer.Option(help="Only the gates of this stage.")] = None,
    scope: OnlyFor = None,
    verdict: Annotated[GateVerdict | None, typer.Option(help="Only the gates that stand so.")] = None,
    as_of: AsOf = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """List all gates: for the programme, its waves and its sites."""
    with room(workspace, as_of) as here:
        states = narrowed(here.states(), stage, scope, verdict)
    lines = [line(state) for state in states]
    show(lines, listed(lines), as_json=json)
    return ending(states)


@command.command(name="show")
def show_one(
    gate: Key, *, scope: OnlyFor = None, as_of: AsOf = None, workspace: WorkspaceFolder = None, json: Json = False
) -> Exit:
    """Show how each criterion of a gate stands."""
    with room(workspace, as_of) as here:
        return _told(here, gate, scope, shown, json=json)


@command.command(name="explain")
def explain_one(
    gate: Key, *, scope: OnlyFor = None, as_of: AsOf = None, workspace: WorkspaceFolder = None, json: Json = False
) -> Exit:
    """Explain a gate down to the evidence, with who is to act and what to run."""
    with room(workspace, as_of) as here:
        return _told(here, gate, scope, explained, json=json)


def _told(here: Room, gate: str, scope: str | None, drawn: Callable[[GateTree], Iterable[View]], *, json: bool) -> Exit:
    """Tell how a gate stands, drawn in one way or another; as data it is the same."""
    state = here.state(gate, here.scope(gate, scope))
    tree = explain(state, here.people)
    show(tree, *drawn(tree), as_json=json)
    return ending([state])


@command.command(name="decide")
def decide_one(
    gate: Key,
    choice: Annotated[Choice, typer.Argument(help="What you say.", show_default=False)],
    *,
    by: By = None,
    scope: OnlyFor = None,
    reason: Reason = "",
    condition: Annotated[
        list[str] | None, typer.Option(help="For a conditional go: 'CRITERION; what; who; until when'. Repeatable.")
    ] = None,
    behalf: Annotated[str, typer.Option("--for", help="Whose deputy you are.")] = "",
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Vote on a gate; the vote that reaches the quorum decides it."""
    who = person(by)
    conditions = [_demand(said) for said in condition or ()]
    with room(workspace) as here:
        where = here.scope(gate, scope)
        said = acting.vote(
            here,
            here.state(gate, where),
            by=who,
            choice=choice,
            reason=reason,
            conditions=conditions,
            behalf=behalf,
        )
    return _stand(gate, where, workspace, said, json=json)


@command.command()
def waive(
    gate: Key,
    criterion: Annotated[str, typer.Argument(help="The criterion.", show_default=False)],
    *,
    by: By = None,
    owner: Annotated[str, typer.Option(help="Who carries the risk.")] = "",
    reason: Reason = "",
    until: Until = None,
    scope: OnlyFor = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Accept for a time that a criterion is not met."""
    who = person(by)
    with room(workspace) as here:
        where = here.scope(gate, scope)
        state = here.state(gate, where)
        said = acting.waive(here, state, by=who, criterion=criterion, owner=owner, reason=reason, until=until or "")
    return _stand(gate, where, workspace, said, json=json)


@command.command(name="fulfil")
def fulfil_one(
    gate: Key,
    condition: Annotated[str, typer.Argument(help="The condition's key.", show_default=False)],
    *,
    by: By = None,
    scope: OnlyFor = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Say that a condition which no criterion measures is fulfilled."""
    who = person(by)
    with room(workspace) as here:
        where = here.scope(gate, scope)
        said = acting.fulfil(here, here.state(gate, where), by=who, condition=condition)
    return _stand(gate, where, workspace, said, json=json)


@command.command()
def emergency(
    gate: Key,
    *,
    by: By = None,
    until: Annotated[str, typer.Option(help="Until when, at most three days.")],
    reason: Reason = "",
    scope: OnlyFor = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Sign an emergency permit: with a second person's signature, production may be written to."""
    who = person(by)
    with room(workspace) as here:
        where = here.scope(gate, scope)
        said = acting.sign_emergency(here, here.state(gate, where), by=who, until=until, reason=reason)
    return _stand(gate, where, workspace, said, json=json)


def _stand(gate: str, scope: Scope, workspace: Path | None, said: str, *, json: bool) -> Exit:
    """Show how the gate stands after what was done."""
    with room(workspace) as here:
        tree = explain(here.state(gate, scope), here.people)
    views: list[View] = [*head(tree), "", said]
    show(tree, *views, as_json=json)
    return Exit.DONE


def _demand(said: str) -> acting.Demand:
    """Return the condition that is written as 'CRITERION; what; who; until when'."""
    parts = [part.strip() for part in said.split(";")]
    if len(parts) != 4 or not all(parts[1:]):  # noqa: PLR2004 - four parts
        raise UsageError(
            f"{said!r} is no condition.", do="Write it like 'scenarios-pass; run them again; ann; 2026-05-31'."
        )
    return acting.Demand(*parts)
