"""Who does the work? The processor time of a client, beside what Odoo and PostgreSQL of the lab take for it."""

from dataclasses import dataclass

import psutil  # type: ignore[import-untyped]  # psutil ships no types

from lockgate.lab.debian_lab import DebianLab
from lockgate.lab.state import read_state


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
    """Return the processor time that the lab's servers have taken so far, with that of children that ended."""
    servers = [psutil.Process(pid) for pid in _servers(lab)]
    every = [process for server in servers for process in (server, *server.children(recursive=True))]
    return sum(_seconds(process) for process in every)


def _seconds(process: psutil.Process) -> float:
    try:
        return float(sum(process.cpu_times()[:4]))  # its own and its children's, as user and as system
    except psutil.NoSuchProcess:
        return 0.0


def _servers(lab: DebianLab) -> list[int]:
    places = lab._places  # noqa: SLF001
    state = read_state(places.state_file)
    if state is None or state.server is None:
        raise RuntimeError("The lab is not up.")
    return [state.server.pid, int((places.cluster / "data/postmaster.pid").read_text().split()[0])]
