"""How much is there in each register? All that is open, what of it is late, and what is one's own."""

from dataclasses import dataclass

from lockgate.tower.registers.finding import left
from lockgate.tower.seeing.sight import Sight


@dataclass(frozen=True)
class Count:
    """One register."""

    register: str
    title: str
    plural: str
    about: str
    records: int
    open: int
    late: int
    mine: int
    """Open, and owned by the viewer."""


def counts(sight: Sight) -> list[Count]:
    """Return how much the viewer sees in each register, by their names."""
    about = sight.desk.registers.about or {}
    found = []
    for key, register in sorted(sight.known.registers.items(), key=lambda pair: pair[1].plural):
        there = left(register, sight.known)
        found.append(
            Count(
                register=key,
                title=register.title,
                plural=register.plural,
                about=about.get(key, ""),
                records=sum(sight.known.entries.summary(key).states.values()),
                open=len(there.entries),
                late=there.late(sight.desk.moment),
                mine=there.owners.get(sight.viewer.person, 0),
            )
        )
    return found
