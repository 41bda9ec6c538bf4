"""Measure loading and reading on the lab and print ratios: `python -m benchmarks [job …] [--rounds N] [--scale X]`."""

import argparse
import os
import platform
from importlib.metadata import version

from benchmarks import bringing, jobs
from benchmarks.experiment import measure, table
from benchmarks.live import bring_up

JOBS = {**jobs.JOBS, **bringing.JOBS}


def main() -> None:
    """Measure the jobs that are named, all when none is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("jobs", nargs="*", choices=[*JOBS, []], help=f"of {', '.join(JOBS)}; all when left out")
    parser.add_argument("--rounds", type=int, default=3, help="how often each way is taken")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the rows, for a quick look")
    wished = parser.parse_args()
    lab = bring_up()
    for name in wished.jobs or JOBS:
        experiment = JOBS[name](lab, wished.scale)
        measure(experiment, rounds=wished.rounds)
        print(f"\n{table(experiment)}", flush=True)
    print(f"\n{_machine()}")


def _machine() -> str:
    peers = ", ".join(f"{name} {version(name)}" for name in ("lockgate", "odooly", "odoorpc", "httpcore2", "pyarrow"))
    cores, memory = os.cpu_count(), os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Machine: {cores} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; client, Odoo 19 (2 workers) and PostgreSQL share it. {peers}."
    )


if __name__ == "__main__":
    main()
