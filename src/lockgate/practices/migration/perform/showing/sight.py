"""What does somebody look at, and as of when? The workspace, the ledger and the rounds, for pages and commands alike.

T1  Pages show what the viewer may see; a command shows all: who runs it has the files before them.
T2  Values of records are for who works on them, and of now: rounds are not kept for the past.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lockgate.faces.web.policy import may
from lockgate.faces.web.viewer import Held, Viewer
from lockgate.ledger import AsOf
from lockgate.ledger.evidence import Recorded
from lockgate.practices.migration.definition import MigrationFile
from lockgate.practices.migration.perform.declared import KIND, Migration, migration_in
from lockgate.practices.migration.perform.showing.opened import RoundShown, round_shown
from lockgate.programme.ledger_place import LedgerPlace, ledger_place
from lockgate.programme.opening import opened
from lockgate.programme.server import live, workspace_as_of
from lockgate.workspace import Workspace

_ALL = Viewer("", "", (Held("reader"),))
_DECLARED = "files:"


@dataclass(frozen=True)
class Sight:
    """What is looked at."""

    root: Path
    workspace: Workspace
    place: LedgerPlace
    viewer: Viewer
    when: AsOf | None
    works: bool
    """Whether values of records are shown (T2)."""

    @cached_property
    def migration(self) -> Migration:
        """What is declared, as far as the viewer sees the files; nothing, where nothing is."""
        files = sorted(self.workspace.of(KIND).items())
        seen = [file for path, file in files if isinstance(file, MigrationFile) and self.viewer.sees_file(path)]
        return migration_in(self.workspace, seen)

    @cached_property
    def _measured(self) -> Mapping[str, tuple[int, str]]:
        return self.place.ledger.measured_inputs(self.when)

    def stale(self, found: Recorded) -> bool:
        """Return whether something that it was measured from is another thing now."""
        return any(self._now(name) != digest for name, digest in found.evidence.inputs.items())

    def _now(self, name: str) -> str | None:
        if name.startswith(_DECLARED):
            return self.workspace.digests.get(name)
        return self._measured[name][1] if name in self._measured else None

    def named(self, person: str | None) -> str:
        """Return what a person is called, the id of one who is not known."""
        found = self.workspace.people.get(person or "")
        return (found.name if found else person) or ""

    @contextmanager
    def round(self, number: int | None) -> Iterator[RoundShown | None]:
        """Give the rows of a round to who may see them; None to all others, and as of the past (T2)."""
        if not self.works or self.when is not None:
            yield None
        else:
            with round_shown(self.root, number) as shown:
                yield shown


def sight_of(viewer: Viewer, when: AsOf | None) -> Sight:
    """Return what a viewer looks at."""
    return Sight(live().root, workspace_as_of(when), live().place, viewer, when, may(viewer, "migration.work"))


@contextmanager
def sight_at(folder: Path | None, *, begin: bool = False) -> Iterator[Sight]:
    """Give what a command looks at (T1)."""
    workspace = opened(folder)
    with ledger_place(workspace.root, begin=begin) as place:
        yield Sight(workspace.root, workspace, place, _ALL, None, works=True)
