"""Ask whether a stage may be left, why or why not, and decide it."""

from pathlib import Path
from typing import Annotated

import typer

from lockgate.app.gate_answer import ending, explained, head, listed, shown
from lockgate.faces.options import AsOf, By, Json, OnlyFor, Reason, Until, WorkspaceFolder
from lockgate.faces.output import View, show
from lockgate.gates.deciding.answer import Answer
from lockgate.gates.deciding.fulfilling import fulfil
from lockgate.gates.deciding.permitting import sign
from lockgate.gates.deciding.voting import Ballot, Basis, decide
from lockgate.gates.deciding.waiving import Plea
from lockgate.gates.deciding.waiving import waive as waived
from lockgate.gates.facts.history import Choice, Condition
from lockgate.gates.showing.explaining import explain
from lockgate.gates.showing.listing import line
from lockgate.kernel import canonical
from lockgate.kernel.errors import Exit, UsageError
from lockgate.kernel.scope import Scope
from lockgate.programme.ledger_place import person
from lockgate.programme.room import Room, narrowed, room

command = typer.Typer(no_args_is_help=True, help=__doc__)

Key = Annotated[str, typer.Argument(help="The gate.", show_default=False)]


@command.command(name="list")
def list_all(
    *,
    stage: Annotated[str | None, typer.Option(help="Only the gates of this stage.")] = None,
    scope: OnlyFor = None,
    as_of: AsOf = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """List all gates: for the programme, its waves and its sites."""
    with room(workspace, as_of) as here:
        states = narrowed(here.states(), stage, scope)
    lines = [line(state) for state in states]
    show(lines, listed(lines), as_json=json)
    return ending(states)


@command.command(name="show")
def show_one(
    gate: Key, *, scope: OnlyFor = None, as_of: AsOf = None, workspace: WorkspaceFolder = None, json: Json = False
) -> Exit:
    """Show how each criterion of a gate stands."""
    with room(workspace, as_of) as here:
        state = here.state(gate, here.scope(gate, scope))
        tree = explain(state, here.known)
    show(tree, *shown(tree), as_json=json)
    return ending([state])


@command.command(name="explain")
def explain_one(
    gate: Key, *, scope: OnlyFor = None, as_of: AsOf = None, workspace: WorkspaceFolder = None, json: Json = False
) -> Exit:
    """Explain a gate down to the evidence, with who is to act and what to run."""
    with room(workspace, as_of) as here:
        state = here.state(gate, here.scope(gate, scope))
        tree = explain(state, here.known)
    show(tree, *explained(tree), as_json=json)
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
    with room(workspace) as here:
        where = here.scope(gate, scope)
        state = here.state(gate, where)
        conditions = tuple(_condition(said, here) for said in condition or ())
        ballot = Ballot(who, choice, reason, conditions, behalf)
        seen = canonical.encode(explain(state, here.known))
        basis = Basis(here.commit, here.head.hash, here.place.artifacts.digest_of(seen))
        answer = decide(state, ballot, here.electorate(gate), basis)
        here.write(answer, by=who, seen=seen)
    said = _taken(answer)
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
        plea = Plea(criterion, who, owner, reason, here.until(until) if until else None)
        here.write(waived(here.state(gate, where), plea, here.electorate(gate)), by=who)
    return _stand(gate, where, workspace, f"{criterion} is waived.", json=json)


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
        here.write(fulfil(here.state(gate, where), condition, who, here.known), by=who)
    return _stand(gate, where, workspace, f"{condition} is fulfilled.", json=json)


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
        answer = sign(here.state(gate, where), who, reason, here.until(until), here.known)
        here.write(answer, by=who)
    said = "A second person has to sign." if answer.lacking else f"Production may be written to until {until}."
    return _stand(gate, where, workspace, said, json=json)


def _stand(gate: str, scope: Scope, workspace: Path | None, said: str, *, json: bool) -> Exit:
    """Show how the gate stands after what was done."""
    with room(workspace) as here:
        tree = explain(here.state(gate, scope), here.known)
    views: list[View] = [*head(tree), "", said]
    show(tree, *views, as_json=json)
    return Exit.DONE


def _taken(answer: Answer) -> str:
    if answer.choice is not None:
        return f"Decided: {answer.choice}."
    votes = "one more vote" if answer.lacking == 1 else f"{answer.lacking} more votes"
    return f"The vote counts; it takes {votes}, of which one by somebody who had no hand in the evidence."


def _condition(said: str, here: Room) -> Condition:
    """Return the condition that is written as 'CRITERION; what; who; until when'."""
    parts = [part.strip() for part in said.split(";")]
    if len(parts) != 4 or not all(parts[1:]):  # noqa: PLR2004 - four parts
        raise UsageError(
            f"{said!r} is no condition.", do="Write it like 'scenarios-pass; run them again; ann; 2026-05-31'."
        )
    criterion, text, owner, due = parts
    key = f"{criterion or 'also'}-{canonical.digest([text, owner])[:4]}"
    return Condition(key, text, owner, here.until(due), criterion)
