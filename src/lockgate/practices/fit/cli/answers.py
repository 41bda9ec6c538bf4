"""What do programs learn of fit? The keys of `lockgate test probes` and of `lockgate fit` with `--json`."""

from collections.abc import Mapping
from typing import TypedDict

from lockgate.practices.fit.decide.answering import State, tally
from lockgate.practices.fit.perform.probing import Tried


class ProbeAnswer(TypedDict):
    """What came of a claim."""

    probe: str
    capability: str
    title: str
    state: str
    seen: str
    why: str
    supports: list[str]
    evidence: int


class ProbesAnswer(TypedDict):
    """The answer of `lockgate test probes`."""

    instance: str
    database: str
    held: int
    not_held: int
    could_not_look: int
    probes: list[ProbeAnswer]


def probes_answer(tried: Tried, evidence: Mapping[str, int]) -> ProbesAnswer:
    """Return what came of the claims."""
    counts = tally(tried.answers)
    return ProbesAnswer(
        instance=tried.instance.name,
        database=tried.instance.uuid,
        held=counts[State.HELD],
        not_held=counts[State.NOT_HELD],
        could_not_look=counts[State.UNTOLD],
        probes=[
            ProbeAnswer(
                probe=probe.key,
                capability=probe.capability,
                title=probe.title,
                state=tried.answers[probe.key].state,
                seen=tried.answers[probe.key].seen,
                why=probe.why,
                supports=list(probe.supports),
                evidence=evidence[probe.key],
            )
            for probe in tried.probes
        ],
    )
