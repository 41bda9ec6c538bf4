"""How much is there in each register? All that is open, what of it is late, and what is one's own."""

from dataclasses import dataclass

from lockgate.ledger.registers.due import is_open
from lockgate.tower.registers.finding import is_late
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
        entries = list(sight.known.entries.of(key))
        left = [one for one in entries if is_open(one, register)]
        late = sum(is_late(one, sight.known, sight.desk.moment) for one in left)
        mine = sum(one.owner == sight.viewer.person for one in left)
        found.append(
            Count(
                register=key,
                title=register.title,
                plural=register.plural,
                about=about.get(key, ""),
                records=len(entries),
                open=len(left),
                late=late,
                mine=mine,
            )
        )
    return found
