"""A small register and a small world for the tests, and how they act in it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from lockgate.kernel.comparison import parse_comparison
from lockgate.kernel.register import Field, Kind, Register, State, Transition
from lockgate.kernel.scope import Scope
from lockgate.ledger.registers.action import Actor, Grant, Move, Raise
from lockgate.ledger.registers.engine import after, perform
from lockgate.ledger.registers.known import Known

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)

GAP = Register(
    key="gap",
    title="Gap",
    plural="Gaps",
    prefix="GAP",
    fields=(
        Field("title", "Title", Kind.TEXT, required=True),
        Field("story", "Story", Kind.LONG_TEXT),
        Field("fit", "Fit", Kind.CHOICE, choices={"standard": "Standard", "custom": "Custom code"}),
        Field("days", "Days", Kind.NUMBER),
        Field("cost", "Cost", Kind.MONEY),
        Field("owner", "Owner", Kind.PERSON),
        Field("due", "Due", Kind.DATE),
        Field("legal", "Required by law", Kind.YES_NO),
        Field("site", "Site", Kind.SITE),
        Field("capabilities", "Capabilities", Kind.CAPABILITY, several=True),
        Field("parent", "Part of", Kind.REFERENCE, register="gap"),
        Field("related", "Related", Kind.REFERENCE, several=True),
        Field("paper", "Paper", Kind.ATTACHMENT),
    ),
    states=(
        State("open", "Open", due_days=10, escalates_to="sponsor"),
        State("proposed", "Proposed", due_days=5),
        State("decided", "Decided", open=False),
    ),
    transitions=(
        Transition("propose", "Propose", ("open",), "proposed", ("owner", "analyst"), needs=("fit",)),
        Transition(
            "decide",
            "Decide",
            ("proposed",),
            "decided",
            ("design-authority",),
            needs=("cost",),
            guards=(parse_comparison("cost <= 10000"),),
            reason=True,
            not_by=("raiser", "owner", "propose"),
            event="decided",
        ),
        Transition("accept", "Accept", ("proposed",), "decided", ("member",), votes=2, event="accepted"),
        Transition("reopen", "Reopen", ("decided",), "open", ("anyone",), reason=True, event="reopened"),
    ),
)
RISK = Register(
    key="risk",
    title="Risk",
    plural="Risks",
    prefix="RISK",
    fields=(Field("title", "Title", Kind.TEXT, required=True),),
    states=(State("open", "Open"), State("gone", "Gone", open=False)),
    transitions=(Transition("close", "Close", ("open",), "gone", ("anyone",)),),
    raised_by=("analyst",),
)
SITES = {"world": "", "belgium": "world", "ghent": "belgium", "lyon": "world"}
KNOWN = Known(
    registers={"gap": GAP, "risk": RISK},
    people=("ada", "bea", "cyd", "dan", "eve"),
    sites=SITES,
    waves={"north": ("ghent",)},
    capabilities=("Sales", "Inventory"),
)


def actor(person, *grants):
    """Return somebody with roles like `analyst` or `analyst@site:ghent`."""
    pairs = [grant.partition("@") for grant in grants]
    return Actor(person, tuple(Grant(role, Scope.parse(scope or "programme")) for role, _, scope in pairs))


@dataclass
class World:
    """What is known, and whatever was appended."""

    known: Known = KNOWN
    moment: datetime = MONDAY
    events: list = field(default_factory=list)

    def ask(self, action, who=None):
        """Return what would come of the action."""
        return perform(action, actor=who or actor("ada"), known=self.known, moment=self.moment)

    def do(self, action, who=None):
        """Let it happen, a minute later than what was before."""
        self.moment += timedelta(minutes=1)
        who = who or actor("ada")
        outcome = self.ask(action, who)
        assert outcome.done, outcome.refusals
        self.events += outcome.events
        self.known = after(outcome, actor=who, known=self.known, moment=self.moment)
        return outcome

    def refused(self, action, who=None):
        """Return the codes of why not."""
        outcome = self.ask(action, who)
        assert outcome.events == ()
        assert all(one.what and one.do for one in outcome.refusals)
        return [one.code for one in outcome.refusals]

    def gap(self, number=1):
        return self.known.entries.by_id[f"GAP-{number}"]

    def raised(self, **values):
        self.do(Raise("gap", {"title": "Catch weight", **values}))
        return self

    def proposed(self, **values):
        self.raised(**{"fit": "custom", "cost": 500, "owner": "bea", **values})
        self.do(Move("GAP-1", "propose"), actor("cyd", "analyst"))
        return self

    def with_(self, **changes):
        self.known = replace(self.known, **changes)
        return self
