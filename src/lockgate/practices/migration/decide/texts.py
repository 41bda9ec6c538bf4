"""Which texts of SQL does a file of the migration say, and on which records is each worked out?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lockgate.practices.migration.definition import MigrationFile
from lockgate.practices.migration.definition.mapped import FieldRule, FieldValue
from lockgate.workspace.text.document import Steps

COUNTED: Final = ("site", "place", "key", "book", "counted", "cost")
"""What the query of a count has to have."""


@dataclass(frozen=True)
class Said:
    """One text of SQL."""

    steps: Steps
    """Where it stands in the file."""
    text: str
    dataset: str = ""
    """Whose records it is about; nothing where that is no dataset alone."""
    alias: str = "s"
    """What the record is called; the name of its dataset when this is empty."""
    join: bool = False
    """True for other tables that are joined to the record."""
    beside: str = ""
    """The join that the text may use."""
    columns: tuple[str, ...] = ()
    """For a query of its own: the columns that it has to have."""


def said(file: MigrationFile) -> Iterator[Said]:
    """Yield all texts of SQL in the file."""
    for at, rule in enumerate(file.rules):
        yield from _some(("rules", at), {"must": rule.must, "when": rule.when}, rule.dataset, alias="")
    for at, cleansing in enumerate(file.cleansing):
        texts = {"set": cleansing.set, "when": cleansing.when}
        yield from _some(("cleansing", at), texts, cleansing.dataset)
    for at, left in enumerate(file.left_out):
        yield from _some(("left_out", at), {"when": left.when}, left.dataset)
    yield from _of_entities(file)
    yield from _of_mappings(file)
    yield from _of_ties(file)


def _some(
    way: Steps, texts: Mapping[str, str | None], dataset: str, *, alias: str = "s", beside: str = ""
) -> Iterator[Said]:
    for key, text in texts.items():
        if text is not None:
            yield Said((*way, key), text, dataset, alias=alias, beside=beside)


def _of_entities(file: MigrationFile) -> Iterator[Said]:
    for at, entity in enumerate(file.entities):
        for number, part in enumerate(entity.parts):
            way: Steps = ("entities", at, "parts", number)
            yield from _some(way, {"where": part.where}, part.dataset)
            yield from _some((*way, "columns"), dict(part.columns), part.dataset)
        for key in ("same", "never", "block"):
            texts: tuple[str, ...] = getattr(entity, key)
            yield from (Said(("entities", at, key, number), text) for number, text in enumerate(texts))


def _of_mappings(file: MigrationFile) -> Iterator[Said]:
    for at, mapping in enumerate(file.mappings):
        way: Steps = ("mappings", at)
        home, beside = mapping.dataset or "", mapping.join or ""
        yield from _joined(way, mapping.join, home)
        yield from _some(way, {"where": mapping.where}, home, beside=beside)
        yield from _listed((*way, "record"), mapping.record or (), home, beside)
        yield from _fields((*way, "fields"), mapping.fields, home, beside)
        yield from _fields((*way, "holds"), mapping.holds, home, beside)
        for number, total in enumerate(mapping.totals):
            yield from _some((*way, "totals", number, "by"), dict(total.by), home, beside=beside)
        for field, lines in mapping.lines.items():
            inner = (*way, "lines", field)
            yield from _joined(inner, lines.join, lines.dataset)
            yield from _some(inner, {"where": lines.where, "of": lines.of}, lines.dataset, beside=lines.join or "")
            yield from _listed((*inner, "key"), lines.key, lines.dataset, lines.join or "")
            yield from _fields((*inner, "fields"), lines.fields, lines.dataset, lines.join or "")
            yield from _fields((*inner, "holds"), lines.holds, lines.dataset, lines.join or "")


def _of_ties(file: MigrationFile) -> Iterator[Said]:
    for at, tie in enumerate(file.ties):
        columns = ("company", *tie.by, "amount")
        for number, figure in enumerate(tie.figures):
            if figure.sql is not None:
                yield Said(("ties", at, "figures", number, "sql"), figure.sql, columns=columns)
        for number, account in enumerate(tie.explained):
            yield Said(("ties", at, "explained", number, "sql"), account.sql, columns=(*columns, "key"))
    for at, treatment in enumerate(file.treatments):
        yield Said(("treatments", at, "sql"), treatment.sql, columns=("key", "value", "overdue"))

    for at, count in enumerate(file.counts):
        yield Said(("counts", at, "sql"), count.sql, columns=COUNTED)


def _joined(way: Steps, join: str | None, dataset: str) -> Iterator[Said]:
    if join is not None:
        yield Said((*way, "join"), join, dataset, join=True)


def _listed(way: Steps, texts: Iterable[str], dataset: str, beside: str) -> Iterator[Said]:
    yield from (Said((*way, number), text, dataset, beside=beside) for number, text in enumerate(texts))


def _fields(way: Steps, fields: Mapping[str, FieldValue], dataset: str, beside: str) -> Iterator[Said]:
    for name, value in fields.items():
        if isinstance(value, FieldRule):
            yield from _some((*way, name), {"of": value.of}, dataset, beside=beside)
        else:
            yield Said((*way, name), value, dataset, beside=beside)
