"""Which verbs are there? Those of the folder `commands`, then those of every installed practice.

R1  The verb of a practice that can't be loaded says why it does not run.
R2  Of two that offer the same verb the shell wins, then Lockgate's own practice, then the first by name; all are named.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lockgate.kernel.practice import Command
from lockgate.programme.installed import OWN, Broken, Found

_COMMANDS = Path(__file__).parent / "commands"


@dataclass(frozen=True)
class Verb:
    """A command, and whose it is."""

    command: Command
    owner: str
    """The package that brings it, with its version: `lockgate-hello 1.0`."""
    fault: BaseException | None = None
    """Why it can't run (R1)."""

    @property
    def ours(self) -> bool:
        """True when Lockgate itself brings it: a fault in it is our bug."""
        return self.owner.split(" ", 1)[0] == OWN


@dataclass(frozen=True)
class Clash:
    """A verb offered twice (R2)."""

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


def catalogue(own: Iterable[Verb], offered: Iterable[Found | Broken]) -> Catalogue:
    """Return all verbs that can be used, and who was left out (R1, R2)."""
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


def _described(path: Path) -> Command:
    docstring = ast.get_docstring(ast.parse(path.read_bytes())) or ""
    summary = docstring.partition("\n")[0]
    name = path.stem.replace("_", "-")
    return Command(name, summary, f"{__package__}.commands.{path.stem}:command")


def _verbs_of(one: Found | Broken) -> Iterator[Verb]:
    if isinstance(one, Found):
        yield from (Verb(command, one.owner) for command in one.practice.commands)
    else:
        yield Verb(Command(one.name, "(can't be loaded, see `lockgate doctor`)", ""), one.owner, one.fault)
