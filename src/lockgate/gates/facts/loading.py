"""What is known to answer the gates? Read from the ledger, as far as it went at the moment that is asked about.

L2  The facts end where the ledger ended at the moment that is asked about.
L3  Of each series as many records are read as the questions look at; where filters pass records over, more are read
    until there are enough or no more.
L4  What is known of a gate does not depend on the gates that it is asked with: what was measured from is known of all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lockgate.gates.criteria.definition import Gate, Measured, questions
from lockgate.gates.facts.history import KINDS, Histories
from lockgate.gates.facts.remembered import SEEN, Declarations, Index, Remembered
from lockgate.gates.facts.rows import RowsKept
from lockgate.gates.facts.values import EvidenceValues, all_hold
from lockgate.gates.facts.wanted import Values
from lockgate.kernel.scope import Scope
from lockgate.ledger import Ledger, Recorded
from lockgate.ledger.evidence import RECORDED, evidence_of
from lockgate.ledger.registers.entry import Entries
from lockgate.ledger.registers.known import Known as Records

MOST = 256
"""How many records of a series are looked up one by one; beyond, all are read in a row."""


class Workspace(Declarations, Protocol):
    """What the workspace says, with the registers that it declares."""

    @property
    def records(self) -> Records:
        """What is declared of registers, and what their due times are told by."""


@dataclass(frozen=True)
class Loaded:
    """What the ledger holds for gates, up to a number; never changed, so threads may share it."""

    index: Index
    histories: Histories
    entries: Entries

    def facts(self, known: Workspace, moment: datetime) -> Remembered:
        """Return what there is to know at a moment."""
        return self.with_rows(known, RowsKept(known.records).at(self.entries, moment))

    def with_rows(self, known: Workspace, rows: Mapping[str, Sequence[Values]]) -> Remembered:
        """Return the same where somebody keeps how records are seen."""
        return Remembered(self.index, known, rows, self.histories, records=self.entries)


def facts_of(gates: Iterable[Gate], ledger: Ledger, known: Workspace, entries: Entries, moment: datetime) -> Remembered:
    """Return what there is to know at the number of the ledger at which the registers were read (L2)."""
    return loaded(gates, ledger, entries).facts(known, moment)


def loaded(gates: Iterable[Gate], ledger: Ledger, entries: Entries) -> Loaded:
    """Return what the ledger holds for gates at the number at which the registers were read (L2)."""
    upto = entries.number
    asked = asked_of(gates)
    index = Index.of(record for kind, about in asked.items() for record in _evidence(ledger, kind, about, upto))
    index.inputs = {name: (since,) for name, since in ledger.measured_inputs(upto).items()}  # L4
    histories = Histories()
    histories.add(ledger.records(upto=upto, kinds=KINDS))
    return Loaded(index, histories, entries)


def asked_of(gates: Iterable[Gate]) -> dict[str, list[Measured]]:
    """Return the kinds of evidence that gates ask for, and the questions."""
    asked: dict[str, list[Measured]] = {SEEN: []}
    for gate in gates:
        for criterion in gate.criteria:
            for question in questions(criterion.question):
                if isinstance(question, Measured):
                    asked.setdefault(question.kind, []).append(question)
    return asked


def _evidence(ledger: Ledger, kind: str, about: Sequence[Measured], upto: int) -> list[Recorded]:
    """Return the newest records of a kind, as many as the questions look at (L3)."""
    last = max((question.depth for question in about), default=1)
    filtered = [question for question in about if question.where]
    while last <= MOST:
        found = ledger.current_evidence([kind], upto=upto, last=last)
        if all(_enough(question, found, last) for question in filtered):
            return found
        last *= 4
    return [
        Recorded(record.number, evidence_of(record.payload), record.at)
        for record in ledger.records(upto=upto, kinds=(RECORDED,))
        if record.payload["kind"] == kind
    ]


def _enough(question: Measured, found: Iterable[Recorded], last: int) -> bool:
    """Return whether each series that may go on before what was read has as many that match as are looked at."""
    series = defaultdict[tuple[Scope, frozenset[tuple[str, str]]], list[Recorded]](list)
    for record in found:
        about = (record.evidence.scope, frozenset(record.evidence.subject.items()))
        series[about].append(record)
    return all(
        len(records) < last
        or sum(all_hold(question.where, EvidenceValues(one.evidence)) is not False for one in records) >= question.depth
        for records in series.values()
    )
