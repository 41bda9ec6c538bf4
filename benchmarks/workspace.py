"""How long does it take to check a workspace? A thousand files of fifty lines, beside the events of libyaml alone.

    python -m benchmarks.workspace [--files N]

The files are written into a temporary folder. Measured are loading in this process and `lockgate check` as a program.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from yaml._yaml import CParser

from lockgate.kernel.practice import FileKind, Practice
from lockgate.workspace import Declares, Definition, Key, Reference, Text, load, read
from lockgate.workspace.starting import Beginning, start

ROUNDS = 3
STEPS = 9


class Step(Definition):
    """One step of a scenario."""

    key: Key
    role: Annotated[str, Reference("role")]
    do: Text
    values: dict[str, str | float]
    expect: tuple[Text, ...]


class Scenario(Definition):
    """A file with references to the people of the programme and to other files."""

    key: Annotated[Key, Declares("scenario")]
    title: Text
    steps: tuple[Step, ...]
    owner: Annotated[str, Reference("role")]
    after: Annotated[str, Reference("scenario")] | None = None


KIND = FileKind("scenarios", "scenarios/**.yaml", "benchmarks.workspace:Scenario")
PRACTICE = Practice("scenarios", "Which files does the benchmark check?", files=(KIND,))


def scenario(number: int) -> str:
    """Return the text of a file of fifty lines."""
    steps = "".join(
        f"  - key: step-{step}\n    role: site-lead\n    do: Confirm the order {number}-{step}\n"
        f"    values: {{quantity: {step}, price: 12.5, site: main-warehouse}}\n"
        f'    expect: [state = sale, "amount_total >= {step}"]\n'
        for step in range(STEPS)
    )
    after = f"after: scenario-{number - 1}" if number else "# the first"
    return f"key: scenario-{number} # made\ntitle: Order {number}\nowner: process-owner\n{after}\nsteps:\n{steps}"


def write(folder: Path, files: int) -> int:
    """Write a programme with that many scenarios and return the number of lines."""
    start(folder, Beginning("benchmark", ("distribution-governance",), "EUR", "UTC"))
    for number in range(files):
        file = folder / "scenarios" / f"{number // 100}" / f"{number}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(scenario(number))
    return sum(path.read_text().count("\n") for path in folder.rglob("*.yaml"))


def events(files: list[Path]) -> None:
    """Read the events of libyaml and do nothing with them."""
    for file in files:
        following: Callable[[], Any] = CParser(file.read_text()).get_event
        while following() is not None:
            pass


def reading(files: list[Path]) -> None:
    """Read the files into plain data."""
    for file in files:
        read(file)


def checked(folder: Path) -> None:
    """Load the workspace and make sure that all of it was right."""
    workspace = load(folder, [KIND])
    if workspace.findings:
        raise RuntimeError(f"the benchmark's own files are wrong: {workspace.findings[0]}")


def broken(folder: Path) -> None:
    """Load the workspace while every file has a finding, so that all positions are looked up."""
    workspace = load(folder, [FileKind("scenarios", "scenarios/**.yaml", "lockgate.workspace.frame.waves:WavesFile")])
    if len(workspace.findings) < len(workspace.documents):
        raise RuntimeError("not every file had a finding")


def program(folder: Path, practice: Path) -> None:
    """Run `lockgate check` as a program, with the practice installed."""
    command = [sys.executable, "-m", "lockgate", "check", "--workspace", str(folder)]
    path = f"{practice}{os.pathsep}{Path(__file__).resolve().parent.parent}"
    subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONPATH": path})


def install(folder: Path) -> None:
    """Write what announces the practice of this module to Python."""
    info = folder / "benchmark-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: benchmark\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[lockgate.practices]\nscenarios = benchmarks.workspace:PRACTICE\n")


def main() -> None:
    """Print the best and the middle of some rounds, and the processor's time, which others don't lengthen."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workspace", description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    wished = parser.parse_args()
    with TemporaryDirectory() as name, TemporaryDirectory() as practice:
        folder = Path(name)
        install(Path(practice))
        lines = write(folder, wished.files)
        files = sorted(folder.rglob("*.yaml"))
        print(f"{len(files):,} files, {lines:,} lines")
        _measure("events of libyaml alone", lambda: events(files))
        _measure("reading into data", lambda: reading(files))
        _measure("checking, nothing wrong", lambda: checked(folder))
        _measure("checking, every file wrong", lambda: broken(folder))
        _measure("`lockgate check` as a program", lambda: program(folder, Path(practice)))
    print(f"{platform.machine()}, Python {platform.python_version()}")


def _measure(name: str, work: Callable[[], None]) -> None:
    seconds, busy = [], []
    for _ in range(ROUNDS):
        begun, used = time.perf_counter(), _processor()
        work()
        seconds.append(time.perf_counter() - begun)
        busy.append(_processor() - used)
    middle = sorted(seconds)[ROUNDS // 2]
    print(f"{name:<30} best {min(seconds):.2f} s, middle {middle:.2f} s, processor {min(busy):.2f} s", flush=True)


def _processor() -> float:
    """Return the seconds of processor that this process and those it ended have used."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


if __name__ == "__main__":
    main()
