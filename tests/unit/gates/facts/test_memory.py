"""Does a process that stays alive say what reading the ledger anew would say?"""

import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockgate.gates.asking.evaluating import evaluate
from lockgate.gates.facts import memory as memory_module
from lockgate.gates.facts.loading import facts_of
from lockgate.gates.facts.memory import Memory
from lockgate.ledger import Event, open_ledger
from lockgate.ledger.evidence import event_of
from lockgate.ledger.registers import tables
from lockgate.ledger.registers.known import Known as Records
from lockgate.workspace.registers import compose, shipped
from support.gate_scene import GHENT, LIEGE, NOW, World, evidence, gates, on_instance

DEFECTS = Records({"defect": compose(shipped()).by_key["defect"]})
DECIDES = {"role": "process-owner"}
GATES = gates(
    *(
        {"key": key, "stage": "testing", "scope": "site", "decides": DECIDES, "criteria": [{"key": "c", **asks}]}
        for key, asks in {
            "runs": {"evidence": {"kind": "scenario.run"}, "each": ["scenario"], "require": ["failed = 0"]},
            "critical": {"evidence": {"kind": "scenario.run", "where": ["critical = true"]}, "last": 2},
            "probed": {"evidence": {"kind": "fit.probed"}, "require": ["failed = 0"]},
            "defects": {"register": "defect", "where": ["state = open"], "require": ["count = 0"]},
        }.items()
    )
)


@dataclass
class Declared(World):
    """What is declared, registers too."""

    records: Records = DEFECTS


measured = st.builds(
    lambda kind, scope, scenario, inputs, uuid, measures: event_of(
        evidence(
            1,
            kind,
            scope,
            scenario=scenario,
            inputs=inputs,
            instance=on_instance("prod", uuid),
            measures=measures,
        ).evidence
    ),
    st.sampled_from(["scenario.run", "scenario.run", "fit.probed", "fit.custom", "instance.seen"]),
    st.sampled_from([GHENT, LIEGE]),
    st.sampled_from(["otc-01", "otc-02"]),
    st.dictionaries(st.sampled_from(["template", "source:items"]), st.sampled_from(["aaaa1111", "old"])),
    st.sampled_from(["one", "two"]),
    st.sampled_from([{"failed": 0}, {"failed": 1, "critical": True}, {"failed": 0, "critical": True}]),
)
signed = st.builds(
    lambda gate, site: Event(
        "gate.emergency-signed",
        {"gate": gate, "scope": f"site:{site}", "by": "ann", "reason": "x", "until": "2026-03-11T00:00:00Z"},
    ),
    st.sampled_from(["runs", "probed"]),
    st.sampled_from(["ghent", "liege"]),
)
defects = st.builds(
    lambda number, happened, site: Event(
        f"defect.{happened}",
        {"register": "defect", "id": f"DEF-{number}", "state": "open", "values": {"site": site}},
    ),
    st.integers(1, 2),
    st.sampled_from(["raised", "edited"]),
    st.sampled_from(["ghent", "liege"]),
)
DEFECT = Event("defect.raised", {"register": "defect", "id": "DEF-9", "state": "open", "values": {}})
"""Events of a register are read once something was raised in it."""
appends = st.lists(st.lists(st.one_of(measured, measured, signed, defects), max_size=4), max_size=6)


def answers(facts):
    states = [evaluate(gate, scope, facts, NOW) for gate in GATES for scope in (GHENT, LIEGE)]
    return [[(one.found, state.verdict) for one in state.criteria] for state in states]


def anew(ledger):
    return facts_of(GATES, ledger, Declared(), tables.entries_of(ledger), NOW)


def assert_same(kept, ledger):
    fresh = anew(ledger)
    assert (kept.head, kept.entries) == (ledger.head(), tables.entries_of(ledger))
    assert kept.histories == fresh.histories
    assert answers(kept.facts(Declared(), NOW)) == answers(fresh)


@given(appends, st.booleans())
def test_after_any_appends_the_memory_says_what_reading_anew_would_say(batches, with_table):  # N1
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "ledger.db", lambda: NOW) as ledger:
        ledger.append([DEFECT], by="ann")
        memory = Memory(ledger, GATES)
        assert_same(memory.now(), ledger)
        for batch in batches:
            ledger.append(batch, by="ann")
            if with_table:
                tables.catch_up(ledger)
            assert_same(memory.now(), ledger)


@given(appends)
def test_what_was_handed_out_stays_as_it_was(batches):  # N2
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "ledger.db", lambda: NOW) as ledger:
        memory = Memory(ledger, GATES)
        given_out = []
        for batch in batches:
            ledger.append(batch, by="ann")
            kept = memory.now()
            given_out.append((kept, answers(kept.facts(Declared(), NOW))))
        assert [answers(kept.facts(Declared(), NOW)) for kept, _ in given_out] == [said for _, said in given_out]


def test_of_an_unchanged_ledger_the_same_is_handed_out(tmp_path):
    with open_ledger(tmp_path / "ledger.db") as ledger:
        ledger.append([event_of(evidence(1).evidence)], by="ann")
        memory = Memory(ledger, GATES)
        assert memory.now() is memory.now()


@pytest.mark.parametrize("size", [1, 3, 5])
def test_a_ledger_that_was_replaced_is_read_anew(tmp_path, size):  # N3
    with open_ledger(tmp_path / "ledger.db") as ledger, open_ledger(tmp_path / "other.db") as other:
        ledger.append([event_of(evidence(1, scenario="otc-01").evidence)] * 3, by="ann")
        memory = Memory(ledger, GATES)
        memory.now()
        failed = evidence(1, measures={"failed": 1}, scenario="otc-02").evidence
        other.append([event_of(failed)] * size, by="ann")
        ledger.close()
        other.close()
        (tmp_path / "other.db").rename(tmp_path / "ledger.db")
        assert_same(memory.now(), ledger)
        assert [one.evidence for one in ledger.current_evidence()] == [failed]
        ledger.append([event_of(evidence(1, scenario="otc-01").evidence)], by="ann")
        assert_same(memory.now(), ledger)


def test_what_is_far_behind_is_read_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(memory_module, "_MOST", 2)
    with open_ledger(tmp_path / "ledger.db") as ledger:
        memory = Memory(ledger, GATES)
        for size in (1, 2, 3, 7):
            ledger.append([event_of(evidence(1, scenario="otc-01").evidence)] * size, by="ann")
            assert_same(memory.now(), ledger)


def test_threads_share_a_memory_while_others_append(tmp_path):  # N2
    """Whoever asks is told of one moment, never of half an append: all runs of an append fail, or none does."""
    faults: list[object] = []
    with open_ledger(tmp_path / "ledger.db") as ledger:
        memory, over = Memory(ledger, GATES), threading.Event()

        def ask():
            last = 0
            while not over.is_set():
                kept = memory.now()
                found = kept.facts(Declared(), NOW).series("scenario.run", GHENT)
                lengths = {len(series.records) for series in found}
                if kept.head.number < last or len(lengths) > 1:
                    faults.append((kept.head.number, last, lengths))
                last = kept.head.number

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for _ in range(60):
            ledger.record_evidence(*(evidence(1, scenario=f"otc-0{one}").evidence for one in (1, 2, 3)))
        over.set()
        for thread in threads:
            thread.join()
        assert faults == []
        assert_same(memory.now(), ledger)
