"""What may be written in `gates.yaml`? The same in a playbook and in `programme/gates.yaml`.

W1  A gate or criterion whose key a playbook has already changes that one, so here only keys have to be given; what is
    still lacking when all is put together is found by `merging`.
W2  A criterion asks one thing: `evidence`, `register`, `all` or `any`; keys that don't belong to it are refused.
W3  A filter, a comparison or a length of time that can't be read is refused where it stands.
"""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any, Literal, Self, cast

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema

from lockgate.gates.criteria.definition import Direction
from lockgate.kernel.comparison import Comparison, Name, parse_comparison
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import Level
from lockgate.workspace import Definition, Key, fault
from lockgate.workspace.models.model import REFERS

_SPAN = re.compile(r"(\d+)\s*([hdw])")
_KIND = r"^[a-z][a-z0-9-]*\.[a-z][a-z0-9_-]*$"
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
OF_EVIDENCE = ("last", "fresh", "inputs", "trend")
OF_A_REGISTER = ("every",)
OF_BOTH = ("each", "require")
KNOWN_OF_ROWS = ("count", "total")


def _comparison(said: Any) -> Comparison:
    if not isinstance(said, str):
        raise fault("bad-comparison", f"{said!r} is not a comparison", "Write it like `failed = 0`.")
    try:
        return parse_comparison(said)
    except ValueError as wrong:
        what, _, hint = str(wrong).partition(". ")
        raise fault("bad-comparison", what, hint) from None


def _span(said: Any) -> timedelta:
    found = _SPAN.fullmatch(str(said).strip())
    if found is None or not int(found[1]):
        raise fault("wrong-form", f"{said!r} is not a length of time", "Write it like 14d, 36h or 2w.")
    try:
        return timedelta(**{_UNITS[found[2]]: int(found[1])})
    except OverflowError:
        raise fault("out-of-range", f"{said!r} is longer than anything", "Write it like 14d, 36h or 2w.") from None


def _each(said: Any) -> Any:
    return {"of": said} if isinstance(said, str) else said


Compared = Annotated[
    Comparison,
    BeforeValidator(_comparison),
    WithJsonSchema({"type": "string", "description": "Like `failed = 0`", "examples": ["failed = 0"]}),
]
Span = Annotated[timedelta, BeforeValidator(_span), WithJsonSchema({"type": "string", "pattern": "^[0-9]+ *[hdw]$"})]


def _offered(dimension: str) -> FieldInfo:
    """Return what lets an editor offer what is declared of a dimension; `asking` tells what is declared nowhere."""
    return cast("FieldInfo", Field(json_schema_extra={REFERS: dimension}))


RoleName = Annotated[str, _offered("role")]
StageName = Annotated[Key, _offered("stage")]
DimensionName = Annotated[str, _offered("dimension")]


class EachWritten(Definition):
    """A dimension of the workspace: the question is asked for everything that is declared of it."""

    of: DimensionName
    """The dimension, like `scenario`."""
    where: list[Compared] = Field(default_factory=list, description="Only those of which this is true.")


