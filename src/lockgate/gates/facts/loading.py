"""What is known to answer the gates? Read from the ledger, as far as it went at the moment that is asked about.

L2  The facts end where the ledger ended at the moment that is asked about.
L3  Of each series as many records are read as the questions look at; where filters pass records over, more are read
    until there are enough or no more.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from lockgate.gates.criteria.definition import Gate, Measured, questions
from lockgate.gates.facts.declared import Known
from lockgate.gates.facts.history import KINDS, Histories
from lockgate.gates.facts.remembered import SEEN, Index, Remembered
from lockgate.gates.facts.values import EvidenceValues, all_hold
from lockgate.kernel.scope import Scope
from lockgate.ledger import Ledger, Recorded
from lockgate.ledger.evidence import RECORDED, evidence_of
from lockgate.ledger.registers.entry import Entries, Entry

MOST = 256
"""How many records of a series are looked up one by one; beyond, all are read in a row."""


def facts_of(gates: Iterable[Gate], ledger: Ledger, known: Known, entries: Entries, moment: datetime) -> Remembered:
    """Return what there is to know at the number of the ledger at which the registers were read (L2)."""
    upto = entries.number
    asked: dict[str, list[Measured]] = {SEEN: []}
    for gate in gates:
        for criterion in gate.criteria:
            for question in questions(criterion.question):
                if isinstance(question, Measured):
                    asked.setdefault(question.kind, []).append(question)
    index = Index.of(record for kind, about in asked.items() for record in _evidence(ledger, kind, about, upto))
    histories = Histories()
    histories.add(ledger.records(upto=upto, kinds=KINDS))
    rows = {name: [row_of(entry, moment) for entry in entries.of(name)] for name in known.registers}
    return Remembered(index, known, rows, histories)


def row_of(entry: Entry, moment: datetime) -> dict[str, Any]:
    """Return a record of a register as comparisons see it."""
    return {
        **entry.values,
        "id": entry.id,
        "state": entry.state,
        "owner": entry.owner or None,
        "raised_by": entry.raised_by,
        "tags": entry.tags,
        "age_days": (moment - entry.raised_at).days,
        "state_days": (moment - entry.since).days,
        "number": entry.number,
    }


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
