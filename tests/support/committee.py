"""Who decides about a gate in tests? A committee around one gate, whose doings are written down."""

from datetime import timedelta

from lockgate.gates.asking.evaluating import evaluate
from lockgate.gates.deciding.answer import Electorate
from lockgate.gates.deciding.permitting import permission, sign
from lockgate.gates.deciding.voting import Ballot, Basis, decide
from lockgate.gates.deciding.waiving import Plea, waive
from lockgate.gates.facts.history import Choice, Condition
from lockgate.kernel.evidence import Verdict
from support.gate_scene import GHENT, NOW, Folks, facts, gate, happened

RUN = {"evidence": {"kind": "scenario.run"}}
FIT = {"evidence": {"kind": "fit.probed"}, "key": "fit"}
FAILED = Verdict.FAILED
BASIS = Basis("c0ffee", "head-9", "artifact-1")
TOMORROW = NOW + timedelta(days=1)


class Table:
    """A committee around one gate; what it does is written down."""

    def __init__(self, *records, criteria=(RUN,), quorum=1, **roles):
        self.gate = gate(*criteria, quorum=quorum)
        self.facts = facts(*records)
        self.delegates = {}
        self.lent = {}
        self.folks = Folks({**Folks().roles, **roles})
        self.records = records

    @property
    def state(self):
        return evaluate(self.gate, GHENT, self.facts, NOW)

    @property
    def who(self):
        producers = {record.number: record.evidence.producer for record in self.records}
        return Electorate(self.folks, producers, self.delegates, self.lent)

    def vote(self, by, choice="go", reason="because", conditions=(), behalf=""):
        ballot = Ballot(by, Choice(choice), reason, tuple(conditions), behalf)
        answer = decide(self.state, ballot, self.who, BASIS)
        happened(self.facts, answer)
        return answer

    def waive(self, by="ann", criterion="c1", owner="bob", reason="later", until=TOMORROW):
        answer = waive(self.state, Plea(criterion, by, owner, reason, until), self.who)
        happened(self.facts, answer)
        return answer

    def permitted(self, *states):
        return permission([self.gate], states or [self.state], self.folks)

    def sign(self, by, reason="the warehouse stands still", until=TOMORROW):
        answer = sign(self.state, by, reason, until, self.folks)
        happened(self.facts, answer)
        return answer


def said(answer):
    return [(no.rule, no.why) for no in answer.refusals]


def condition(criterion="c1", key="CON-1", owner="bob", due=TOMORROW):
    return Condition(key, "run it", owner, due, criterion)
