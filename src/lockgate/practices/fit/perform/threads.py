"""What do programs learn of threads? The keys of `lockgate fit trace --json`, and the same as a sheet."""

from collections.abc import Iterable
from typing import Final

from typing_extensions import TypedDict

from lockgate.practices.fit.perform.tracing import Traced

HEADINGS: Final = (
    *(
        "Requirement",
        "Title",
        "State",
        "Area",
        "Gap",
        "Fit",
        "Decision",
        "Built",
        "Tests",
        "Evidence",
        "Gates",
        "Wanting",
    ),
)


class TriedAnswer(TypedDict):
    """A test, and what its newest evidence says."""

    test: str
    proof: str
    evidence: list[int]


class ThreadAnswer(TypedDict):
    """One requirement with one of the gaps that answer it."""

    requirement: str
    title: str
    state: str
    capability: str
    gap: str | None
    fit: str | None
    decision: str | None
    built: list[str]
    tests: list[TriedAnswer]
    gates: list[str]
    wanting: list[str]


class OrphanAnswer(TypedDict):
    """An end that hangs on nothing."""

    what: str
    why: str


class StandingAnswer(TypedDict):
    """How far an area of Odoo is."""

    capability: str
    requirements: int
    configured: float | None
    usable: float | None
    proven: float | None


class TraceAnswer(TypedDict):
    """The answer of `lockgate fit trace`."""

    requirements: int
    proven: int
    threads: list[ThreadAnswer]
    orphans: list[OrphanAnswer]
    capabilities: list[StandingAnswer]


def trace_answer(found: Traced) -> TraceAnswer:
    """Return the threads."""
    by_need: dict[str, bool] = {}
    for one in found.threads:
        by_need[one.need.id] = by_need.get(one.need.id, True) and one.proven
    return TraceAnswer(
        requirements=len(by_need),
        proven=sum(by_need.values()),
        threads=[
            ThreadAnswer(
                requirement=one.need.id,
                title=one.need.title,
                state=one.need.state,
                capability=one.need.capability,
                gap=one.gap.id if one.gap else None,
                fit=one.gap.fit if one.gap else None,
                decision=one.gap.state if one.gap else None,
                built=list(one.gap.built) if one.gap else [],
                tests=[
                    TriedAnswer(test=name, proof=test.proof, evidence=list(test.evidence))
                    for name, test in one.tests.items()
                ],
                gates=list(one.gates),
                wanting=[str(want) for want in one.wants],
            )
            for one in found.threads
        ],
        orphans=[OrphanAnswer(what=one.what, why=one.why) for one in found.orphans],
        capabilities=[
            StandingAnswer(
                capability=one.capability,
                requirements=one.requirements,
                configured=one.configured,
                usable=one.usable,
                proven=one.proven,
            )
            for one in found.standings
        ],
    )


def trace_rows(threads: Iterable[ThreadAnswer]) -> list[list[str]]:
    """Return the rows of the sheet, under `HEADINGS`."""
    return [
        [
            one["requirement"],
            one["title"],
            one["state"],
            one["capability"],
            one["gap"] or "",
            one["fit"] or "",
            one["decision"] or "",
            ", ".join(one["built"]),
            tests_of(one),
            ", ".join(str(number) for test in one["tests"] for number in test["evidence"]),
            ", ".join(one["gates"]),
            ", ".join(one["wanting"]) or "proven",
        ]
        for one in threads
    ]


def tests_of(one: ThreadAnswer) -> str:
    """Return the tests of a thread, each with what is known of it."""
    return ", ".join(f"{test['test']} {test['proof']}" for test in one["tests"])
