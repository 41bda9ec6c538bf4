"""Does this machine have what Lockgate needs? Each check is a pure function of what was seen on it.

R1  What Lockgate itself needs is required always; what a purpose needs, when that purpose is asked for.
R2  What is missing for a purpose nobody asked for is a warning: `doctor` alone fails only when Lockgate can't run.
R3  Whatever is not ok says what to do, as a command for whoever asks: root, a user with sudo, a user without.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from lockgate.app.doctor.facts import MODULES, Machine
from lockgate.lab.debian_lab import DISK_BYTES as LAB_DISK_BYTES

OLDEST_PYTHON = (3, 11)
OLDEST_JAVA = 17
LAB_MEMORY_BYTES = 1_500_000_000
OWN_DISK_BYTES = 100_000_000


class State(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARN = "warn"
    MISSING = "missing"


class Purpose(StrEnum):
    """What something is needed for."""

    LOCKGATE = "lockgate"
    LAB = "lab"
    BROWSER = "browser"
    DATA = "data"
    SOLVER = "solver"
    DOCS = "docs"
    MCP = "mcp"
    SPARK = "spark"
    ALL = "all"


@dataclass(frozen=True)
class Check:
    """One thing that was looked for."""

    name: str
    state: State
    found: str
    needed_for: Purpose
    do: str = ""


Checking = Callable[[Machine], Iterable[Check]]


def weigh(checks: Iterable[Check], asked: Purpose | None) -> tuple[Check, ...]:
    """Return the checks that matter to whoever asked, with what they may do without turned into warnings (R1, R2)."""
    wanted = {Purpose.LOCKGATE, asked}
    shown = (check for check in checks if asked in {None, Purpose.ALL} or check.needed_for in wanted)
    return tuple(
        replace(check, state=State.WARN)
        if check.state is State.MISSING and asked is not Purpose.ALL and check.needed_for not in wanted
        else check
        for check in shown
    )


def python(machine: Machine) -> Iterator[Check]:
    """Check that Python is new enough."""
    found = f"{'.'.join(map(str, machine.python))} at {machine.executable}"
    oldest = ".".join(map(str, OLDEST_PYTHON))
    enough = machine.python >= OLDEST_PYTHON
    do = f"Install Python {oldest} or newer, and Lockgate with it"
    yield _check("python", enough, found, Purpose.LOCKGATE, do)


def git(machine: Machine) -> Iterator[Check]:
    """Check for git: a programme is declared in a git folder."""
    yield _program(machine, "git", Purpose.LOCKGATE)


def folders(machine: Machine) -> Iterator[Check]:
    """Check that Lockgate may write where it keeps things, and has some room there."""
    for folder in machine.folders:
        found = f"{folder.path}, {_size(folder.free_bytes)} free{'' if folder.writable else ', not writable'}"
        if folder.writable:
            do = f"Free some space, or set XDG_{folder.use.upper()}_HOME to a folder with more"
        else:
            do = f"Make {folder.path} writable, or set XDG_{folder.use.upper()}_HOME to a folder that is"
        enough = folder.writable and folder.free_bytes >= OWN_DISK_BYTES
        yield _check(f"{folder.use} folder", enough, found, Purpose.LOCKGATE, do)


def letters(machine: Machine) -> Iterator[Check]:
    """Check that names in any language can be shown."""
    utf8 = machine.encoding.lower().replace("-", "") == "utf8"
    state = State.OK if utf8 else State.WARN
    do = "" if utf8 else "export LC_ALL=C.UTF-8"
    yield Check("letters", state, machine.encoding, Purpose.LOCKGATE, do)


def practices(machine: Machine) -> Iterator[Check]:
    """Check that every installed practice can be loaded and used."""
    catalogue = machine.catalogue
    found = ", ".join(one.practice.name for one in catalogue.practices) or "none"
    yield Check("practices", State.OK, found, Purpose.LOCKGATE)
    for one in catalogue.broken:
        do = f"Repair, update or remove the package {one.owner}"
        yield Check(f"practice {one.name}", State.WARN, one.why, Purpose.LOCKGATE, do)
    for two in catalogue.clashes:
        found = f"offered by {two.kept} and {two.ignored}; the first is used"
        do = f"Remove one of the packages {two.kept} and {two.ignored}"
        yield Check(f"verb {two.verb}", State.WARN, found, Purpose.LOCKGATE, do)


def virtual_environments(machine: Machine) -> Iterator[Check]:
    """Check that Python can make a virtual environment: the lab's Odoo gets its own."""
    lacking = [name for name in MODULES if name not in machine.modules]
    found = f"without {' and '.join(lacking)}" if lacking else "there"
    package = f"python{machine.python[0]}.{machine.python[1]}-venv"
    yield _check("python venv", not lacking, found, Purpose.LAB, install(machine, package))


