"""What may the files of a playbook hold? One model per file; what programmes write has models of its own.

    playbook.yaml    what it is for, which parts it builds on, its workstreams; `part.yaml` in a part
    stages.yaml      stages with their deliverables and what the executives are asked at the end
    risks.yaml       what goes wrong in such programmes     questions.yaml   what discovery asks per workstream
    kpis.yaml        figures, and the sets that use them    access.yaml      jobs, duties, and which don't go together
    sign-offs.yaml   what people put their name to          people.yaml      roles, RACI, decision rights, escalation
    probes.yaml      what is claimed of standard Odoo, and how it is tried

`gates.yaml` and `registers/*.yaml` are those of any programme; `asking` checks what gates ask.
"""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from lockgate.kernel.scope import Level
from lockgate.workspace.frame.people import DecisionRight, Escalation, Responsibility, Role
from lockgate.workspace.frame.people import Workstream as DeclaredWorkstream
from lockgate.workspace.frame.probes import Probe
from lockgate.workspace.models.model import FORMS, Declares, Definition, Distinct, Key, Reference, Text

_ITEM = r"^[MA][1-9][0-9]{0,2}$"
FORMS[_ITEM] = "An item of the mission, like M12 or A3."
Item = Annotated[str, Field(pattern=_ITEM)]
RoleName = Annotated[str, Reference("role")]
Capability = Annotated[str, Reference("capability")]
Workstream = Annotated[str, Reference("workstream")]
Stage = Annotated[str, Reference("stage")]
Kind = Annotated[str, Reference("evidence")]


class Serving(Definition):
    """Something that serves items of the mission."""

    digested_apart: ClassVar[frozenset[str]] = frozenset({"serves"})  # it says nothing of the thing itself

    serves: Distinct[Item] = ()
    """The items of the mission that it serves."""


class PlaybookFile(Serving):
    """What a playbook is for."""

    key: Key
    title: Text
    about: Text
    """Which programmes it is for, and what it puts first."""
    builds_on: Distinct[Key] = ()
    """The parts that come before it."""
    workstreams: tuple[DeclaredWorkstream, ...] = ()


class DeliverableFile(Serving):
    """What a stage hands over."""

    key: Annotated[Key, Declares("deliverable")]
    title: Text
    owner: RoleName
    """The role in the business that answers for it."""
    accepts_if: Text
    """When it may be accepted."""
    per: Level = Level.PROGRAMME
    workstream: Workstream | None = None


class CheckpointFile(Serving):
    """What the executives are asked at the end of a stage."""

    ask: Text
    decides: RoleName
    gate: Annotated[str, Reference("gate")] | None = None
    """The gate that gives them the facts."""


class StageFile(Serving):
    """A phase; one that a part has already is added to."""

    key: Annotated[Key, Declares("stage")]
    title: Text
    objective: Text
    capabilities: Distinct[Capability] = ()
    """The areas of Odoo that it works on or with."""
    deliverables: tuple[DeliverableFile, ...] = ()
    checkpoint: CheckpointFile | None = None


class StagesFile(Definition):
    """The phases."""

    stages: tuple[StageFile, ...] = ()


class RiskFile(Serving):
    """What goes wrong in such programmes."""

    key: Annotated[Key, Declares("risk")]
    title: Text
    category: Text
    """A category of the register of risks."""
    cause: Text
    impact: Text
    signal: Text
    """What is to be seen before it happens."""
    computed: Distinct[Annotated[str, Reference("signal")]] = ()
    """The early warnings of registers that tell of it by themselves."""
    evidence: Distinct[Kind] = ()
    """The evidence in which it shows."""
    mitigation: Text
    owner: RoleName
    stages: Distinct[Stage] = ()
    """Where it is looked at; everywhere when left out."""


class RisksFile(Definition):
    """The catalogue of risks."""

    risks: tuple[RiskFile, ...] = ()


class FoundBy(StrEnum):
    """How an answer is found that can be relied upon."""

    OBSERVATION = "observation"
    TRANSACTIONS = "transactions"
    WORKSHOP = "workshop"
    INTERVIEW = "interview"
    MINING = "mining"
    DOCUMENT = "document"
    LAW = "law"


class QuestionFile(Serving):
    """A question of discovery."""

    key: Annotated[Key, Declares("question")]
    ask: Text
    unanswered: Text
    """What happens if nobody answers it."""
    to: RoleName
    found_by: Distinct[FoundBy] = ()
    capabilities: Distinct[Capability] = ()


