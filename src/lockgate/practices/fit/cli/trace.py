"""How are threads shown? The keys of `lockgate fit trace --json`, the same as tables, and as a sheet."""

from collections.abc import Iterator
from typing import Final, TypedDict

from lockgate.faces.output import Table, View
from lockgate.practices.fit.perform.tracing import Traced

_LOOKS: Final = {"proven": "green"}
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


def trace_views(answer: TraceAnswer) -> Iterator[View]:
    """Yield the threads, what hangs loose, and how far each area is."""
    rows = [
        (one["requirement"], one["title"], one["gap"] or "", _tests(one), ", ".join(one["wanting"]) or "proven")
        for one in answer["threads"]
    ]
    nothing = "No requirement is raised: `lockgate register raise requirement title=…`."
    yield Table(("Requirement", "Title", "Gap", "Tests", "Wanting"), rows, nothing, _LOOKS)
    if answer["orphans"]:
        yield Table(("Loose end", "Why"), [(one["what"], one["why"]) for one in answer["orphans"]])
    areas = [
        (
            one["capability"] or "none named",
            one["requirements"],
            *map(_share, (one["configured"], one["usable"], one["proven"])),
        )
        for one in answer["capabilities"]
    ]
    if areas:
        yield Table(("Area", "Requirements", "Configured", "Usable", "Proven"), areas)
    yield f"{answer['proven']} of {answer['requirements']} requirements are proven."


def trace_rows(answer: TraceAnswer) -> list[list[str]]:
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
            _tests(one),
            ", ".join(str(number) for test in one["tests"] for number in test["evidence"]),
            ", ".join(one["gates"]),
            ", ".join(one["wanting"]) or "proven",
        ]
        for one in answer["threads"]
    ]


def _tests(one: ThreadAnswer) -> str:
    return ", ".join(f"{test['test']} {test['proof']}" for test in one["tests"])


def _share(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.0f} %"