def room_for_a_lab(machine: Machine) -> Iterator[Check]:
    """Check for disk and memory: a first lab takes about four gigabytes."""
    for folder in machine.folders:
        if folder.use == "state":
            continue
        enough = folder.free_bytes >= LAB_DISK_BYTES
        do = f"Free {_size(LAB_DISK_BYTES)}, or set XDG_{folder.use.upper()}_HOME to a folder with more"
        yield _check(f"{folder.use} disk", enough, f"{_size(folder.free_bytes)} free", Purpose.LAB, do)
    memory = machine.free_memory_bytes
    if memory is not None:
        enough = memory >= LAB_MEMORY_BYTES
        state = State.OK if enough else State.WARN
        do = "" if enough else f"End other programs: a lab runs best with {_size(LAB_MEMORY_BYTES)} free"
        yield Check("memory", state, f"{_size(memory)} free", Purpose.LAB, do)


def browser(machine: Machine) -> Iterator[Check]:
    """Check for a Chromium: the browser tests drive one."""
    do = f"{install(machine, 'chromium', 'fonts-dejavu-core')}; without root: playwright install chromium"
    yield _check("chromium", machine.browser is not None, machine.browser or "not found", Purpose.BROWSER, do)


def java(machine: Machine) -> Iterator[Check]:
    """Check for a Java that Spark runs on."""
    found = machine.java
    enough = found is not None and (found.version is None or found.version >= OLDEST_JAVA)
    told = "not found" if found is None else f"{found.version or 'unknown version'} at {found.path}"
    do = f"{install(machine, 'default-jre-headless')}; {OLDEST_JAVA} or newer, named by JAVA_HOME or on the path"
    yield _check("java", enough, told, Purpose.SPARK, do)


def extras(machine: Machine) -> Iterator[Check]:
    """Check for the optional parts of Lockgate."""
    for name, lacking in machine.extras.items():
        found = f"without {', '.join(lacking)}" if lacking else "there"
        do = f"{machine.executable} -m pip install 'lockgate[{name}]'"
        yield _check(f"extra {name}", not lacking, found, Purpose(name), do)


CHECKS: tuple[Checking, ...] = (
    python,
    git,
    folders,
    letters,
    practices,
    virtual_environments,
    room_for_a_lab,
    browser,
    java,
    extras,
)


def install(machine: Machine, *packages: str) -> str:
    """Return how whoever asks gets Debian packages (R3)."""
    names = " ".join(packages)
    if "apt-get" not in machine.programs:
        return f"Install {names} with this system's package manager"
    command = f"apt-get install --no-install-recommends {names}"
    if machine.root:
        return command
    return f"sudo {command}" if "sudo" in machine.programs else f"Ask an administrator to run: {command}"


def _program(machine: Machine, name: str, purpose: Purpose) -> Check:
    path = machine.programs.get(name)
    return _check(name, path is not None, path or "not found", purpose, install(machine, name))


def _check(name: str, ok: bool, found: str, purpose: Purpose, do: str) -> Check:  # noqa: FBT001 - reads well where used
    return Check(name, State.OK if ok else State.MISSING, found, purpose, "" if ok else do)


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB"
