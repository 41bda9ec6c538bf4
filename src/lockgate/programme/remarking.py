"""What is to be remarked about the people of a workspace? Whom its gates lack, where the file of people says so.

A role is often filled later than it is named, so what is said here stops nobody: it is a remark, not a finding.
"""

from collections.abc import Iterable

from lockgate.gates.criteria.definition import Gate
from lockgate.gates.criteria.reading import scopes_of
from lockgate.gates.criteria.staffing import Lack, Lacking, Where, lacks
from lockgate.kernel.finding import Finding, Position
from lockgate.workspace import Workspace
from lockgate.workspace.words import listed

_PEOPLE = "programme/people.yaml"


def remarks(gates: Iterable[Gate], workspace: Workspace) -> tuple[Finding, ...]:
    """Return what lacks people."""
    found = lacks(gates, lambda gate: scopes_of(gate, workspace), workspace.holders)
    return tuple(sorted(_told(lack, where, workspace) for lack, where in found.items()))


def _told(lack: Lack, where: Where, workspace: Workspace) -> Finding:
    role, scopes, gates = lack.role, listed(where.scopes, most=3), listed(where.gates, most=3)
    if lack.code is Lacking.NOBODY:
        hint = f"It decides, or has to act at, {gates}. Name somebody under `people`."
        return Finding(_people(workspace), str(lack.code), f"nobody is `{role}` for {scopes}", hint)
    if lack.code is Lacking.TOO_FEW:
        message = f"{lack.quorum} must agree, but `{role}` is only {listed(lack.there)} for {scopes}"
        return Finding(_people(workspace), str(lack.code), message, f"It decides {gates}. Name more under `people`.")
    message = f"only `{lack.there[0]}` is `{role}` for {scopes}, and owns a part of what is decided"
    hint = f"Nobody decides {gates} alone on what they own. Name a second `{role}`, or another owner."
    return Finding(_assignment(workspace, lack.there[0], role), str(lack.code), message, hint)


def _people(workspace: Workspace) -> Position:
    document = workspace.documents.get(_PEOPLE)
    return document.at(("people",), key=True) if document else Position(_PEOPLE)


def _assignment(workspace: Workspace, person: str, role: str) -> Position:
    """Return where somebody is given a role."""
    people = enumerate(workspace.own_people.people)
    number, definition = next((number, each) for number, each in people if each.key == person)
    which = next(place for place, each in enumerate(definition.roles) if each.role == role)
    return workspace.documents[_PEOPLE].at(("people", number, "roles", which, "role"))
