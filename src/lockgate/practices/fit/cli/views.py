"""How is fit shown to a person? As tables and a line that sums up."""

from collections.abc import Iterator
from typing import Final

from lockgate.faces.output import Table, View
from lockgate.practices.fit.cli.answers import ProbesAnswer

_LOOKS: Final = {"held": "green", "not held": "red", "could not look": "yellow"}


def probes_views(answer: ProbesAnswer) -> Iterator[View]:
    """Yield what came of each claim, and the sum."""
    rows = [(one["capability"], one["probe"], one["state"], one["seen"]) for one in answer["probes"]]
    yield Table(("Area", "Probe", "State", "Seen"), rows, "", _LOOKS)
    yield (
        f"{answer['held']} held, {answer['not_held']} not held, {answer['could_not_look']} could not be looked at "
        f"in {answer['instance']}."
    )
