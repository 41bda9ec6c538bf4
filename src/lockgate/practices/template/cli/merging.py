"""Where does each value of a template come from? Layer by layer, for `lockgate plan --explain-merge`."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, TypedDict

from lockgate.faces.output import Table, View
from lockgate.practices.template.decide.layering import Layer
from lockgate.practices.template.perform.laid_out import Template

_FOR_ALL = "all"


class LayerAnswer(TypedDict):
    """What one layer says."""

    site: str | None
    value: Any
    at: str
    allowed_by: str


class ValueAnswer(TypedDict):
    """A value, and the layers that say it; the last one holds."""

    key: str
    field: str
    value: Any
    layers: list[LayerAnswer]


class MergeAnswer(TypedDict):
    """The answer of `lockgate plan --explain-merge`."""

    site: str | None
    values: list[ValueAnswer]


def merge_answer(template: Template, site: str | None) -> MergeAnswer:
    """Return where each value comes from."""
    values = {
        (one.resource.key, name): value
        for one in template.merged.declared
        for name, value in one.resource.values.items()
    }
    told = groupby(template.merged.layers, key=lambda layer: (layer.key, layer.field))
    return MergeAnswer(
        site=site,
        values=[
            ValueAnswer(
                key=key, field=field, value=values[key, field], layers=[_layer(template, layer) for layer in layers]
            )
            for (key, field), layers in told
        ],
    )


def merge_views(answer: MergeAnswer) -> Iterator[View]:
    """Yield the table of what a region or a site has otherwise."""
    rows = [
        (one["key"], one["field"], layer["site"] or _FOR_ALL, layer["value"], layer["allowed_by"], layer["at"])
        for one in answer["values"]
        if len(one["layers"]) > 1
        for layer in one["layers"]
    ]
    yield Table(("Resource", "Field", "For", "Value", "Allowed by", "Declared at"), rows, "Everything is as for all.")
    changed = len({row[:2] for row in rows})
    yield f"{changed} of {len(answer['values'])} values are otherwise here; the last line of each holds."


def _layer(template: Template, layer: Layer) -> LayerAnswer:
    path, steps = layer.place
    at = str(template.workspace.documents[path].at(steps, key=True))
    return LayerAnswer(site=layer.site or None, value=layer.value, at=at, allowed_by=layer.allowed_by)
