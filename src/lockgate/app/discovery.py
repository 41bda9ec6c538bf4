"""Which verbs are there? Those of the folder `commands`, then those of every installed practice.

R1  A practice is whatever stands behind an entry point of the group `lockgate.practices`; no list names them.
R2  A practice that can't be loaded breaks nothing else: it is named, and its verb says why it does not run.
R3  Of two that offer the same verb the shell wins, then Lockgate's own practice, then the first by name; all are named.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, distributions, entry_points
from pathlib import Path

from lockgate.faces.terminal import on_one_line
from lockgate.kernel.practice import ENTRY_POINT, Command, Practice

OWN = "lockgate"
_COMMANDS = Path(__file__).parent / "commands"


@dataclass(frozen=True)
class Verb:
    """A command, and whose it is."""

    command: Command
    owner: str
    """The package that brings it, with its version: `lockgate-hello 1.0`."""
    fault: BaseException | None = None
    """Why it can't run (R2)."""

    @property
    def ours(self) -> bool:
        """True when Lockgate itself brings it: a fault in it is our bug."""
        return self.owner.split(" ", 1)[0] == OWN


@dataclass(frozen=True)
class Found:
    """A practice that was loaded."""

    practice: Practice
    owner: str


@dataclass(frozen=True)
class Broken:
    """A practice that could not be loaded (R2)."""

    name: str
    owner: str
    fault: BaseException

    @property
    def why(self) -> str:
        """Why, in one line."""
        return reason(self.fault)


@dataclass(frozen=True)
class Clash:
    """A verb offered twice (R3)."""

    verb: str
    kept: str
    ignored: str


@dataclass(frozen=True)
class Catalogue:
    """All verbs, and what stood in the way of others."""

    verbs: dict[str, Verb] = field(default_factory=dict)
    practices: tuple[Found, ...] = ()
    broken: tuple[Broken, ...] = ()
    clashes: tuple[Clash, ...] = ()

    def remarks(self) -> Iterator[str]:
        """Say in a line each what stood in the way."""
        for one in self.broken:
            yield f"Warning: the practice {one.name!r} of {one.owner} can't be loaded: {one.why}"
        for two in self.clashes:
            yield f"Warning: the verb {two.verb!r} of {two.ignored} is hidden by that of {two.kept}"


def own_verbs(folder: Path = _COMMANDS) -> tuple[Verb, ...]:
    """Return the verbs of the shell, without importing one of them."""
    files = sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))
    return tuple(Verb(_described(path), OWN) for path in files)


def practices() -> tuple[Found | Broken, ...]:
    """Return every installed practice, Lockgate's own first (R1)."""
    points, unreadable = _points()
    return (*map(_loaded, sorted(points, key=_rank)), *unreadable)


def catalogue(own: Iterable[Verb], offered: Iterable[Found | Broken]) -> Catalogue:
    """Return all verbs that can be used, and who was left out (R2, R3)."""
    offered = tuple(offered)
    verbs: dict[str, Verb] = {}
    clashes = []
    for verb in (*own, *(verb for one in offered for verb in _verbs_of(one))):
        kept = verbs.setdefault(verb.command.name, verb)
        if kept is not verb:
            clashes.append(Clash(verb.command.name, kept.owner, verb.owner))
    found = tuple(one for one in offered if isinstance(one, Found))
    broken = tuple(one for one in offered if isinstance(one, Broken))
    return Catalogue(verbs, found, broken, tuple(clashes))


def reason(fault: BaseException) -> str:
    """Return in one line what an exception says."""
    return on_one_line(f"{type(fault).__name__}: {fault}").rstrip(": ")


def _described(path: Path) -> Command:
    docstring = ast.get_docstring(ast.parse(path.read_bytes())) or ""
    summary = docstring.partition("\n")[0]
    name = path.stem.replace("_", "-")
    return Command(name, summary, f"{__package__}.commands.{path.stem}:command")


def _points() -> tuple[list[EntryPoint], list[Broken]]:
    try:
        return [*entry_points(group=ENTRY_POINT)], []
    except Exception:  # noqa: BLE001 - one package with mangled metadata makes Python fail for all: ask each by itself
        points: list[EntryPoint] = []
        unreadable = []
        for package in {package.name: package for package in reversed([*distributions()])}.values():
            try:
                points += package.entry_points.select(group=ENTRY_POINT)
            except Exception as error:  # noqa: BLE001 - as above
                unreadable.append(Broken(package.name, f"{package.name} {package.version}", error))
        return points, unreadable


def _rank(point: EntryPoint) -> tuple[bool, str, str]:
    owner = _owner(point)
    return (owner.split(" ", 1)[0] != OWN, owner, point.name)


def _owner(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else "an unnamed package"


def _loaded(point: EntryPoint) -> Found | Broken:
    try:
        practice = point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - foreign code may fail in any way and must not take the shell with it
        return Broken(point.name, _owner(point), error)
    if not isinstance(practice, Practice):
        fault = TypeError(f"{point.value} is a {type(practice).__name__}, not a Practice")
        return Broken(point.name, _owner(point), fault)
    return Found(practice, _owner(point))


def _verbs_of(one: Found | Broken) -> Iterator[Verb]:
    if isinstance(one, Found):
        yield from (Verb(command, one.owner) for command in one.practice.commands)
    else:
        yield Verb(Command(one.name, "(can't be loaded, see `lockgate doctor`)", ""), one.owner, one.fault)
