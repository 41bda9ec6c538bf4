"""How is each requirement carried, from the gap to the evidence, and where does the thread end? Plain data in and out.

T1  A requirement that was dropped carries nothing. One without a gap is carried by the standard, where a test stands
    for it.
T2  A gap that is retired or put off carries nothing. One that is not decided leaves its requirement undecided.
T3  A gap that is decided for more than the standard, another process or an end is unbuilt until it says what it puts
    into Odoo, or is linked to a resource of the template.
T4  Tests are probes and scenarios. A probe stands for a requirement or gap that it supports, or that names it; a
    scenario for one that names it. With none it is untested, and unproven as long as one of them does not hold now:
    never tried, failed, or stale.
T5  Of each area of Odoo: configured is the share for which nothing is left to decide or to build, usable the share of
    those whose scenarios all passed once, proven the share whose tests all hold now. Without requirements there is no
    share.
T6  Ends that hang on nothing are orphans: a gap without requirement, and what names something that is not there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

DECIDED: Final = "decided"
NOTHING_TO_BUILD: Final = frozenset({"standard", "process-change", "retire"})
GONE: Final = frozenset({"retired", "deferred"})
DROPPED: Final = "dropped"


class Proof(StrEnum):
    """What is known of a test."""

    HOLDS = "holds"
    FAILS = "fails"
    UNTOLD = "could not look"
    STALE = "stale"
    NEVER = "never tried"


class Want(StrEnum):
    """What a thread lacks."""

    UNDECIDED = "undecided"
    UNBUILT = "unbuilt"
    UNTESTED = "untested"
    UNPROVEN = "unproven"


@dataclass(frozen=True)
class Need:
    """A requirement."""

    id: str
    title: str
    state: str
    capability: str = ""
    tests: tuple[str, ...] = ()
    """Tests that it names: `scenario:otc-01`."""


@dataclass(frozen=True)
class Answering:
    """A gap, as far as it answers requirements."""

    id: str
    title: str
    state: str
    fit: str = ""
    needs: tuple[str, ...] = ()
    built: tuple[str, ...] = ()
    """What it puts into Odoo: names, and resources of the template."""
    tests: tuple[str, ...] = ()
    capability: str = ""


@dataclass(frozen=True)
class Outcome:
    """A test, and what its newest evidence says."""

    proof: Proof
    evidence: tuple[int, ...] = ()
    once: bool = False
    """True when it held at least once."""


@dataclass(frozen=True)
class Thread:
    """One requirement with one of the gaps that answer it, or with none."""

    need: Need
    gap: Answering | None
    tests: Mapping[str, Outcome]
    gates: tuple[str, ...]
    """Gates that ask for such evidence."""
    wants: tuple[Want, ...]

    @property
    def proven(self) -> bool:
        """True when nothing is wanting."""
        return not self.wants


@dataclass(frozen=True)
class Orphan:
    """An end that hangs on nothing."""

    what: str
    why: str


@dataclass(frozen=True)
class Standing:
    """How far an area of Odoo is, in shares from 0 to 1; None where there is nothing to take a share of."""

    capability: str
    requirements: int
    configured: float | None
    usable: float | None
    proven: float | None


@dataclass(frozen=True)
class Known:
    """What threads are made of."""

    needs: Sequence[Need]
    gaps: Sequence[Answering]
    supports: Mapping[str, Sequence[str]]
    """By the id of a requirement or gap, the tests that stand for it by their own word."""
    tests: Mapping[str, Outcome]
    """By name (`probe:KEY`, `scenario:KEY`), every test that is declared or was ever tried."""
    gates: Mapping[str, Sequence[str]]
    """By the kind of test, the gates that ask for its evidence."""


def threads(known: Known) -> tuple[Thread, ...]:
    """Return the threads of all requirements, in the order of the requirements (T1 to T4)."""
    return tuple(thread for need in known.needs if need.state != DROPPED for thread in _threads(need, known))


def orphans(known: Known) -> tuple[Orphan, ...]:
    """Return the ends that hang on nothing (T6)."""
    return tuple(_orphans(known))


def standings(found: Iterable[Thread]) -> tuple[Standing, ...]:
    """Return how far each area is, by its name (T5)."""
    by_area: dict[str, dict[str, list[Thread]]] = {}
    for one in found:
        by_area.setdefault(one.need.capability, {}).setdefault(one.need.id, []).append(one)
    return tuple(_standing(area, list(needs.values())) for area, needs in sorted(by_area.items()))


def shares(found: Sequence[Thread]) -> Standing | None:
    """Return how far all areas are together, None without requirements (T5)."""
    needs: dict[str, list[Thread]] = {}
    for one in found:
        needs.setdefault(one.need.id, []).append(one)
    return _standing("", list(needs.values())) if needs else None


def _threads(need: Need, known: Known) -> Iterator[Thread]:
    gaps = [gap for gap in known.gaps if need.id in gap.needs and gap.state not in GONE]  # T2
    for gap in (*gaps, *([] if gaps else [None])):
        names = [*need.tests, *known.supports.get(need.id, ())]
        if gap is not None:
            names += [*gap.tests, *known.supports.get(gap.id, ())]
        tests = {name: known.tests.get(name, Outcome(Proof.NEVER)) for name in dict.fromkeys(names)}
        kinds = dict.fromkeys(name.partition(":")[0] for name in tests)
        gates = tuple(dict.fromkeys(gate for kind in kinds for gate in known.gates.get(kind, ())))
        yield Thread(need, gap, tests, gates, tuple(_wants(gap, tests)))


def _wants(gap: Answering | None, tests: Mapping[str, Outcome]) -> Iterator[Want]:
    if gap is not None and gap.state != DECIDED:
        yield Want.UNDECIDED
    elif gap is not None and gap.fit not in NOTHING_TO_BUILD and not gap.built:
        yield Want.UNBUILT  # T3
    if not tests:
        yield Want.UNTESTED  # T4
    elif any(one.proof is not Proof.HOLDS for one in tests.values()):
        yield Want.UNPROVEN


def _orphans(known: Known) -> Iterator[Orphan]:
    needs, gaps = {need.id for need in known.needs}, {gap.id for gap in known.gaps}
    for gap in known.gaps:
        if not gap.needs and gap.state not in GONE:
            yield Orphan(gap.id, "answers no requirement")
        yield from (Orphan(gap.id, f"answers {one}, which is not there") for one in gap.needs if one not in needs)
        yield from (
            Orphan(gap.id, f"names {name}, which is not declared") for name in gap.tests if _unknown(name, known)
        )
    for about, tests in known.supports.items():
        if about not in needs | gaps:
            yield from (Orphan(test, f"supports {about}, which is not there") for test in tests)


def _unknown(name: str, known: Known) -> bool:
    """Scenarios are declared by a practice of their own: only probes can be missed."""
    return name.startswith("probe:") and name not in known.tests


def _standing(area: str, needs: Sequence[Sequence[Thread]]) -> Standing:
    built = [one for one in needs if all(_carried(thread) for thread in one)]
    usable = [one for one in built if _tried(one)]
    proven = [one for one in needs if all(thread.proven for thread in one)]
    shares = [round(len(some) / len(needs), 3) for some in (built, usable, proven)]
    return Standing(area, len(needs), *shares)


def _carried(thread: Thread) -> bool:
    return (thread.gap is not None or bool(thread.tests)) and not {Want.UNDECIDED, Want.UNBUILT} & {*thread.wants}


def _tried(needed: Sequence[Thread]) -> bool:
    scenarios = [test for one in needed for name, test in one.tests.items() if name.startswith("scenario:")]
    return bool(scenarios) and all(test.once for test in scenarios)
