"""What is wrong with the gates of a workspace, whom do they lack, and what do its practices find wrong?

C1  Gates are looked at once their own file is right and it is known which playbooks are meant.
C2  What they name is looked for where nothing is in doubt: a role that stands in a file with a fault is not missed.
C3  A practice looks at the files that are right in themselves, and tells what nobody but it can know.
"""

from typing import Final

from lockgate.gates.criteria.reading import GATES
from lockgate.kernel.finding import Finding
from lockgate.ledger.refusals import NoLedger
from lockgate.ledger.registers import tables
from lockgate.ledger.registers.entry import Entries
from lockgate.programme.installed import Found, practices
from lockgate.programme.ledger_place import ledger_place
from lockgate.programme.remarking import remarks
from lockgate.programme.room import written
from lockgate.workspace import Workspace
from lockgate.workspace.files import matches
from lockgate.workspace.loading import target_of
from lockgate.workspace.playbook import catalogue, compose, folders
from lockgate.workspace.playbook.asking import Known, faults
from lockgate.workspace.registers import registers_of

_REGISTERS: Final = "programme/registers/*"


def gates_checked(workspace: Workspace) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings of the gates and, once nothing at all is wrong, what is to be remarked about them."""
    if workspace.playbooks is None or (GATES.pattern in workspace.documents and not workspace.of(GATES.name)):
        return (), ()  # C1
    gates, findings = written(workspace, _decisions_named_in(workspace))
    found = tuple(sorted([*findings, *_unknown_names(workspace, workspace.playbooks)]))
    return found, () if found or workspace.findings else remarks(gates, workspace)


def practices_checked(workspace: Workspace) -> tuple[Finding, ...]:
    """Return what the installed practices find wrong in their files (C3)."""
    targets = [each.practice.checks for each in practices() if isinstance(each, Found) and each.practice.checks]
    return tuple(sorted(finding for target in targets for finding in target_of(target)(workspace)))


def _unknown_names(workspace: Workspace, playbooks: tuple[str, ...]) -> list[Finding]:
    """Return where the programme's own gates name what neither it nor a playbook declares.

    What every criterion of a playbook has to say of itself, a programme may leave to the playbook.
    """
    document = workspace.documents.get(GATES.pattern)
    if document is None or any(matches(_REGISTERS, each.at.path) for each in workspace.findings):
        return []  # C2
    playbook = compose(*playbooks)
    roles = None if "role" in workspace.doubtful else {*playbook.roles, *workspace.known["role"]}  # C2
    declared = {"stage": playbook.stages, "role": roles, "kpi": playbook.kpis}
    known = Known.of(declared, registers_of(workspace, folders(*playbooks)).by_key, catalogue().kinds)
    return [finding for finding in faults(document, known) if finding.code != "missing-key"]


def names_decisions(workspace: Workspace) -> bool:
    """Return whether a file of gates names a decision, so that what is wrong depends on the ledger too."""
    document = workspace.documents.get(GATES.pattern)
    return document is not None and "by_decision" in document.text


def _decisions_named_in(workspace: Workspace) -> Entries:
    """Return the records of the ledger, which is only looked at when a file of gates names a decision."""
    if not names_decisions(workspace):
        return Entries()
    try:
        place = ledger_place(workspace.root)
    except NoLedger:
        return Entries()
    with place:
        return tables.entries_of(place.ledger)