class _Short:
    """Lets the schema know that the name of a dimension alone will do."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", REFERS: "dimension"}, handler(schema)]}


Each = Annotated[EachWritten, BeforeValidator(_each), _Short()]


class EvidenceWritten(Definition):
    """Which evidence is asked."""

    kind: str = Field(pattern=_KIND, description="A kind, like scenario.run.", json_schema_extra={REFERS: "evidence"})
    where: list[Compared] = Field(default_factory=list, description="Only records of which this is true.")
    at: Level | None = Field(
        None, description="Ask the evidence of the programme or wave around the scope instead of its own."
    )


class TrendWritten(Definition):
    """Where the last values of a measure go."""

    measure: str
    """Which one."""
    direction: Direction
    """Which way it goes."""
    over: int = Field(ge=2, description="How many values.")


class AskWritten(Definition):
    """A question: of evidence, of a register, or of all or any of several."""

    title: str = ""
    """What people call it."""
    evidence: EvidenceWritten | None = None
    """Ask what was measured."""
    register_: str | None = Field(
        None,
        alias="register",
        description="Ask what is kept: the key of a register.",
        json_schema_extra={REFERS: "register"},
    )
    all_: list["AskWritten"] | None = Field(None, alias="all", min_length=1, description="Ask several; all must hold.")
    any_: list["AskWritten"] | None = Field(None, alias="any", min_length=1, description="Ask several; one must hold.")
    where: list[Compared] | None = Field(None, description="For a register: only records of which this is true.")
    each: list[Each] | None = None
    """Ask for everything that the workspace declares of these dimensions; what is missing counts."""
    require: list[Compared] | None = Field(None, description="What must be true of each; of a register: of `count`.")
    every: list[Compared] | None = Field(None, description="What must be true of every record of the register.")
    last: int | None = Field(None, ge=1, description="How many of the newest records must say so.")
    fresh: Span | None = Field(None, description="How old evidence may be: 36h, 14d, 2w.")
    inputs: Literal["current", "any"] | None = Field(None, description="`any`: count evidence on old inputs too.")
    trend: TrendWritten | None = None
    """Ask where the last values of a measure go."""

    @property
    def asks(self) -> str:
        """Return which of the four it is, empty when none is given."""
        given = (("evidence", self.evidence), ("register", self.register_), ("all", self.all_), ("any", self.any_))
        return next((name for name, value in given if value is not None), "")

    @model_validator(mode="after")
    def _one_question(self) -> Self:  # W2
        wrong, hint, key = misfit(self)
        if wrong:
            raise fault("mixed-question", wrong, hint, at=(key,))
        return self


class CriterionWritten(AskWritten):
    """A question that guards a gate."""

    key: Key
    """How it is called; one that a playbook has changes that one."""
    owner: RoleName | None = Field(None, description="The role that is to act while it is not met.")
    why: str | None = None
    """What happens when it is not met."""
    do: str | None = Field(
        None, description="The command that helps; {site}, {wave}, {scope} and the like are filled in."
    )
    serves: list[str] | None = None
    """The items of the mission that it serves."""
    drop: bool = Field(default=False, description="Leave the playbook's criterion out; needs `by_decision`.")
    by_decision: str | None = Field(None, description="The decision that allows what is loosened here.")


class DecidesWritten(Definition):
    """Who may decide."""

    role: RoleName
    """Who decides."""
    quorum: int = Field(default=1, ge=1, description="How many different people it takes.")


class GateWritten(Definition):
    """The criteria that guard a stage."""

    key: Key
    """How it is called; one that a playbook has changes that one."""
    stage: StageName | None = None
    """The stage that it guards."""
    scope: Level | None = None
    """For whom it is asked: the programme, or each wave or site."""
    title: str | None = None
    """What people call it."""
    objective: str | None = None
    """What is reached when it opens."""
    decides: DecidesWritten | None = None
    """Who may decide it."""
    guards: list[Role] | None = Field(
        None, description="Roles of instances that nobody may write to while this gate is closed."
    )
    criteria: list[CriterionWritten] = Field(default_factory=list, description="What it asks.")
    drop: bool = Field(default=False, description="Leave the playbook's gate out; needs `by_decision`.")
    by_decision: str | None = Field(None, description="The decision that allows what is loosened here.")


class GatesFile(Definition):
    """A file of gates."""

    gates: list[GateWritten] = Field(default_factory=list, description="The gates that it adds or changes.")


_INSTEAD = {
    "where": "Write it below `evidence:`.",
    "every": "For evidence, `require` is asked of every record.",
    "last": "It is a question of evidence.",
    "fresh": "It is a question of evidence.",
    "trend": "It is a question of evidence.",
}


def misfit(ask: AskWritten) -> tuple[str, str, str]:
    """Return which keys can't stand together, what would be right, and the key that is wrong; empty if all can (W2)."""
    asked = [name for name in ("evidence", "register_", "all_", "any_") if getattr(ask, name) is not None]
    if len(asked) > 1:
        names = " and ".join(name.rstrip("_") for name in asked)
        return f"it asks {names} at once", "Put them below `all:` or `any:`.", asked[-1].rstrip("_")
    for name in _strange(ask.asks):
        if getattr(ask, name) is not None:
            return f"`{name}` says nothing about `{ask.asks}`", _INSTEAD.get(name, "Leave it out."), name
    return (*_counts(ask.require or ()), "require") if ask.asks == "register" else ("", "", "")


def _strange(asks: str) -> tuple[str, ...]:
    """Return the keys that say nothing about this question."""
    if asks == "evidence":
        return ("where", *OF_A_REGISTER)
    if asks == "register":
        return OF_EVIDENCE
    return ("where", *OF_BOTH, *OF_A_REGISTER, *OF_EVIDENCE) if asks else ()


def _counts(require: Sequence[Comparison]) -> tuple[str, str]:
    for comparison in require:
        names = [comparison.left, *(item.name for item in comparison.right if isinstance(item, Name))]
        strange = [name for name in names if name not in KNOWN_OF_ROWS]
        if strange:
            return f"`require` of a register knows count and total, not {strange[0]}", "Did you mean `every`?"
    return "", ""
