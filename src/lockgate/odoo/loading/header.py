"""Can these columns be loaded? Checked against the fields of the model before a row is read.

H1  A column is a field, or a path over a relation to a field of the other model; unknown ones are never left out.
H2  `id` is there: the external id is what makes a second run harmless.
H3  A column of one2many lines needs the lines' own id (`line_ids/id`): without it a repeat would add them again.
H4  The column with the reasons of an earlier run (`_error`) is left out: a file of rejects loads as it is.
"""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from lockgate.odoo.catalogue import Catalogue, Field
from lockgate.odoo.errors import BadCall
from lockgate.odoo.loading.records import Layout

ERROR_COLUMN = "_error"
_IDS = {"id", ".id"}


@dataclass(frozen=True)
class Header:
    """The columns of a load and what is known of each."""

    layout: Layout
    fields: tuple[Field | None, ...]
    """The field that each column fills, None for ids."""
    relations: tuple[Field | None, ...]
    """The last relation on the way to it, None for a field of the model itself."""
    references: tuple[int, ...]
    """Positions of the columns that name other records by external id."""
    own_references: tuple[int, ...]
    """Those of them that point into the model itself: the record they name may come in the same load."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.layout.columns


def header_of(model: str, columns: Sequence[str], catalogue: Catalogue, *, module: str) -> Header:
    """Return what the columns are, or raise `BadCall` with all that is wrong with them."""
    faults = _faults_of_names(columns)
    paths = [_path(model, column, catalogue) for column in columns]
    faults += [
        f"{model} has no field for {column!r}{_near(model, column, catalogue)}."
        for column, path in zip(columns, paths, strict=True)
        if path is None
    ]
    lines = [at for at, path in enumerate(paths) if path and path[0].type == "one2many"]
    faults += _faults_of_lines(columns, lines)
    if faults:
        raise BadCall(
            f"These columns can't be loaded into {model}.",
            why=" ".join(faults),
            do="Name the columns as Odoo's import does, for example id, name, country_id/id.",
            call=f"{model}.load",
        )
    known = [path or () for path in paths]
    ends_in_id = [column.rpartition("/")[2] in _IDS for column in columns]
    references = [at for at, path in enumerate(known) if _refers(columns[at], path)]
    return Header(
        Layout(tuple(columns), frozenset(lines), module),
        fields=tuple(None if is_id else path[-1] for path, is_id in zip(known, ends_in_id, strict=True)),
        relations=tuple(_relation(path, is_id=is_id) for path, is_id in zip(known, ends_in_id, strict=True)),
        references=tuple(references),
        own_references=tuple(at for at in references if at not in lines and known[at][-1].relation == model),
    )


def _faults_of_names(columns: Sequence[str]) -> list[str]:
    faults = [] if "id" in columns else ["There is no column 'id' with external ids."]
    if ".id" in columns:
        faults.append("'.id' names records of one database; use external ids in 'id'.")
    twice = sorted({column for column in columns if list(columns).count(column) > 1})
    return faults + [f"{column!r} is there more than once." for column in twice]


def _faults_of_lines(columns: Sequence[str], lines: Sequence[int]) -> list[str]:
    names = dict.fromkeys(columns[at].partition("/")[0] for at in lines)
    return [
        f"The lines in {name!r} need a column '{name}/id': without it a repeat would add them again."
        for name in names
        if f"{name}/id" not in columns
    ]


def _path(model: str, column: str, catalogue: Catalogue) -> tuple[Field, ...] | None:
    """Return the fields along the path, None when one is unknown."""
    fields: list[Field] = []
    here: str | None = model
    for name in column.split("/"):
        if name in _IDS:
            return tuple(fields)
        field = catalogue.fields(here).get(name.partition(".")[0]) if here else None
        if field is None:
            return None
        fields.append(field)
        here = field.relation
    return tuple(fields)


def _relation(path: Sequence[Field], *, is_id: bool) -> Field | None:
    passed = path if is_id else path[:-1]
    return passed[-1] if passed else None


def _refers(column: str, path: Sequence[Field]) -> bool:
    """Return True for `…/id` of a relation; the id of a one2many line is its own."""
    return column.endswith("/id") and bool(path) and path[-1].type != "one2many"


def _near(model: str, column: str, catalogue: Catalogue) -> str:
    close = difflib.get_close_matches(column.partition("/")[0], list(catalogue.fields(model)), n=1)
    return f" (is it {close[0]!r}?)" if close else ""
