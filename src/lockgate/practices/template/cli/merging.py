"""How is shown where each value of a template comes from? As a table, for `lockgate plan --explain-merge`."""

from collections.abc import Iterator

from lockgate.faces.output import Table, View
from lockgate.practices.template.perform.laying_out.merging import MergeAnswer, ValueAnswer

_FOR_ALL = "all"


def merge_views(answer: MergeAnswer) -> Iterator[View]:
    """Yield the table of what a region or a site has otherwise."""
    rows = [
        (one["key"], _named(one), layer["site"] or _FOR_ALL, layer["value"], layer["allowed_by"], layer["at"])
        for one in answer["values"]
        if len(one["layers"]) > 1
        for layer in one["layers"]
    ]
    yield Table(("Resource", "Field", "For", "Value", "Allowed by", "Declared at"), rows, "Everything is as for all.")
    changed = len({row[:2] for row in rows})
    yield f"{changed} of {len(answer['values'])} values are otherwise here; the last line of each holds."


def _named(one: ValueAnswer) -> str:
    where = one["company"] or one["language"]
    return f"{one['field']} ({where})" if where else one["field"]