class QuestionSetFile(Definition):
    """The questions of one workstream."""

    workstream: Workstream
    questions: Annotated[tuple[QuestionFile, ...], Field(min_length=1)]


class QuestionsFile(Definition):
    """What discovery asks."""

    sets: tuple[QuestionSetFile, ...] = ()


class Better(StrEnum):
    """Which way a figure should go."""

    HIGHER = "higher"
    LOWER = "lower"


class KpiFile(Serving):
    """A figure of the business, defined so that two people compute the same."""

    key: Annotated[Key, Declares("kpi")]
    title: Text
    means: Text
    """How it is computed, from what."""
    unit: Text
    better: Better
    capability: Capability
    owner: RoleName
    decision: Text
    """What somebody does differently because of it."""


class KpiSetFile(Serving):
    """Figures that are looked at together."""

    key: Annotated[Key, Declares("kpi-set")]
    title: Text
    used_in: Distinct[Stage] = ()
    every: Text
    """How often they are looked at."""
    kpis: Annotated[Distinct[Annotated[str, Reference("kpi")]], Field(min_length=1)]


class KpisFile(Definition):
    """Figures and the sets that use them."""

    kpis: tuple[KpiFile, ...] = ()
    sets: tuple[KpiSetFile, ...] = ()


class DutyFile(Serving):
    """Something that a person may do in Odoo."""

    key: Annotated[Key, Declares("duty")]
    title: Text
    capability: Capability
    sensitive: bool = False
    """True when its use is worth an entry in a log, and a second look."""


class JobFile(Serving):
    """A job at a site, with no more duties than it takes."""

    key: Annotated[Key, Declares("job")]
    title: Text
    duties: Annotated[Distinct[Annotated[str, Reference("duty")]], Field(min_length=1)]
    certified: bool = False
    """True when nobody gets it in production without having proven the work."""


class Severity(StrEnum):
    """How grave it is."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"


class ConflictFile(Serving):
    """Two duties that one person must not have."""

    key: Annotated[Key, Declares("conflict")]
    title: Text
    between: Annotated[Distinct[Annotated[str, Reference("duty")]], Field(min_length=2, max_length=2)]
    severity: Severity
    why: Text
    """What somebody could do with both."""
    mitigation: Text
    """What has to be in place where a small site can't separate them."""


class AccessFile(Definition):
    """Who may do what in Odoo."""

    duties: tuple[DutyFile, ...] = ()
    jobs: tuple[JobFile, ...] = ()
    conflicts: tuple[ConflictFile, ...] = ()


class SignOffFile(Serving):
    """What people put their name to."""

    key: Annotated[Key, Declares("sign-off")]
    title: Text
    subject: Text
    """A subject of the register of sign-offs."""
    statement: Text
    figures: Distinct[Kind] = ()
    """The evidence that is laid beside it."""
    signs: Annotated[Distinct[RoleName], Field(min_length=1)]
    per: Level = Level.SITE
    gate: Annotated[str, Reference("gate")] | None = None


class SignOffsFile(Definition):
    """Templates of sign-offs."""

    sign_offs: tuple[SignOffFile, ...] = ()


class ServingProbe(Probe, Serving):
    """A claim about standard Odoo, with its check."""


class PlaybookProbesFile(Definition):
    """What is claimed of standard Odoo."""

    probes: tuple[ServingProbe, ...] = ()


class ServingRole(Role, Serving):
    """A part that people play."""


class ServingResponsibility(Responsibility, Serving):
    """Who does what in one activity."""


class ServingRight(DecisionRight, Serving):
    """Who may decide one kind of question."""


class ServingEscalation(Escalation, Serving):
    """The way up that an open question takes."""


class PlaybookPeopleFile(Definition):
    """The roles of a programme, and what they may."""

    roles: tuple[ServingRole, ...] = ()
    raci: tuple[ServingResponsibility, ...] = ()
    decision_rights: tuple[ServingRight, ...] = ()
    escalations: tuple[ServingEscalation, ...] = ()


FILES: dict[str, type[Definition]] = {
    "part.yaml": PlaybookFile,
    "playbook.yaml": PlaybookFile,
    "people.yaml": PlaybookPeopleFile,
    "stages.yaml": StagesFile,
    "risks.yaml": RisksFile,
    "questions.yaml": QuestionsFile,
    "kpis.yaml": KpisFile,
    "access.yaml": AccessFile,
    "sign-offs.yaml": SignOffsFile,
    "probes.yaml": PlaybookProbesFile,
}
"""By the name of a file, its model."""
