"""How are threads shown on a terminal? As tables, and a line that sums up."""

from collections.abc import Iterator
from typing import Final

from lockgate.faces.output import Table, View
from lockgate.practices.fit.perform.threads import TraceAnswer, tests_of

_LOOKS: Final = {"proven": "green"}


def trace_views(answer: TraceAnswer) -> Iterator[View]:
    """Yield the threads, what hangs loose, and how far each area is."""
    rows = [
        (one["requirement"], one["title"], one["gap"] or "", tests_of(one), ", ".join(one["wanting"]) or "proven")
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


def _share(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.0f} %"
