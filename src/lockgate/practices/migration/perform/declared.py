"""What does the workspace declare of its migration? All of it, by its keys, in the order in which it is declared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lockgate.kernel.errors import UsageError
from lockgate.kernel.finding import Position
from lockgate.practices.migration.decide.shaping import Known
from lockgate.practices.migration.definition import (
    Check,
    Cleansing,
    Count,
    Dataset,
    Domain,
    Entity,
    LeftOut,
    MigrationFile,
    Rehearsal,
    Rule,
    Source,
    Standard,
    Tie,
    Treatment,
)
from lockgate.practices.migration.definition import Mapping as MappingDefinition
from lockgate.workspace import Workspace
from lockgate.workspace.text.document import Steps
from lockgate.workspace.words import advice

KIND = "migration"
INPUT = "files:migration"
"""What evidence of the migration is measured from, besides the extracts."""


@dataclass(frozen=True)
class Migration:
    """What is declared."""

    workspace: Workspace
    sources: Mapping[str, Source]
    datasets: Mapping[str, Dataset]
    standards: Mapping[str, Standard]
    rules: tuple[Rule, ...]
    cleansing: tuple[Cleansing, ...]
    left_out: tuple[LeftOut, ...]
    entities: Mapping[str, Entity]
    domains: Mapping[str, Domain]
    mappings: Mapping[str, MappingDefinition]
    ties: Mapping[str, Tie]
    counts: Mapping[str, Count]
    treatments: Mapping[str, Treatment]
    rehearsals: Mapping[str, Rehearsal]
    checks: Mapping[str, Check]

    @property
    def known(self) -> Known:
        """What mappings refer to."""
        return Known(self.datasets, self.entities, self.mappings)

    def told(self, dimension: str, key: str) -> str:
        """Return what messages call a thing that is declared, with the place where it is."""
        path, line = self.workspace.places.get(f"{dimension}:{key}", ("", 0))
        return f"{dimension} {key!r} ({path}:{line})" if path else f"{dimension} {key!r}"

    def position(self, dataset: str, steps: Steps) -> Position:
        """Return where a dataset says something."""
        for path, file in self.workspace.of(KIND).items():
            for number, one in enumerate(file.datasets if isinstance(file, MigrationFile) else ()):
                if one.key == dataset:
                    return self.workspace.documents[path].at(("datasets", number, *steps))
        return Position(KIND)

    def dataset(self, key: str) -> Dataset:
        """Return the dataset of that key, or stop."""
        found = self.datasets.get(key)
        if found is None:
            raise UsageError(f"No dataset {key!r} is declared.", why=advice(key, self.datasets))
        return found

    def domain(self, key: str) -> Domain:
        """Return the domain of that key, or stop."""
        found = self.domains.get(key)
        if found is None:
            raise UsageError(f"No domain {key!r} is declared.", why=advice(key, self.domains))
        return found

    def homes(self, domain: str) -> tuple[str, ...]:
        """Return the datasets that a domain is made of."""
        found: dict[str, None] = {}
        for mapping in self.mappings.values():
            if mapping.domain == domain and mapping.same_as is None:
                if mapping.entity is not None:
                    found |= dict.fromkeys(part.dataset for part in self.entities[mapping.entity].parts)
                else:
                    found[str(mapping.dataset)] = None
        return tuple(found)

    def datasets_of(self, domain: str) -> tuple[str, ...]:
        """Return the datasets of which something goes into a domain, those of lines included."""
        found: dict[str, None] = {}
        for mapping in self.mappings.values():
            if mapping.domain == domain:
                if mapping.entity in self.entities:
                    found |= dict.fromkeys(part.dataset for part in self.entities[str(mapping.entity)].parts)
                elif mapping.dataset is not None:
                    found[mapping.dataset] = None
                found |= dict.fromkeys(lines.dataset for lines in mapping.lines.values())
        return tuple(found)


def migration_of(workspace: Workspace) -> Migration:
    """Return what the workspace declares, or stop where it declares nothing."""
    files = [file for _, file in sorted(workspace.of(KIND).items()) if isinstance(file, MigrationFile)]
    if not any(file.datasets for file in files):
        why = "No file below migration/ declares a dataset."
        raise UsageError("This programme declares no migration.", why=why, do="See docs/reference/migration.md.")
    return migration_in(workspace, files)


def migration_in(workspace: Workspace, files: Sequence[MigrationFile]) -> Migration:
    """Return what these files declare."""
    return Migration(
        workspace,
        {one.key: one for file in files for one in file.sources},
        {one.key: one for file in files for one in file.datasets},
        {one.key: one for file in files for one in file.standards},
        tuple(one for file in files for one in file.rules),
        tuple(one for file in files for one in file.cleansing),
        tuple(one for file in files for one in file.left_out),
        {one.key: one for file in files for one in file.entities},
        {one.key: one for file in files for one in file.domains},
        {one.key: one for file in files for one in file.mappings},
        {one.key: one for file in files for one in file.ties},
        {one.key: one for file in files for one in file.counts},
        {one.key: one for file in files for one in file.treatments},
        {one.key: one for file in files for one in file.rehearsals},
        {one.key: one for file in files for one in file.checks},
    )
