"""How do two lab commands at once not get in each other's way? One lock file for each lab; the second waits."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from lockgate.lab.places import Places
from lockgate.lab.provider import Step


@contextmanager
def alone(places: Places, step: Step | None = None) -> Iterator[None]:
    """Hold the lab's lock; the kernel releases it when this process ends, however it ends."""
    places.make()
    with (places.data / "lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            if step is None:
                fcntl.flock(file, fcntl.LOCK_EX)
            else:
                with step(f"Waiting for another lab command (process {holder})"):
                    fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
