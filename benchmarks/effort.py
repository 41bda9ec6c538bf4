"""Who does the work? The processor time of a client, beside what Odoo and PostgreSQL of the lab take for it."""

import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from lockgate.lab.debian_lab import DebianLab
from lockgate.lab.state import read_state

_TICKS = os.sysconf("SC_CLK_TCK")
_PARENT, _FIRST_TIME, _LAST_TIME = 1, 11, 14
"""Positions in what Linux tells of a process behind its name: the last two times are those of children that ended."""


@dataclass(frozen=True)
class Effort:
    """Seconds of processors that one run took."""

    client: float
    servers: float
    """Of Odoo and PostgreSQL."""
    clock: float

    @property
    def of_one_processor(self) -> float:
        """The client's share of one processor while it ran."""
        return self.client / self.clock

    @property
    def of_all_work(self) -> float:
        """The client's share of what it and the servers took together."""
        return self.client / (self.client + self.servers)


def server_seconds(lab: DebianLab) -> float:
    """Return the processor time that the lab's servers have taken so far."""
    times, children = _processes()
    todo = _servers(lab)
    total = 0.0
    while todo:
        pid = todo.pop()
        total += times.get(pid, 0.0)
        todo += children[pid]
    return total


def _servers(lab: DebianLab) -> list[int]:
    places = lab._places  # noqa: SLF001
    state = read_state(places.state_file)
    if state is None or state.server is None:
        raise RuntimeError("The lab is not up.")
    return [state.server.pid, int((places.cluster / "data/postmaster.pid").read_text().split()[0])]


def _processes() -> tuple[dict[int, float], dict[int, list[int]]]:
    times: dict[int, float] = {}
    children: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            told = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        pid = int(entry.name)
        times[pid] = sum(map(int, told[_FIRST_TIME : _LAST_TIME + 1])) / _TICKS
        children[int(told[_PARENT])].append(pid)
    return times, children
