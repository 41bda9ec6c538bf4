"""What holds whatever is on record? Success never closes, its loss never opens, an empty gate is never open."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from lockgate.gates.asking.board import Board
from lockgate.gates.asking.evaluating import GateVerdict, evaluate
from lockgate.gates.facts.remembered import Index, Remembered
from lockgate.kernel.evidence import Verdict
from support.gate_scene import GHENT, LIEGE, NORTH, NOW, Event, World, evidence, facts, gate, on_instance

KINDS = ("scenario.run", "fit.probed")
PASSING = {"verdict": Verdict.PASSED, "measures": {"failed": 0, "critical": True, "rate": 1}}
SEEN = {"one": {}, "two": {}, "three": {"kind": "instance.seen"}}
NOBODY = {"votes": [], "conditions": [], "basis": {}, "saw": {}}
GO = Event(50, "gate.decided", {"gate": "uat-exit", "choice": "go", **NOBODY})
RANK = {GateVerdict.OPEN: 1, GateVerdict.READY: 1, GateVerdict.CLOSED: 0, GateVerdict.UNDECIDABLE: 0}

measured = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "scope": st.sampled_from([GHENT, LIEGE, NORTH]),
        "scenario": st.sampled_from(["otc-01", "otc-02", "otc-03"]),
        "verdict": st.sampled_from(list(Verdict)),
        "days_ago": st.sampled_from([1, 20]),
        "inputs": st.sampled_from([{}, {"template": "aaaa1111"}, {"template": "old"}]),
        "measures": st.sampled_from([{}, {"failed": 0, "critical": True}, {"failed": 2}, {"failed": 0}]),
    }
)
histories = st.lists(measured, max_size=12)

asked = st.fixed_dictionaries(
    {},
    optional={
        "each": st.sampled_from([["scenario"], ["site", "scenario"], ["site"]]),
        "require": st.sampled_from([["failed = 0"], ["failed <= 1", "verdict != failed"]]),
        "last": st.integers(1, 2),
        "fresh": st.just("14d"),
        "inputs": st.sampled_from(["any", "current"]),
    },
)
about = st.builds(
    lambda kind, where, more: {"evidence": {"kind": kind, "where": where}, **more},
    st.sampled_from(KINDS),
    st.sampled_from([[], ["critical = true"], ["scenario = otc-01"]]),
    asked,
)
criteria = st.one_of(
    about,
    st.builds(lambda one, other: {"any": [one, other]}, about, about),
    st.builds(lambda one, other: {"all": [one, other]}, about, about),
)
wanted = st.lists(criteria, max_size=3)


def record(number, said):
    return evidence(number, **said)


def known(history, scope=NORTH):
    found = facts(*(record(number, said) for number, said in enumerate(history, 1)))
    found.histories.add([replace(GO, payload={**GO.payload, "scope": str(scope)})])
    return found


def stand(wishes, found, scope=NORTH):
    return evaluate(gate(*wishes, scope=str(scope.level)), scope, found, NOW)


@given(wanted, histories, measured, st.integers(0, 12))
def test_a_success_never_closes_and_its_loss_never_opens(wishes, history, about, where):
    """Wherever in the history it stands."""
    success = {**about, "days_ago": 0, "inputs": {"template": "aaaa1111"}, **PASSING}
    richer = [*history[:where], success, *history[where:]]
    assert RANK[stand(wishes, known(richer)).verdict] >= RANK[stand(wishes, known(history)).verdict]


@given(wanted, histories, st.sampled_from(KINDS))
def test_losing_all_of_a_kind_never_opens(wishes, history, kind):
    less = [said for said in history if said["kind"] != kind]
    after = stand(wishes, known(less))
    asks = [wish for wish in wishes if "evidence" in wish and wish["evidence"]["kind"] == kind]
    assert not (asks and RANK[after.verdict])


@given(histories)
def test_an_empty_gate_is_never_open(history):
    assert stand([], known(history)).verdict is GateVerdict.UNDECIDABLE


@given(wanted)
def test_nothing_on_record_never_opens(wishes):
    assert RANK[stand(wishes, known([])).verdict] == 0


@given(wanted, histories)
def test_inputs_that_are_gone_never_open(wishes, history):
    there = stand(wishes, known(history))
    found = known(history)
    found.declarations = World(digests={})
    assert RANK[stand(wishes, found).verdict] <= RANK[there.verdict]


@given(wanted, histories, st.integers(0, 12))
def test_a_past_number_is_asked_as_it_was_then(wishes, history, number):
    then = stand(wishes, known(history[:number]))
    whole = known(history)
    past = Remembered(whole.index, whole.declarations, whole.registers, whole.histories, upto=number)
    assert stand(wishes, past) == then


@given(wanted, histories, st.permutations(range(12)))
def test_the_order_of_reading_means_nothing(wishes, history, order):
    shuffled = [record(number + 1, history[number]) for number in order if number < len(history)]
    found = known(history)
    found.index = Index.of(shuffled)
    assert stand(wishes, found).verdict == stand(wishes, known(history)).verdict


moving = st.lists(
    st.builds(
        lambda said, inputs, uuid: {**said, "inputs": inputs, "instance": on_instance("prod", uuid)} | SEEN[uuid],
        measured,
        st.dictionaries(st.sampled_from(["template", "source:items"]), st.sampled_from(["aaaa1111", "old"])),
        st.sampled_from(["one", "two", "three"]),
    ),
    max_size=12,
)


@given(st.lists(wanted, min_size=1, max_size=3), moving, moving)
def test_the_board_says_what_asking_everything_anew_would_say(gates, before, after):  # B1
    made = [replace(gate(*wishes, scope="wave"), key=f"g{number}") for number, wishes in enumerate(gates)]
    found = facts(*(record(number, said) for number, said in enumerate(before, 1)))
    board = Board([(one, NORTH) for one in made], found, NOW)
    for number, said in enumerate(after, len(before) + 1):
        one_more = record(number, said)
        found.index.add(one_more)
        touched = board.seen(one_more.evidence)
        assert all(board.states[state.gate.key, state.scope] is state for state in touched)
    assert board.states == {(one.key, NORTH): evaluate(one, NORTH, found, NOW) for one in made}


def test_the_board_asks_only_what_looked_at_the_record():
    made = [gate({"evidence": {"kind": kind}}) for kind in KINDS]
    made = [replace(one, key=kind) for one, kind in zip(made, KINDS, strict=True)]
    found = facts()
    board = Board([(one, scope) for one in made for scope in (GHENT, LIEGE)], found, NOW)
    probed = evidence(1, "fit.probed", days_ago=0.1)
    found.index.add(probed)
    assert [(state.gate.key, state.scope) for state in board.seen(probed.evidence)] == [("fit.probed", GHENT)]
    assert board.seen(evidence(2, "fit.custom").evidence) == ()
    found.histories.add([replace(GO, payload={**GO.payload, "gate": "fit.probed", "scope": "site:ghent"})])
    assert board.again("fit.probed", GHENT).verdict is GateVerdict.OPEN


def test_the_board_sees_programmes_and_scopes_around():
    probed = {"evidence": {"kind": "fit.probed", "at": "wave"}, "fresh": "2d"}
    made = gate(probed, {"register": "defect", "require": ["count = 0"]})
    found = facts(registers={"defect": []})
    board = Board([(made, GHENT)], found, NOW + timedelta(days=1))
    probe = evidence(1, "fit.probed", NORTH, days_ago=0)
    found.index.add(probe)
    assert [state.verdict for state in board.seen(probe.evidence)] == [GateVerdict.READY]
