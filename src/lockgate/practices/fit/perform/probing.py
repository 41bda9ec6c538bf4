"""Do the claims of a programme hold on one of its instances? All looked at together, and each answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lockgate.kernel.evidence import InstanceRef
from lockgate.practices.fit.decide.answering import Answer, State
from lockgate.practices.fit.decide.facts import Seen
from lockgate.practices.fit.decide.judging import judged
from lockgate.practices.fit.perform.declared import chosen
from lockgate.practices.fit.perform.looking import look
from lockgate.programme.opening import opened
from lockgate.programme.reaching import meant, measured, reach
from lockgate.workspace import Workspace
from lockgate.workspace.frame.probes import Probe


@dataclass(frozen=True)
class Tried:
    """Claims, and what came of them."""

    workspace: Workspace
    instance: InstanceRef
    probes: tuple[Probe, ...]
    seen: Seen
    companies: int
    answers: Mapping[str, Answer]
    """By the key of a probe."""

    @property
    def all_held(self) -> bool:
        """True when every claim holds."""
        return all(one.state is State.HELD for one in self.answers.values())


def tried(folder: Path | None, instance: str | None, *, capability: str | None, probe: str | None) -> Tried:
    """Return what came of trying these claims; nothing is written to Odoo."""
    workspace = opened(folder)
    probes = chosen(workspace, capability, probe)
    where = instance or meant(workspace)
    with reach(workspace, where, read_only=True) as client:
        seen = look(client, probes)
        companies = client.search_count("res.company")
        ref = measured(client, where)
    answers = {each.key: judged(each, seen) for each in probes}
    return Tried(workspace, ref, probes, seen, companies, answers)
