"""What is current, against a model that is slow and plain; and that the index can be made anew."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lockgate.kernel.scope import PROGRAMME, Scope
from lockgate.ledger import Event, open_ledger
from lockgate.ledger.artifacts import Artifacts
from lockgate.ledger.evidence import event_of, evidence_of
from lockgate.ledger.projected import fingerprint
from support.ledgers import evidence

KINDS, SITES, SCENARIOS = ("scenario.run", "load.tested"), ("ghent", "lyon"), ("a", "b")
MEASURED = st.tuples(st.sampled_from(KINDS), st.sampled_from(SITES), st.sampled_from(SCENARIOS), st.integers(0, 3))


def numbers(found):
    return [each.number for each in found]


def print_of(ledger):
    with ledger.store.reading() as turn:
        return fingerprint(turn)


def test_evidence_comes_back_as_it_was_recorded(ledger, tmp_path):
    full = evidence(artifact=Artifacts(tmp_path / "files").keep(b"a report"), notes={"by": "hand"})
    bare = evidence("otc-02", failed=1)
    first, second = ledger.record_evidence(full, bare)
    assert [each.evidence for each in ledger.current_evidence()] == [full, bare]
    assert (first.by, first.kind, second.payload["verdict"]) == ("test.run", "evidence.recorded", "failed")
    assert numbers(ledger.current_evidence()) == [first.number, second.number]
    assert [each.at for each in ledger.current_evidence()] == [first.at, second.at]


def test_evidence_without_an_instance_and_of_the_whole_programme_is_evidence_too():
    payload = dict(event_of(evidence()).payload) | {"scope": "programme"}
    del payload["instance"]
    found = evidence_of(payload)
    assert (found.scope, found.instance, found.artifact, found.notes) == (PROGRAMME, None, None, {})


def test_somebody_else_may_record_it_and_only_while_nothing_moved(ledger):
    assert ledger.record_evidence(evidence(), by="bob", expecting=ledger.head())[0].by == "bob"


def test_the_newest_of_each_series_is_current(ledger):
    ledger.record_evidence(evidence("a"), evidence("b"), evidence("a", failed=1), evidence("a", site="lyon"))
    assert numbers(ledger.current_evidence()) == [3, 4, 5]
    assert numbers(ledger.current_evidence(last=2)) == [2, 3, 4, 5]
    assert numbers(ledger.current_evidence(upto=3)) == [2, 3]
    assert numbers(ledger.current_evidence(kinds=["load.tested"])) == []
    assert numbers(ledger.current_evidence(scopes=[Scope.parse("site:lyon")])) == [5]
    assert numbers(ledger.current_evidence(upto=ledger.record(2).at - timedelta(seconds=1))) == []


@pytest.mark.parametrize("kept", [0, 1, 100])
def test_what_is_kept_in_memory_changes_no_answer(ledger, monkeypatch, kept):
    monkeypatch.setattr("lockgate.ledger.ledger._KEPT_IN_MEMORY", kept)
    ledger.record_evidence(*(evidence(f"s{number}") for number in range(4)))
    first = ledger.current_evidence(upto=3)
    assert ledger.current_evidence() == ledger.current_evidence()
    assert ledger.current_evidence(upto=3) == first
    assert numbers(first) == [2, 3]


def test_many_series_are_found_in_several_statements(ledger, monkeypatch):
    monkeypatch.setattr("lockgate.ledger.series.AT_ONCE", 3)
    ledger.record_evidence(*(evidence(f"s{number % 5}") for number in range(20)))
    assert numbers(ledger.current_evidence()) == [17, 18, 19, 20, 21]
    assert numbers(ledger.current_evidence(last=3)) == list(range(7, 22))


def test_the_index_made_anew_is_the_same_byte_for_byte(ledger):
    for number in range(6):
        ledger.record_evidence(evidence(f"s{number % 2}"), evidence(f"s{number % 3}", kind="load.tested"))
        ledger.append([Event("gap.raised", {"n": number})], by="ada")
    before, current = print_of(ledger), ledger.current_evidence(last=9)
    assert ledger.rebuild()
    assert (print_of(ledger), ledger.current_evidence(last=9)) == (before, current)
    with ledger.store.writing() as turn:
        turn.write("delete from ledger_evidence where number > ?", [(5,)])
    assert ledger.current_evidence(last=9) != current
    assert not ledger.rebuild()
    assert (print_of(ledger), ledger.current_evidence(last=9)) == (before, current)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(MEASURED, max_size=5), max_size=8), data=st.data())
def test_current_evidence_is_what_a_plain_search_finds(tmp_path_factory, batches, data):
    ledger = open_ledger(tmp_path_factory.mktemp("ledger") / "ledger.db")
    for batch in batches:
        ledger.record_evidence(*(evidence(s, site=site, kind=k, failed=f) for k, site, s, f in batch), by="ada")
    everything = [(r.number, evidence_of(r.payload)) for r in ledger.records(kinds=["evidence.recorded"])]
    upto = data.draw(st.integers(0, ledger.head().number))
    last = data.draw(st.integers(1, 3))
    kinds = data.draw(st.sets(st.sampled_from(KINDS)))
    sites = data.draw(st.sets(st.sampled_from(SITES)))
    scopes = [Scope.parse(f"site:{site}") for site in sorted(sites)]

    series: dict[tuple[str, str, str], list[int]] = {}
    for number, each in everything:
        wanted = (not kinds or each.kind in kinds) and (not scopes or each.scope in scopes)
        if number <= upto and wanted:
            series.setdefault((each.kind, str(each.scope), each.subject["scenario"]), []).append(number)
    expected = sorted(number for found in series.values() for number in found[-last:])

    found = ledger.current_evidence(sorted(kinds), scopes, upto=upto, last=last)
    assert numbers(found) == expected
    assert {each.number: each.evidence for each in found}.items() <= dict(everything).items()
    assert ledger.rebuild()
    ledger.close()


def test_a_moment_between_two_records_shows_what_was_current_then(ledger):
    ledger.record_evidence(evidence(failed=2))
    then = ledger.head().at
    ledger.record_evidence(evidence())
    assert [each.evidence.measures["failed"] for each in ledger.current_evidence(upto=then)] == [2]
    assert [each.evidence.measures["failed"] for each in ledger.current_evidence()] == [0]
    assert ledger.current_evidence(upto=datetime(2020, 1, 1, tzinfo=UTC)) == []


def test_what_was_measured_from_is_known_as_of_any_number(ledger):
    digests = [{"source:items": "one", "template": "t1"}, {"source:items": "one"}, {"source:items": "two"}, {}]
    for inputs in digests:
        ledger.record_evidence(replace(evidence(), inputs=inputs))
    ledger.record_evidence(
        *(replace(evidence(), inputs={"source:items": digest}) for digest in ("three", "one", "one"))
    )
    assert [ledger.measured_inputs(upto) for upto in (1, 2, 3, 4, 6, 7, None)] == [
        {},
        {"source:items": (2, "one"), "template": (2, "t1")},
        {"source:items": (2, "one"), "template": (2, "t1")},
        {"source:items": (4, "two"), "template": (2, "t1")},
        {"source:items": (6, "three"), "template": (2, "t1")},
        {"source:items": (7, "one"), "template": (2, "t1")},
        {"source:items": (7, "one"), "template": (2, "t1")},
    ]
    assert ledger.rebuild()
    assert ledger.measured_inputs(6)["source:items"] == (6, "three")


def test_evidence_of_no_instance_reads_as_it_was_written():
    said = replace(evidence(), instance=None)
    assert evidence_of(event_of(said).payload) == said
