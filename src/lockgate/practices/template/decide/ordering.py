"""In which order are resources made? Each after those that it refers to, as many at once as can be.

O1  A resource that refers to itself in a circle can't be made; the circle is named.
"""

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter


def levels(needs: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Return the keys in groups; whatever a key needs is in a group before its own."""
    sorter = TopologicalSorter({key: [one for one in needed if one in needs] for key, needed in needs.items()})
    sorter.prepare()
    found = []
    while sorter.is_active():
        ready = sorter.get_ready()
        found.append(tuple(sorted(ready)))
        sorter.done(*ready)
    return found


def circle(needs: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the keys of a circle, the first one at the end again; nothing when there is none (O1)."""
    try:
        levels(needs)
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()
